// CREATE TABLE, its partitions, and what ALTER TABLE changes.

import type { AlterTableStmt, CreateStmt, Node } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { freeName, quoteName } from '../formats/names.ts'
import { attempt, type Leave } from './attempt.ts'
import { keyOf, type Catalog, type Column, type Name, type Table } from './catalog.ts'
import { columnConstraints, setDefault, tableConstraint } from './constraints.ts'
import { indexNames, wordOf } from './indexes.ts'
import { LeftOut, MAJOR, relationName, scopeOf, typeOf } from './lookup.ts'

export function createTable(statement: CreateStmt, catalog: Catalog, leave: Leave): void {
  const name: Name = {
    schema: statement.relation?.schemaname ?? catalog.searchPath[0]!,
    name: statement.relation?.relname ?? '',
  }
  if (catalog.tables.has(keyOf(name))) {
    if (!statement.if_not_exists)
      leave('sql-left-out', `${name.name} exists already; the second table is left out`)
    return
  }
  if (statement.relation?.relpersistence === 't') return
  if ((statement.inhRelations ?? []).length > 0 && !statement.partbound)
    throw new LeftOut(
      'sql-left-out',
      `${name.name} inherits from another table, which the schema language has no word for yet`,
    )
  const table: Table = {
    ...name,
    columns: new Map(),
    primaryKey: undefined,
    unique: [],
    references: [],
    checks: [],
    indexes: [],
    partitionBy: partitionKey(statement),
    partitionOf: undefined,
    comment: undefined,
  }
  if (statement.partbound) copyParent(table, statement, catalog)
  const late: (() => void)[] = []
  for (const element of statement.tableElts ?? []) {
    if ('ColumnDef' in element) {
      const { colname = '', typeName, constraints = [], collClause } = element.ColumnDef
      if (!typeName) continue
      const type = typeOf(typeName, catalog)
      const column: Column = { name: colname, type, nullable: true, serial: type.serial }
      if (type.serial) column.nullable = false
      if (collClause) column.collation = collationText((collClause.collname ?? []).map(stringOf))
      table.columns.set(colname, column)
      // Expressions may name columns that come later.
      late.push(() => columnConstraints(table, column, constraints, catalog, leave))
    } else if ('Constraint' in element) {
      const { Constraint: constraint } = element
      late.push(() => tableConstraint(table, constraint, catalog, leave))
    } else leave('sql-left-out', `a part of ${name.name} (LIKE) is left out`)
  }
  for (const step of late) attempt(step, leave)
  catalog.tables.set(keyOf(name), table)
}

function collationText(names: readonly string[]): string {
  const full = names.length > 1 ? names : ['pg_catalog', ...names]
  return full
    .map((name) => (name === 'C' || name === 'POSIX' ? `"${name}"` : quoteName(name, MAJOR)))
    .join('.')
}

function partitionKey({ partspec }: CreateStmt): string | undefined {
  if (!partspec) return undefined
  const strategy = String(partspec.strategy).replace('PARTITION_STRATEGY_', '')
  const columns = (partspec.partParams ?? []).map((param) => {
    if ('PartitionElem' in param && param.PartitionElem.name)
      return quoteName(param.PartitionElem.name, MAJOR)
    throw new LeftOut('sql-left-out', 'a table partitioned by an expression is left out')
  })
  return `${strategy} (${columns.join(', ')})`
}

/** CREATE TABLE … PARTITION OF: columns, checks and keys come from the parent. */
function copyParent(table: Table, { inhRelations = [], partbound }: CreateStmt, catalog: Catalog): void {
  const [range] = inhRelations
  const parentName = relationName(range && 'RangeVar' in range ? range.RangeVar : undefined, catalog)
  const parent = catalog.tables.get(keyOf(parentName))
  if (!parent)
    throw new LeftOut('sql-unknown-table', `the partitioned table ${parentName.name} is not created before`)
  for (const column of parent.columns.values()) table.columns.set(column.name, { ...column })
  table.checks.push(...parent.checks)
  table.references.push(...parent.references)
  const space = indexNames(table.schema, catalog)
  if (parent.primaryKey)
    table.primaryKey = {
      name: freeName(space, table.name, [], 'pkey'),
      columns: [...parent.primaryKey.columns],
    }
  for (const key of parent.unique)
    table.unique.push({ name: freeName(space, table.name, key.columns, 'key'), columns: [...key.columns] })
  for (const index of parent.indexes)
    table.indexes.push({
      ...index,
      name: freeName(space, table.name, index.columns.map(wordOf), 'idx'),
      partOf: index.name,
    })
  table.partitionOf = { table: parentName, bound: boundText(partbound, parent) }
}

