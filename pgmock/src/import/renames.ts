// RENAME: files of migrations give other names to what they made. What was named after a thing keeps its name.

import type { RenameStmt } from 'libpg-query'
import type { NamedType } from '../deparse/type-name.ts'
import { madeName, quoteName, quoteText } from '../formats/names.ts'
import type { Leave } from './attempt.ts'
import { keyOf, type Catalog, type Column, type Name, type Table, type TextObject } from './catalog.ts'
import { checkName, renameRoles } from './constraints.ts'
import { describedObject, namesOf, relationNamed } from './described.ts'
import { MAJOR } from './lookup.ts'
import { notNullName } from './not-null.ts'
import { full } from './printed-names.ts'

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
  else if (renameObject(statement, catalog)) return
  else
    leave(
      'sql-left-out',
      `RENAME of ${String(renameType).replace('OBJECT_', '')} ${name.name} to ${newname} is left out`,
    )
}

function renameColumn(table: Table, from: string, to: string, catalog: Catalog): void {
  keepNames(table, table.name)
  const listed = (columns: readonly string[]) => columns.map((column) => (column === from ? to : column))
  const columns = [...table.columns.values()].map((column) =>
    column.name === from ? renamed(column, table, to) : column,
  )
  table.columns.clear()
  for (const column of columns) table.columns.set(column.name, column)
  if (table.primaryKey) table.primaryKey.columns = listed(table.primaryKey.columns)
  for (const key of [...table.unique, ...table.references]) key.columns = listed(key.columns)
  for (const index of table.indexes) index.columns = listed(index.columns)
  const [own, next] = [quoteName(from, MAJOR), quoteName(to, MAJOR)]
  renameInTexts(table, own, next)
  for (const object of catalog.objects)
    if (isOver(object, table)) object.sql = replaced(object.sql, own, next)
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

/** Constraints keep the names they were given when they were made. */
function keepNames(table: Table, name: string): void {
  if (table.primaryKey) table.primaryKey.name ??= madeName(name, [], 'pkey')
  for (const key of table.unique) key.name ??= madeName(name, key.columns, 'key')
  for (const key of table.references) key.name ??= madeName(name, key.columns, 'fkey')
  for (const check of table.checks) check.name ??= checkName(table, check)
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
  keepNames(table, from.name)
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

/** Under another name or in another schema. */
export function relocate(table: Table, to: Name, catalog: Catalog): void {
  const from = keyOf(table)
  catalog.tables.delete(from)
  const moved: Table = { ...table, ...to }
  catalog.tables.set(keyOf(to), moved)
  for (const other of catalog.tables.values())
    for (const reference of other.references) if (keyOf(reference.table) === from) reference.table = to
  for (const object of catalog.objects) relocateIn(object, table, to)
  for (const sequence of catalog.sequences.values())
    if (sequence.ownedBy && keyOf(sequence.ownedBy.table) === from) sequence.ownedBy.table = to
}

/** A query calls a table by its name of today, unless it has given it another. */
function relocateIn(object: TextObject, from: Name, to: Name): void {
  const isCalled = new RegExp(`${full(from).replaceAll('.', '[.]')}(?=[\\n),;]|$)`)
  const [own, next] = [quoteName(from.name, MAJOR), quoteName(to.name, MAJOR)]
  const text = (given: string) => {
    const moved = replaced(given, full(from), full(to))
    const isQuery = object.kind.endsWith('VIEW') && own !== next && isCalled.test(given)
    return isQuery ? moved.replaceAll(new RegExp(`(?<![\\w".])${own}\\.`, 'g'), `${next}.`) : moved
  }
  if (object.table && keyOf(object.table) === keyOf(from)) object.table = to
  for (const [i, use] of object.uses.entries()) if (keyOf(use) === keyOf(from)) object.uses[i] = to
  const end = object.sql.indexOf('\n    AS ')
  object.sql = end < 0 ? text(object.sql) : text(object.sql.slice(0, end)) + object.sql.slice(end)
  if (object.sql15 !== undefined) object.sql15 = text(object.sql15)
  if (object.drop !== undefined) object.drop = text(object.drop)
}

/** Types, domains, sequences, views, functions, triggers … : false for what is not known. */
function renameObject(
  { renameType, relation, object, subname = '', newname = '' }: RenameStmt,
  catalog: Catalog,
): boolean {
  const parts = relation
    ? [relation.schemaname, relation.relname].flatMap((part) => part ?? [])
    : namesOf(object)
  const type = String(renameType)
  const ofTable = /TRIGGER|POLICY|RULE/.test(type)
  const node = { List: { items: [...parts, ...(ofTable ? [subname] : [])].map(nameNode) } }
  const found = describedObject(renameType, object && !ofTable ? object : node, catalog)
  if (!found || !('name' in found) || !('schema' in found)) return false
  const from = found as Name & Partial<TextObject> // whatever has a name and a schema
  const to: Name = { schema: from.schema, name: newname }
  for (const map of [catalog.enums, catalog.domains, catalog.sequences] as Map<string, Name>[]) {
    if (map.get(keyOf(from)) !== from) continue
    map.delete(keyOf(from))
    map.set(keyOf(to), { ...from, ...to })
    renameInAll(catalog, full(from), full(to))
    return true
  }
  const at = catalog.objects.findIndex((one) => one === from)
  if (at < 0) return false
  const { kind = '', tag, drop, sql = '' } = from
  const [own, next] = ofTable
    ? [quoteName(from.name, MAJOR), quoteName(newname, MAJOR)]
    : [full(from), full(to)]
  const text = (given: string) => replaced(given, own, next, 1)
  catalog.objects[at] = {
    ...catalog.objects[at]!,
    ...to,
    sql: text(sql),
    ...(tag === undefined || !tag.startsWith(`${from.name}(`)
      ? {}
      : { tag: newname + tag.slice(from.name.length) }),
    ...(drop === undefined ? {} : { drop: text(drop) }),
  }
  if (!ofTable && kind !== '') renameInAll(catalog, own, next)
  return true
}

/** Of one table: what it says of columns it says of that table's. */
function isOver({ kind, table, sql }: TextObject, over: Table): boolean {
  if (kind === 'STATISTICS') return sql.endsWith(` FROM ${full(over)};`)
  return table !== undefined && keyOf(table) === keyOf(over) && kind !== 'RULE'
}

function nameNode(sval: string): { String: { sval: string } } {
  return { String: { sval } }
}

/** Every text that may name the thing; bodies of functions are texts of their own. */
function renameInAll(catalog: Catalog, from: string, to: string): void {
  for (const table of catalog.tables.values()) {
    renameInTexts(table, from, to)
    for (const column of table.columns.values()) column.type = renamedType(column.type, from, to)
  }
  for (const domain of catalog.domains.values())
    if (domain.defaultText !== undefined) domain.defaultText = replaced(domain.defaultText, from, to)
  for (const object of catalog.objects) {
    const end = object.sql.indexOf('\n    AS ')
    const [head, body] = end < 0 ? [object.sql, ''] : [object.sql.slice(0, end), object.sql.slice(end)]
    object.sql = replaced(head, from, to) + body
    if (object.tag !== undefined) object.tag = replaced(object.tag, from, to)
    if (object.drop !== undefined) object.drop = replaced(object.drop, from, to)
    if (object.sql15 !== undefined) object.sql15 = replaced(object.sql15, from, to)
  }
}

function renamedType(type: NamedType, from: string, to: string): NamedType {
  const text = replaced(type.text, from, to)
  if (text === type.text) return type
  const name = to.slice(to.lastIndexOf('.') + 1).replaceAll('"', '')
  return { ...type, text, bare: replaced(type.bare, from, to), own: type.own && { ...type.own, name } }
}

/** ALTER TYPE … RENAME VALUE: defaults and conditions print the value anew. */
export function renameLabel(type: Name, from: string, to: string, catalog: Catalog): void {
  const [own, next] = [from, to].map((label) => `${quoteText(label)}::${full(type)}`)
  const text = <T extends string | undefined>(given: T) =>
    given === undefined ? given : (given.replaceAll(own!, next!) as T) // a text stays a text
  for (const table of catalog.tables.values()) changeTexts(table, text)
  for (const domain of catalog.domains.values()) domain.defaultText = text(domain.defaultText)
  for (const object of catalog.objects) {
    object.sql = text(object.sql)
    if (object.sql15 !== undefined) object.sql15 = text(object.sql15)
  }
}

/** Expressions over a table's columns. */
function renameInTexts(table: Table, from: string, to: string): void {
  changeTexts(table, (given) => (given === undefined ? given : (replaced(given, from, to) as typeof given)))
}

function changeTexts(table: Table, text: <T extends string | undefined>(given: T) => T): void {
  for (const column of table.columns.values()) {
    column.defaultText = text(column.defaultText)
    column.generatedText = text(column.generatedText)
  }
  for (const check of table.checks) check.expression = text(check.expression)
  for (const exclude of table.excludes) exclude.where = text(exclude.where)
  for (const index of table.indexes) {
    index.columns = index.columns.map((entry) => text(entry))
    index.where = text(index.where)
  }
}

/** Whether a printed text speaks of a name. */
export function names(text: string, name: string): boolean {
  return replaced(text, name, '\0') !== text
}

/** Names as they stand in printed SQL: not within literals, not as parts of longer names, not as functions. */
function replaced(text: string, from: string, to: string, times = Infinity): string {
  const pattern = from.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const end = from.includes('.') ? '(?![\\w"$])' : '(?![\\w"$(])'
  let count = 0
  return text.replaceAll(
    new RegExp(`'(?:[^']|'')*'(?!::regclass)|(?<![\\w"$.])${pattern}${end}`, 'g'),
    (match) => (match.startsWith("'") || count++ >= times ? match : to),
  )
}
