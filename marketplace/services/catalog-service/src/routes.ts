import { ShopError } from '../../../platform/errors.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type {
  CatalogueEntry,
  Category,
  Operations,
  Product,
  ProductCard,
  SaleAnswer,
  Seller,
} from '../contracts/api.ts'
import { changePrice, productNotFound, type ChangePricePorts } from './change-price.ts'
import { listProducts, pageOf, type ListPorts, type Slice } from './list-products.ts'

export type CatalogPorts = ListPorts &
  ChangePricePorts & {
    listCategories(): Promise<Category[]>
    findProduct(slug: string): Promise<Product | undefined>
    lookupProducts(skus: readonly string[]): Promise<ProductCard[]>
    findSeller(slug: string): Promise<Seller | undefined>
    setOnSale(sku: string, onSale: boolean): Promise<SaleAnswer['data'] | undefined>
    readCatalogue(after: string | undefined, limit: number): Promise<CatalogueEntry[]>
    listSellers(slice: Slice): Promise<{ sellers: Seller[]; total: number }>
  }

export function routes(ports: CatalogPorts): Handlers<Operations> {
  return {
    listCategories: async () => ({ status: 200, body: { data: await ports.listCategories() } }),
    listProducts: async ({ query }) => ({ status: 200, body: await listProducts(ports, query) }),
    lookupProducts: async ({ body }) => ({
      status: 200,
      body: { data: await ports.lookupProducts(body.skus) },
    }),

    async getProduct({ params }) {
      const data = await ports.findProduct(params.slug)
      if (!data) throw productNotFound()
      return { status: 200, body: { data } }
    },

    changePrice: async ({ params, body }) => ({
      status: 200,
      body: { data: await changePrice(ports, params.sku, body.priceCents) },
    }),

    async setOnSale({ params, body }) {
      const data = await ports.setOnSale(params.sku, body.onSale)
      if (!data) throw productNotFound()
      return { status: 200, body: { data } }
    },

    readCatalogue: async ({ query }) => ({
      status: 200,
      body: { data: await ports.readCatalogue(query.after, query.limit) },
    }),

    async listSellers({ query }) {
      const { number, size, slice } = pageOf(query)
      const { sellers, total } = await ports.listSellers(slice)
      return { status: 200, body: { data: sellers, page: { number, size, total } } }
    },

    async getSeller({ params }) {
      const data = await ports.findSeller(params.slug)
      if (!data) throw new ShopError('seller-not-found', {}, 'There is no seller here.', 404)
      return { status: 200, body: { data } }
    },
  }
}
