// BM25F over passages (Robertson, Zaragoza: "The Probabilistic Relevance Framework", 2009, §3.6), blended with the same
// score of the whole feature: a sentence that fits by chance stands in a feature that speaks of something else.

import { groupsOf } from './file-groups.ts'
import { somePosting, unpackCounts } from './postings.ts'
import { buildSegment, postingsOf, type Segment } from './segment.ts'
import { variantsOf, type Concept } from './word-variants.ts'

/** A segment and which of its files count: the others were changed since, and stand in another part. */
export type IndexPart = { readonly segment: Segment; readonly isAlive: (file: number) => boolean }

export type Hit = {
  readonly path: string
  /** 1-based lines of the passage that fits best. */
  readonly firstLine: number
  readonly lastLine: number
  /** 0 to 1: 1 would be every word of the question, in passage, file and feature as often as `ENOUGH` says. */
  readonly relevance: number
  readonly mtimeMs: number
}

export type SearchResult = {
  readonly hits: readonly Hit[]
  readonly concepts: readonly Concept[]
}

export type Ranking = {
  /** Folders of features: what lies below one belongs together. */
  readonly features: readonly string[]
  /** Above 1 for what should be read first, below 1 for what rarely answers; 0 leaves the file out. */
  readonly weightOf: (path: string) => number
}

/** Chosen on the "tune" half of bench/retrieval/questions.json; bench/results.md says how it does on the other half. */
const TUNING = {
  heading: 1,
  /** A word in the path or in the title of the file. */
  title: 1,
  passage: { share: 0.375, k1: 1.5, b: 0.5 },
  file: { share: 0.375, k1: 12, b: 0.3 },
  group: { share: 0.25, k1: 30, b: 0.3 },
  /** How much a word's rarity is counted in files (1) or in features (0). */
  rarityInFiles: 0.5,
} as const

/** Times a word stands in what is all about it. */
const ENOUGH = { passage: 3, file: 10, group: 20 } as const
const LEVELS = ['passage', 'file', 'group'] as const
const FULL_SCORE = LEVELS.reduce((sum, level) => {
  const { share, k1 } = TUNING[level]
  return sum + (share * ENOUGH[level]) / (k1 + ENOUGH[level])
}, 0)

/** The best passage of each file that contains anything asked for, best first; near ones newest first, then by path. */
export function search(query: string, parts: readonly IndexPart[], ranking: Ranking): SearchResult {
  const concepts = variantsOf(query, parts)
  const files = parts.flatMap(filesOf)
  const groups = groupsOf(
    files.map(({ path }) => path),
    ranking.features,
  )
  const scores = scoresOf(concepts, parts, files, groups)
  const hits: Hit[] = []
  for (const [i, { path, mtimeMs, segment, start, end, offset }] of files.entries()) {
    if (scores.file[i] === 0) continue
    const weight = ranking.weightOf(path)
    if (weight === 0) continue
    let best = start
    for (let p = start + 1; p < end; p++)
      if (scores.passage[offset + p]! > scores.passage[offset + best]!) best = p
    const score =
      TUNING.passage.share * scores.passage[offset + best]! +
      TUNING.file.share * scores.file[i]! +
      TUNING.group.share * scores.group[groups[i]!]!
    hits.push({
      path,
      firstLine: segment.lines[best]!,
      lastLine: best + 1 < end ? segment.lines[best + 1]! - 1 : Infinity,
      relevance: Math.min(0.99, (score / scores.most / FULL_SCORE) * weight),
      mtimeMs,
    })
  }
  return { hits: sorted(hits), concepts }
}

/** The same over texts at hand, without an index on disk. */
export function searchTexts(
  query: string,
  texts: readonly { readonly path: string; readonly text: string }[],
): SearchResult {
  const state = { size: 0, mtimeMs: 0, ctimeMs: 0, key: '' }
  const segment = buildSegment(texts.map(({ path, text }) => ({ path, text, state })))
  return search(query, [{ segment, isAlive: () => true }], { features: [], weightOf: () => 1 })
}

/** Of two that are equally relevant to the eye, the one edited on a later day goes first. */
function sorted(hits: readonly Hit[]): Hit[] {
  return hits
    .map((hit) => ({
      hit,
      percent: Math.round(hit.relevance * 100),
      day: Math.floor(hit.mtimeMs / 86_400_000),
    }))
    .sort(
      (a, b) =>
        b.percent - a.percent ||
        b.day - a.day ||
        b.hit.relevance - a.hit.relevance ||
        (a.hit.path < b.hit.path ? -1 : 1),
    )
    .map(({ hit }) => hit)
}

type LivingFile = {
  readonly path: string
  readonly mtimeMs: number
  readonly segment: Segment
  /** Numbers of its passages in its segment, the end excluded. */
  readonly start: number
  readonly end: number
  /** What makes a passage's number one among all parts. */
  readonly offset: number
}

