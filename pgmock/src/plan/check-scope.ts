// What the names in a check mean: columns of the row being tried, types, functions in SQL.

import type { RowInTrial } from '../constraints/cluster.ts'
import { compileCheck, type CheckScope } from '../constraints/compile.ts'
import { sqlFunction } from '../constraints/sql-function.ts'
import type { SqlParser } from '../constraints/sql-parser.ts'
import type { Term } from '../constraints/term.ts'
import { compileExpression } from '../derive/compile.ts'
import { parsePgType, type PgType } from '../schema/pg-type.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

type Checked = { readonly planning: Planning; readonly node: TableNode; readonly sql: SqlParser }

/** `member` knows the columns that can be changed; the others are read. */
export function checkScope(
  making: Checked,
  trial: RowInTrial,
  member: (name: string) => Term | undefined,
): CheckScope {
  const { planning, node, sql } = making
  const { table, model } = node
  const own = {
    enums: model.enums,
    domains: new Map([...model.domains].map(([name, { base }]) => [name, base])),
    named: new Set<string>(),
    schemas: model.schemas,
  }
  const scope: CheckScope = {
    trial,
    now: planning.options.now,
    column: (name) => {
      const known = member(name)
      if (known) return known
      const column = table.columns.get(name)
      if (!column) return undefined
      if (column.generatedText !== undefined) {
        const node = sql.expression(column.generatedText)
        return node && compileCheck(node, scope)
      }
      const read = column.derive
        ? compileExpression(column.derive.node, {
            ...planning.scope(making.node),
            column: (other) => {
              const term = member(other)
              return term
                ? { type: term.type, value: () => term.value() }
                : planning.scope(making.node).column(other)
            },
          })
        : planning.made(making.node, column).cell
      return { type: read.type, pg: column.type, value: () => read.value(trial.row) }
    },
    type: (name) => typeNamed(name, own),
    body: (name) => sqlFunction(name, model.objects, sql),
  }
  return scope
}

function typeNamed(name: string, own: Parameters<typeof parsePgType>[1]): PgType | undefined {
  const local = name.startsWith('public.') ? name.slice(7) : name
  return (
    parsePgType(ALIASES[local] ?? local, own) ?? parsePgType(local.slice(local.lastIndexOf('.') + 1), own)
  )
}

const ALIASES: Readonly<Record<string, string>> = {
  bpchar: 'text',
  varbit: 'bit varying',
  timetz: 'time with time zone',
}
