import { POSTING_BYTES, somePosting, writePosting } from './postings.ts'
import type { FileState, Segment } from './segment.ts'

/**
 * One segment of the files of `base` that have a state and of all of `added`, made without reading a file again.
 * `states` goes by the numbers of the files of `base`.
 */
export function mergeSegments(
  base: Segment,
  states: readonly (FileState | undefined)[],
  added: Segment,
): Segment {
  const kept = [...states.keys()].filter((i) => states[i] !== undefined)
  const parts = [
    { segment: base, files: kept },
    { segment: added, files: added.files.map((_, i) => i) },
  ]
  const files = [...kept.map((i) => ({ path: base.files[i]!.path, state: states[i]! })), ...added.files]
  const firstPassage = new Uint32Array(files.length + 1)
  const lines: number[] = []
  const words: number[] = []
  let file = 0
  // Passages keep their order, so that differences between them stay positive.
  const renumbered = parts.map(({ segment, files: own }) => {
    const numbers = new Int32Array(segment.lines.length).fill(-1)
    for (const i of own) {
      firstPassage[file++] = lines.length
      for (let p = segment.firstPassage[i]!; p < segment.firstPassage[i + 1]!; p++) {
        numbers[p] = lines.length
        lines.push(segment.lines[p]!)
        words.push(segment.words[p]!)
      }
    }
    return numbers
  })
  firstPassage[file] = lines.length

  // A difference grows by the dead passages in between, and with it its bytes.
  const most = base.postings.length + added.postings.length
  const out = new Uint8Array((most / 2) * POSTING_BYTES)
  const terms: string[] = []
  const offsets: number[] = []
  let at = 0
  for (const { term, places } of bothInOrder(base.terms, added.terms)) {
    const start = at
    let last = 0
    for (const [part, place] of places.entries()) {
      if (place === undefined) continue
      const { postings, offsets: from } = parts[part]!.segment
      const numbers = renumbered[part]!
      somePosting(postings.subarray(from[place], from[place + 1]), (passage, packed) => {
        const number = numbers[passage]!
        if (number >= 0) {
          at = writePosting(out, at, number - last, packed)
          last = number
        }
        return false
      })
    }
    if (at === start) continue // nobody says this word any more
    terms.push(term)
    offsets.push(start)
  }
  offsets.push(at)
  return {
    files,
    firstPassage,
    lines: Uint32Array.from(lines),
    words: Uint32Array.from(words),
    terms,
    offsets: Uint32Array.from(offsets),
    postings: out.subarray(0, at),
  }
}

/** Each term once, with its number in either list. */
function* bothInOrder(a: readonly string[], b: readonly string[]) {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const left = a[i]
    const right = b[j]
    const isLeft = left !== undefined && (right === undefined || left <= right)
    const isRight = right !== undefined && (left === undefined || right <= left)
    yield {
      term: (isLeft ? left : right)!,
      places: [isLeft ? i : undefined, isRight ? j : undefined],
    }
    if (isLeft) i++
    if (isRight) j++
  }
}
