// CREATE TABLE … AS and SELECT INTO: a table with the columns of a query, and nothing else.

import type { CreateTableAsStmt } from 'libpg-query'
import { queryText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { UNSURE } from '../deparse/typed.ts'
import { emptyTable, keyOf, type Catalog, type Column } from './catalog.ts'
import { LeftOut, scopeOf, typeOf } from './lookup.ts'
import { relationOptions } from './options.ts'
import { statementsOf } from './read-sql.ts'
import { createdRelation } from './views.ts'

/** Throws Unprintable for a query that cannot be read, LeftOut for a column whose type is not known. */
export function createTableAs(
  { into, query, if_not_exists: ifNotThere }: CreateTableAsStmt,
  catalog: Catalog,
): void {
  const name = createdRelation(into?.rel, catalog)
  if (into?.rel?.relpersistence === 't' || !query || !('SelectStmt' in query)) return
  if (ifNotThere && catalog.tables.has(keyOf(name))) return
  const names = (into?.colNames ?? []).map(stringOf)
  const { columns } = queryText(query.SelectStmt, scopeOf(undefined, catalog), names)
  const table = emptyTable(name)
  table.unlogged = into?.rel?.relpersistence === 'u'
  table.with = relationOptions(into?.options ?? [])
  for (const column of columns)
    table.columns.set(column.name, columnOf(column.name, column.full ?? column.type, catalog))
  catalog.tables.set(keyOf(name), table)
}

function columnOf(name: string, type: string, catalog: Catalog): Column {
  const [statement] = type === UNSURE ? [] : statementsOf(`SELECT NULL::${type}`)
  const select = statement && 'SelectStmt' in statement.node ? statement.node.SelectStmt : undefined
  const target = select?.targetList?.[0]
  const cast = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  if (!cast || !('TypeCast' in cast) || !cast.TypeCast.typeName)
    throw new LeftOut(
      'sql-unknown-type',
      `the type of ${name} in CREATE TABLE … AS is not known; the table is left out`,
    )
  return { name, type: typeOf(cast.TypeCast.typeName, catalog), nullable: true }
}
