// Catalog → a schema of our language, as plain JSON.

import { madeName, quoteText } from '../formats/names.ts'
import type { Sequence } from '../schema/model.ts'
import { MAJOR } from './lookup.ts'
import {
  keyOf,
  type Catalog,
  type Check,
  type Column,
  type Name,
  type Reference,
  type Table,
} from './catalog.ts'
import { quoteName } from '../formats/names.ts'

type Json = Record<string, unknown>

/** Names in `public` stand alone, others as `schema.name`, their schemas being listed. */
export function toSchema(catalog: Catalog, database: string, rowCount: number | undefined): Json {
  const schemas = new Set(catalog.schemas)
  for (const { schema } of [
    ...catalog.tables.values(),
    ...catalog.enums.values(),
    ...catalog.domains.values(),
    ...catalog.sequences.values(),
    ...catalog.objects,
  ])
    if (schema !== 'public') schemas.add(schema)
  const owned = new Set<string>()
  const tables = Object.fromEntries(
    [...catalog.tables.values()].map((table) => [
      fileName(table),
      tableJson(table, catalog, owned, rowCount),
    ]),
  )
  const sequences = [...catalog.sequences.values()].filter((sequence) => !owned.has(keyOf(sequence)))
  return compact({
    version: '1.0',
    database: { name: database },
    schemas: schemas.size === 0 ? undefined : [...schemas],
    enums: filled([...catalog.enums.values()].map((one) => [fileName(one), one.labels])),
    domains: filled(
      [...catalog.domains.values()].map((domain) => [
        fileName(domain),
        compact({
          type: typeText(domain.type),
          nullable: domain.nullable ? undefined : false,
          default: domain.defaultText === undefined ? undefined : { sql: domain.defaultText },
          checks: listed(domain.checks.map(checkJson)),
          comment: domain.comment,
        }),
      ]),
    ),
    sequences: filled(sequences.map((one) => [fileName(one), one.sequence])),
    tables,
    objects: listed(
      catalog.objects.map((object) =>
        compact({
          kind: object.kind,
          name: object.table ? object.name : fileName(object),
          tag: object.tag,
          table: object.table && fileName(object.table),
          drop: object.drop,
          uses: listed(object.uses.map(fileName)),
          provides: listed((object.provides ?? []).map(fileName)),
          comment: object.comment,
          sql: object.sql,
        }),
      ),
    ),
  })
}

export function fileName({ schema, name }: Name): string {
  return schema === 'public' ? name : `${schema}.${name}`
}

function tableJson(table: Table, catalog: Catalog, owned: Set<string>, rowCount: number | undefined): Json {
  const [single] = table.primaryKey?.columns.length === 1 ? table.primaryKey.columns : []
  const usualKey =
    table.primaryKey?.name === undefined || table.primaryKey.name === madeName(table.name, [], 'pkey')
  return compact({
    columns: Object.fromEntries(
      [...table.columns.values()].map((column) => [
        column.name,
        columnJson(table, column, column.name === single && usualKey, catalog, owned),
      ]),
    ),
    rowCount: table.partitionBy === undefined && table.partitionOf === undefined ? rowCount : 0,
    primaryKey:
      !table.primaryKey || (single !== undefined && usualKey)
        ? undefined
        : usualKey
          ? table.primaryKey.columns
          : { name: table.primaryKey.name, columns: table.primaryKey.columns },
    unique: listed(
      table.unique.map(({ name, columns }) =>
        name === undefined || name === madeName(table.name, columns, 'key') ? columns : { name, columns },
      ),
    ),
    foreignKeys: listed(table.references.map((key) => referenceJson(table, key))),
    checks: listed(named(table)),
    indexes: listed(
      table.indexes.map((index) =>
        compact({
          name: index.name,
          columns: index.columns,
          unique: index.unique || undefined,
          method: index.method === 'btree' ? undefined : index.method,
          include: listed(index.include),
          with: index.with,
          where: index.where,
          partOf: index.partOf,
          comment: index.comment,
        }),
      ),
    ),
    partitionBy: table.partitionBy,
    partitionOf: table.partitionOf && {
      table: fileName(table.partitionOf.table),
      bound: table.partitionOf.bound,
    },
    comment: table.comment,
  })
}

