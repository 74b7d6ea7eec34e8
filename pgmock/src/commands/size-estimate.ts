import type { TablePlan } from '../plan/plan-types.ts'
import { copyChunks } from '../rows/row-writer.ts'

const STRETCHES = 8
const ROWS_PER_STRETCH = 64

/** Bytes of the table's COPY text, from samples all over it. */
export function sizeEstimate(table: TablePlan, rows = table.rows): number {
  return Math.round(rowSample(table) * rows)
}

/** Bytes of a row on average: rows that come late are longer, be it only by their numbers. */
export function rowSample(table: TablePlan): number {
  const { rows } = table
  let [bytes, taken] = [0, 0]
  for (let i = 0; i < STRETCHES && taken < rows; i++) {
    const from = Math.max(taken, Math.floor((rows * (i + 0.5)) / STRETCHES - ROWS_PER_STRETCH / 2))
    const to = Math.min(rows, from + ROWS_PER_STRETCH)
    if (from >= to) continue
    for (const chunk of copyChunks(table, from, to)) bytes += chunk.bytes.length
    taken += to - from
  }
  return taken === 0 ? 0 : bytes / taken
}
