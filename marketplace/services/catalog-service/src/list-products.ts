import type { Page, ProductCard, ProductPage, ProductSort } from '../contracts/api.ts'
import { searchWords } from './search-words.ts'

/** Totals are counted up to here: nobody pages further, and counting everything is the dear part of a wide search. */
export const countLimit = 10_000

export type ProductFilter = {
  readonly category: string | undefined
  readonly seller: string | undefined
  /** Every word must fit; undefined means no search. */
  readonly words: readonly string[] | undefined
}

export type Order = ProductSort | 'relevance'
export type Slice = { readonly offset: number; readonly limit: number }

export type ListPorts = {
  findProducts(filter: ProductFilter, order: Order, slice: Slice): Promise<ProductCard[]>
  countProducts(filter: ProductFilter): Promise<number>
}

export type ListRequest = {
  readonly category?: string
  readonly seller?: string
  readonly query?: string
  readonly sort?: ProductSort
  readonly page?: number
  readonly pageSize?: number
}

export async function listProducts(ports: ListPorts, request: ListRequest): Promise<ProductPage> {
  const { number, size, slice } = pageOf(request)
  const words = request.query === undefined ? undefined : searchWords(request.query)
  if (words?.length === 0) return { data: [], page: { number, size, total: 0 } }

  const filter = { category: request.category, seller: request.seller, words }
  const order = request.sort ?? (words ? 'relevance' : 'featured')
  const [data, total] = await Promise.all([
    ports.findProducts(filter, order, slice),
    ports.countProducts(filter),
  ])
  return { data, page: { number, size, total } }
}

export function pageOf({ page = 1, pageSize = 24 }: { page?: number; pageSize?: number }): Omit<
  Page,
  'total'
> & {
  slice: Slice
} {
  return { number: page, size: pageSize, slice: { offset: (page - 1) * pageSize, limit: pageSize } }
}
