// The postings of one stem: for each passage that has it the difference to the passage before, as a number of variable
// length (seven bits in each byte, the lowest first; the top bit says that another byte follows), and one byte of counts.

/** How often a stem stands in a passage, by field, packed in one byte: saturation makes more digits worthless. */
const MOST = { body: 15, heading: 3, file: 3 } as const

export function packCounts(body: number, heading: number, file: number): number {
  return Math.min(body, MOST.body) | (Math.min(heading, MOST.heading) << 4) | (Math.min(file, MOST.file) << 6)
}

export function unpackCounts(packed: number): { body: number; heading: number; file: number } {
  return { body: packed & 15, heading: (packed >> 4) & 3, file: packed >> 6 }
}

/** The bytes one posting needs at most: five for 32 bits, one for the counts. */
export const POSTING_BYTES = 6

/** Writes one posting at `at` and returns the next free position. */
export function writePosting(out: Uint8Array, at: number, difference: number, packed: number): number {
  let to = at
  let rest = difference
  while (rest > 127) {
    out[to++] = (rest & 127) | 128
    rest >>>= 7
  }
  out[to++] = rest
  out[to++] = packed
  return to
}

/** Calls `visit` for each posting in order until it answers true; says whether it did. */
export function somePosting(bytes: Uint8Array, visit: (passage: number, packed: number) => boolean): boolean {
  let passage = 0
  for (let i = 0; i < bytes.length;) {
    let shift = 0
    let byte: number
    do {
      byte = bytes[i++]!
      passage += (byte & 127) << shift
      shift += 7
    } while (byte > 127)
    if (visit(passage, bytes[i++]!)) return true
  }
  return false
}
