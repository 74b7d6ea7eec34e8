// BM25F over passages (Robertson, Zaragoza: "The Probabilistic Relevance Framework", 2009, §3.6), one pass over the
// files and no index: reading is most of the time, and a substring test dismisses most of what was read.

import { nearest } from '@specwright/cli/nearest.ts'
import { passagesOf, type Passage } from './passages.ts'
import { queryWords, stem, stems, stemsOf, tokensOf, wordsOf } from './words.ts'

export type SearchFile = {
  readonly path: string
  readonly text: string
  /** Above 1 for what should be read first, below 1 for what rarely answers. */
  readonly weight: number
}

export type Hit = {
  readonly path: string
  readonly line: number
  /** The line itself, shortened. */
  readonly context: string
  /** 0 to 1: 1 would be every word of the question in every field. */
  readonly relevance: number
}

export type SearchResult = {
  readonly hits: readonly Hit[]
  /** Words nothing contained, and the words taken instead. */
  readonly corrections: readonly { readonly from: string; readonly to: string }[]
}

const WEIGHT = { id: 5, heading: 3, path: 2, body: 1 } as const
const K1 = 1.2
const B = 0.6
/** What a word elsewhere in the same file is worth beside one in the passage. */
const SAME_FILE = 0.25
/** A longer word that only begins like the one asked for: "auth" and "authentication". */
const PREFIX = 0.6

/** The best passage of each file that contains anything asked for, best first; equal ones by path. */
export function search(query: string, files: readonly SearchFile[]): SearchResult {
  const lower = files.map(({ path, text }) => `${path}\n${text}`.toLowerCase())
  const corrections: { from: string; to: string }[] = []
  const found = queryWords(query).map((word) => {
    const asked = stem(word)
    if (lower.some((text) => text.includes(asked))) return asked
    const to = nearest(word, vocabulary(files, word[0]!))
    if (to === undefined) return asked
    corrections.push({ from: word, to })
    return stem(to)
  })
  const terms = [...new Set(found)]
  const idf = terms.map((term) => {
    const holding = lower.filter((text) => text.includes(term)).length
    return Math.log(1 + (files.length - holding + 0.5) / (holding + 0.5))
  })
  const most = idf.reduce((sum, one) => sum + one, 0)
  const candidates = files.filter((_, i) => terms.some((term) => lower[i]!.includes(term)))
  const hits = candidates
    .map((file) => bestHit(file, terms, idf, most))
    .filter((hit) => hit !== undefined)
    .sort((a, b) => b.relevance - a.relevance || (a.path < b.path ? -1 : 1))
  return { hits, corrections }
}

function bestHit(
  { path, text, weight }: SearchFile,
  terms: readonly string[],
  idf: readonly number[],
  most: number,
): Hit | undefined {
  const pathStems = stems(path)
  const passages = passagesOf(text, path.endsWith('.md')).map((passage) => ({
    passage,
    counts: count(passage, terms),
  }))
  const inFile = terms.map((_, t) => passages.reduce((sum, { counts }) => sum + counts[t]!, 0))
  const inPath = terms.map((term) => occurrences(pathStems, term))
  let best: { passage: Passage; score: number } | undefined
  for (const { passage, counts } of passages) {
    let score = 0
    for (const [t, term] of terms.entries()) {
      const own = counts[t]!
      const frequency = own + WEIGHT.path * inPath[t]! + SAME_FILE * Math.min(1, inFile[t]!)
      score += (idf[t]! * frequency * (isId(term) && own > 0 ? WEIGHT.id : 1)) / (K1 + frequency)
    }
    if (score > 0 && (best === undefined || score > best.score)) best = { passage, score }
  }
  if (best === undefined) return undefined
  const line = tellingLine(best.passage, terms)
  return {
    path,
    line: best.passage.line + line.index,
    context: line.text,
    relevance: Math.min(0.99, (best.score / most) * weight),
  }
}

/** How often each term stands in the passage, weighted by field and damped by the passage's length. */
function count({ heading, text }: Passage, terms: readonly string[]): number[] {
  const lower = text.toLowerCase()
  if (!terms.some((term) => lower.includes(term))) return terms.map(() => 0)
  const inHeading = stems(heading)
  const body = terms.map(() => 0)
  let length = 0
  // The hot loop: no list of all words, only what they add up to.
  for (const token of tokensOf(text))
    for (const stem of stemsOf(token)) {
      length++
      for (let t = 0; t < terms.length; t++) body[t]! += likeness(stem, terms[t]!)
    }
  const damping = 1 - B + B * (length / TYPICAL_WORDS)
  return terms.map(
    (term, t) => (WEIGHT.body * body[t]!) / damping + (WEIGHT.heading - 1) * occurrences(inHeading, term),
  )
}

/** Words of a middling section; a fixed yardstick keeps a file's score independent of its neighbours. */
const TYPICAL_WORDS = 120

function occurrences(words: readonly string[], term: string): number {
  let sum = 0
  for (const word of words) sum += likeness(word, term)
  return sum
}

function likeness(word: string, term: string): number {
  if (word === term) return 1
  return term.length >= 3 && word.startsWith(term) ? PREFIX : 0
}

function isId(term: string): boolean {
  return /^[a-z]+-\d/.test(term)
}

/** The line that holds most of what was asked, and earliest; the first line when the hit is in the path alone. */
function tellingLine({ text }: Passage, terms: readonly string[]): { index: number; text: string } {
  const lines = text.split('\n')
  let best = { index: 0, found: 0 }
  for (const [index, line] of lines.entries()) {
    const words = stems(line)
    const found = terms.filter((term) => occurrences(words, term) > 0).length
    if (found > best.found) best = { index, found }
  }
  return { index: best.index, text: shorten(lines[best.index]!.trim()) }
}

function shorten(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`
}

/** Words with the same first letter, which is the one people rarely mistype. Made only when a word is not found. */
function vocabulary(files: readonly SearchFile[], initial: string): Set<string> {
  return new Set(
    files.flatMap(({ path, text }) => wordsOf(`${path}\n${text}`).filter((word) => word[0] === initial)),
  )
}
