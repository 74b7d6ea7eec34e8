// The rows of one table as they stand in a dump: COPY text with its end mark, or INSERT statements.

import type { TablePlan } from '../plan/plan-types.ts'
import {
  rowPieces,
  selectedRows,
  type Piece,
  type RowForm,
  type RowSelection,
  type RowSource,
} from '../rows/row-form.ts'
import type { InsertForm } from './insert.ts'

export type DataOptions = {
  /** undefined: COPY. */
  readonly inserts: InsertForm | undefined
  readonly rows: RowSelection
}

/** Ends with the two blank lines that follow data, as archives store it, too. */
export async function* tableData(
  plan: TablePlan,
  options: DataOptions,
  major: number,
  source: RowSource,
): AsyncGenerator<Piece> {
  const form = rowForm(options, major)
  yield* source(plan, form, selectedRows(options.rows, plan.rows, form))
  yield dataEnd(options)
}

/** The same, made in this thread. */
export function* tableDataHere(plan: TablePlan, options: DataOptions, major: number): Generator<Piece> {
  const form = rowForm(options, major)
  yield* rowPieces(plan, form, selectedRows(options.rows, plan.rows, form))
  yield dataEnd(options)
}

function rowForm({ inserts }: DataOptions, major: number): RowForm {
  return inserts ? { kind: 'inserts', form: inserts, major } : { kind: 'copy' }
}

function dataEnd({ inserts }: DataOptions): Piece {
  return text(inserts ? '\n\n' : '\\.\n\n\n')
}

export function text(content: string): Piece {
  return { bytes: Buffer.from(content), rows: 0 }
}
