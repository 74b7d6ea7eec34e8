import { editDistanceWithin } from './edit-distance.ts'
import { somePosting } from './postings.ts'
import type { IndexPart } from './search.ts'
import { placeOfTerm, postingsOf } from './segment.ts'
import { synonymsOf } from './synonyms.ts'
import { queryWords, stem } from './words.ts'

/** One word of the question, as everything that counts as it. */
export type Concept = {
  readonly word: string
  /** The word itself first, then each synonym. They compete: a passage gets the best of them, not their sum. */
  readonly forms: readonly Form[]
  /** Set when nothing contained the word: the stem taken instead. */
  readonly corrected: string | undefined
}

/** Stems that are the same word, by how surely they are. Weights are whole 32nds, so that their sums are exact. */
export type Form = {
  readonly weight: number
  readonly stems: readonly { readonly term: string; readonly weight: number }[]
}

/** How surely a stem is the word asked for. */
const SURENESS = {
  /** A longer word that only begins like the one asked for: "auth" and "authentication". */
  prefix: 0.6,
  /** Words that share a long beginning: "approval" and "approver", "aprovar" and "aprovação". */
  kin: 0.5,
  synonym: 0.6,
  corrected: 0.9,
} as const

/** A short beginning has many continuations; reading them all would cost more than they tell. */
const PREFIXES_AT_MOST = 40

/** The words of the question as concepts, with their other forms as far as the files have them. */
export function variantsOf(query: string, parts: readonly IndexPart[]): Concept[] {
  const seen = new Set<string>()
  const concepts: Concept[] = []
  for (const word of queryWords(query)) {
    const own = stem(word)
    if (seen.has(own)) continue
    seen.add(own)
    concepts.push(conceptOf(word, own, parts))
  }
  return concepts
}

function conceptOf(word: string, own: string, parts: readonly IndexPart[]): Concept {
  const stems = new Map<string, number>()
  const add = (term: string, weight: number) => {
    if ((stems.get(term) ?? 0) < weight && isSomewhere(term, parts)) stems.set(term, weight)
  }
  add(own, 1)
  for (const term of beginningWith(own, parts)) add(term, SURENESS.prefix)
  const isKnown = stems.size > 0
  for (const term of kinOf(own, parts)) add(term, SURENESS.kin)
  const synonyms = synonymsOf(own).filter((synonym) => isSomewhere(synonym, parts))
  const corrected = isKnown || synonyms.length > 0 ? undefined : nearestTerm(own, parts)
  if (corrected !== undefined) add(corrected, SURENESS.corrected)
  return {
    word,
    corrected,
    forms: [
      { weight: 1, stems: [...stems].map(([term, weight]) => ({ term, weight: exact(weight) })) },
      ...synonyms
        .filter((synonym) => !stems.has(synonym))
        .map((term) => ({ weight: SURENESS.synonym, stems: [{ term, weight: 1 }] })),
    ].filter((form) => form.stems.length > 0),
  }
}

function exact(weight: number): number {
  return Math.round(weight * 32) / 32
}

const UNSPACED = /^[\u2e80-\uffff]/

function beginningWith(start: string, parts: readonly IndexPart[]): string[] {
  if (start.length < 3 && !UNSPACED.test(start)) return []
  const found = new Set<string>()
  for (const { segment } of parts) for (const term of termsFrom(segment.terms, start)) found.add(term)
  found.delete(start)
  // The shortest are nearest; of equally long ones the order of the alphabet, so that the choice is always the same.
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, PREFIXES_AT_MOST)
}

/** Terms with the first letters of `word`, five at least, that differ in up to four at the end. */
function kinOf(word: string, parts: readonly IndexPart[]): string[] {
  if (word.length < 6 || !/^\p{L}+$/u.test(word)) return []
  const shared = Math.max(5, word.length - 3)
  return beginningWith(word.slice(0, shared), parts).filter((term) => term.length <= shared + 5)
}

function* termsFrom(terms: readonly string[], start: string): Generator<string> {
  const at = placeOfTerm(terms, start)
  for (let i = at < 0 ? -1 - at : at; i < terms.length && terms[i]!.startsWith(start); i++) yield terms[i]!
}

/** Dead files may be all that has a term: it counts only if a living one has it. */
function isSomewhere(term: string, parts: readonly IndexPart[]): boolean {
  return parts.some(({ segment, isAlive }) => {
    const { firstPassage } = segment
    return somePosting(postingsOf(segment, term), (passage) => isAlive(fileOf(firstPassage, passage)))
  })
}

function fileOf(firstPassage: Uint32Array, passage: number): number {
  let low = 0
  let high = firstPassage.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (firstPassage[middle]! <= passage) low = middle
    else high = middle - 1
  }
  return low
}

/** The stem nearest to a mistyped one; people rarely mistype the first letter. */
function nearestTerm(word: string, parts: readonly IndexPart[]): string | undefined {
  if (word.length < 4 || !/^\p{L}+$/u.test(word)) return undefined
  const limit = word.length < 6 ? 1 : 2
  let best: { term: string; distance: number } | undefined
  for (const part of parts)
    for (const term of termsFrom(part.segment.terms, word[0]!)) {
      if (Math.abs(term.length - word.length) > limit) continue
      const distance = editDistanceWithin(word, term, best === undefined ? limit : best.distance)
      if (distance === undefined) continue
      const isNearer =
        best === undefined || distance < best.distance || (distance === best.distance && term < best.term)
      if (isNearer && isSomewhere(term, [part])) best = { term, distance }
    }
  return best?.term
}
