// DROP, RENAME, SET SCHEMA and ALTER TYPE … ADD VALUE: files of migrations take back and rename what they made.

import type { AlterEnumStmt, AlterObjectSchemaStmt, DropStmt, Node, RenameStmt } from 'libpg-query'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type Column, type Name, type Table } from './catalog.ts'
import { madeName } from '../formats/names.ts'
import { notNullName } from './not-null.ts'
import { renameRoles } from './constraints.ts'
import { describedObject, namesOf, relationNamed } from './described.ts'

export function drop(
  { objects = [], removeType, missing_ok: missing }: DropStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  for (const node of objects) {
    const parts = namesOf(node)
    if (removed(String(removeType), node, parts, catalog) || missing) continue
    leave(
      'sql-left-out',
      `DROP ${String(removeType).replace('OBJECT_', '')} ${parts.join('.')} is left out: it is not known`,
    )
  }
}

function removed(type: string, node: Node, parts: readonly string[], catalog: Catalog): boolean {
  const name = relationNamed(parts, catalog)
  const key = keyOf(name)
  switch (type) {
    case 'OBJECT_TABLE': {
      if (!catalog.tables.delete(key)) return false
      for (const [free, one] of catalog.sequences)
        if (one.ownedBy && keyOf(one.ownedBy.table) === key) catalog.sequences.delete(free)
      keepObjects(catalog, (one) => one.table === undefined || keyOf(one.table) !== key)
      for (const table of catalog.tables.values())
        table.references = table.references.filter((reference) => keyOf(reference.table) !== key)
      return true
    }
    case 'OBJECT_SEQUENCE':
      return catalog.sequences.delete(key)
    case 'OBJECT_SCHEMA':
      return catalog.schemas.delete(parts.at(-1) ?? '')
    case 'OBJECT_INDEX': {
      const table = [...catalog.tables.values()].find((one) =>
        one.indexes.some((index) => index.name === name.name),
      )
      if (!table) return false
      table.indexes = table.indexes.filter((index) => index.name !== name.name)
      return true
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      if (catalog.enums.delete(key) || catalog.domains.delete(key)) return true
      break
    default:
  }
  const found = describedObject(type as never, node, catalog) // one of the grammar's words
  const before = catalog.objects.length
  keepObjects(catalog, (one) => one !== found)
  return catalog.objects.length < before
}

function keepObjects(catalog: Catalog, stays: (one: Catalog['objects'][number]) => boolean): void {
  catalog.objects.splice(0, catalog.objects.length, ...catalog.objects.filter(stays))
}

export function rename(statement: RenameStmt, catalog: Catalog, leave: Leave): void {
  const { renameType, relation, subname = '', newname = '' } = statement
  const name = relationNamed(
    [relation?.schemaname, relation?.relname].flatMap((part) => part ?? []),
    catalog,
  )
  const table = catalog.tables.get(keyOf(name))
  if (renameType === 'OBJECT_COLUMN' && table) renameColumn(table, subname, newname, catalog)
  else if (renameType === 'OBJECT_TABCONSTRAINT' && table) renameConstraint(table, subname, newname)
  else if (renameType === 'OBJECT_TABLE' && table) renameTable(table, newname, catalog)
  else if (
    (renameType === 'OBJECT_INDEX' || renameType === 'OBJECT_TABLE') &&
    renameIndex(name, newname, catalog)
  )
    return
  else
    leave(
      'sql-left-out',
      `RENAME of ${String(renameType).replace('OBJECT_', '')} ${name.name} to ${newname} is left out`,
    )
}

/** Only while nothing but plain lists of columns names it: expressions are kept as text. */
function renameColumn(table: Table, from: string, to: string, catalog: Catalog): void {
  const listed = (columns: readonly string[]) => columns.map((column) => (column === from ? to : column))
  const columns = [...table.columns.values()].map((column) =>
    column.name === from ? renamed(column, table, to) : column,
  )
  table.columns.clear()
  for (const column of columns) table.columns.set(column.name, column)
  if (table.primaryKey) table.primaryKey.columns = listed(table.primaryKey.columns)
  for (const key of [...table.unique, ...table.references]) key.columns = listed(key.columns)
  for (const index of table.indexes) index.columns = listed(index.columns)
  for (const other of catalog.tables.values())
    for (const reference of other.references)
      if (keyOf(reference.table) === keyOf(table)) reference.parentColumns = listed(reference.parentColumns)
}

/** What was named after the column keeps its name. */
function renamed(column: Column, table: Table, to: string): Column {
  const made = column.serial || column.identity
  return {
    ...column,
    name: to,
    ...(column.nullable ? {} : { notNullName: notNullName(column, table) }),
    ...(made ? { sequence: { name: madeName(table.name, [column.name], 'seq'), ...column.sequence } } : {}),
  }
}

function renameConstraint(table: Table, from: string, to: string): void {
  const all = [...table.unique, ...table.references, ...table.checks, ...table.excludes]
  const found = all.find(({ name }) => name === from)
  if (found) found.name = to
  else if (table.primaryKey && (table.primaryKey.name ?? `${table.name}_pkey`) === from)
    table.primaryKey.name = to
  renameRoles(table, from, to)
}

/** What was named after the table keeps its name. */
function renameTable(table: Table, to: string, catalog: Catalog): void {
  const from: Name = { schema: table.schema, name: table.name }
  for (const column of table.columns.values()) {
    if (!column.nullable || table.primaryKey?.columns.includes(column.name))
      column.notNullName = notNullName(column, from)
    if (column.serial || column.identity)
      column.sequence = { name: madeName(from.name, [column.name], 'seq'), ...column.sequence }
  }
  if (table.primaryKey) table.primaryKey.name ??= `${from.name}_pkey`
  for (const key of table.unique) key.name ??= `${from.name}_${key.columns.join('_')}_key`
  for (const key of table.references) key.name ??= `${from.name}_${key.columns.join('_')}_fkey`
  relocate(table, { schema: from.schema, name: to }, catalog)
}

function renameIndex(name: Name, to: string, catalog: Catalog): boolean {
  for (const table of catalog.tables.values()) {
    if (table.schema !== name.schema) continue
    const index = table.indexes.find((one) => one.name === name.name)
    if (index) index.name = to
    const known = [
      ...(table.primaryKey ? [{ key: table.primaryKey, made: madeName(table.name, [], 'pkey') }] : []),
      ...table.unique.map((key) => ({ key, made: madeName(table.name, key.columns, 'key') })),
    ].find(({ key, made }) => (key.name ?? made) === name.name)?.key
    if (known) known.name = to
    if (!index && !known) continue
    renameRoles(table, name.name, to)
    return true
  }
  return false
}

function relocate(table: Table, to: Name, catalog: Catalog): void {
  const from = keyOf(table)
  catalog.tables.delete(from)
  const moved: Table = { ...table, ...to }
  catalog.tables.set(keyOf(to), moved)
  for (const other of catalog.tables.values())
    for (const reference of other.references) if (keyOf(reference.table) === from) reference.table = to
  for (const sequence of catalog.sequences.values())
    if (sequence.ownedBy && keyOf(sequence.ownedBy.table) === from) sequence.ownedBy.table = to
}

export function move(
  { objectType, relation, object, newschema = '' }: AlterObjectSchemaStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const parts = relation
    ? [relation.schemaname, relation.relname].flatMap((part) => part ?? [])
    : namesOf(object)
  const table = catalog.tables.get(keyOf(relationNamed(parts, catalog)))
  if (objectType === 'OBJECT_TABLE' && table)
    relocate(table, { schema: newschema, name: table.name }, catalog)
  else leave('sql-left-out', `SET SCHEMA of ${parts.join('.')} is left out`)
}

export function alterEnum(
  { typeName = [], oldVal, newVal = '', newValNeighbor, newValIsAfter }: AlterEnumStmt,
  catalog: Catalog,
): void {
  const name = relationNamed(namesOf({ List: { items: typeName } }), catalog)
  const labels = catalog.enums.get(keyOf(name))?.labels
  if (!labels) return
  if (oldVal !== undefined) {
    const at = labels.indexOf(oldVal)
    if (at >= 0) labels[at] = newVal
  } else if (!labels.includes(newVal)) {
    const at =
      newValNeighbor === undefined ? labels.length : labels.indexOf(newValNeighbor) + (newValIsAfter ? 1 : 0)
    labels.splice(at, 0, newVal)
  }
}
