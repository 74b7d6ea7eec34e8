// LZ4 frames, written and read as the format's description has them (Node has no codec of it):
//
//   magic 04 22 4d 18   FLG BD   header checksum
//   block: uint32 length, top bit set when stored as it is; bytes
//   uint32 0
//
// A block is a row of sequences: token (literals << 4 | match - 4), longer literal length, literals, uint16 distance,
// longer match length. Lengths of 15 and more go on in bytes of 255. The last sequence has literals only.

const MAGIC = [0x04, 0x22, 0x4d, 0x18]
/** Version 1, blocks that do not look into each other, no checksums. */
const FLAGS = 0x60
/** Code of blocks of up to 1 MiB. */
const BLOCK_CODE = 0x60
const STORED = 0x8000_0000

const LEAST_MATCH = 4
/** Matches end 5 bytes before the block does and start 12 before: decoders copy in words. */
const LAST_LITERALS = 5
const MATCH_LIMIT = 12
const FARTHEST = 0xffff

export const MOST_LZ4_LEVEL = 12

export function lz4FrameHead(): Uint8Array {
  const descriptor = Uint8Array.of(FLAGS, BLOCK_CODE)
  return Uint8Array.of(...MAGIC, ...descriptor, (xxh32(descriptor) >>> 8) & 0xff)
}

export const LZ4_FRAME_END = new Uint8Array(4)

const HASH_BITS = 16

/** Compresses blocks of at most 1 MiB. Keeps its tables, so one encoder serves a whole file. */
export class Lz4Encoder {
  readonly #attempts: number
  /** Where the last four bytes with a hash were, plus one. */
  readonly #heads = new Int32Array(1 << HASH_BITS)
  /** The place before, for each place of the last 64 KiB. */
  readonly #chain = new Int32Array(FARTHEST + 1)

  /** Level 1 looks at one place where the same bytes were; each level more at twice as many. */
  constructor(level: number) {
    this.#attempts = 2 ** (Math.max(1, level) - 1)
  }

  /** A block with its length; as it is when compression would not make it shorter. */
  block(source: Uint8Array): Uint8Array {
    const out = Buffer.allocUnsafe(4 + source.length + Math.ceil(source.length / 255) + 16)
    const end = this.#compress(source, out)
    if (end - 4 < source.length) {
      out.writeUInt32LE(end - 4, 0)
      return out.subarray(0, end)
    }
    out.writeUInt32LE((STORED | source.length) >>> 0, 0)
    out.set(source, 4)
    return out.subarray(0, 4 + source.length)
  }

  #compress(source: Uint8Array, out: Uint8Array): number {
    const heads = this.#heads.fill(0)
    const chain = this.#chain
    const attempts = this.#attempts
    const { length } = source
    let to = 4
    let anchor = 0
    let at = 0
    let misses = 0
    while (at < length - MATCH_LIMIT) {
      const four = word(source, at)
      const slot = Math.imul(four, -1640531535) >>> (32 - HASH_BITS)
      let [found, longest] = [-1, LEAST_MATCH - 1]
      let candidate = heads[slot]! - 1
      heads[slot] = at + 1
      chain[at & FARTHEST] = candidate
      for (let left = attempts; candidate >= 0 && at - candidate <= FARTHEST && left > 0; left--) {
        if (word(source, candidate) === four) {
          const matched = matchLength(source, candidate, at)
          if (matched > longest) [found, longest] = [candidate, matched]
        }
        const before = chain[candidate & FARTHEST]!
        if (before >= candidate) break // the ring has been written over since
        candidate = before
      }
      if (found < 0) {
        // Steps grow where nothing is found, so that what cannot be compressed costs little.
        at += attempts > 1 ? 1 : 1 + (misses++ >> 6)
        continue
      }
      misses = 0
      to = writeSequence(out, to, source, anchor, at, at - found, longest)
      at += longest
      anchor = at
    }
    return writeLiterals(out, to, source, anchor)
  }
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

function matchLength(source: Uint8Array, earlier: number, at: number): number {
  const end = source.length - LAST_LITERALS
  let to = at + LEAST_MATCH
  while (to < end && source[to] === source[earlier + to - at]) to++
  return to - at
}

