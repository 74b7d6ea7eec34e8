import type { Product } from '../../services/catalog-service/contracts/api.ts'
import type { Gateway } from './gateway.server.ts'
import { pageProblem } from './page-problem.ts'
import type { Art } from './parts/art-url.ts'

/** Throws the 404 page for a product that is not on sale. */
export async function findProduct(shop: Gateway, slug: string): Promise<Product> {
  const answer = await shop.catalog.getProduct({ params: { slug } })
  if (answer.status !== 200) throw pageProblem(404, 'not-found')
  return answer.body.data
}

const LOOKUP_LIMIT = 100

/** Pictures of products by sku. Those no longer in the catalogue are missing, and all are when it is away. */
export async function findArt(shop: Gateway, skus: readonly string[]): Promise<Record<string, Art>> {
  if (skus.length === 0) return {}
  const answer = await shop.catalog
    .lookupProducts({ body: { skus: [...new Set(skus)].slice(0, LOOKUP_LIMIT) } })
    .catch(() => undefined)
  if (answer?.status !== 200) return {}
  return Object.fromEntries(answer.body.data.map(({ sku, art }) => [sku, art]))
}
