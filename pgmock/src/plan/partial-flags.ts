// "Only one may be the admin": a unique index over truth values alone, for the rows that its predicate picks. Kept for all
// rows it would leave a table of two; so for planning it becomes a check that no row is picked.

import type { Index, Model, Table } from '../schema/model.ts'

/** The same model when there is no such index. */
export function withPartialFlags(model: Model): Model {
  const tables = [...model.tables.values()]
  if (!tables.some(hasFlagIndex)) return model
  return { ...model, tables: new Map(tables.map((table) => [table.name, withoutFlags(table)])) }
}

export function hasFlagIndex(table: Table): boolean {
  return table.indexes.some((index) => isFlag(index, table))
}

function isFlag({ unique, where, columns }: Index, table: Table): boolean {
  return (
    unique && where !== undefined && columns.every((name) => table.columns.get(name)?.type.kind === 'bool')
  )
}

function withoutFlags(table: Table): Table {
  if (!hasFlagIndex(table)) return table
  const flags = table.indexes.filter((index) => isFlag(index, table))
  return {
    ...table,
    indexes: table.indexes.filter((index) => !flags.includes(index)),
    checks: [...table.checks, ...flags.map(({ name, where }) => ({ name, expression: `(NOT (${where}))` }))],
  }
}
