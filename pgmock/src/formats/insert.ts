// --inserts: one INSERT a row, slower to load and readable by everything.

import type { TablePlan } from '../plan/plan-types.ts'
import type { PgType } from '../schema/pg-type.ts'
import type { Value } from '../values/value-type.ts'
import { quoteName, quoteText } from './names.ts'
import { valueText } from './value-text.ts'

const ROWS_PER_CHUNK = 500

export function* insertChunks(
  { table, columns }: TablePlan,
  major: number,
  from: number,
  to: number,
): Generator<{ bytes: Uint8Array; rows: number }> {
  const overriding = columns.some(({ column }) => column.identity === 'always')
    ? ' OVERRIDING SYSTEM VALUE'
    : ''
  const head = `INSERT INTO public.${quoteName(table.name, major)}${overriding} VALUES (`
  for (let first = from; first < to; first += ROWS_PER_CHUNK) {
    const end = Math.min(first + ROWS_PER_CHUNK, to)
    let text = ''
    for (let row = first; row < end; row++)
      text += `${head}${columns.map(({ cell, column }) => sqlLiteral(cell.value(row), column.type)).join(', ')});\n`
    yield { bytes: Buffer.from(text), rows: end - first }
  }
}

/** Numbers bare, booleans as words, everything else quoted: what pg_dump --inserts writes. */
export function sqlLiteral(value: Value, type: PgType): string {
  if (value === null) return 'NULL'
  switch (type.kind) {
    case 'bool':
      return value === true ? 'true' : 'false'
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8': {
      const text = valueText(value, type)
      return /^-?[\d.]+(e[+-]\d+)?$/.test(text) ? text : quoteText(text)
    }
    default:
      return quoteText(valueText(value, type))
  }
}
