import { ShopError } from '../../../platform/errors.ts'
import type { Facets, Operations, ProductCard, ProductSort, SearchAnswer } from '../contracts/api.ts'
import { nearestWord, type KnownWord } from './nearest-word.ts'
import { queryWords } from './query-words.ts'

/** Totals and facets are counted up to here: nobody pages further, and counting everything is the dear part. */
export const countLimit = 10_000

export type SearchRequest = Operations['searchProducts']['query']

/** A word of the query and what else counts as it. */
export type Term = { readonly word: string; readonly synonyms: readonly string[] }
export type WordFacts = Term & { readonly isKnown: boolean }

export type Filter = {
  /** Every one must be carried; none means everything. */
  readonly terms: readonly Term[]
  readonly categories: readonly string[]
  readonly sellers: readonly string[]
  readonly priceMin: number | undefined
  readonly priceMax: number | undefined
  readonly rating: number | undefined
}

export type Order = ProductSort | 'relevance'

export type SearchPorts = {
  /** The catalogue was copied at least once. */
  isFilled(): Promise<boolean>
  /** Of each word, in the order given. */
  lookAtWords(words: readonly string[]): Promise<WordFacts[]>
  wordsLike(word: string): Promise<KnownWord[]>
  findProducts(filter: Filter, order: Order, slice: { offset: number; limit: number }): Promise<ProductCard[]>
  countFacets(filter: Filter): Promise<{ total: number; facets: Facets }>
}

export async function searchProducts(ports: SearchPorts, request: SearchRequest): Promise<SearchAnswer> {
  if (!(await ports.isFilled()))
    throw new ShopError(
      'search-not-ready',
      {},
      'The search is getting ready. Please try again in a moment.',
      503,
    )
  const { q, page: number, pageSize: size } = request
  const words = q === undefined ? [] : queryWords(q)
  if (q !== undefined && words.length === 0)
    return { data: [], page: { number, size, total: 0 }, facets: noFacets }

  const { terms, isCorrected } = await understand(ports, words)
  const filter: Filter = {
    terms,
    categories: request.category ?? [],
    sellers: request.seller ?? [],
    priceMin: request.priceMin,
    priceMax: request.priceMax,
    rating: request.rating,
  }
  const order = request.sort ?? (terms.length > 0 ? 'relevance' : 'featured')
  const [data, { total, facets }] = await Promise.all([
    ports.findProducts(filter, order, { offset: (number - 1) * size, limit: size }),
    ports.countFacets(filter),
  ])
  return {
    data,
    page: { number, size, total },
    ...(isCorrected && { correctedQuery: terms.map(({ word }) => word).join(' ') }),
    facets,
  }
}

/** The words to look for: as typed where something carries them, else the nearest known one. */
export async function understand(
  ports: Pick<SearchPorts, 'lookAtWords' | 'wordsLike'>,
  words: readonly string[],
): Promise<{ terms: Term[]; isCorrected: boolean }> {
  if (words.length === 0) return { terms: [], isCorrected: false }
  let isCorrected = false
  const terms = await Promise.all(
    (await ports.lookAtWords(words)).map(async ({ word, synonyms, isKnown }) => {
      const meant = isKnown ? undefined : nearestWord(word, await ports.wordsLike(word))
      if (meant === undefined) return { word, synonyms }
      isCorrected = true
      const [known] = await ports.lookAtWords([meant])
      return { word: meant, synonyms: known?.synonyms ?? [] }
    }),
  )
  return { terms, isCorrected }
}

const noFacets: Facets = { categories: [], sellers: [], prices: [], ratings: [] }
