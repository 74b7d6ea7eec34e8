// The directory format (-Fd): toc.dat and a file for every table, compressed on its own.

import type { Archive } from './archive.ts'
import { compressed, SUFFIXES } from './compression.ts'
import type { Sink } from './sink.ts'
import { encodeToc } from './toc.ts'

export type WriteFile = (name: string, fill: (out: Sink) => Promise<void>) => Promise<void>

export async function writeDirectory(file: WriteFile, { toc, blocks }: Archive): Promise<void> {
  const suffix = SUFFIXES[toc.compression.method]
  for (const { dumpId, pieces } of blocks) {
    await file(`${dumpId}.dat${suffix}`, async (out) => {
      for await (const bytes of compressed(pieces(), toc.compression, 'gzip')) await out.write(bytes)
    })
  }
  // Last, as pg_dump does: a folder without it is no archive.
  await file('toc.dat', (out) => out.write(encodeToc(toc)))
}
