import type { ProductSort } from '../../services/search-service/contracts/api.ts'
import { sorts } from './parts/sorts.ts'

/** What the address of a list asks for. */
export type SearchWish = {
  readonly q: string
  readonly categories: readonly string[]
  readonly sellers: readonly string[]
  /** In cents; `max` is the first price that is too high. */
  readonly price: { readonly min: number; readonly max: number | undefined } | undefined
  readonly rating: number | undefined
  /** Undefined: the best matches first, or what is popular. */
  readonly sort: ProductSort | undefined
  readonly page: number
}

const QUERY_LIMIT = 100 // these are the contract's
const MOST_VALUES = 20
const MOST_CENTS = 100_000_000
const LAST_PAGE = 200
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What makes no sense in an address counts as absent: links get old, and people edit them. */
export function searchWish(search: URLSearchParams): SearchWish {
  const sort = search.get('sort') ?? ''
  const page = Number(search.get('page') ?? 1)
  const rating = Number(search.get('rating'))
  return {
    q: (search.get('q') ?? '').trim().slice(0, QUERY_LIMIT),
    categories: slugs(search.getAll('category')),
    sellers: slugs(search.getAll('seller')),
    price: priceRange(search.get('price') ?? ''),
    rating: Number.isInteger(rating) && rating >= 1 && rating <= 5 ? rating : undefined,
    sort: Object.hasOwn(sorts, sort) && sort !== 'featured' ? (sort as ProductSort) : undefined,
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
  }
}

/** `2500-5000` and `25000-` as cents. */
export function priceRange(text: string): SearchWish['price'] {
  const [, low, high] = /^(\d{1,9})-(\d{0,9})$/.exec(text) ?? []
  if (low === undefined) return undefined
  const min = Number(low)
  const max = high === '' ? undefined : Number(high)
  if (min > MOST_CENTS || (max !== undefined && (max <= min || max > MOST_CENTS))) return undefined
  return { min, max }
}

export function priceText({ min, max }: { readonly min: number; readonly max: number | undefined }): string {
  return `${min}-${max ?? ''}`
}

function slugs(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value.length <= 120 && SLUG.test(value)))].slice(0, MOST_VALUES)
}
