// What differs between two schemas, after templates, mixing and references: table by table, column by column. Works on
// the documents, not on the model, so that whatever the language learns to say is compared as well.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { NO_TYPES, parsePgType } from '../schema/pg-type.ts'

type Json = Readonly<Record<string, unknown>>

export type Change = {
  readonly change: 'added' | 'removed' | 'changed'
  /** `table`, `column`, `index` …: what the path names. */
  readonly kind: string
  /** `orders.total`, `orders`, `order_status`. */
  readonly name: string
  /** Which property changed: `type`, `generator.mean`. Absent when the whole thing came or went. */
  readonly property?: string
  readonly from?: unknown
  readonly to?: unknown
}

/** Changes that turn `before` into `after`, tables in their order, then everything else. */
export function schemaDiff(before: Json, after: Json): Change[] {
  const tables = (schema: Json) => mapped(schema['tables'], tableForm)
  const changes = named('table', tables(before), tables(after), '', (name, a, b) => tableChanges(name, a, b))
  const rest = (schema: Json) => without(schema, ['tables', '$schema', 'extends', 'mix', 'definitions'])
  for (const [key, [a, b]] of pairs(rest(before), rest(after))) {
    const kind = SINGULAR[key] ?? key
    if (key in SINGULAR)
      changes.push(
        ...named(kind, byName(a), byName(b), '', (name, one, other) => properties(kind, name, one, other)),
      )
    else changes.push(...properties('schema', '', { [key]: a }, { [key]: b }))
  }
  return changes
}

const SINGULAR: Readonly<Record<string, string>> = {
  enums: 'enum',
  domains: 'domain',
  sequences: 'sequence',
  objects: 'object',
  columns: 'column',
  indexes: 'index',
  checks: 'check',
  foreignKeys: 'foreign key',
  unique: 'unique',
  context: 'context',
}

function tableChanges(table: string, a: Json, b: Json): Change[] {
  return [...pairs(a, b)].flatMap(([key, [one, other]]) => {
    const kind = SINGULAR[key]
    if (kind === undefined) return properties('table', table, { [key]: one }, { [key]: other })
    return named(kind, byName(one), byName(other), `${table}.`, (name, from, to) =>
      properties(kind, name, from, to),
    )
  })
}

/** What came and what went, and `changed` for what is in both. */
function named(
  kind: string,
  a: Json,
  b: Json,
  prefix: string,
  changed: (name: string, a: Json, b: Json) => Change[],
): Change[] {
  return [...pairs(a, b)].flatMap(([key, [one, other]]): Change[] => {
    const name = `${prefix}${key}`
    if (one === undefined) return [{ change: 'added', kind, name, to: other }]
    if (other === undefined) return [{ change: 'removed', kind, name, from: one }]
    return changed(name, asRecord(one), asRecord(other))
  })
}

function properties(kind: string, name: string, a: Json, b: Json, path = ''): Change[] {
  return [...pairs(a, b)].flatMap(([key, [from, to]]): Change[] => {
    if (isRecord(from) && isRecord(to)) return properties(kind, name, from, to, `${path}${key}.`)
    if (same(from, to)) return []
    const property = `${path}${key}`
    return [
      {
        change: 'changed',
        kind,
        name,
        property,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      },
    ]
  })
}

/** The many ways to say one thing, as one: `int` and `integer`, a key at its column and at its table. */
function tableForm(table: Json): Json {
  const columns = mapped(table['columns'], (column) => column)
  const own = Object.entries(columns)
  const keyed = own.flatMap(([name, column]) => (asRecord(column)['primaryKey'] === true ? [name] : []))
  const unique = own.flatMap(([name, column]) => (asRecord(column)['unique'] === true ? [[name]] : []))
  const listed = Array.isArray(table['unique']) ? (table['unique'] as unknown[]) : []
  return {
    ...table,
    columns: mapped(columns, columnForm),
    ...(table['primaryKey'] === undefined && keyed.length > 0 ? { primaryKey: keyed } : {}),
    ...(unique.length + listed.length > 0 ? { unique: [...unique, ...listed] } : {}),
  }
}

function columnForm(given: Json): Json {
  const column = without(given, ['primaryKey', 'unique'])
  const { type, generator, references, nullable } = column
  return {
    ...column,
    ...(typeof type === 'string' ? { type: parsePgType(type, NO_TYPES)?.text ?? type } : {}),
    ...(typeof generator === 'string' ? { generator: { name: generator } } : {}),
    ...(isRecord(references) ? { references: referenceForm(references) } : {}),
    nullable: nullable === true || Number(column['nullRate'] ?? 0) > 0,
  }
}

function referenceForm({ table, column, ...rest }: Json): unknown {
  if (typeof table !== 'string' || typeof column !== 'string') return { table, column, ...rest }
  return Object.keys(rest).length === 0 ? `${table}.${column}` : { to: `${table}.${column}`, ...rest }
}

/** Lists of things with names, or of what stands for one. */
function byName(value: unknown): Json {
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, isRecord(item) ? item : { is: item }]),
    )
  if (!Array.isArray(value)) return {}
  return Object.fromEntries(
    value.map((item: unknown) => {
      const name = isRecord(item) ? (item['name'] ?? item['columns'] ?? item['kind']) : item
      return [textOf(name), isRecord(item) ? item : { is: item }]
    }),
  )
}

function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(textOf).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
}

function mapped(value: unknown, form: (item: Json) => Json): Json {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, form(asRecord(item))]))
}

function without(value: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

function asRecord(value: unknown): Json {
  return isRecord(value) ? value : { is: value }
}

/** Keys of both, those of `a` first. */
function pairs(a: Json, b: Json): Map<string, readonly [unknown, unknown]> {
  return new Map(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, [a[key], b[key]] as const]),
  )
}

/** Members of objects in any order. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (isRecord(a) && isRecord(b)) return [...pairs(a, b).values()].every(([one, other]) => same(one, other))
  return a === b
}
