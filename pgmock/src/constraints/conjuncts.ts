// What must hold in every row of a table, taken apart at each AND: checks of the table and of its columns' domains.

import type { Node } from 'libpg-query'
import { qualifiedName } from '../formats/names.ts'
import type { Column, Domain, Model, Table } from '../schema/model.ts'
import type { SqlParser } from './sql-parser.ts'

export type Conjunct = {
  readonly node: Node
  /** The check's name, for findings. */
  readonly check: string
  readonly pointer: string
  /** As the file writes them; of a domain's check the one column that stands for VALUE. */
  readonly columns: ReadonlySet<string>
  /** The column that VALUE means. */
  readonly value: string | undefined
}

export type Unreadable = { readonly check: string; readonly pointer: string; readonly expression: string }

export function conjunctsOf(
  model: Model,
  table: Table,
  sql: SqlParser,
  extra: readonly { readonly name: string; readonly expression: string }[],
): { conjuncts: Conjunct[]; unreadable: Unreadable[] } {
  const conjuncts: Conjunct[] = []
  const unreadable: Unreadable[] = []
  const sources = (name: string): readonly string[] => {
    const text = table.columns.get(name)?.generatedText
    return text === undefined ? [] : columnsOf(sql.expression(text), table)
  }
  const add = (check: string, expression: string, pointer: string, value: string | undefined) => {
    const node = sql.expression(expression)
    if (!node) {
      unreadable.push({ check, pointer, expression })
      return
    }
    for (const part of split(node)) {
      const columns = new Set(value === undefined ? columnsOf(part, table) : [value])
      // The server computes a generated column; what can be changed is what it is computed from.
      for (const name of columns) for (const source of sources(name)) columns.add(source)
      if (columns.size > 0) conjuncts.push({ node: part, check, pointer, columns, value })
    }
  }
  for (const { name, expression } of [...table.checks, ...extra])
    add(name, expression, table.pointer, undefined)
  for (const column of table.columns.values())
    for (const { name, expression } of domainOf(model, column)?.checks ?? [])
      add(name, expression, column.pointer, column.name)
  return { conjuncts, unreadable }
}

/** The domain a column is of. */
export function domainOf(model: Model, { type }: Column): Domain | undefined {
  if (type.domainOf === undefined) return undefined
  for (const [name, domain] of model.domains)
    if (qualifiedName(name, model.schemas, 18) === type.text) return domain
  return undefined
}

function split(node: Node): readonly Node[] {
  if (!('BoolExpr' in node) || node.BoolExpr.boolop !== 'AND_EXPR') return [node]
  return (node.BoolExpr.args ?? []).flatMap(split)
}

/** Column names anywhere below; names that are no column of the table are none. */
export function columnsOf(node: unknown, table: Table): string[] {
  const found: string[] = []
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) visit(item)
    else if (typeof part === 'object' && part !== null)
      for (const [key, value] of Object.entries(part)) {
        if (key !== 'ColumnRef') {
          visit(value)
          continue
        }
        // What the parser made: ColumnRef has fields of String nodes.
        const fields = (value as { fields?: { String?: { sval?: string } }[] }).fields ?? []
        const name = fields.at(-1)?.String?.sval
        if (name !== undefined && table.columns.has(name)) found.push(name)
      }
  }
  visit(node)
  return found
}
