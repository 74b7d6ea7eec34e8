// Finding things in the catalog by the names statements use, and the scope their expressions are printed in.

import type { Node, RangeVar, TypeName } from 'libpg-query'
import { compositeFields, routineOf } from '../deparse/described-text.ts'
import type { ExpressionScope, FullColumn, Relation } from '../deparse/scope.ts'
import { splitName } from '../deparse/split-name.ts'
import { namedType, stringOf, type NamedType } from '../deparse/type-name.ts'
import { quoteName } from '../formats/names.ts'
import { EXTENSIONS } from './extensions.ts'
import { keyOf, type Catalog, type Name, type Table, type TextObject } from './catalog.ts'

/** Names are quoted as the newest version does. */
export const MAJOR = 18

/** Why a statement, or a part of it, was left out. */
export class LeftOut extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Where CREATE puts a new object: the schema it names, or the first of the path. */
export function createdName(parts: readonly Node[], catalog: Catalog): Name {
  const names = parts.map(stringOf)
  return { schema: names.length > 1 ? names.at(-2)! : catalog.searchPath[0]!, name: names.at(-1) ?? '' }
}

export function relationName(range: RangeVar | undefined, catalog: Catalog): Name {
  const name = range?.relname ?? ''
  if (range?.schemaname) return { schema: range.schemaname, name }
  const found = [...catalog.searchPath, 'public'].find((schema) => isRelation({ schema, name }, catalog))
  return { schema: found ?? catalog.searchPath[0]!, name }
}

function isRelation(name: Name, catalog: Catalog): boolean {
  const key = keyOf(name)
  return (
    catalog.tables.has(key) ||
    catalog.sequences.has(key) ||
    catalog.objects.some((object) => keyOf(object) === key && object.kind.endsWith('VIEW'))
  )
}

/** Types of the file by name; what is no type of PostgreSQL's either is left out with its statement. */
export function typeOf(type: TypeName, catalog: Catalog): NamedType {
  const found = namedType(type, MAJOR, (name) => ownTypeSchema(name, catalog))
  if (found.own && !isOwnType(found.own, catalog) && !isBrought(found.own, catalog))
    throw new LeftOut(
      'sql-unknown-type',
      `the type ${found.text} is not created before; the statement is left out`,
    )
  // A type that an extension brought just now is found in its schema the second time.
  return found.own && found.own.schema === undefined
    ? namedType(type, MAJOR, (name) => ownTypeSchema(name, catalog))
    : found
}

function isOwnType(
  { schema, name }: { schema: string | undefined; name: string },
  catalog: Catalog,
): boolean {
  if (schema === undefined) return false
  const key = keyOf({ schema, name })
  return (
    catalog.enums.has(key) ||
    catalog.domains.has(key) ||
    catalog.tables.has(key) ||
    catalog.objects.some((object) => object.kind === 'TYPE' && keyOf(object) === key) ||
    isProvided({ schema, name }, catalog)
  )
}

function isProvided({ schema, name }: Name, { objects }: Catalog): boolean {
  return objects.some(({ provides = [] }) =>
    provides.some((one) => one.name === name && one.schema === schema),
  )
}

/** An extension we do not know may bring any type; the type is noted as its own. */
function isBrought(
  { schema, name }: { schema: string | undefined; name: string },
  { objects, searchPath }: Catalog,
): boolean {
  const carrier = objects.find(
    (object) => object.kind === 'EXTENSION' && EXTENSIONS[object.name] === undefined,
  )
  if (!carrier?.provides) return false
  carrier.provides.push({ schema: schema ?? searchPath[0]!, name })
  return true
}

/** The schema an extension put a function or operator class into. */
export function providedSchema(name: string, { objects }: Catalog): string | undefined {
  for (const { provides = [] } of objects)
    for (const one of provides) if (one.name === name) return one.schema
  return undefined
}

function ownTypeSchema(name: string, catalog: Catalog): string | undefined {
  return [...catalog.searchPath, 'public'].find((schema) => isOwnType({ schema, name }, catalog))
}

