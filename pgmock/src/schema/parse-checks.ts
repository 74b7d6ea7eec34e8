import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { freeName } from '../formats/names.ts'
import type { Check, Column } from './model.ts'
import { text } from './parse-details.ts'
import { items } from './parse-keys.ts'

/** Names as PostgreSQL makes them: table_column_check for one column, table_check for several. */
export function parseChecks(
  table: string,
  columns: ReadonlyMap<string, Column>,
  columnChecks: readonly { column: string; expression: string }[],
  given: unknown,
  taken: Set<string>,
): Check[] {
  const listed = items(given).flatMap(([, check]): Omit<Check, 'name'>[] | NamedCheck[] => {
    if (typeof check === 'string') return [{ expression: check }]
    if (!isRecord(check) || typeof check['expression'] !== 'string') return []
    return [
      {
        name: text(check['name']),
        expression: check['expression'],
        notValid: check['notValid'] === true,
        noInherit: check['noInherit'] === true,
        notEnforced: check['notEnforced'] === true,
        comment: text(check['comment']),
      },
    ]
  })
  const all: NamedCheck[] = [...columnChecks.map(({ expression }) => ({ expression })), ...listed]
  for (const { name } of all) if (name !== undefined) taken.add(name)
  return all.map(({ name, ...check }) => {
    if (name !== undefined) return { ...check, name }
    const mentioned = [...columns.keys()].filter((column) => mentions(check.expression, column))
    return { ...check, name: freeName(taken, table, mentioned.length === 1 ? mentioned : [], 'check') }
  })
}

type NamedCheck = Omit<Check, 'name'> & { readonly name?: string | undefined }

function mentions(expression: string, column: string): boolean {
  const outsideTexts = expression.replaceAll(/'(?:[^']|'')*'/g, "''")
  return new RegExp(
    `(?<![\\w.])"?${column.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}"?(?![\\w(])`,
  ).test(outsideTexts)
}