/** Unnamed checks get the name PostgreSQL would choose, here where the columns they name are known. */
function named(table: Table): Json[] {
  const taken = new Set(table.checks.flatMap(({ name }) => name ?? []))
  return table.checks.map((check) => {
    let name = check.name
    for (let pass = 0; name === undefined; pass++) {
      const made = madeName(
        table.name,
        check.columns.length === 1 ? check.columns : [],
        pass === 0 ? 'check' : `check${pass}`,
      )
      if (!taken.has(made)) name = made
    }
    taken.add(name)
    return { name, expression: check.expression }
  })
}

function checkJson({ name, expression }: Check): Json {
  return compact({ name, expression })
}

function columnJson(
  table: Table,
  column: Column,
  isKey: boolean,
  catalog: Catalog,
  owned: Set<string>,
): Json {
  const serial = serialOf(table, column, catalog)
  if (serial?.key !== undefined) owned.add(serial.key)
  const sequence = serial?.sequence ?? (column.identity ? column.sequence : undefined)
  const isInKey = table.primaryKey?.columns.includes(column.name) === true
  return compact({
    type: serial
      ? { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' }[column.type.text]
      : typeText(column.type),
    primaryKey: isKey || undefined,
    nullable: column.nullable && !isInKey ? true : undefined,
    identity: column.identity,
    sequence: sequence && Object.keys(sequence).length > 0 ? sequence : undefined,
    default: column.defaultText === undefined || serial ? undefined : { sql: column.defaultText },
    generated: column.generatedText,
    collation: column.collation,
    comment: column.comment,
  })
}

/** A column that owns the sequence of its default is a serial one. */
function serialOf(
  table: Table,
  column: Column,
  catalog: Catalog,
): { key: string | undefined; sequence: Sequence } | undefined {
  if (column.serial) return { key: undefined, sequence: {} }
  for (const free of catalog.sequences.values()) {
    if (free.ownedBy?.column !== column.name || keyOf(free.ownedBy.table) !== keyOf(table)) continue
    const text = `nextval(${quoteText(`${quoteName(free.schema, MAJOR)}.${quoteName(free.name, MAJOR)}`)}::regclass)`
    const usual = { smallint: 'smallint', integer: 'integer', bigint: undefined }[column.type.text]
    if (column.defaultText !== text || free.schema !== table.schema || free.sequence.as !== usual) continue
    if (!['smallint', 'integer', 'bigint'].includes(column.type.text)) continue
    const { as: _, ...rest } = free.sequence
    const name = free.name === madeName(table.name, [column.name], 'seq') ? {} : { name: free.name }
    return { key: keyOf(free), sequence: { ...name, ...rest } }
  }
  return undefined
}

/** Our spelling: own types by their name in the file. */
function typeText({ text, own }: Column['type']): string {
  if (!own) return text
  return `${fileName({ schema: own.schema ?? 'public', name: own.name })}${text.endsWith('[]') ? '[]' : ''}`
}

function referenceJson(table: Table, key: Reference): Json {
  return compact({
    name:
      key.name === undefined || key.name === madeName(table.name, key.columns, 'fkey') ? undefined : key.name,
    columns: key.columns,
    references: compact({
      table: fileName(key.table),
      columns: key.parentColumns,
      onDelete: key.onDelete,
      onUpdate: key.onUpdate,
    }),
    match: key.matchFull ? 'full' : undefined,
    deferrable: key.deferrable,
  })
}

function compact(given: Json): Json {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function listed<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items
}

function filled(entries: readonly (readonly [string, unknown])[]): Json | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
