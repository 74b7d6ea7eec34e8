// The rows of one table as they stand in a dump: COPY text with its end mark, or INSERT statements.

import type { TablePlan } from '../plan/plan-types.ts'
import { copyChunks } from '../rows/row-writer.ts'
import { insertChunks, type InsertForm } from './insert.ts'

/** A piece of the file and how many rows it holds. The bytes are only good until the next piece is asked for. */
export type Piece = { readonly bytes: Uint8Array; readonly rows: number; readonly table?: string }

export type DataOptions = {
  /** undefined: COPY. */
  readonly inserts: InsertForm | undefined
  /** 0-based half-open range of every table's rows. */
  readonly rows: { readonly from: number; readonly to: number } | undefined
}

/** Ends with the two blank lines that follow data, as archives store it, too. */
export function* tableData(plan: TablePlan, options: DataOptions, major: number): Generator<Piece> {
  const { from, to } = clipped(options.rows, plan.rows)
  const table = plan.table.name
  const pieces = options.inserts
    ? insertChunks(plan, options.inserts, major, from, to)
    : copyChunks(plan, from, to)
  for (const { bytes, rows } of pieces) yield { bytes, rows, table }
  yield text(options.inserts ? '\n\n' : '\\.\n\n\n')
}

export function clipped(
  range: { readonly from: number; readonly to: number } | undefined,
  rows: number,
): { from: number; to: number } {
  return range ? { from: Math.min(range.from, rows), to: Math.min(range.to, rows) } : { from: 0, to: rows }
}

export function text(content: string): Piece {
  return { bytes: Buffer.from(content), rows: 0 }
}
