// How many rows the data of a table has, without understanding them.

import { decompressed, type Method } from './compression.ts'

const NEWLINE = 0x0a
const QUOTE = 0x27

export type RowCounter = { add(bytes: Uint8Array): void; rows(): number }

/** COPY text has a line a row, and three more in `\.` and the blank lines behind it. */
export function copyCounter(): RowCounter {
  let lines = 0
  return {
    add(bytes) {
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++
    },
    rows: () => Math.max(0, lines - 3),
  }
}

/** INSERT statements: a row starts a line with INSERT, or with a tab below one that ends in VALUES; not inside quotes. */
export function insertCounter(): RowCounter {
  let rows = 0
  let isQuoted = false
  let line = ''
  const endLine = () => {
    if (
      !isQuoted &&
      ((line.startsWith('INSERT INTO ') && !line.endsWith(' VALUES')) || line.startsWith('\t('))
    )
      rows++
    for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) === QUOTE) isQuoted = !isQuoted
    line = ''
  }
  return {
    add(bytes) {
      const parts = Buffer.from(bytes).toString('latin1').split('\n')
      for (const [i, part] of parts.entries()) {
        line += part
        if (i < parts.length - 1) endLine()
      }
    },
    rows: () => rows,
  }
}

export type DataSize = {
  /** In the archive, compressed or not. */
  readonly storedBytes: number
  readonly textBytes: number
  readonly rows: number
}

/** Reads the data of one table to its end. Rejects when it is cut off or damaged. */
export async function measure(
  chunks: AsyncIterable<Uint8Array>,
  method: Method,
  wrapper: 'zlib' | 'gzip',
  counter: RowCounter,
): Promise<DataSize> {
  let storedBytes = 0
  let textBytes = 0
  const stored = async function* () {
    for await (const chunk of chunks) {
      storedBytes += chunk.length
      yield chunk
    }
  }
  for await (const bytes of decompressed(stored(), method, wrapper)) {
    textBytes += bytes.length
    counter.add(bytes)
  }
  return { storedBytes, textBytes, rows: counter.rows() }
}
