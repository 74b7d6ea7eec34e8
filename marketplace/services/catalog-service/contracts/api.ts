// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Sku = string

export type Slug = string

export type Currency = string

export type ProductSort = 'featured' | 'price-asc' | 'price-desc' | 'newest' | 'name'

export type Category = {
  slug: Slug
  /** For people */
  name: string
  /** One line about what is here */
  description: string
  /** What its artwork shows */
  motif: string
  /** Colour of its artwork, degrees on the colour wheel */
  hue: number
  /** Products on sale */
  productCount: number
}

export type CategoryRef = {
  slug: Slug
  /** For people */
  name: string
}

export type SellerRef = {
  /** Never changes */
  sellerId: string
  slug: Slug
  /** For people */
  name: string
  /** Average of all ratings, 0 when nobody rated yet */
  rating: number
}

export type Rating = {
  /** 1 to 5, or 0 when nobody rated yet */
  average: number
  /** Number of ratings */
  count: number
}

export type Art = {
  /** Main colour, degrees on the colour wheel */
  hue: number
  /** What it shows */
  motif: string
}

export type ProductCard = {
  /** Never changes */
  productId: string
  sku: Sku
  slug: Slug
  /** For people */
  name: string
  category: CategoryRef
  seller: SellerRef
  /** Price of one, VAT included, in minor units */
  priceCents: number
  currency: Currency
  art: Art
  /** On sale since */
  publishedAt: string
  rating: Rating
}

export type Product = {
  /** Never changes */
  productId: string
  sku: Sku
  slug: Slug
  /** For people */
  name: string
  /** A few sentences, plain text */
  description: string
  category: CategoryRef
  seller: SellerRef
  /** Price of one, VAT included, in minor units */
  priceCents: number
  currency: Currency
  art: Art
  /** On sale since */
  publishedAt: string
  rating: Rating
}

export type Seller = {
  /** Never changes */
  sellerId: string
  slug: Slug
  /** For people */
  name: string
  /** What the seller says about the shop */
  description: string
  /** Where it is */
  city: string
  /** ISO 3166-1 code of the country */
  country: string
  /** Colour of its mark, degrees on the colour wheel */
  hue: number
  /** Sells here since */
  joinedAt: string
  rating: Rating
  /** Products on sale */
  productCount: number
}

export type Page = {
  /** Page number, from 1 */
  number: number
  /** Entries per page */
  size: number
  /** Entries on all pages together; counting stops at 10000 */
  total: number
}

export type Lookup = {
  /** Up to a hundred SKUs */
  skus: Sku[]
}

export type PriceChange = {
  /** Price of one, VAT included, in minor units */
  priceCents: number
}

export type Sale = {
  /** true puts it on sale */
  onSale: boolean
}

export type SaleAnswer = {
  /** One product */
  data: {
    sku: Sku
    /** Shoppers find and buy it */
    onSale: boolean
    revision: Revision
  }
}

export type Revision = number

export type CatalogueEntry = {
  revision: Revision
  product: ProductCard
}

export type CataloguePortion = {
  /** By productId */
  data: CatalogueEntry[]
}

export type CategoryList = {
  /** In display order */
  data: Category[]
}

export type ProductList = {
  /** In the order asked for */
  data: ProductCard[]
}

export type ProductPage = {
  /** The products of this page */
  data: ProductCard[]
  page: Page
}

export type ProductAnswer = {
  data: Product
}

export type SellerPage = {
  /** The sellers of this page */
  data: Seller[]
  page: Page
}

export type SellerAnswer = {
  data: Seller
}

export type Health = {
  /** What lives */
  data: {
    /** Always ok */
    status: 'ok'
    /** Name of the service */
    service: string
  }
}

export type Problem = {
  /** URI of the kind of problem, or about:blank */
  type: string
  /** Name of the HTTP status */
  title: string
  /** The HTTP status */
  status: number
  /** Stable name of the problem, for programs */
  code: string
  /** What happened, for people */
  detail: string
  /** What to do about it */
  hint?: string
  /** Finds this request in the logs */
  traceId?: string
  /** Every place where the request does not fit the contract (invalid-request) */
  errors?: {
    /** JSON pointer into the request */
    pointer: string
    /** What is wrong there */
    message: string
    [name: string]: unknown
  }[]
  [name: string]: unknown
}

export type Operations = {
  readonly listCategories: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CategoryList }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly listProducts: {
    readonly params: Record<never, never>
    readonly query: {
      readonly category?: Slug
      readonly seller?: Slug
      readonly query?: string
      readonly sort?: ProductSort
      readonly page: number
      readonly pageSize: number
    }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ProductPage }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly getProduct: {
    readonly params: { readonly slug: Slug }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ProductAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly lookupProducts: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: Lookup
    readonly response:
      | { readonly status: 200; readonly body: ProductList }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly changePrice: {
    readonly params: { readonly sku: Sku }
    readonly query: Record<never, never>
    readonly body: PriceChange
    readonly response:
      | { readonly status: 200; readonly body: ProductAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly setOnSale: {
    readonly params: { readonly sku: Sku }
    readonly query: Record<never, never>
    readonly body: Sale
    readonly response:
      | { readonly status: 200; readonly body: SaleAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly readCatalogue: {
    readonly params: Record<never, never>
    readonly query: { readonly after?: string; readonly limit: number }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CataloguePortion }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly listSellers: {
    readonly params: Record<never, never>
    readonly query: { readonly page: number; readonly pageSize: number }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: SellerPage }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly getSeller: {
    readonly params: { readonly slug: Slug }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: SellerAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
}

export const contract = {
  service: 'catalog-service',
  operations: {
    listCategories: { method: 'GET', path: '/api/v1/categories' },
    listProducts: { method: 'GET', path: '/api/v1/products' },
    getProduct: { method: 'GET', path: '/api/v1/products/{slug}' },
    lookupProducts: { method: 'POST', path: '/api/v1/products/lookup' },
    changePrice: { method: 'POST', path: '/api/v1/products/{sku}/price' },
    setOnSale: { method: 'PUT', path: '/api/v1/products/{sku}/sale' },
    readCatalogue: { method: 'GET', path: '/api/v1/catalogue' },
    listSellers: { method: 'GET', path: '/api/v1/sellers' },
    getSeller: { method: 'GET', path: '/api/v1/sellers/{slug}' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
