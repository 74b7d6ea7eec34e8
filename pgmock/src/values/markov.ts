// Sentences that nobody wrote, from sentences that somebody did: a chain over pairs of words. A sentence is a walk
// decided by one number, so a cell with text is as pure a function of its row as any other.

import { below, mix } from '../bytes/hash.ts'

/** The sentence of a seed; other lanes of the same seed give other sentences. */
export type Chain = (seed: number, lane?: number) => string

/** Behind these a clause begins, so what comes next depends on the word alone. */
const JOINTS = new Set(['because', 'although', 'once', 'until', 'while'])
const JOINTS_BEHIND_COMMA = new Set(['and', 'but', 'so'])

const MOST_WORDS = 26
const MOST_SMALL = 4
const TRIES = 4

/** Learns which word follows which two; the walk costs two multiplications a word. */
export function markovChain(corpus: readonly string[]): Chain {
  const { words, following, starts } = learn(corpus)
  const walk = (seed: number, lane: number): string | undefined => {
    let state = starts[below(mix(lane, seed, 0x51ed270b), starts.length)]!
    let text = words[state]!
    for (let step = 1; step < MOST_WORDS; step++) {
      const next = following[state]!
      if (next.length === 0) return text
      state =
        next.length === 1 ? next[0]! : next[below(mix(step + lane * 64, seed, 0x2545f491), next.length)]!
      text += ` ${words[state]!}`
    }
    return undefined
  }
  return (seed, lane = 0) => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const text = walk(seed, lane * TRIES + attempt)
      if (text !== undefined) return text
    }
    // Four walks too long to be read: one of the sentences themselves.
    return corpus[below(mix(lane, seed, 0x7f4a7c15), corpus.length)]!
  }
}

/** States are pairs of words (or a joint alone); the end of a sentence is a state with nothing behind it. */
function learn(corpus: readonly string[]) {
  const ids = new Map<string, number>()
  const words: string[] = []
  const following: number[][] = []
  const starts: number[] = []
  const stateOf = (parts: readonly string[], i: number): number => {
    const [earlier = '', before = '', word] = [parts[i - 2], parts[i - 1], parts[i]!]
    const joint = JOINTS.has(word) || (JOINTS_BEHIND_COMMA.has(word) && before.endsWith(','))
    // `at the` and `for a` say too little about what comes next: three words then.
    const small = before.length <= MOST_SMALL && word.length <= MOST_SMALL
    const key = `${joint ? ', ' : small ? `${earlier} ${before}` : before} ${word}${i === parts.length - 1 ? ' end' : ''}`
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, words.length)
    following.push([])
    return words.push(word) - 1
  }
  for (const sentence of corpus) {
    const parts = sentence.split(' ')
    let from = -1
    for (const i of parts.keys()) {
      const state = stateOf(parts, i)
      if (from === -1) starts.push(state)
      else following[from]!.push(state)
      from = state
    }
  }
  return { words, following, starts }
}

/**
 * `count` sentences of one seed side by side, no sentence twice; as many as fit into `maxChars`, at least one, which
 * may be cut between two words.
 */
export function proseOf(chain: Chain, seed: number, count: number, maxChars: number): string {
  const said: string[] = []
  let length = 0
  // A few lanes more than sentences: some repeat, some are too long for a short column.
  for (let lane = 0; said.length < count && lane < count * 2 + 6; lane++) {
    const sentence = chain(seed, lane)
    if (said.includes(sentence) || length + sentence.length + 1 > maxChars) continue
    said.push(sentence)
    length += sentence.length + 1
  }
  if (said.length > 0) return said.join(' ')
  const sentence = chain(seed)
  if (sentence.length <= maxChars) return sentence
  const cut = sentence.lastIndexOf(' ', maxChars)
  return sentence.slice(0, cut > 0 ? cut : maxChars).replace(/[,;]$/, '')
}
