// A table's rows as COPY text, in chunks. Any range of rows gives the bytes it has in the whole.

import { Chunk } from '../bytes/chunk.ts'
import { NEWLINE, TAB } from '../formats/copy-text.ts'
import type { TablePlan } from '../plan/plan-types.ts'
import { stitch, type Writer } from './stitch.ts'

export const CHUNK_BYTES = 256 * 1024
const USUAL_ROW_BYTES = 512

/** A row in one function goes past what V8 inlines; in functions of a few columns it does not (bench: 1.2x). */
const COLUMNS_PER_FUNCTION = 5

/** One for each table, kept: a range of rows is asked for again and again, and a new function would start cold. */
const rowWriters = new WeakMap<TablePlan, Writer>()

/** Fields with tabs between, and a newline: one function for the table. */
export function rowWriter(table: TablePlan): Writer {
  let writer = rowWriters.get(table)
  if (!writer) rowWriters.set(table, (writer = newRowWriter(table)))
  return writer
}

function newRowWriter({ columns }: TablePlan): Writer {
  const writers = columns.map(({ write }) => write)
  const ends = writers.map((_, i) => (i === writers.length - 1 ? NEWLINE : TAB))
  if (writers.length === 0) return stitch([(_, at) => at], [NEWLINE])
  const groups: Writer[] = []
  for (let i = 0; i < writers.length; i += COLUMNS_PER_FUNCTION)
    groups.push(stitch(writers.slice(i, i + COLUMNS_PER_FUNCTION), ends.slice(i, i + COLUMNS_PER_FUNCTION)))
  return groups.length === 1 ? groups[0]! : stitch(groups)
}

/** The buffer is used again for the next chunk: copy it, or be done with it before asking for more. */
export function* copyChunks(
  table: TablePlan,
  from = 0,
  to = table.rows,
  chunkBytes = CHUNK_BYTES,
): Generator<{ bytes: Uint8Array; rows: number }> {
  const write = rowWriter(table)
  // A thousand small tables should not pay for a thousand large buffers.
  const size = Math.min(chunkBytes, (to - from) * USUAL_ROW_BYTES)
  const out = new Chunk(size)
  let row = from
  while (row < to) {
    const first = row
    let at = 0
    while (row < to && at < size) at = write(out, at, row++)
    yield { bytes: out.bytes.subarray(0, at), rows: row - first }
  }
}
