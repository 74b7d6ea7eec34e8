// A table of the catalog as JSON.

import { madeName, quoteName, quoteText } from '../formats/names.ts'
import type { Sequence } from '../schema/model.ts'
import {
  keyOf,
  type Catalog,
  type Check,
  type Column,
  type Exclude,
  type Key,
  type Reference,
  type Table,
} from './catalog.ts'
import { compact, detailsJson, grantsJson, listed } from './details-json.ts'
import { fileName } from './file-name.ts'
import { MAJOR } from './lookup.ts'

type Json = Record<string, unknown>

/** What is the same for all tables of a file. */
export type TableContext = {
  readonly catalog: Catalog
  /** Sequences that became serial columns: added to. */
  readonly owned: Set<string>
  readonly rowCount: number | undefined
  readonly usualOwner: string
}

export function tableJson(table: Table, context: TableContext): Json {
  const { rowCount, usualOwner } = context
  const [single] = table.primaryKey?.columns.length === 1 ? table.primaryKey.columns : []
  const key = table.primaryKey && keyJson(table.primaryKey, madeName(table.name, [], 'pkey'))
  const isShort = single !== undefined && Array.isArray(key)
  const shown = [...table.columns.values()].filter(({ inherited, changed }) => !inherited || changed)
  return compact({
    columns: Object.fromEntries(
      shown.map((column) => [
        column.name,
        columnJson(table, column, isShort && column.name === single, context),
      ]),
    ),
    // Partitions take the rows of the table they are parts of.
    rowCount: table.partitionOf === undefined ? rowCount : 0,
    inherits: listed(table.inherits.map(fileName)),
    primaryKey: isShort ? undefined : key,
    unique: listed(table.unique.map((one) => keyJson(one, madeName(table.name, one.columns, 'key')))),
    exclude: listed(table.excludes.map(excludeJson)),
    foreignKeys: listed(table.references.map((one) => referenceJson(table, one))),
    checks: listed(named(table)),
    indexes: listed(
      table.indexes.map((index) =>
        compact({
          name: index.name,
          columns: index.columns,
          unique: index.unique || undefined,
          method: index.method === 'btree' ? undefined : index.method,
          include: listed(index.include),
          nullsNotDistinct: index.nullsNotDistinct || undefined,
          with: index.with,
          where: index.where,
          statistics: index.statistics,
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
    unlogged: table.unlogged || undefined,
    with: table.with,
    replicaIdentity: table.replicaIdentity,
    clusterOn: table.clusterOn,
    rowSecurity: table.rowSecurity,
    ...detailsJson(table, 'TABLE', usualOwner),
  })
}

/** A list of columns, unless the key has more to say. */
function keyJson(key: Key, usualName: string): unknown {
  const json = compact({
    name: key.name === usualName ? undefined : key.name,
    columns: key.columns,
    deferrable: key.deferrable,
    nullsNotDistinct: key.nullsNotDistinct || undefined,
    include: listed(key.include),
    with: key.with,
    withoutOverlaps: key.withoutOverlaps || undefined,
    comment: key.comment,
  })
  return Object.keys(json).length === 1 ? key.columns : json
}

function excludeJson(exclude: Exclude): Json {
  return compact({
    name: exclude.name,
    method: exclude.method === 'gist' ? undefined : exclude.method,
    elements: Object.fromEntries(exclude.elements),
    include: listed(exclude.include),
    with: exclude.with,
    where: exclude.where,
    deferrable: exclude.deferrable,
    comment: exclude.comment,
  })
}

/** Unnamed checks get the name PostgreSQL would choose, here where the columns they name are known. */
function named(table: Table): Json[] {
  const taken = new Set(table.checks.flatMap(({ name }) => name ?? []))
  return table.checks.flatMap((check) => {
    if (check.inherited) return []
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
    return [checkJson({ ...check, name })]
  })
}

export function checkJson(check: Check): Json {
  return compact({
    name: check.name,
    expression: check.expression,
    notValid: check.notValid || undefined,
    noInherit: check.noInherit || undefined,
    notEnforced: check.notEnforced || undefined,
    comment: check.comment,
  })
}

function columnJson(table: Table, column: Column, isKey: boolean, { catalog, owned }: TableContext): Json {
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
    virtual: column.virtual || undefined,
    inherited: column.inherited || undefined,
    notNullName: !column.nullable || isInKey ? notNullJson(table, column) : undefined,
    collation: column.collation,
    storage: column.storage,
    compression: column.compression,
    statistics: column.statistics,
    options: column.options,
    grants: grantsJson(column.grants, 'COLUMN'),
    comment: column.comment,
  })
}

/** Only where 18 would not make it up. */
function notNullJson(table: Table, { name, notNullName }: Column): string | undefined {
  return notNullName === madeName(table.name, [name], 'not_null') ? undefined : notNullName
}

/** A column that owns the sequence of its default is a serial one. */
function serialOf(
  table: Table,
  column: Column,
  catalog: Catalog,
): { key: string | undefined; sequence: Sequence } | undefined {
  if (column.serial) return { key: undefined, sequence: column.sequence ?? {} }
  for (const free of catalog.sequences.values()) {
    if (free.ownedBy?.column !== column.name || keyOf(free.ownedBy.table) !== keyOf(table)) continue
    const text = `nextval(${quoteText(`${quoteName(free.schema, MAJOR)}.${quoteName(free.name, MAJOR)}`)}::regclass)`
    const usual = { smallint: 'smallint', integer: 'integer', bigint: undefined }[column.type.text]
    // What serial has no word for keeps the sequence one of its own.
    if (free.comment !== undefined || (free.grants?.size ?? 0) > 0) continue
    if (column.defaultText !== text || free.schema !== table.schema || free.sequence.as !== usual) continue
    if (!['smallint', 'integer', 'bigint'].includes(column.type.text)) continue
    const { as: _, ...rest } = free.sequence
    const name = free.name === madeName(table.name, [column.name], 'seq') ? {} : { name: free.name }
    return { key: keyOf(free), sequence: { ...name, ...rest } }
  }
  return undefined
}

/** Our spelling: own types by their name in the file. */
export function typeText({ text, own }: Column['type']): string {
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
    notValid: key.notValid || undefined,
    notEnforced: key.notEnforced || undefined,
    period: key.period || undefined,
    setColumns: listed(key.setColumns),
    comment: key.comment,
  })
}
