// A segment is an inverted index of some files: for each stem, in which passages it stands and how often. Typed arrays
// instead of objects, because a workspace has 30,000 passages and a search must not pay for those it does not look at.

import { piecesOf, type Passage } from './passages.ts'
import { packCounts, POSTING_BYTES, writePosting } from './postings.ts'
import { stemsOf, tokensOf } from './words.ts'

export type IndexedFile = {
  readonly path: string
  /** What tells whether the file is still the one that was read; see `open-index.ts`. */
  readonly state: FileState
}

export type FileState = {
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  /** Hash of the content. */
  readonly key: string
}

export type Segment = {
  readonly files: readonly IndexedFile[]
  /** The number of the first passage of each file, and one more entry for the end. */
  readonly firstPassage: Uint32Array
  /** 1-based first line of each passage. */
  readonly lines: Uint32Array
  /** Words of each passage. */
  readonly words: Uint32Array
  /** Stems, sorted by code units. */
  readonly terms: readonly string[]
  /** Where the postings of each term begin, and one more entry for the end. */
  readonly offsets: Uint32Array
  /** See `postings.ts`. */
  readonly postings: Uint8Array
}

/** The place of `term` in the sorted list; where it would stand, as -1 - place, if it is not there. */
export function placeOfTerm(terms: readonly string[], term: string): number {
  let low = 0
  let high = terms.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = terms[middle]!
    if (at === term) return middle
    if (at < term) low = middle + 1
    else high = middle - 1
  }
  return -1 - low
}

/** The postings of one term, none if nothing has it. */
export function postingsOf({ terms, offsets, postings }: Segment, term: string): Uint8Array {
  const place = placeOfTerm(terms, term)
  return place < 0 ? NONE : postings.subarray(offsets[place], offsets[place + 1])
}

const NONE = new Uint8Array(0)

export type TextFile = IndexedFile & { readonly text: string }

/** Reads the files into a segment. The words of path and title belong to a file's first passage, as its `file` field. */
export function buildSegment(files: readonly TextFile[]): Segment {
  const numbers = new Map<string, number>()
  const numbersOfToken = new Map<string, readonly number[]>()
  const found: number[][] = [] // by number of the stem: passage, counts, passage, counts …
  const firstPassage = new Uint32Array(files.length + 1)
  const lines: number[] = []
  const words: number[] = []
  let counted = newCounts()

  for (const [i, { path, text }] of files.entries()) {
    firstPassage[i] = lines.length
    const passages = piecesOf(text, /\.mdx?$/.test(path))
    for (const [j, passage] of passages.entries()) {
      counted = newCounts()
      const length = countTokens(passage.text, 'body')
      countTokens(headingOf(passage), 'heading')
      if (j === 0) countTokens(`${path} ${titleOf(passages)}`, 'file')
      for (const number of counted.touched) {
        const { body, heading, file } = counted
        found[number]!.push(
          lines.length,
          packCounts(body.get(number) ?? 0, heading.get(number) ?? 0, file.get(number) ?? 0),
        )
      }
      lines.push(passage.line)
      words.push(length)
    }
  }
  firstPassage[files.length] = lines.length
  return encode(files, firstPassage, Uint32Array.from(lines), Uint32Array.from(words), numbers, found)

  function countTokens(text: string, field: 'body' | 'heading' | 'file'): number {
    const counts = counted[field]
    let length = 0
    for (const token of tokensOf(text)) {
      for (const number of numbersOf(token)) {
        counts.set(number, (counts.get(number) ?? 0) + 1)
        counted.touched.add(number)
        length++
      }
    }
    return length
  }

  function numbersOf(token: string): readonly number[] {
    let known = numbersOfToken.get(token)
    if (known === undefined) {
      known = stemsOf(token).map((stem) => {
        const number = numbers.get(stem) ?? numbers.size
        if (number === numbers.size) {
          numbers.set(stem, number)
          found.push([])
        }
        return number
      })
      numbersOfToken.set(token, known)
    }
    return known
  }
}

function newCounts() {
  return {
    body: new Map<number, number>(),
    heading: new Map<number, number>(),
    file: new Map<number, number>(),
    touched: new Set<number>(),
  }
}

/** An id that a line declares is to its passage more than a heading is: it counts twice. */
const DECLARED_ID = /^\s*(?:[-*]\s+(?:\[[ xX]\]\s+)?)?(?:\*\*|#{1,6}\s+)?\[?([A-Z]{1,6}-?\d+[a-z]?)\b/gm

function headingOf({ heading, text }: Passage): string {
  const ids =
    text.match(/[A-Z]{1,6}-?\d/) === null ? [] : [...text.matchAll(DECLARED_ID)].map(([, id]) => id!)
  return ids.length === 0 ? heading : `${heading} ${ids.flatMap((id) => [id, id]).join(' ')}`
}

/** The first heading of a file says what all of it is about. */
function titleOf(passages: readonly Passage[]): string {
  return passages.find(({ heading }) => heading !== '')?.heading ?? ''
}

function encode(
  files: readonly TextFile[],
  firstPassage: Uint32Array,
  lines: Uint32Array,
  words: Uint32Array,
  numbers: ReadonlyMap<string, number>,
  found: readonly (readonly number[])[],
): Segment {
  const terms = [...numbers.keys()].sort()
  const bytes = new Uint8Array(found.reduce((sum, pairs) => sum + (pairs.length / 2) * POSTING_BYTES, 0))
  const offsets = new Uint32Array(terms.length + 1)
  let at = 0
  for (const [i, term] of terms.entries()) {
    offsets[i] = at
    const pairs = found[numbers.get(term)!]!
    let last = 0
    for (let j = 0; j < pairs.length; j += 2) {
      at = writePosting(bytes, at, pairs[j]! - last, pairs[j + 1]!)
      last = pairs[j]!
    }
  }
  offsets[terms.length] = at
  return {
    files: files.map(({ path, state }) => ({ path, state })),
    firstPassage,
    lines,
    words,
    terms,
    offsets,
    postings: bytes.subarray(0, at),
  }
}
