// CREATE TABLE, with what it takes from other tables: LIKE, INHERITS and PARTITION OF.

import type { ColumnDef, CreateStmt, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { freeName, quoteName } from '../formats/names.ts'
import { attempt, type Leave } from './attempt.ts'
import {
  emptyTable,
  keyOf,
  type Catalog,
  type Check,
  type Column,
  type Key,
  type Name,
  type Table,
} from './catalog.ts'
import { columnConstraints, tableConstraint } from './constraints.ts'
import { indexNames, indexPart } from './indexes.ts'
import { copyLike } from './like.ts'
import { createdName, LeftOut, MAJOR, relationName, typeOf } from './lookup.ts'
import { relationOptions } from './options.ts'
import { notNullName } from './not-null.ts'
import { boundText, partitionKey } from './partitions.ts'

export function createTable(statement: CreateStmt, catalog: Catalog, leave: Leave): void {
  const { relation, options = [] } = statement
  const name = createdName(
    [relation?.schemaname, relation?.relname].flatMap((part) =>
      part === undefined ? [] : [{ String: { sval: part } }],
    ),
    catalog,
  )
  if (catalog.tables.has(keyOf(name))) {
    if (!statement.if_not_exists)
      leave('sql-left-out', `${name.name} exists already; the second table is left out`)
    return
  }
  if (relation?.relpersistence === 't') return
  if (statement.ofTypename) throw new LeftOut('sql-left-out', `${name.name} is a typed table; it is left out`)
  const table = emptyTable(name)
  table.unlogged = relation?.relpersistence === 'u'
  table.with = relationOptions(options)
  if (statement.tablespacename && statement.tablespacename !== 'pg_default')
    leave('sql-left-out', `the tablespace of ${name.name} is left out: it is in the default one`)
  if (statement.accessMethod && statement.accessMethod !== 'heap')
    leave('sql-left-out', `the access method of ${name.name} is left out: it is a heap`)
  if (statement.partbound) copyPartitioned(table, statement, catalog)
  else for (const parent of statement.inhRelations ?? []) inherit(table, parent, catalog)
  fill(table, statement.tableElts ?? [], catalog, leave)
  dropRedundantKeys(table)
  table.partitionBy = partitionKey(statement, table, catalog)
  catalog.tables.set(keyOf(name), table)
}

/** transformIndexConstraints: of keys that are alike the first one stays, with the name of any. */
function dropRedundantKeys(table: Table): void {
  const kept: Key[] = table.primaryKey ? [table.primaryKey] : []
  table.unique = table.unique.filter((key) => {
    const same = kept.find((one) => shapeOf(one) === shapeOf(key))
    if (same) same.name ??= key.name
    else kept.push(key)
    return !same
  })
}

function shapeOf({
  columns,
  include = [],
  deferrable,
  nullsNotDistinct = false,
  with: options,
}: Key): string {
  return JSON.stringify([columns, include, deferrable, nullsNotDistinct, options])
}

function fill(table: Table, elements: readonly Node[], catalog: Catalog, leave: Leave): void {
  // Expressions may name columns that come later.
  const late: (() => void)[] = []
  for (const element of elements) {
    if ('ColumnDef' in element) {
      const { constraints = [] } = element.ColumnDef
      const column = addColumn(table, element.ColumnDef, catalog)
      if (column) late.push(() => columnConstraints(table, column, constraints, catalog, leave))
    } else if ('Constraint' in element) {
      const { Constraint: constraint } = element
      late.push(() => tableConstraint(table, constraint, catalog, leave))
    } else if ('TableLikeClause' in element) {
      const { TableLikeClause: like } = element
      const source = catalog.tables.get(keyOf(relationName(like.relation, catalog)))
      if (source) late.push(copyLike(table, source, like.options ?? 0, catalog))
      else
        throw new LeftOut(
          'sql-unknown-table',
          `${table.name} is LIKE ${like.relation?.relname ?? ''}, which is not created before`,
        )
    }
  }
  for (const step of late) attempt(step, leave)
}

/** A column of its own; one that a parent has, too, stays where the parent has it. */
export function addColumn(table: Table, definition: ColumnDef, catalog: Catalog): Column | undefined {
  const { colname = '', typeName, collClause, compression, storage_name: storage } = definition
  const known = table.columns.get(colname)
  if (known && table.partitionOf) return known
  if (known) {
    // CREATE TABLE … INHERITS names it again: it is the table's own, too.
    delete known.inherited
    return known
  }
  if (!typeName) return undefined
  const type = typeOf(typeName, catalog)
  const column: Column = { name: colname, type, nullable: !type.serial, serial: type.serial }
  if (collClause) column.collation = collationText((collClause.collname ?? []).map(stringOf), catalog)
  if (compression && compression !== 'default') column.compression = compression
  if (storage && storage.toLowerCase() !== 'default') column.storage = storage.toLowerCase()
  table.columns.set(colname, column)
  return column
}

export function collationText(names: readonly string[], catalog: Catalog): string | undefined {
  const name = names.at(-1) ?? ''
  if (name === 'default') return undefined
  const own = catalog.objects.find((one) => one.kind === 'COLLATION' && one.name === name)
  const schema = names.length > 1 ? names.at(-2)! : (own?.schema ?? 'pg_catalog')
  return [schema, name].map((part) => quoteName(part, MAJOR)).join('.')
}

/** INHERITS: the parent's columns and checks, first of all. */
function inherit(table: Table, node: Node, catalog: Catalog): void {
  const name = relationName('RangeVar' in node ? node.RangeVar : undefined, catalog)
  const parent = catalog.tables.get(keyOf(name))
  if (!parent)
    throw new LeftOut(
      'sql-unknown-table',
      `${table.name} inherits from ${name.name}, which is not created before`,
    )
  table.inherits.push({ schema: name.schema, name: name.name })
  for (const column of parent.columns.values())
    if (!table.columns.has(column.name)) table.columns.set(column.name, inheritedColumn(column, parent))
  for (const check of parent.checks)
    if (!check.noInherit && !table.checks.some((one) => one.name !== undefined && one.name === check.name))
      table.checks.push(inheritedCheck(check))
}

export function inheritedColumn(column: Column, parent: Name): Column {
  return {
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    notNullName: column.nullable ? undefined : notNullName(column, parent),
    defaultText: column.defaultText,
    generatedText: column.generatedText,
    collation: column.collation,
    ...(column.virtual === undefined ? {} : { virtual: column.virtual }),
    ...(column.storage === undefined ? {} : { storage: column.storage }),
    ...(column.compression === undefined ? {} : { compression: column.compression }),
    inherited: true,
  }
}

export function inheritedCheck(check: Check): Check {
  return { ...check, inherited: true, comment: undefined }
}

/** CREATE TABLE … PARTITION OF: columns, checks and keys come from the parent. */
function copyPartitioned(table: Table, { inhRelations = [], partbound }: CreateStmt, catalog: Catalog): void {
  const [range] = inhRelations
  const parentName = relationName(range && 'RangeVar' in range ? range.RangeVar : undefined, catalog)
  const parent = catalog.tables.get(keyOf(parentName))
  if (!parent)
    throw new LeftOut('sql-unknown-table', `the partitioned table ${parentName.name} is not created before`)
  for (const column of parent.columns.values()) {
    // An identity is the partitioned table's alone: 15 takes none over, and later versions share its sequence.
    const { comment: _, grants: __, sequence: ___, identity: ____, ...copied } = column
    table.columns.set(column.name, { ...copied, notNullName: notNullName(column, parent) })
  }
  for (const check of parent.checks) table.checks.push({ ...check, comment: undefined })
  const space = indexNames(table.schema, catalog)
  space.add(table.name)
  if (parent.primaryKey)
    table.primaryKey = {
      ...parent.primaryKey,
      comment: undefined,
      name: freeName(space, table.name, [], 'pkey'),
      columns: [...parent.primaryKey.columns],
    }
  for (const key of parent.unique)
    table.unique.push({
      ...key,
      comment: undefined,
      name: freeName(space, table.name, key.columns, 'key'),
      columns: [...key.columns],
    })
  table.partitionOf = { table: parentName, bound: boundText(partbound, parent) }
  for (const index of parent.indexes) indexPart(index, table, space)
}
