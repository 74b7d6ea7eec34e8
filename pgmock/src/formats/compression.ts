// Compression of table data. The text of a table is cut into blocks of 1 MiB, wherever that is, and the blocks are
// compressed at the same time by Node's thread pool: the same bytes however many threads there are.
//
//   gzip  one stream: every block is a deflate segment that ends at a byte, with the 32 KiB before it as dictionary
//   zstd  a frame a block; in a custom archive also a chunk a block, since pg_restore reads only the first zstd frame
//         of a chunk and loses the others without a word
//   lz4   one frame, a block a block

import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import { adler32 } from '../bytes/adler32.ts'
import { LZ4_FRAME_END, lz4Decoded, Lz4Encoder, lz4FrameHead, MOST_LZ4_LEVEL } from './lz4.ts'

export type Method = 'none' | 'gzip' | 'lz4' | 'zstd'
export type Compression = {
  readonly method: Method
  /** undefined: the method's own default. */ readonly level: number | undefined
}

export const NO_COMPRESSION: Compression = { method: 'none', level: undefined }

const LEVELS: Readonly<Partial<Record<Method, readonly [number, number]>>> = {
  gzip: [1, 9],
  lz4: [1, MOST_LZ4_LEVEL],
  zstd: [1, 22],
}

/** pg_dump's --compress: `gzip`, `gzip:6`, `zstd:level=3`, `none`, or a level, 0 for none. Throws CliError. */
export function parseCompression(text: string): Compression {
  const [, level] = /^(\d)$/.exec(text) ?? []
  if (level !== undefined) return level === '0' ? NO_COMPRESSION : { method: 'gzip', level: Number(level) }
  const [, method, asked] = /^(none|gzip|lz4|zstd)(?::(?:level=)?(\d+))?$/.exec(text) ?? []
  const [least, most] = LEVELS[method as Method] ?? [0, 0]
  const number = asked === undefined ? undefined : Number(asked)
  if (method === undefined || (number !== undefined && (number < least || number > most)))
    throw new CliError(
      'bad-compression',
      `--compress cannot be "${text}".`,
      'Take none, gzip, gzip:1 to gzip:9, lz4, lz4:1 to lz4:12, zstd, or zstd:1 to zstd:22.',
    )
  if (method === 'zstd' && !('createZstdCompress' in zlib))
    throw new CliError('no-zstd', 'This Node has no zstd.', 'It comes with Node 22.15 and later.')
  return { method: method as Method, level: number }
}

/** Ends names of files of a directory archive. */
export const SUFFIXES: Readonly<Record<Method, string>> = { none: '', gzip: '.gz', lz4: '.lz4', zstd: '.zst' }

const BLOCK_BYTES = 1024 * 1024
/** Node's pool has four threads; one block more keeps them busy while the oldest is written. */
const IN_FLIGHT = 5

export type Pieces = Iterable<{ readonly bytes: Uint8Array }> | AsyncIterable<{ readonly bytes: Uint8Array }>

/**
 * The pieces, compressed. `zlib` is what gzip means inside a custom archive, `gzip` what it means for a file. Without
 * compression an output chunk is only good until the next is asked for, as the pieces are.
 */
export async function* compressed(
  pieces: Pieces,
  { method, level }: Compression,
  wrapper: 'zlib' | 'gzip',
): AsyncGenerator<Uint8Array> {
  switch (method) {
    case 'none':
      for await (const { bytes } of pieces) yield bytes
      return
    case 'gzip':
      yield* deflated(pieces, level ?? zlib.constants.Z_DEFAULT_COMPRESSION, wrapper)
      return
    case 'zstd': {
      const params = { [zlib.constants.ZSTD_c_compressionLevel]: level ?? 3 }
      const compress = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdCompress)
      let isEmpty = true
      for await (const frame of inOrder(pieces, (block) => compress(block, { params }))) {
        isEmpty = false
        yield frame
      }
      if (isEmpty) yield await compress(Buffer.alloc(0), { params })
      return
    }
    case 'lz4': {
      const encoder = new Lz4Encoder(level ?? 1)
      yield lz4FrameHead()
      for await (const { bytes } of blocksOf(pieces)) yield encoder.block(bytes)
      yield LZ4_FRAME_END
    }
  }
}

