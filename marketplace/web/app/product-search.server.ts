import type { Facets, ProductCard } from '../../services/search-service/contracts/api.ts'
import { isShopUnavailable, pageProblem } from './page-problem.ts'
import type { Gateway } from './gateway.server.ts'
import type { SearchWish } from './search-wish.ts'

const PAGE_SIZE = 24
const POPULAR = 8

export type Found = {
  readonly products: readonly ProductCard[]
  readonly page: { readonly number: number; readonly size: number; readonly total: number }
  readonly wish: SearchWish
  /** Path and query of the page. */
  readonly url: string
  readonly correctedQuery: string | undefined
  /** Undefined: the search does not answer, and this is the catalogue's plain list. */
  readonly facets: Facets | undefined
  /** Something to go on with when nothing was found. */
  readonly popular: readonly ProductCard[]
}

/** One page of what the address asks for. A page beyond the last is not there (404). */
export async function productSearch(shop: Gateway, wish: SearchWish, url: string): Promise<Found> {
  const found = (await searched(shop, wish)) ?? (await listed(shop, wish))
  if (found.products.length === 0 && wish.page > 1) throw pageProblem(404, 'not-found')
  const popular = found.products.length === 0 ? await popularProducts(shop) : []
  return { ...found, wish, url, popular }
}

type Answer = Pick<Found, 'products' | 'page' | 'correctedQuery' | 'facets'>

async function searched(shop: Gateway, wish: SearchWish): Promise<Answer | undefined> {
  const { q, categories, sellers, price, rating, sort, page } = wish
  const query = {
    page,
    pageSize: PAGE_SIZE,
    ...(q !== '' && { q }),
    ...(categories.length > 0 && { category: [...categories] }),
    ...(sellers.length > 0 && { seller: [...sellers] }),
    ...(price && { priceMin: price.min }),
    ...(price?.max !== undefined && { priceMax: price.max }),
    ...(rating !== undefined && { rating }),
    ...(sort !== undefined && { sort }),
  }
  const answer = await unlessUnavailable(shop.search.searchProducts({ query }))
  if (answer?.status !== 200) return undefined
  const { data: products, page: at, correctedQuery, facets } = answer.body
  return { products, page: at, correctedQuery, facets }
}

/** The catalogue knows one category and one seller at a time, and neither typing errors nor price ranges. */
async function listed(shop: Gateway, { q, categories, sellers, sort, page }: SearchWish): Promise<Answer> {
  const [category] = categories
  const [seller] = sellers
  const query = {
    page,
    pageSize: PAGE_SIZE,
    ...(q !== '' && { query: q }),
    ...(category !== undefined && categories.length === 1 && { category }),
    ...(seller !== undefined && sellers.length === 1 && { seller }),
    ...(sort !== undefined && { sort }),
  }
  const answer = await shop.catalog.listProducts({ query })
  if (answer.status !== 200) throw pageProblem(404, 'not-found')
  return { products: answer.body.data, page: answer.body.page, correctedQuery: undefined, facets: undefined }
}

async function popularProducts(shop: Gateway): Promise<ProductCard[]> {
  const answer = await unlessUnavailable(shop.search.listPopular({ query: { limit: POPULAR } }))
  return answer?.status === 200 ? answer.body.data : []
}

async function unlessUnavailable<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isShopUnavailable(error)) return undefined
    throw error
  }
}
