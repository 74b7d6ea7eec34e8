import type { Suggestion } from '../contracts/api.ts'
import { queryWords } from './query-words.ts'

export type Named = { readonly slug: string; readonly name: string }

export type SuggestPorts = {
  /** Words that begin so, the ones most products carry first. */
  wordsBeginning(beginning: string, limit: number): Promise<string[]>
  categories(): Promise<readonly Named[]>
  /** Popular products that carry all words by their beginnings. */
  productsWith(words: readonly string[], limit: number): Promise<readonly Named[]>
}

const MOST = 8
const MOST_WORDS = 4
const MOST_CATEGORIES = 2

/** Words that go on from the last one typed, then categories, then products; each text once. */
export async function suggest(ports: SuggestPorts, text: string): Promise<Suggestion[]> {
  const words = queryWords(text)
  const last = words.at(-1)
  if (last === undefined) return []
  const [endings, categories, products] = await Promise.all([
    ports.wordsBeginning(last, MOST_WORDS),
    ports.categories(),
    ports.productsWith(words, MOST),
  ])
  const before = words.slice(0, -1)
  const all: Suggestion[] = [
    ...endings.map((ending): Suggestion => ({ kind: 'word', text: [...before, ending].join(' ') })),
    ...categories
      .filter(({ name }) => words.every((word) => queryWords(name).some((one) => one.startsWith(word))))
      .slice(0, MOST_CATEGORIES)
      .map(({ slug, name }): Suggestion => ({ kind: 'category', text: name, slug })),
    ...products.map(({ slug, name }): Suggestion => ({ kind: 'product', text: name, slug })),
  ]
  const texts = new Set<string>()
  return all.filter(({ text: one }) => isNew(texts, one.toLowerCase())).slice(0, MOST)
}

function isNew(known: Set<string>, text: string): boolean {
  const before = known.size
  return known.add(text).size > before
}
