// Hot: words as bytes, padded to a stride so that a word is a few 8-byte copies, and a weighted pick that costs one
// table look-up whatever the distribution.

import type { Chunk } from './chunk.ts'

const PICK_BITS = 12
const PICKS = 1 << PICK_BITS

export type Dictionary = {
  readonly words: readonly string[]
  readonly bytes: DataView
  readonly lengths: Uint8Array
  readonly stride: number
  /** 4096 slots → word index; the share of slots is the word's weight. */
  readonly picks: Uint16Array
  readonly maxChars: number
}

/**
 * The first word is the commonest. Weights of long lists fall like 1/(rank + 5), the way names, towns and brands do;
 * those of short ones like 1/(rank + 1), the way methods of payment do.
 */
export function zipfDictionary(words: readonly string[], shift = words.length > 20 ? 5 : 1): Dictionary {
  return weightedDictionary(
    words,
    words.map((_, rank) => 1 / (rank + shift)),
  )
}

export function evenDictionary(words: readonly string[]): Dictionary {
  return weightedDictionary(
    words,
    words.map(() => 1),
  )
}

/** At most 4096 words of at most 255 bytes; each keeps at least one slot. */
export function weightedDictionary(words: readonly string[], weights: readonly number[]): Dictionary {
  if (words.length === 0 || words.length > PICKS)
    throw new RangeError(`a dictionary of ${words.length} words`)
  const encoded = words.map((word) => Buffer.from(copyEscaped(word)))
  const longest = Math.max(...encoded.map((word) => word.length))
  if (longest > 255) throw new RangeError(`a dictionary word of ${longest} bytes`)
  const stride = Math.ceil(Math.max(longest, 1) / 8) * 8
  const bytes = Buffer.alloc(words.length * stride)
  for (const [i, word] of encoded.entries()) word.copy(bytes, i * stride)
  return {
    words,
    bytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    lengths: Uint8Array.from(encoded, (word) => word.length),
    stride,
    picks: pickTable(weights),
    maxChars: Math.max(...words.map((word) => Array.from(word).length)),
  }
}

/** Slots in proportion to the weights; every index with a weight above zero gets one. */
export function pickTable(weights: readonly number[]): Uint16Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const positive = weights.filter((weight) => weight > 0).length
  const free = PICKS - positive
  const picks = new Uint16Array(PICKS)
  let slot = 0
  let sum = 0
  let given = 0
  for (const [i, weight] of weights.entries()) {
    if (weight <= 0) continue
    sum += weight
    given++
    const until = given === positive ? PICKS : given + Math.round((sum / total) * free)
    picks.fill(i, slot, until)
    slot = until
  }
  return picks
}

export function pick(picks: Uint16Array, drawn: number): number {
  return picks[drawn >>> (32 - PICK_BITS)]!
}

/** Copies up to stride - 1 bytes beyond the word: the caller's next store overwrites them. */
export function writeWord(out: Chunk, at: number, dictionary: Dictionary, index: number): number {
  const { bytes, stride } = dictionary
  const { view } = out
  const from = index * stride
  // As floats, 8 bytes a copy: safe, since no word here holds the 0x7f or 0xff byte a NaN begins with. Little-endian
  // on both sides, so that nothing is swapped on the machines there are.
  view.setFloat64(at, bytes.getFloat64(from, true), true)
  for (let i = 8; i < stride; i += 8) view.setFloat64(at + i, bytes.getFloat64(from + i, true), true)
  return at + dictionary.lengths[index]!
}

function copyEscaped(word: string): string {
  return word.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