function writeSequence(
  out: Uint8Array,
  at: number,
  source: Uint8Array,
  from: number,
  to: number,
  distance: number,
  matched: number,
): number {
  const [literals, rest] = [to - from, matched - LEAST_MATCH]
  out[at] = (Math.min(15, literals) << 4) | Math.min(15, rest)
  let next = literals >= 15 ? writeLength(out, at + 1, literals - 15) : at + 1
  for (let i = from; i < to; i++) out[next++] = source[i]!
  out[next++] = distance & 0xff
  out[next++] = distance >>> 8
  return rest >= 15 ? writeLength(out, next, rest - 15) : next
}

function writeLiterals(out: Uint8Array, at: number, source: Uint8Array, from: number): number {
  const literals = source.length - from
  out[at] = Math.min(15, literals) << 4
  const next = literals >= 15 ? writeLength(out, at + 1, literals - 15) : at + 1
  out.set(source.subarray(from), next)
  return next + literals
}

function writeLength(out: Uint8Array, at: number, length: number): number {
  let [to, left] = [at, length]
  for (; left >= 255; left -= 255) out[to++] = 255
  out[to++] = left
  return to
}

/** Throws Error for bytes that are no frames. Several frames one after the other are read as one text. */
export async function* lz4Decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const from = new ByteQueue(chunks)
  while (await from.has(1)) {
    const head = await from.take(6)
    if (MAGIC.some((byte, i) => head[i] !== byte)) throw new Error('these bytes are not LZ4')
    const [flags, code] = [head[4]!, head[5]!]
    const largest = 1 << (8 + 2 * ((code >> 4) & 7))
    await from.take((flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0) + 1)
    // Blocks may look back into the 64 KiB before them.
    let window: Uint8Array = new Uint8Array(0)
    for (let size = uint32(await from.take(4)); size !== 0; size = uint32(await from.take(4))) {
      const bytes = await from.take(size & ~STORED)
      const block = size >>> 31 ? Buffer.from(bytes) : decodedBlock(bytes, window, largest)
      if (flags & 0x10) await from.take(4)
      yield block
      window = Buffer.concat([window, block]).subarray(-FARTHEST - 1)
    }
    if (flags & 0x04) await from.take(4)
  }
}

function decodedBlock(source: Uint8Array, window: Uint8Array, largest: number): Uint8Array {
  const out = Buffer.allocUnsafe(window.length + largest)
  out.set(window)
  let [at, to] = [0, window.length]
  const lengthFrom = (nibble: number): number => {
    let length = nibble
    if (nibble === 15)
      for (let more = 255; more === 255; length += more) {
        if (at >= source.length) throw new Error('an LZ4 block is damaged')
        more = source[at++]!
      }
    return length
  }
  while (at < source.length) {
    const token = source[at++]!
    const literals = lengthFrom(token >> 4)
    if (at + literals > source.length || to + literals > out.length)
      throw new Error('an LZ4 block is damaged')
    out.set(source.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at >= source.length) break
    const distance = source[at]! | (source[at + 1]! << 8)
    at += 2
    const end = to + LEAST_MATCH + lengthFrom(token & 15)
    if (distance === 0 || distance > to || end > out.length) throw new Error('an LZ4 block is damaged')
    for (; to < end; to++) out[to] = out[to - distance]!
  }
  return out.subarray(window.length, to)
}

function uint32(bytes: Uint8Array): number {
  return (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0
}

/** Bytes by count out of chunks of any size. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>
  #held = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  async has(length: number): Promise<boolean> {
    const parts = [this.#held]
    let held = this.#held.length
    while (held < length) {
      const next = await this.#chunks.next()
      if (next.done) break
      parts.push(Buffer.from(next.value))
      held += next.value.length
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts)
    return held >= length
  }

  async take(length: number): Promise<Uint8Array> {
    if (!(await this.has(length))) throw new Error('the LZ4 data ends too soon')
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }
}

const PRIMES = [2654435761, 2246822519, 3266489917, 668265263, 374761393] as const

/** XXH32 with seed 0 of fewer than 16 bytes: what the checksum of a frame's head needs. */
function xxh32(bytes: Uint8Array): number {
  let hash = PRIMES[4] + bytes.length
  for (const byte of bytes) {
    hash = (hash + Math.imul(byte, PRIMES[4])) | 0
    hash = Math.imul((hash << 11) | (hash >>> 21), PRIMES[0])
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIMES[1])
  hash = Math.imul(hash ^ (hash >>> 13), PRIMES[2])
  return (hash ^ (hash >>> 16)) >>> 0
}
