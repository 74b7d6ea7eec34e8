// A range of a table's rows in one of the forms they are written in. Plain values, so that a worker can be asked for it.

import { insertChunks, type InsertForm } from '../formats/insert.ts'
import { csvChunks, ndjsonChunks } from '../formats/table-text.ts'
import type { TablePlan } from '../plan/plan-types.ts'
import { copyChunks } from './row-writer.ts'

export type RowForm =
  | { readonly kind: 'copy' }
  | { readonly kind: 'inserts'; readonly form: InsertForm; readonly major: number }
  | { readonly kind: 'csv' }
  | { readonly kind: 'ndjson' }

/** A piece of the file and how many rows it holds. The bytes are only good until the next piece is asked for. */
export type Piece = { readonly bytes: Uint8Array; readonly rows: number; readonly table?: string }

/** 0-based and half-open. */
export type RowRange = { readonly from: number; readonly to: number }

export type Pieces = Iterable<Piece> | AsyncIterable<Piece>

/** Where rows are made: here, or by workers. Any implementation gives the same bytes, cut as it likes. */
export type RowSource = (plan: TablePlan, form: RowForm, range: RowRange) => Pieces

export function* rowPieces(plan: TablePlan, form: RowForm, range: RowRange): Generator<Piece> {
  const table = plan.table.name
  for (const { bytes, rows } of chunksOf(plan, form, range)) yield { bytes, rows, table }
}

function chunksOf(
  plan: TablePlan,
  form: RowForm,
  { from, to }: RowRange,
): Iterable<{ bytes: Uint8Array; rows: number }> {
  switch (form.kind) {
    case 'copy':
      return copyChunks(plan, from, to)
    case 'inserts':
      return insertChunks(plan, form.form, form.major, from, to)
    case 'csv':
      return csvChunks(plan, from, to)
    case 'ndjson':
      return ndjsonChunks(plan, from, to)
  }
}

/** A cut between two statements of `--rows-per-insert` would change them. */
export function rowsPerCut(form: RowForm): number {
  return form.kind === 'inserts' ? form.form.rowsPerStatement : 1
}

/** Which rows of every table: all, `--rows a..b`, or the part of one of `count` machines. */
export type RowSelection =
  | undefined
  | ({ readonly kind: 'range' } & RowRange)
  | { readonly kind: 'shard'; readonly index: number; readonly count: number }

/** Shards lie next to each other and cut where `form` can be cut. */
export function selectedRows(selection: RowSelection, rows: number, form: RowForm): RowRange {
  if (selection === undefined) return { from: 0, to: rows }
  if (selection.kind === 'range')
    return { from: Math.min(selection.from, rows), to: Math.min(selection.to, rows) }
  const cut = rowsPerCut(form)
  const pieces = Math.ceil(rows / cut)
  const start = (index: number) => Math.min(rows, Math.floor((pieces * index) / selection.count) * cut)
  return { from: start(selection.index), to: start(selection.index + 1) }
}
