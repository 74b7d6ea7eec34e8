// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Sku = string

export type Slug = string

export type Slugs = Slug[]

export type Cents = number

export type Currency = string

export type ProductSort = 'featured' | 'price-asc' | 'price-desc' | 'newest' | 'name'

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

export type Page = {
  /** Page number, from 1 */
  number: number
  /** Entries per page */
  size: number
  /** Entries on all pages together; counting stops at 10000 */
  total: number
}

export type ProductList = {
  /** In the order asked for */
  data: ProductCard[]
}

export type CountedName = {
  slug: Slug
  /** For people */
  name: string
  /** Products it would show */
  count: number
}

export type CountedPrice = {
  priceMin: Cents
  priceMax?: Cents
  /** Products it would show */
  count: number
}

export type CountedRating = {
  /** Average of at least this */
  rating: number
  /** Products it would show */
  count: number
}

export type Facets = {
  /** Most products first */
  categories: CountedName[]
  /** Most products first, the chosen ones always among them */
  sellers: CountedName[]
  /** Ranges that do not overlap, from the lowest */
  prices: CountedPrice[]
  /** From the highest; each holds the ones above it */
  ratings: CountedRating[]
}

export type SearchAnswer = {
  /** The products of this page */
  data: ProductCard[]
  page: Page
  /** The words looked for instead, when nothing carried a word of q */
  correctedQuery?: string
  facets: Facets
}

export type Suggestion = {
  /** A word completes what is typed, the others lead to a page */
  kind: 'word' | 'category' | 'product'
  /** For people */
  text: string
  slug?: Slug
}

export type SuggestionList = {
  /** The likeliest first */
  data: Suggestion[]
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
  readonly searchProducts: {
    readonly params: Record<never, never>
    readonly query: {
      readonly q?: string
      readonly category?: Slugs
      readonly seller?: Slugs
      readonly priceMin?: Cents
      readonly priceMax?: Cents
      readonly rating?: number
      readonly sort?: ProductSort
      readonly page: number
      readonly pageSize: number
    }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: SearchAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly suggest: {
    readonly params: Record<never, never>
    readonly query: { readonly q: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: SuggestionList }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly listPopular: {
    readonly params: Record<never, never>
    readonly query: { readonly limit: number }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ProductList }
      | { readonly status: 400; readonly body: Problem }
  }
}

export const contract = {
  service: 'search-service',
  operations: {
    searchProducts: { method: 'GET', path: '/api/v1/search' },
    suggest: { method: 'GET', path: '/api/v1/search/suggestions' },
    listPopular: { method: 'GET', path: '/api/v1/search/popular' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
