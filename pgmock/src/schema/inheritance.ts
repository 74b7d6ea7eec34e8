import { didYouMean } from '@specwright/cli/nearest.ts'
import { pointer } from '@specwright/json-schema/json-pointer.ts'
import type { FindingList } from './finding-list.ts'
import type { Check, Column, Table } from './model.ts'

/** Tables with the columns and checks of those they inherit from; the order of the file stays. */
export function withInherited(tables: ReadonlyMap<string, Table>, list: FindingList): Map<string, Table> {
  const done = new Map<string, Table>()
  const complete = (table: Table, path: readonly string[]): Table => {
    const known = done.get(table.name)
    if (known) return known
    const at = `${pointer('tables', table.name)}/inherits`
    const parents = table.inherits.flatMap((name): Table[] => {
      const parent = tables.get(name)
      if (!parent) {
        list.error(
          'unknown-table',
          at,
          `there is no table "${name}" to inherit from`,
          didYouMean(name, tables.keys()),
        )
        return []
      }
      if (path.includes(name)) {
        list.error(
          'inherits-itself',
          at,
          `${[...path, name].join(' inherits ')}: a table cannot be its own parent`,
        )
        return []
      }
      return [complete(parent, [...path, name])]
    })
    const made = parents.length === 0 ? table : inheriting(table, parents)
    done.set(table.name, made)
    return made
  }
  return new Map([...tables].map(([name, table]) => [name, complete(table, [name])]))
}

/** The parents' columns first, each in the child's form when the child names it, too. */
function inheriting(table: Table, parents: readonly Table[]): Table {
  const columns = new Map<string, Column>()
  for (const parent of parents)
    for (const column of parent.columns.values())
      if (!columns.has(column.name)) columns.set(column.name, table.columns.get(column.name) ?? taken(column))
  for (const column of table.columns.values()) columns.set(column.name, column)
  const own = new Set(table.checks.map(({ name }) => name))
  const checks = parents
    .flatMap((parent) => parent.checks)
    .filter(({ name, noInherit }) => !own.has(name) && !noInherit)
    .map((check): Check => ({ ...check, inherited: true, comment: undefined }))
  return { ...table, columns, checks: [...table.checks, ...checks] }
}

/** A sequence stays the parent's, and so do comments and privileges. */
function taken(column: Column): Column {
  const { serial: _, ...type } = column.type
  return {
    ...column,
    type,
    identity: undefined,
    inherited: true,
    notNullName: undefined,
    comment: undefined,
    grants: undefined,
    storage: undefined,
    compression: undefined,
    statistics: undefined,
    options: undefined,
  }
}
