// Exclusion constraints and temporal keys as unique sets with tiles: rows that agree in all that is compared by = get
// stretches of a range that do not meet.

import type { Table } from '../schema/model.ts'
import { tileText } from './digit-domain.ts'

export type Exclusion = {
  readonly pointer: string
  /** Compared by =. */
  readonly equal: readonly string[]
  /** The column of a range, or the two columns a range is made of. */
  readonly range: { readonly column: string } | { readonly start: string; readonly end: string } | undefined
}

export function exclusionsOf(table: Table): {
  readonly known: Exclusion[]
  readonly unknown: readonly string[]
} {
  const known: Exclusion[] = []
  const unknown: string[] = []
  for (const { elements, pointer, name } of table.excludes) {
    const equal = elements.filter(({ operator }) => operator === '=').map(({ column }) => plain(column))
    const overlap = elements.filter(({ operator }) => operator === '&&')
    const range = overlap[0] && rangeOf(overlap[0].column, table)
    if (overlap.length > 0 ? range : equal.length > 0) known.push({ pointer, equal, range })
    else unknown.push(name ?? pointer)
  }
  for (const [columns, parts] of [
    [table.primaryKey, table.primaryKeyParts] as const,
    ...table.unique.map((one, i) => [one, table.uniqueParts[i] ?? {}] as const),
  ]) {
    const last = columns.at(-1)
    if (parts.withoutOverlaps === true && last !== undefined)
      known.push({ pointer: table.pointer, equal: columns.slice(0, -1), range: { column: last } })
  }
  return { known, unknown }
}

function plain(column: string): string {
  return column.replace(/^"(.*)"$/, '$1').replace(/\s.*$/, '')
}

function rangeOf(expression: string, { columns }: Table): Exclusion['range'] {
  const column = columns.get(plain(expression))
  if (column) return tileText(column.type, 0) ? { column: column.name } : undefined
  const [, start, end] =
    /^\(*\w+range\(\(*"?(\w+)"?\)*(?:::[\w ]+)?, \(*"?(\w+)"?\)*(?:::[\w ]+)?(?:, '[[(][\])]'(?:::text)?)?\)+$/.exec(
      expression,
    ) ?? []
  return start !== undefined && end !== undefined && columns.has(start) && columns.has(end)
    ? { start, end }
    : undefined
}