/** zlib's two bytes by level: the level is a hint for whoever compresses again. */
const ZLIB_HEADS = { fast: [0x78, 0x01], default: [0x78, 0x9c], best: [0x78, 0xda] } as const
/** No name, no time, from Unix. */
const GZIP_HEAD = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] as const
/** An empty block that is the last. */
const DEFLATE_END = [3, 0] as const

async function* deflated(
  pieces: Pieces,
  level: number,
  wrapper: 'zlib' | 'gzip',
): AsyncGenerator<Uint8Array> {
  const sums = { adler: 1, crc: 0, length: 0 }
  const compress = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw)
  const kind = level === 1 ? 'fast' : level === 9 ? 'best' : 'default'
  yield Uint8Array.from(wrapper === 'gzip' ? GZIP_HEAD : ZLIB_HEADS[kind])
  yield* inOrder(pieces, (block, before) => {
    if (wrapper === 'gzip') sums.crc = zlib.crc32(block, sums.crc)
    else sums.adler = adler32(block, sums.adler)
    sums.length += block.length
    const finishFlush = zlib.constants.Z_SYNC_FLUSH
    return compress(block, { level, finishFlush, ...(before && { dictionary: before }) })
  })
  const tail = Buffer.alloc(wrapper === 'gzip' ? 10 : 6)
  tail.set(DEFLATE_END)
  if (wrapper === 'zlib') tail.writeUInt32BE(sums.adler, 2)
  else {
    tail.writeUInt32LE(sums.crc, 2)
    tail.writeUInt32LE(sums.length % 2 ** 32, 6)
  }
  yield tail
}

/** `work` on every block, several at once, results in the order of the blocks. */
async function* inOrder(
  pieces: Pieces,
  work: (block: Uint8Array, before: Uint8Array | undefined) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const waiting: Promise<Uint8Array>[] = []
  for await (const { bytes, before } of blocksOf(pieces)) {
    const made = work(bytes, before)
    made.catch(() => {}) // reported when its turn comes, or not at all when an earlier one fails
    waiting.push(made)
    if (waiting.length >= IN_FLIGHT) yield await waiting.shift()!
  }
  for (const made of waiting) yield await made
}

const DICTIONARY_BYTES = 32 * 1024

type Block = {
  readonly bytes: Uint8Array
  /** The end of the block before it. */
  readonly before: Uint8Array | undefined
}

/** Copies of the text, 1 MiB each but the last. */
export async function* blocksOf(pieces: Pieces): AsyncGenerator<Block> {
  let [block, filled] = [Buffer.allocUnsafe(BLOCK_BYTES), 0]
  let before: Uint8Array | undefined
  for await (const { bytes } of pieces) {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + BLOCK_BYTES - filled)
      block.set(part, filled)
      at += part.length
      filled += part.length
      if (filled < BLOCK_BYTES) continue
      yield { bytes: block, before }
      before = block.subarray(-DICTIONARY_BYTES)
      ;[block, filled] = [Buffer.allocUnsafe(BLOCK_BYTES), 0]
    }
  }
  if (filled > 0) yield { bytes: block.subarray(0, filled), before }
}

/** What undoes it. Rejects for bytes that are cut off or damaged. */
export async function* decompressed(
  chunks: AsyncIterable<Uint8Array>,
  method: Method,
  wrapper: 'zlib' | 'gzip',
): AsyncGenerator<Uint8Array> {
  if (method === 'none') yield* chunks
  else if (method === 'lz4') yield* lz4Decoded(chunks)
  else {
    const decoder =
      method === 'zstd'
        ? zlib.createZstdDecompress()
        : wrapper === 'zlib'
          ? zlib.createInflate()
          : zlib.createGunzip()
    // The pipeline carries an error of the chunks to the reader below; both are awaited, so neither gets lost.
    const done = pipeline(Readable.from(copies(chunks), { objectMode: true, highWaterMark: 2 }), decoder)
    done.catch(() => {})
    for await (const bytes of decoder) yield bytes as Buffer
    await done
  }
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}
