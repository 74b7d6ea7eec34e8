// PostgreSQL's own parser, loaded only for schemas that have something to parse: its WebAssembly costs 15 ms.

import type { Node } from 'libpg-query'
import { hasFlagIndex } from '../plan/partial-flags.ts'
import type { Model } from '../schema/model.ts'

export type SqlParser = {
  /** Undefined when the text is no expression. */
  expression(text: string): Node | undefined
  /** The statements; none when the text is no SQL. */
  statements(text: string): readonly Node[]
}

export function needsParser({ tables, domains }: Model): boolean {
  return (
    [...tables.values()].some(
      (table) => table.checks.length > 0 || table.partitionBy !== undefined || hasFlagIndex(table),
    ) || [...domains.values()].some(({ checks }) => checks.length > 0)
  )
}

export async function loadSqlParser(): Promise<SqlParser> {
  const { loadModule, parseSync } = await import('libpg-query')
  await loadModule()
  const statements = (text: string): readonly Node[] => {
    try {
      return (parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt ?? [])
    } catch {
      return [] // told where the text is used
    }
  }
  return {
    statements,
    expression: (text) => {
      // Behind a line end: the text may close with a comment.
      const [select] = statements(`SELECT (${text}\n)`)
      const target = select && 'SelectStmt' in select ? select.SelectStmt.targetList?.[0] : undefined
      return target && 'ResTarget' in target ? target.ResTarget.val : undefined
    },
  }
}
