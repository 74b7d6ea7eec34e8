import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations, ProductCard } from '../contracts/api.ts'
import { searchProducts, type SearchPorts } from './search-products.ts'
import { suggest, type SuggestPorts } from './suggest.ts'

export type Ports = SearchPorts & SuggestPorts & { popularProducts(limit: number): Promise<ProductCard[]> }

export function routes(ports: Ports): Handlers<Operations> {
  return {
    searchProducts: async ({ query }) => ({ status: 200, body: await searchProducts(ports, query) }),
    suggest: async ({ query }) => ({ status: 200, body: { data: await suggest(ports, query.q) } }),
    listPopular: async ({ query }) => ({
      status: 200,
      body: { data: await ports.popularProducts(query.limit) },
    }),
  }
}