function filesOf({ segment, isAlive }: IndexPart, part: number, parts: readonly IndexPart[]): LivingFile[] {
  const offset = parts.slice(0, part).reduce((sum, one) => sum + one.segment.lines.length, 0)
  const { files, firstPassage } = segment
  return files.flatMap(({ path, state: { mtimeMs } }, i) =>
    isAlive(i)
      ? [{ path, mtimeMs, segment, start: firstPassage[i]!, end: firstPassage[i + 1]!, offset }]
      : [],
  )
}

type Scores = {
  readonly passage: Float64Array
  readonly file: Float64Array
  readonly group: Float64Array
  /** What a passage would have in which every word of the question stood without end. */
  readonly most: number
}

/** BM25 on three levels. The hot loop: arrays by number are made once and swept by the list of touched places. */
function scoresOf(
  concepts: readonly Concept[],
  parts: readonly IndexPart[],
  files: readonly LivingFile[],
  groups: readonly number[],
): Scores {
  const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0)
  const fileOf = fileNumbers(parts, files)
  const passage = new Level(fileOf.length, TUNING.passage)
  const file = new Level(files.length, TUNING.file)
  const group = new Level(groupCount, TUNING.group)
  for (const [i, { segment, start, end, offset }] of files.entries())
    for (let p = start; p < end; p++) {
      const words = segment.words[p]!
      passage.words[offset + p] = words
      file.words[i]! += words
      group.words[groups[i]!]! += words
    }
  for (const level of [passage, file, group]) level.measure()
  let most = 0
  for (const { forms } of concepts) {
    let mostOfForms = 0
    for (const { weight, stems } of forms) {
      let offset = 0
      for (const { segment } of parts) {
        for (const { term, weight: sureness } of stems)
          somePosting(postingsOf(segment, term), (p, packed) => {
            const at = fileOf[offset + p]!
            if (at < 0) return false
            const counts = unpackCounts(packed)
            const text = sureness * (counts.body + TUNING.heading * counts.heading)
            const title = sureness * TUNING.title * counts.file
            if (text > 0) passage.add(offset + p, text)
            file.add(at, text + title)
            group.add(groups[at]!, text + title)
            return false
          })
        offset += segment.lines.length
      }
      const inFiles = idf(files.length, file.touched.length)
      const inGroups = idf(groupCount, group.touched.length)
      const rarity = weight * (TUNING.rarityInFiles * inFiles + (1 - TUNING.rarityInFiles) * inGroups)
      for (const level of [passage, file, group]) level.offer(rarity)
      mostOfForms = Math.max(mostOfForms, rarity)
    }
    for (const level of [passage, file, group]) level.settle()
    most += mostOfForms
  }
  return { passage: passage.scores, file: file.scores, group: group.scores, most: Math.max(most, 1e-9) }
}

/** For each passage of all parts the number of its living file, or -1. */
function fileNumbers(parts: readonly IndexPart[], files: readonly LivingFile[]): Int32Array {
  const numbers = new Int32Array(parts.reduce((sum, { segment }) => sum + segment.lines.length, 0)).fill(-1)
  for (const [i, { start, end, offset }] of files.entries()) numbers.fill(i, offset + start, offset + end)
  return numbers
}

/** Passages, files or features: what is added up for one form of a word, the best form, and the sum over all words. */
class Level {
  readonly words: Float64Array
  readonly scores: Float64Array
  readonly touched: number[] = []
  readonly #frequency: Float64Array
  readonly #best: Float64Array
  readonly #offered: number[] = []
  readonly #k1: number
  readonly #b: number
  #meanWords = 1

  constructor(size: number, { k1, b }: { readonly k1: number; readonly b: number }) {
    this.words = new Float64Array(size)
    this.scores = new Float64Array(size)
    this.#frequency = new Float64Array(size)
    this.#best = new Float64Array(size)
    this.#k1 = k1
    this.#b = b
  }

  /** To be called once all words are counted. */
  measure(): void {
    let sum = 0
    let filled = 0
    for (const words of this.words) {
      sum += words
      if (words > 0) filled++
    }
    this.#meanWords = Math.max(1, sum / Math.max(1, filled))
  }

  add(at: number, frequency: number): void {
    if (this.#frequency[at] === 0) this.touched.push(at)
    this.#frequency[at]! += frequency
  }

  /** Ends one form of a word. */
  offer(rarity: number): void {
    for (const at of this.touched) {
      const damping = 1 - this.#b + this.#b * (this.words[at]! / this.#meanWords)
      const damped = this.#frequency[at]! / damping
      const score = (rarity * damped) / (this.#k1 + damped)
      if (this.#best[at] === 0) this.#offered.push(at)
      if (score > this.#best[at]!) this.#best[at] = score
      this.#frequency[at] = 0
    }
    this.touched.length = 0
  }

  /** Ends one word. */
  settle(): void {
    for (const at of this.#offered) {
      this.scores[at]! += this.#best[at]!
      this.#best[at] = 0
    }
    this.#offered.length = 0
  }
}

function idf(all: number, holding: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5))
}
