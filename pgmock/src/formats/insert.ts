// --inserts and its relatives: slower to load than COPY and readable by everything.

import type { TablePlan } from '../plan/plan-types.ts'
import type { Column } from '../schema/model.ts'
import type { PgType } from '../schema/pg-type.ts'
import type { Value } from '../values/value-type.ts'
import { qualifiedName, quoteName, quoteText } from './names.ts'
import { valueText } from './value-text.ts'

export type InsertForm = {
  /** --column-inserts: every statement names its columns. */
  readonly namesColumns: boolean
  /** --rows-per-insert; 1 gives a statement a line. */
  readonly rowsPerStatement: number
  /** Rows whose keys are there already are passed over. */
  readonly onConflictDoNothing?: boolean
}

const ROWS_PER_CHUNK = 500

export function* insertChunks(
  plan: TablePlan,
  { namesColumns, rowsPerStatement, onConflictDoNothing }: InsertForm,
  major: number,
  from: number,
  to: number,
): Generator<{ bytes: Uint8Array; rows: number }> {
  // pg_dump leaves out generated columns when it names the others, and writes DEFAULT when it does not.
  const columns = namesColumns
    ? plan.columns.map(({ column }) => column)
    : [...plan.table.columns.values()].filter(({ hidden }) => !hidden)
  const head = statementHead(plan, namesColumns ? columns : undefined, major)
  const cells = new Map(plan.columns.map(({ column, cell }) => [column, cell]))
  const literals = columns.map((column) => {
    const cell = cells.get(column)
    return cell ? (row: number) => sqlLiteral(cell.value(row), column.type) : () => 'DEFAULT'
  })
  const end = onConflictDoNothing ? ' ON CONFLICT DO NOTHING;\n' : ';\n'
  for (let first = from; first < to; first += ROWS_PER_CHUNK) {
    const last = Math.min(first + ROWS_PER_CHUNK, to)
    let text = ''
    for (let row = first; row < last; row++) {
      const values = literals.map((literal) => literal(row)).join(', ')
      if (rowsPerStatement === 1) text += `${head} (${values})${end}`
      else {
        const at = (row - from) % rowsPerStatement
        const isLast = at === rowsPerStatement - 1 || row === to - 1
        text += `${at === 0 ? `${head}\n` : ''}\t(${values})${isLast ? end : ',\n'}`
      }
    }
    yield { bytes: Buffer.from(text), rows: last - first }
  }
}

function statementHead(
  { table, model, columns }: TablePlan,
  named: readonly Column[] | undefined,
  major: number,
): string {
  const names = named ? ` (${named.map(({ name }) => quoteName(name, major)).join(', ')})` : ''
  const overriding = columns.some(({ column }) => column.identity === 'always')
    ? ' OVERRIDING SYSTEM VALUE'
    : ''
  return `INSERT INTO ${qualifiedName(table.name, model.schemas, major)}${names}${overriding} VALUES`
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
