import type { ProductSort } from '../../services/catalog-service/contracts/api.ts'
import { pageProblem } from './page-problem.ts'
import type { Gateway } from './gateway.server.ts'
import { sorts } from './parts/sorts.ts'

const PAGE_SIZE = 24

export type ListRequest = { readonly sort: ProductSort; readonly page: number; readonly url: string }

/** Sort and page out of the address; what makes no sense there counts as absent. */
export function listRequest(request: Request): ListRequest {
  const { pathname, search, searchParams } = new URL(request.url)
  const sort = searchParams.get('sort') ?? ''
  const page = Number(searchParams.get('page') ?? 1)
  return {
    sort: Object.hasOwn(sorts, sort) ? (sort as ProductSort) : 'featured',
    page: Number.isInteger(page) && page >= 1 && page <= 1000 ? page : 1,
    url: pathname + search,
  }
}

/** One page of products and where it stands. A page beyond the last is not there (404). */
export async function productList(
  shop: Gateway,
  filter: { readonly category?: string; readonly seller?: string; readonly query?: string },
  { sort, page, url }: ListRequest,
) {
  const answer = await shop.catalog.listProducts({ query: { ...filter, sort, page, pageSize: PAGE_SIZE } })
  if (answer.status !== 200) throw pageProblem(404, 'not-found')
  const { data: products, page: at } = answer.body
  if (products.length === 0 && page > 1) throw pageProblem(404, 'not-found')
  return { products, page: at, sort, url }
}
