import type { Column, Exclude, ForeignKey, Index, Model, Table } from '../schema/model.ts'
import { freeName, madeName, quoteName, splitSchema } from './names.ts'

export type EntryContext = {
  readonly model: Model
  readonly names: RelationNames
  readonly major: number
}

/** Names of sequences, keys and indexes (local, without schema): they share one space with the tables of their schema. */
export type RelationNames = {
  readonly sequence: (table: Table, column: Column) => string
  readonly key: (table: Table, place: number) => string
  readonly primary: (table: Table) => string
  readonly exclude: (exclude: Exclude) => string
  readonly index: (index: Index) => string
  readonly foreignKey: (key: ForeignKey) => string
  /** As 18 names it. */
  readonly notNull: (table: Table, column: string) => string
}

export function relationNames({ tables, schemas, sequences, objects }: Model): RelationNames {
  const relations = new NameSpaces()
  const constraints = new NameSpaces()
  const made = new Map<unknown, string>()
  const of = (name: string) => splitSchema(name, schemas)
  const RELATIONS = new Set(['VIEW', 'MATERIALIZED VIEW'])
  for (const name of [...tables.keys(), ...sequences.keys()]) relations.take(of(name))
  for (const { kind, name } of objects) if (RELATIONS.has(kind)) relations.take(of(name))
  // Given names first: what is made up goes round them.
  for (const table of tables.values()) {
    const { schema } = of(table.name)
    const take = (name: string | undefined) => name !== undefined && relations.take({ schema, local: name })
    for (const { name } of table.indexes) take(name)
    for (const { sequence } of table.columns.values()) take(sequence.name)
    take(table.primaryKeyName)
    for (const name of table.uniqueNames) take(name)
    for (const { name } of table.excludes) take(name)
  }
  for (const table of tables.values()) {
    const { schema, local } = of(table.name)
    const space = relations.of(schema)
    for (const column of table.columns.values())
      if (hasSequence(column))
        made.set(column, column.sequence.name ?? freeName(space, local, [column.name], 'seq'))
    if (table.primaryKey.length > 0)
      made.set(table, table.primaryKeyName ?? freeName(space, local, [], 'pkey'))
    for (const [i, columns] of table.unique.entries())
      made.set(columns, table.uniqueNames[i] ?? freeName(space, local, columns, 'key'))
    for (const exclude of table.excludes) {
      const words = exclude.elements.map(({ column }) =>
        table.columns.has(column) ? column : expressionWord(column),
      )
      made.set(exclude, exclude.name ?? freeName(space, local, words, 'excl'))
    }
    for (const check of table.checks) constraints.take({ schema, local: check.name })
    for (const column of table.columns.values())
      if (isRequired(table, column))
        made.set(
          `${table.name} ${column.name}`,
          column.notNullName ?? freeName(constraints.of(schema), local, [column.name], 'not_null'),
        )
    const taken = new Set(table.foreignKeys.flatMap(({ name }) => name ?? []))
    for (const key of table.foreignKeys)
      made.set(key, key.name ?? freeName(taken, local, key.columns, 'fkey'))
  }
  return {
    sequence: (_, column) => made.get(column)!,
    key: (table, place) => made.get(table.unique[place])!,
    primary: (table) => made.get(table)!,
    exclude: (exclude) => made.get(exclude)!,
    index: (index) => index.name,
    foreignKey: (key) => made.get(key)!,
    notNull: (table, column) => made.get(`${table.name} ${column}`)!,
  }
}

/** What an expression contributes to a made-up name: its function's, else `expr`. */
function expressionWord(expression: string): string {
  return /^\(*(?:\w+\.)?([a-z_][a-z0-9_]*)\(/.exec(expression)?.[1] ?? 'expr'
}

class NameSpaces {
  readonly #bySchema = new Map<string, Set<string>>()

  of(schema: string): Set<string> {
    const known = this.#bySchema.get(schema)
    if (known) return known
    const fresh = new Set<string>()
    this.#bySchema.set(schema, fresh)
    return fresh
  }

  take({ schema, local }: { schema: string; local: string }): void {
    this.of(schema).add(local)
  }
}

export function hasSequence({ type, identity, hidden }: Column): boolean {
  return !hidden && (type.serial === true || identity !== undefined)
}

export function isRequired(table: Table, { name, nullable }: Column): boolean {
  return !nullable || table.primaryKey.includes(name)
}

/** Whether 18 leaves the name of a NOT NULL out: exactly table_column_not_null. */
export function isUsualNotNull(local: string, column: string, name: string): boolean {
  return name === `${local}_${column}_not_null` && name === madeName(local, [column], 'not_null')
}

export function localName({ model }: EntryContext, name: string): string {
  return splitSchema(name, model.schemas).local
}

export function schemaName({ model }: EntryContext, name: string): string {
  return splitSchema(name, model.schemas).schema
}

/** `public.users`, from the name in the file. */
export function sqlName(context: EntryContext, name: string): string {
  return inSchema(context, schemaName(context, name), localName(context, name))
}

export function inSchema({ major }: EntryContext, schema: string, local: string): string {
  return `${quoteName(schema, major)}.${quoteName(local, major)}`
}
