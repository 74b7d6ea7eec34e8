// VALUES, and what the columns of a query are as something to select from.

import type { Node } from 'libpg-query'
import { analyze } from './analyze-expression.ts'
import type { OutputColumn, Values } from './query.ts'
import type { Context } from './scope.ts'
import { UNSURE, type SourceColumn } from './typed.ts'

export function values(
  lists: readonly Node[],
  context: Context,
): { body: Values; columns: readonly OutputColumn[] } {
  const rows = lists.map((list) =>
    ('List' in list ? (list.List.items ?? []) : []).map((item) => analyze(item, context)),
  )
  const types = rows[0]!.map((_, i) => context.coercion.commonType(rows.map((row) => row[i]!.type)) ?? UNSURE)
  return {
    body: {
      kind: 'values',
      rows: rows.map((row) => row.map((item, i) => context.coercion.coerce(item, types[i]!, true))),
    },
    columns: types.map((type, i) => ({ name: `column${i + 1}`, type, full: undefined })),
  }
}

export function sourceColumns(columns: readonly OutputColumn[], aliases: readonly string[]): SourceColumn[] {
  return columns.map(({ name, type, full }, i) => ({
    name: aliases[i] ?? name,
    type,
    full,
    expression: undefined,
  }))
}
