// Where several references share a column, one of them fills it and the others follow: their parent is looked for among
// those that agree in what is filled already. `(tenant, user) → users` and `(tenant, project) → projects` give a project
// of the user's own tenant.

import type { ForeignKey, Table } from '../schema/model.ts'
import type { TableNode } from './plan-types.ts'

const known = new WeakMap<Table, ReadonlyMap<string, ForeignKey>>()

/** The reference that fills a column. */
export function ownerOf(
  { table, model }: Pick<TableNode, 'table' | 'model'>,
  column: string,
): ForeignKey | undefined {
  let owners = known.get(table)
  if (!owners) {
    owners = ownersOf(table, model.tables)
    known.set(table, owners)
  }
  return owners.get(column)
}

function ownersOf(table: Table, tables: ReadonlyMap<string, Table>): ReadonlyMap<string, ForeignKey> {
  const owners = new Map<string, ForeignKey>()
  const isSelf = (key: ForeignKey) => key.database === undefined && key.table === table.name
  // The widest first; one that is not implied by a wider one before it; those to the own table last.
  const weight = (key: ForeignKey) =>
    isSelf(key)
      ? 0
      : table.foreignKeys.some((wide) => wide !== key && isWithin(key, wide) && !isImplied(key, wide, tables))
        ? 1000
        : key.columns.length
  for (const key of table.foreignKeys.toSorted((a, b) => weight(b) - weight(a)))
    for (const name of key.columns) {
      // What a reference to the own table shares with the row itself, as its tenant, is the row's own.
      const isOwn =
        isSelf(key) &&
        !table.columns.get(name)!.nullable &&
        key.columns.some((other) => table.columns.get(other)!.nullable)
      if (!owners.has(name) && !isOwn) owners.set(name, key)
    }
  return owners
}

function isWithin(key: ForeignKey, wide: ForeignKey): boolean {
  return key.columns.length < wide.columns.length && key.columns.every((name) => wide.columns.includes(name))
}

/** The wider reference's parent references the same rows itself. */
function isImplied(key: ForeignKey, wide: ForeignKey, tables: ReadonlyMap<string, Table>): boolean {
  const parent = wide.database === undefined ? tables.get(wide.table) : undefined
  const there = key.columns.map((name) => wide.parentColumns[wide.columns.indexOf(name)]!)
  if (parent?.name === key.table) return key.parentColumns.every((name, i) => name === there[i])
  return (
    parent?.foreignKeys.some(
      (own) =>
        own.table === key.table &&
        own.columns.length === there.length &&
        there.every((name, i) => own.parentColumns[own.columns.indexOf(name)] === key.parentColumns[i]),
    ) === true
  )
}

/** The columns of a reference that another one fills. */
export function givenColumns(node: Pick<TableNode, 'table' | 'model'>, link: ForeignKey): readonly string[] {
  return link.columns.filter((name) => ownerOf(node, name) !== link)
}
