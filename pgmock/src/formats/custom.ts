// The custom format (-Fc): one file.
//
//   head and table of contents (toc.ts), with the position of every block
//   block     byte 1, int dumpId, chunks, int 0
//   chunk     int length, bytes
//
// Positions are patched in at the end, so that pg_restore can jump and restore with -j. Into a pipe they stay unknown, as
// pg_dump leaves them there; pg_restore searches then.

import type { Archive } from './archive.ts'
import { ArchiveWriter } from './archive-bytes.ts'
import { blocksOf, compressed } from './compression.ts'
import type { Sink } from './sink.ts'
import { encodeToc } from './toc.ts'

const TABLE_DATA = 1
/** pg_restore holds a chunk in memory. */
const LONGEST_CHUNK = 1024 * 1024

export async function writeCustom(out: Sink, { toc, blocks }: Archive): Promise<void> {
  const start = out.position
  await out.write(encodeToc(toc))
  const positions = new Map<number, number>()
  for (const { dumpId, pieces } of blocks) {
    positions.set(dumpId, out.position - start)
    await out.write(blockHead(dumpId))
    // Text that stays as it is would else be cut where its rows happened to be made.
    const chunks = toc.compression.method === 'none' ? blocksOf(pieces()) : undefined
    if (chunks) for await (const { bytes } of chunks) await writeChunks(out, bytes)
    else
      for await (const bytes of compressed(pieces(), toc.compression, 'zlib')) await writeChunks(out, bytes)
    await out.write(int(0))
  }
  if (!out.patch) return
  const entries = toc.entries.map((entry) => ({ ...entry, position: positions.get(entry.dumpId) }))
  await out.patch(start, encodeToc({ ...toc, entries }))
}

async function writeChunks(out: Sink, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += LONGEST_CHUNK) {
    const chunk = bytes.subarray(at, at + LONGEST_CHUNK)
    await out.write(int(chunk.length))
    await out.write(chunk)
  }
}

function blockHead(dumpId: number): Uint8Array {
  const head = new ArchiveWriter()
  head.byte(TABLE_DATA)
  head.int(dumpId)
  return head.bytes()
}

function int(value: number): Uint8Array {
  const out = new ArchiveWriter()
  out.int(value)
  return out.bytes()
}
