import type { TablePlan } from '../plan/plan-types.ts'
import { copyChunks } from '../rows/row-writer.ts'

const SAMPLE_ROWS = 200

/** Bytes of the table's COPY text, from a sample in its middle. */
export function sizeEstimate(table: TablePlan): number {
  if (table.rows === 0) return 0
  const from = Math.max(0, Math.floor(table.rows / 2) - SAMPLE_ROWS / 2)
  const to = Math.min(table.rows, from + SAMPLE_ROWS)
  let bytes = 0
  for (const chunk of copyChunks(table, from, to)) bytes += chunk.bytes.length
  return Math.round((bytes / (to - from)) * table.rows)
}
