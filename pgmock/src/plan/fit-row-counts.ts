// Row counts for a schema that somebody else wrote: as many rows as keys, checks and types leave room for. A table whose
// check allows one row gets one, and one that we cannot make values for stays empty, so that the rest can be filled.

import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { loadSqlParser, type SqlParser } from '../constraints/sql-parser.ts'
import { columnsOf } from '../constraints/conjuncts.ts'
import type { Model, Table } from '../schema/model.ts'
import { DEFAULT_ROWS } from '../schema/parse-row-count.ts'
import { parseSchema } from '../schema/parse-schema.ts'
import { planSet } from './plan-set.ts'

type Json = Record<string, unknown>

/** Halving any count gets to nothing in fewer. */
const MOST_ROUNDS = 64

/** `schema` with lower counts, or NULL in columns whose checks we cannot read, where rows would otherwise be refused. */
export async function fitRowCounts(
  schema: Json,
  file: string,
): Promise<{ schema: Json; findings: readonly Finding[] }> {
  const sql = await loadSqlParser()
  const reasons = new Map<string, Refused>()
  let fitted = schema
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { refused, model } = refusals(fitted, file, sql)
    if (!model || refused.length === 0) break
    const next = refused.reduce((made, one) => relieved(made, one, model, sql), fitted)
    if (next === fitted) break // nothing of it has to do with rows
    for (const one of refused) if (!reasons.has(one.table)) reasons.set(one.table, one)
    fitted = next
  }
  return { schema: fitted, findings: [...reasons.values()].flatMap((one) => told(one, schema, fitted, file)) }
}

type Refused = {
  readonly table: string
  readonly column: string | undefined
  readonly code: string
  readonly message: string
}

/** What the planner refuses, one thing for each table. */
function refusals(
  schema: Json,
  file: string,
  sql: SqlParser,
): { refused: readonly Refused[]; model: Model | undefined } {
  const { places, document } = placesOf(schema)
  const findings: Finding[] = []
  const add = (one: Finding) => void findings.push(one)
  const model = parseSchema({ file, document }, add)
  // Faults of the schema itself are told when it is used.
  if (!model || findings.some(({ severity }) => severity === 'error'))
    return { refused: [], model: undefined }
  const { findings: planned } = planSet([model], { seed: 1, sql })
  const refused = new Map<string, Refused>()
  for (const { severity, line = 0, code, message } of planned) {
    const place = places[line - 1]
    if (severity === 'error' && place && !refused.has(place.table))
      refused.set(place.table, { ...place, code, message })
  }
  return { refused: [...refused.values()], model }
}

/** A document that has each table and column on a line of its own, so that a finding's line says whose it is. */
function placesOf(schema: Json) {
  const places: Pick<Refused, 'table' | 'column'>[] = []
  const lines = new Map<string, number>()
  for (const [table, given] of Object.entries(isRecord(schema['tables']) ? schema['tables'] : {})) {
    lines.set(pointer('tables', table), places.push({ table, column: undefined }))
    for (const column of Object.keys(isRecord(given) && isRecord(given['columns']) ? given['columns'] : {}))
      lines.set(pointer('tables', table, 'columns', column), places.push({ table, column }))
  }
  const locate = (at: string) => {
    const parts = at.split('/')
    const line = lines.get(parts.slice(0, 5).join('/')) ?? lines.get(parts.slice(0, 3).join('/'))
    return line === undefined ? undefined : { line, column: 1 }
  }
  return { places, document: { value: schema, problems: [], locate, locateValue: locate } }
}

/** The schema with one thing less to ask of the table; the same one when nothing is left to give up. */
function relieved(schema: Json, refused: Refused, model: Model, sql: SqlParser): Json {
  const { table: name, code, message } = refused
  const tables = schema['tables'] as Readonly<Record<string, Json>> // parseSchema has read it
  const table = tables[name]!
  const withTable = (changed: Json): Json => ({ ...schema, tables: { ...tables, [name]: changed } })
  const columns = columnsToEmpty(refused, model.tables.get(name)!, sql)
  if (columns.length > 0) return withTable({ ...table, columns: withoutValues(table['columns'], columns) })
  const given = table['rowCount'] ?? DEFAULT_ROWS
  if (typeof given !== 'number' || given === 0) return schema
  const room = roomIn(message)
  const half = code === 'empty-parent' || code === 'check-not-understood' ? 0 : Math.floor(given / 2)
  const fits = room !== undefined && room < given ? room : half
  return withTable({ ...table, rowCount: fits })
}

/** `2 different values`, `do not fit into 2 × 3 combinations`. */
function roomIn(message: string): number | undefined {
  const [, values, sizes] = /\b(\d+) different values|do not fit into (\d+(?: × \d+)*)/.exec(message) ?? []
  if (values !== undefined) return Number(values)
  return sizes?.split(' × ').reduce((all, size) => all * Number(size), 1)
}

/**
 * Columns that may be NULL instead: those of a check that we cannot read, since NULL passes every check that does not ask
 * for it by name, and a unique one without room, since no NULL is like another.
 */
function columnsToEmpty({ code, column, message }: Refused, table: Table, sql: SqlParser): readonly string[] {
  const canBe = (name: string) => {
    const { nullable, nullRate } = table.columns.get(name)!
    return nullable && nullRate < 1 && !isInKey(name, table)
  }
  if (code === 'unique-space-too-small' || code === 'generator-not-unique')
    return column !== undefined && canBe(column) ? [column] : []
  if (code !== 'check-not-understood') return []
  const check = table.checks.find((one) => message.includes(` ${one.name} `))
  const node = check && sql.expression(check.expression)
  const columns = node ? [...new Set(columnsOf(node, table))] : []
  return columns.every(canBe) ? columns : []
}

function isInKey(name: string, { primaryKey, foreignKeys, indexes, unique, uniqueParts }: Table): boolean {
  const isOneNull = (columns: readonly string[], i: number) =>
    uniqueParts[i]?.nullsNotDistinct === true && columns.includes(name)
  return (
    [primaryKey, ...foreignKeys.map((key) => key.columns)].some((key) => key.includes(name)) ||
    unique.some(isOneNull) ||
    indexes.some((index) => index.unique && index.nullsNotDistinct && index.columns.includes(name))
  )
}

function withoutValues(columns: unknown, names: readonly string[]): Json {
  const all = columns as Readonly<Record<string, Json>> // parseSchema has read it
  return { ...all, ...Object.fromEntries(names.map((name) => [name, { ...all[name], nullRate: 1 }])) }
}

/** What a table had to give up; none when that did not help and nothing changed. */
function told({ table, message }: Refused, before: Json, after: Json, file: string): readonly Finding[] {
  const [old, made] = [tableIn(before, table), tableIn(after, table)]
  const columns = Object.keys(made.columns).filter((name) => made.columns[name] !== old.columns[name])
  const parts = [
    ...(made.rowCount === old.rowCount
      ? []
      : [made.rowCount === 1 ? '1 row' : `${String(made.rowCount)} rows`]),
    ...(columns.length === 0 ? [] : [`NULL in ${columns.join(', ')}`]),
  ]
  if (parts.length === 0) return []
  return [
    {
      code: 'fewer-values',
      severity: 'warning',
      file,
      message: `${table} gets ${parts.join(' and ')}: ${message}`,
      hint: 'Change rowCount, nullRate or the generator in the schema file if you know better.',
    },
  ]
}

function tableIn(schema: Json, name: string): { columns: Json; rowCount: unknown } {
  const { columns, rowCount } = (schema['tables'] as Readonly<Record<string, Json>>)[name]!
  return { columns: columns as Json, rowCount }
}