function boundText(bound: CreateStmt['partbound'], parent: Table): string {
  if (!bound || bound.is_default) return 'DEFAULT'
  const type = [...parent.columns.values()].find(({ name }) =>
    parent.partitionBy?.includes(`(${quoteName(name, MAJOR)}`),
  )?.type.bare
  const datum = (node: Node): string => {
    if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields![0]!).toUpperCase()
    if ('A_Const' in node && node.A_Const.isnull) return 'NULL'
    const text = expressionText(
      node,
      scopeOf(undefined, { searchPath: [], domains: new Map(), objects: [] } as never),
      type,
    )
    return text.replace(/::[a-z][a-z ]*$/, '')
  }
  if (bound.strategy === 'h')
    return `FOR VALUES WITH (modulus ${bound.modulus ?? 0}, remainder ${bound.remainder ?? 0})`
  if (bound.strategy === 'l') return `FOR VALUES IN (${(bound.listdatums ?? []).map(datum).join(', ')})`
  return `FOR VALUES FROM (${(bound.lowerdatums ?? []).map(datum).join(', ')}) TO (${(bound.upperdatums ?? []).map(datum).join(', ')})`
}

export function alterTable({ relation, cmds = [] }: AlterTableStmt, catalog: Catalog, leave: Leave): void {
  const name = relationName(relation, catalog)
  const table = catalog.tables.get(keyOf(name))
  for (const node of cmds) {
    if (!('AlterTableCmd' in node)) continue
    const { subtype, def, name: columnName = '' } = node.AlterTableCmd
    if (subtype === 'AT_ChangeOwner') continue
    if (subtype === 'AT_AttachPartition') {
      attach(name, def, catalog)
      continue
    }
    const column = table?.columns.get(columnName)
    if (!table)
      throw new LeftOut('sql-unknown-table', `${name.name} is not created before; its ALTER is left out`)
    if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
      tableConstraint(table, def.Constraint, catalog, leave)
    else if (subtype === 'AT_ColumnDefault' && column) setDefault(table, column, def, catalog)
    else if (subtype === 'AT_SetNotNull' && column) column.nullable = false
    else if (subtype === 'AT_DropNotNull' && column) column.nullable = true
    else if (subtype === 'AT_AddIdentity' && column && def && 'Constraint' in def)
      columnConstraints(table, column, [def], catalog, leave)
    else if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def) {
      const { colname = '', typeName, constraints = [] } = def.ColumnDef
      const type = typeOf(typeName!, catalog)
      const added: Column = { name: colname, type, nullable: !type.serial, serial: type.serial }
      table.columns.set(colname, added)
      columnConstraints(table, added, constraints, catalog, leave)
    } else if (subtype === 'AT_DropColumn') table.columns.delete(columnName)
    else leave('sql-left-out', `ALTER TABLE ${name.name}: ${String(subtype)} is left out`)
  }
}

function attach(name: Name, def: Node | undefined, catalog: Catalog): void {
  if (!def || !('PartitionCmd' in def)) return
  const child = relationName(def.PartitionCmd.name, catalog)
  const parent = catalog.tables.get(keyOf(name))
  const table = catalog.tables.get(keyOf(child))
  if (parent && table && def.PartitionCmd.bound) {
    table.partitionOf = { table: name, bound: boundText(def.PartitionCmd.bound, parent) }
    // ATTACH makes the parent's keys where the child has none.
    if (parent.primaryKey && !table.primaryKey)
      table.primaryKey = { name: undefined, columns: [...parent.primaryKey.columns] }
    return
  }
  // ALTER INDEX … ATTACH PARTITION: keys find each other by their columns, indexes need to be told.
  for (const candidate of catalog.tables.values())
    for (const index of candidate.indexes)
      if (candidate.schema === child.schema && index.name === child.name) index.partOf = name.name
}
