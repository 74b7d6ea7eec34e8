// A file per table without any SQL: CSV as COPY … WITH (FORMAT csv, HEADER) writes it, or a JSON object a line as
// row_to_json makes it.

import type { ColumnPlan, DatabasePlan, TablePlan } from '../plan/plan-types.ts'
import { byBytes } from './sort-units.ts'
import { jsonText } from './json-text.ts'
import { clipped, type DataOptions, type Piece } from './table-data.ts'
import { valueText } from './value-text.ts'

const ROWS_PER_PIECE = 500

export function tableFiles(
  { tables }: DatabasePlan,
  format: 'csv' | 'ndjson',
  options: Pick<DataOptions, 'rows'> & { readonly includes: (table: string) => boolean },
): { name: string; pieces: Iterable<Piece> }[] {
  return tables
    .filter(({ table }) => options.includes(table.name))
    .toSorted((a, b) => byBytes(a.table.name, b.table.name))
    .map((plan) => ({
      name: `${fileName(plan.table.name)}.${format}`,
      pieces: format === 'csv' ? csv(plan, options) : ndjson(plan, options),
    }))
}

/** Names of tables may hold what file systems do not take. */
function fileName(table: string): string {
  return table.replaceAll(/[/\\:*?"<>|\s]/g, '_')
}

function* csv(plan: TablePlan, options: Pick<DataOptions, 'rows'>): Generator<Piece> {
  const { columns } = plan
  const isOnly = columns.length === 1
  yield {
    bytes: Buffer.from(`${columns.map(({ column }) => csvField(column.name, isOnly)).join(',')}\n`),
    rows: 0,
  }
  yield* lines(plan, options, (row) =>
    columns
      .map(({ cell, column }) => {
        const value = cell.value(row)
        return value === null ? '' : csvField(valueText(value, column.type), isOnly)
      })
      .join(','),
  )
}

/** Quoted when empty, since nothing at all is NULL, and when `\.` alone on its line would end the data. */
function csvField(text: string, isOnly: boolean): string {
  const plain = text !== '' && !/[",\n\r]/.test(text) && !(isOnly && text === String.raw`\.`)
  return plain ? text : `"${text.replaceAll('"', '""')}"`
}

function* ndjson(plan: TablePlan, options: Pick<DataOptions, 'rows'>): Generator<Piece> {
  const names = plan.columns.map(({ column }) => JSON.stringify(column.name))
  const field = ({ cell, column }: ColumnPlan, row: number) => jsonText(cell.value(row), column.type)
  yield* lines(
    plan,
    options,
    (row) => `{${plan.columns.map((column, i) => `${names[i]}:${field(column, row)}`).join(',')}}`,
  )
}

function* lines(
  plan: TablePlan,
  { rows }: Pick<DataOptions, 'rows'>,
  line: (row: number) => string,
): Generator<Piece> {
  const { from, to } = clipped(rows, plan.rows)
  for (let first = from; first < to; first += ROWS_PER_PIECE) {
    const end = Math.min(first + ROWS_PER_PIECE, to)
    let text = ''
    for (let row = first; row < end; row++) text += `${line(row)}\n`
    yield { bytes: Buffer.from(text), rows: end - first, table: plan.table.name }
  }
}
