// Shards of one dump (generate --shard i/n) put together. They are the same dump but for the rows of every table, so the
// rows of the others go behind those of the first, table by table.

import { createReadStream } from 'node:fs'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Archive, Block } from './archive.ts'
import { decompressed, type Compression } from './compression.ts'
import { LineReader } from './line-reader.ts'
import type { OpenedArchive } from './read-archive.ts'
import { methodOf } from './read-plain.ts'
import { text } from './table-data.ts'
import { encodeToc, type Toc } from './toc.ts'

type Piece = { readonly bytes: Uint8Array; readonly rows: number }

/** Throws CliError `shards-differ` when they are not of one dump. */
export function joinedArchive(
  shards: readonly OpenedArchive[],
  names: readonly string[],
  compression: Compression | undefined,
): Archive {
  const [first] = shards as [OpenedArchive]
  if (compression && first.format === 'tar') throw unfit('A tar cannot be compressed.')
  if (first.toc.minor < 15 && /^(?:lz4|zstd)$/.test(compression?.method ?? ''))
    throw unfit(`An archive of version 1.${first.toc.minor} knows no ${compression!.method}.`)
  const identity = identityOf(first.toc)
  for (const [i, shard] of shards.entries())
    if (shard.format !== first.format || !identityOf(shard.toc).equals(identity))
      throw differ(names[0]!, names[i]!)
  const toc = { ...first.toc, ...(compression && { compression }) }
  const blocks = toc.entries.flatMap((entry): Block[] =>
    entry.hasData
      ? [{ dumpId: entry.dumpId, pieces: () => joinedText(shards, entry.dumpId, entry.copy) }]
      : [],
  )
  return { toc: { ...toc, entries: toc.entries.map((entry) => ({ ...entry, position: undefined })) }, blocks }
}

function unfit(message: string): CliError {
  return new CliError('bad-compression', message, 'Leave --compress out.')
}

/** All of the contents but where the data starts. */
function identityOf(toc: Toc): Buffer {
  return encodeToc({ ...toc, entries: toc.entries.map((entry) => ({ ...entry, position: undefined })) })
}

function differ(one: string, other: string): CliError {
  return new CliError(
    'shards-differ',
    `${one} and ${other} are not shards of one dump.`,
    'Make them with the same files and flags, each with its own --shard i/n.',
  )
}

async function* joinedText(
  shards: readonly OpenedArchive[],
  dumpId: number,
  copy: string | undefined,
): AsyncGenerator<Piece> {
  const end = copy === undefined ? '\n\n' : '\\.\n\n\n'
  for (const shard of shards) yield* withoutEnd(shard.textOf(dumpId), end.length)
  yield text(end)
}

/** Bytes but the last few. */
async function* withoutEnd(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Piece> {
  let held = Buffer.alloc(0)
  for await (const bytes of chunks) {
    const all = Buffer.concat([held, bytes])
    const ready = Math.max(0, all.length - length)
    yield { bytes: all.subarray(0, ready), rows: 0 }
    held = all.subarray(ready)
  }
}

/** The same for plain dumps. They are read side by side, so nothing is read twice or held. */
export async function* joinedPlain(
  paths: readonly string[],
  names: readonly string[],
): AsyncGenerator<Piece> {
  const readers: LineReader[] = []
  for (const path of paths) {
    const input = createReadStream(path, { highWaterMark: 256 * 1024 })
    readers.push(new LineReader(decompressed(input, await methodOf(path), 'gzip')))
  }
  const [first, ...others] = readers as [LineReader, ...LineReader[]]
  const sameLine = async (line: Buffer | undefined) => {
    for (const [i, other] of others.entries()) {
      const theirs = await other.line()
      const isSame = line === undefined ? theirs === undefined : theirs?.equals(line)
      if (!isSame) throw differ(names[0]!, names[i + 1]!)
    }
  }
  // The head of a table's data is a comment of three lines, an empty one, and COPY unless there are INSERTs.
  let headLeft = -1
  for (let line = await first.line(); ; line = await first.line()) {
    const read = line && Buffer.from(line)
    await sameLine(read)
    if (read === undefined) return
    yield { bytes: read, rows: 0 }
    if (read.toString('latin1', 0, 17) === '-- Data for Name:') headLeft = 2
    else if (headLeft > 0) headLeft--
    if (headLeft !== 0) continue
    headLeft = -1
    const next = (await first.peek())?.toString('latin1', 0, 12) ?? ''
    if (!/^(?:COPY |INSERT INTO |\n)/.test(next)) continue // a comment inside a function that looks like a head
    const isCopy = next.startsWith('COPY ')
    if (isCopy) {
      const copy = Buffer.from((await first.line())!)
      await sameLine(copy)
      yield { bytes: copy, rows: 0 }
    }
    for (const reader of readers) yield* rowsOf(reader, isCopy)
    for (const other of others) await other.line()
    yield { bytes: Buffer.from((await first.line())!), rows: 0 }
  }
}

const PIECE_BYTES = 256 * 1024
const QUOTE = 0x27

/** Lines up to `\.`, or up to the empty line behind the last INSERT; that line stays to be read. */
async function* rowsOf(reader: LineReader, isCopy: boolean): AsyncGenerator<Piece> {
  let [piece, filled] = [Buffer.allocUnsafe(PIECE_BYTES), 0]
  let isQuoted = false
  for (;;) {
    const line = await reader.peek()
    if (
      !line ||
      (isCopy ? line.length === 3 && line[0] === 0x5c && line[1] === 0x2e : !isQuoted && line.length === 1)
    )
      break
    if (!isCopy)
      for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) isQuoted = !isQuoted
    if (filled + line.length > piece.length) {
      if (filled > 0) yield { bytes: piece.subarray(0, filled), rows: 0 }
      ;[piece, filled] = [Buffer.allocUnsafe(Math.max(PIECE_BYTES, line.length)), 0]
    }
    piece.set(line, filled)
    filled += line.length
    await reader.line()
  }
  if (filled > 0) yield { bytes: piece.subarray(0, filled), rows: 0 }
}