export function scopeOf(table: Pick<Table, 'columns'> | undefined, catalog: Catalog): ExpressionScope {
  const inPath = (test: (schema: string) => boolean) => [...catalog.searchPath, 'public'].find(test)
  const domainOf = (type: string) => {
    for (const domain of catalog.domains.values()) if (sqlName(domain) === type) return domain
    return undefined
  }
  return {
    major: MAJOR,
    column: (name) => table?.columns.get(name)?.type.bare,
    fullType: (name) => modified(table?.columns.get(name)?.type),
    baseOf: (type) => domainOf(type)?.type.bare,
    typeSchema: (name) => ownTypeSchema(name, catalog),
    functionSchema: (name) =>
      providedSchema(name, catalog) ??
      inPath((schema) =>
        catalog.objects.some(
          (object) => object.schema === schema && object.name === name && object.returns !== undefined,
        ),
      ),
    relationSchema: (name) => inPath((schema) => isRelation({ schema, name }, catalog)),
    resultOf: (name) =>
      catalog.objects.find((object) => object.name === name && object.returns !== undefined)?.returns,
    isEnum: (type) => [...catalog.enums.values()].some((one) => sqlName(one) === type),
    fields: (type) => fieldsOf(type, catalog),
    routines: (name) =>
      catalog.objects.flatMap((object) => (object.name === name ? (routineOf(object) ?? []) : [])),
    relation: (schema, name) => relationOf(schema, name, catalog),
    extensions: new Map(
      catalog.objects.flatMap((object) =>
        object.kind === 'EXTENSION' ? [[object.name, extensionSchema(object.sql)] as const] : [],
      ),
    ),
  }
}

function sqlName({ schema, name }: Name): string {
  return `${quoteName(schema, MAJOR)}.${quoteName(name, MAJOR)}`
}

function modified(type: NamedType | undefined): string | undefined {
  return type === undefined || type.text === type.bare ? undefined : type.text
}

function tableColumns(table: Pick<Table, 'columns'>): FullColumn[] {
  return [...table.columns.values()].map(({ name, type }) => ({
    name,
    type: type.bare,
    full: modified(type),
  }))
}

/** The table whose rows have this type. */
export function tableOfRows(type: string, { tables }: Catalog): Name | undefined {
  for (const table of tables.values()) if (sqlName(table) === type) return table
  return undefined
}

function fieldsOf(type: string, catalog: Catalog): readonly FullColumn[] | undefined {
  for (const table of catalog.tables.values()) if (sqlName(table) === type) return tableColumns(table)
  for (const object of catalog.objects)
    if ((object.kind === 'TYPE' || isView(object)) && sqlName(object) === type) return columnsOf(object)
  return undefined
}

function relationOf(schema: string | undefined, name: string, catalog: Catalog): Relation | undefined {
  const found = relationName({ schemaname: schema ?? '', relname: name }, catalog)
  const table = catalog.tables.get(keyOf(found))
  if (table) return { schema: found.schema, columns: tableColumns(table) }
  const view = catalog.objects.find((object) => isView(object) && keyOf(object) === keyOf(found))
  const columns = view && columnsOf(view)
  return columns && { schema: found.schema, columns }
}

/** A view knows its columns when its query could be read. */
export type View = TextObject & {
  readonly columns?: readonly FullColumn[] | undefined
  /** What of its query is not printed yet: it stays as it is written. */
  readonly unprinted?: string | undefined
}

function columnsOf(object: View): readonly FullColumn[] | undefined {
  return object.kind === 'TYPE' ? compositeFields(object.sql) : object.columns
}

function extensionSchema(sql: string): string {
  return splitName(/ WITH SCHEMA ([^;]+)/.exec(sql)?.[1] ?? 'public')[0] ?? 'public'
}

function isView({ kind }: { kind: string }): boolean {
  return kind === 'VIEW' || kind === 'MATERIALIZED VIEW'
}

/** Every node below, itself included. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null) return
  visit(value as Node) // the grammar's nodes are objects with one key; others do no harm
  for (const member of Object.values(value)) walk(member, visit)
}
