// Compression of table data. The data of one table is always one stream: in a custom archive pg_restore reads only the
// first zstd frame of a chunk and loses the others without a word, so nothing is ever glued together from pieces.

import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import { CliError } from '@specwright/cli/cli-error.ts'

export type Method = 'none' | 'gzip' | 'lz4' | 'zstd'
export type Compression = {
  readonly method: Method
  /** undefined: the method's own default. */ readonly level: number | undefined
}

export const NO_COMPRESSION: Compression = { method: 'none', level: undefined }

const LEVELS: Readonly<Partial<Record<Method, readonly [number, number]>>> = { gzip: [1, 9], zstd: [1, 22] }

/** pg_dump's --compress: `gzip`, `gzip:6`, `zstd:level=3`, `none`, or a level, 0 for none. Throws CliError. */
export function parseCompression(text: string): Compression {
  const [, level] = /^(\d)$/.exec(text) ?? []
  if (level !== undefined) return level === '0' ? NO_COMPRESSION : { method: 'gzip', level: Number(level) }
  const [, method, asked] = /^(none|gzip|lz4|zstd)(?::(?:level=)?(\d+))?$/.exec(text) ?? []
  if (method === 'lz4')
    throw new CliError(
      'no-lz4',
      'lz4 cannot be written: Node has no encoder for it.',
      'Take zstd:1, which is as quick and smaller.',
    )
  const [least, most] = LEVELS[method as Method] ?? [0, 0]
  const number = asked === undefined ? undefined : Number(asked)
  if (method === undefined || (number !== undefined && (number < least || number > most)))
    throw new CliError(
      'bad-compression',
      `--compress cannot be "${text}".`,
      'Take none, gzip, gzip:1 to gzip:9, zstd, or zstd:1 to zstd:22.',
    )
  if (method === 'zstd' && !('createZstdCompress' in zlib))
    throw new CliError('no-zstd', 'This Node has no zstd.', 'It comes with Node 22.15 and later.')
  return { method: method as Method, level: number }
}

/** Ends names of files of a directory archive. */
export const SUFFIXES: Readonly<Record<Method, string>> = { none: '', gzip: '.gz', lz4: '.lz4', zstd: '.zst' }

/**
 * The pieces, compressed. `zlib` is what gzip means inside a custom archive, `gzip` what it means for a file. Each
 * output chunk is good for ever; an input piece is copied before the next is asked for.
 */
export async function* compressed(
  pieces: Iterable<{ readonly bytes: Uint8Array }>,
  compression: Compression,
  wrapper: 'zlib' | 'gzip',
): AsyncGenerator<Uint8Array> {
  const encoder = encoderOf(compression, wrapper)
  if (!encoder) {
    for (const { bytes } of pieces) yield bytes
    return
  }
  const copies = function* () {
    for (const { bytes } of pieces) yield Buffer.from(bytes)
  }
  // The pipeline carries an error of the generator to the reader below; both are awaited, so neither gets lost.
  const done = pipeline(Readable.from(copies(), { objectMode: true, highWaterMark: 2 }), encoder)
  done.catch(() => {})
  for await (const chunk of encoder) yield chunk as Buffer
  await done
}

const CHUNK = { chunkSize: 64 * 1024 }

function encoderOf({ method, level }: Compression, wrapper: 'zlib' | 'gzip'): Transform | undefined {
  if (method === 'none') return undefined
  if (method === 'zstd')
    return zlib.createZstdCompress({
      ...CHUNK,
      params: { [zlib.constants.ZSTD_c_compressionLevel]: level ?? 3 },
    })
  const options = { ...CHUNK, level: level ?? zlib.constants.Z_DEFAULT_COMPRESSION }
  return wrapper === 'zlib' ? zlib.createDeflate(options) : zlib.createGzip(options)
}

/** What undoes it: undefined for none, and for lz4, which Node cannot read. */
export function decoderOf(method: Method, wrapper: 'zlib' | 'gzip'): Transform | undefined {
  if (method === 'zstd') return zlib.createZstdDecompress()
  if (method === 'gzip') return wrapper === 'zlib' ? zlib.createInflate() : zlib.createGunzip()
  return undefined
}
