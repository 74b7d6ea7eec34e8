// Rows without any SQL: CSV as COPY … WITH (FORMAT csv, HEADER) writes them, or a JSON object a line as row_to_json makes
// it.

import type { ColumnPlan, TablePlan } from '../plan/plan-types.ts'
import { jsonText } from './json-text.ts'
import { valueText } from './value-text.ts'

const ROWS_PER_PIECE = 500

export function csvHead({ columns }: TablePlan): string {
  return `${columns.map(({ column }) => csvField(column.name, columns.length === 1)).join(',')}\n`
}

export function csvChunks(plan: TablePlan, from: number, to: number) {
  const { columns } = plan
  const isOnly = columns.length === 1
  return lines(from, to, (row) =>
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

export function ndjsonChunks(plan: TablePlan, from: number, to: number) {
  const names = plan.columns.map(({ column }) => JSON.stringify(column.name))
  const field = ({ cell, column }: ColumnPlan, row: number) => jsonText(cell.value(row), column.type)
  return lines(
    from,
    to,
    (row) => `{${plan.columns.map((column, i) => `${names[i]}:${field(column, row)}`).join(',')}}`,
  )
}

function* lines(
  from: number,
  to: number,
  line: (row: number) => string,
): Generator<{ bytes: Uint8Array; rows: number }> {
  for (let first = from; first < to; first += ROWS_PER_PIECE) {
    const end = Math.min(first + ROWS_PER_PIECE, to)
    let content = ''
    for (let row = first; row < end; row++) content += `${line(row)}\n`
    yield { bytes: Buffer.from(content), rows: end - first }
  }
}
