// What a dump of the database consists of, entry by entry, in pg_dump's order: by kind, then by name in byte order, then
// moved forward only as far as a dependency needs (pg_dump_sort.c).

import type { Column, ForeignKey, Model, Table } from '../schema/model.ts'
import type { DatabasePlan, TablePlan } from '../plan/plan-types.ts'
import { entryKey, type Entry, type Section } from './entry.ts'
import { freeName, LONGEST_NAME, madeName, quoteName, quoteText } from './names.ts'

/** Everything here lives in `public` and has the database's owner; dumpEntries fills both in. */
type Draft = Omit<Entry, 'schema' | 'owner'>

export type EntryOptions = {
  readonly major: number
  readonly content: 'all' | 'schema' | 'data'
  /** Only tables that pass; their sequences and constraints go with them. */
  readonly includes: (table: string) => boolean
  readonly sections: ReadonlySet<Section>
  /** GRANT and REVOKE. */
  readonly privileges: boolean
  /** Enum types are left out when single tables were asked for, as pg_dump does. */
  readonly onlyTables: boolean
}

export const EVERYTHING = {
  sections: new Set<Section>(['pre-data', 'data', 'post-data']),
  privileges: true,
  onlyTables: false,
} as const

export function dumpEntries({ model, tables }: DatabasePlan, options: EntryOptions): Entry[] {
  const chosen = tables.filter(({ table }) => options.includes(table.name))
  const names = relationNames(model)
  const context = { model, names, major: options.major }
  const schema = options.content !== 'data'
  const data = options.content !== 'schema'
  const drafts = [
    ...(schema && !options.onlyTables ? enumEntries(context) : []),
    ...(schema ? tableEntries(chosen, context) : []),
    ...(schema ? defaultEntries(chosen, context) : []),
    ...(data ? dataEntries(chosen, context, !schema) : []),
    ...(data ? sequenceSets(chosen, context) : []),
    ...(schema ? keyEntries(chosen, context) : []),
    ...(schema ? indexEntries(chosen, context) : []),
    ...(schema ? foreignKeyEntries(chosen, context) : []),
  ]
  return drafts
    .filter(({ section, type }) => options.sections.has(section) && (options.privileges || !isPrivilege(type)))
    .map((draft) => ({ ...draft, schema: 'public', owner: model.owner }))
}

function isPrivilege(type: string): boolean {
  return type === 'ACL' || type === 'DEFAULT ACL'
}

function key(type: string, tag: string): string {
  return entryKey({ type, tag, schema: 'public' })
}

type Context = { readonly model: Model; readonly names: RelationNames; readonly major: number }

/** Names of sequences and constraints: they share one space with tables, so collisions get numbers. */
type RelationNames = {
  readonly sequence: (table: string, column: string) => string
  readonly key: (table: string, columns: readonly string[]) => string
  readonly primary: (table: string) => string
}

function relationNames({ tables }: Model): RelationNames {
  const taken = new Set<string>(tables.keys())
  const made = new Map<string, string>()
  for (const table of tables.values()) for (const { name } of table.indexes) taken.add(name)
  for (const table of tables.values()) {
    for (const column of table.columns.values())
      if (hasSequence(column))
        made.set(`seq ${table.name} ${column.name}`, freeName(taken, table.name, [column.name], 'seq'))
    if (table.primaryKey.length > 0) made.set(`pkey ${table.name}`, freeName(taken, table.name, [], 'pkey'))
    for (const columns of table.unique)
      made.set(`key ${table.name} ${columns.join(' ')}`, freeName(taken, table.name, columns, 'key'))
  }
  return {
    sequence: (table, column) => made.get(`seq ${table} ${column}`)!,
    key: (table, columns) => made.get(`key ${table} ${columns.join(' ')}`)!,
    primary: (table) => made.get(`pkey ${table}`)!,
  }
}

function hasSequence({ type, identity, hidden }: Column): boolean {
  return !hidden && (type.serial === true || identity !== undefined)
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function qualified(name: string, major: number): string {
  return `public.${quoteName(name, major)}`
}

function enumEntries({ model, major }: Context): Draft[] {
  return [...model.enums]
    .toSorted(([a], [b]) => byBytes(a, b))
    .map(([name, labels]) => ({
      tag: name,
      type: 'TYPE',
      section: 'pre-data',
      definition: `CREATE TYPE ${qualified(name, major)} AS ENUM (\n${labels.map((label) => `    ${quoteText(label)}`).join(',\n')}\n);\n`,
      drop: `DROP TYPE ${qualified(name, major)};\n`,
      dependsOn: [],
    }))
}

/** Tables and sequences by name; a sequence never before the table that owns it. */
function tableEntries(tables: readonly TablePlan[], context: Context): Draft[] {
  const objects = tables
    .flatMap(({ table }) => [
      { name: table.name, table, column: undefined as Column | undefined },
      ...[...table.columns.values()]
        .filter(hasSequence)
        .map((column) => ({ name: context.names.sequence(table.name, column.name), table, column })),
    ])
    .toSorted((a, b) => byBytes(a.name, b.name))
  const done = new Set<string>()
  return objects.flatMap(({ table, column, name }) => {
    const first = done.has(table.name) ? [] : tableEntry(table, context)
    done.add(table.name)
    return column ? [...first, ...sequenceEntries(table, column, name, context)] : first
  })
}

function tableEntry(table: Table, { model, major }: Context): Draft[] {
  const columns = [...table.columns.values()].filter(({ hidden }) => !hidden)
  const name = qualified(table.name, major)
  const checks = table.checks
    .toSorted((a, b) => byBytes(a.name, b.name))
    .map((check) => `    CONSTRAINT ${quoteName(check.name, major)} CHECK ${bracketed(check.expression)}`)
  const lines = [...columns.map((column) => columnLine(table, column, major)), ...checks]
  return [
    {
      tag: table.name,
      type: 'TABLE',
      section: 'pre-data',
      definition: `CREATE TABLE ${name} (\n${lines.join(',\n')}\n);\n`,
      drop: `DROP TABLE ${name};\n`,
      dependsOn: [...model.enums]
        .filter(([, labels]) => columns.some(({ type }) => (type.element ?? type).labels === labels))
        .map(([enumName]) => key('TYPE', enumName)),
      inTablespace: true,
      accessMethod: 'heap',
      relationKind: 'r',
    },
    ...commentEntries(table, columns, major),
  ]
}

function columnLine(table: Table, { name, type, defaultText, nullable }: Column, major: number): string {
  const required = !nullable || table.primaryKey.includes(name)
  return [
    `    ${quoteName(name, major)} ${type.text}`,
    defaultText === undefined ? '' : ` DEFAULT ${defaultText}`,
    required ? notNull(table.name, name, major) : '',
  ].join('')
}

/** 18 has named NOT NULL constraints, and prints the name unless it is exactly table_column_not_null. */
function notNull(table: string, column: string, major: number): string {
  const full = `${table}_${column}_not_null`
  if (major < 18 || Buffer.byteLength(full) <= LONGEST_NAME) return ' NOT NULL'
  return ` CONSTRAINT ${quoteName(madeName(table, [column], 'not_null'), major)} NOT NULL`
}

function bracketed(expression: string): string {
  const text = expression.trim()
  return isBracketed(text) ? `(${text})` : `((${text}))`
}

/** Whether the first bracket closes at the very end. */
function isBracketed(text: string): boolean {
  if (!text.startsWith('(')) return false
  const blanked = text.replaceAll(/'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length))
  let depth = 0
  for (let i = 0; i < blanked.length; i++) {
    if (blanked[i] === '(') depth++
    else if (blanked[i] === ')' && --depth === 0) return i === blanked.length - 1
  }
  return false
}

function commentEntries(table: Table, columns: readonly Column[], major: number): Draft[] {
  const name = qualified(table.name, major)
  const entry = (tag: string, on: string, comment: string): Draft => ({
    tag,
    type: 'COMMENT',
    section: 'pre-data',
    definition: `COMMENT ON ${on} IS ${quoteText(comment)};\n`,
    drop: undefined,
    dependsOn: [key('TABLE', table.name)],
  })
  return [
    ...(table.comment
      ? [entry(`TABLE ${quoteName(table.name, major)}`, `TABLE ${name}`, table.comment)]
      : []),
    ...columns
      .filter(({ comment }) => comment)
      .map((column) =>
        entry(
          `COLUMN ${quoteName(table.name, major)}.${quoteName(column.name, major)}`,
          `COLUMN ${name}.${quoteName(column.name, major)}`,
          column.comment!,
        ),
      ),
  ]
}

const COUNTING = '    START WITH 1\n    INCREMENT BY 1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1'

function sequenceEntries(table: Table, column: Column, name: string, { major }: Context): Draft[] {
  const sequence = qualified(name, major)
  const owner = qualified(table.name, major)
  const columnName = quoteName(column.name, major)
  if (column.identity) {
    const kind = column.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'
    return [
      {
        tag: name,
        type: 'SEQUENCE',
        section: 'pre-data',
        definition: `ALTER TABLE ${owner} ALTER COLUMN ${columnName} ADD GENERATED ${kind} AS IDENTITY (\n    SEQUENCE NAME ${sequence}\n${COUNTING}\n);\n`,
        drop: '',
        dependsOn: [key('TABLE', table.name)],
      },
    ]
  }
  const as = column.type.kind === 'int8' ? '' : `    AS ${column.type.text}\n`
  return [
    {
      tag: name,
      type: 'SEQUENCE',
      section: 'pre-data',
      definition: `CREATE SEQUENCE ${sequence}\n${as}${COUNTING};\n`,
      drop: `DROP SEQUENCE ${sequence};\n`,
      dependsOn: [key('TABLE', table.name)],
    },
    {
      tag: name,
      type: 'SEQUENCE OWNED BY',
      section: 'pre-data',
      definition: `ALTER SEQUENCE ${sequence} OWNED BY ${owner}.${columnName};\n`,
      drop: undefined,
      dependsOn: [key('SEQUENCE', name)],
    },
  ]
}

function defaultEntries(tables: readonly TablePlan[], { names, major }: Context): Draft[] {
  return byTableName(tables).flatMap(({ table }) =>
    [...table.columns.values()]
      .filter((column) => column.type.serial && !column.hidden)
      .map((column) => ({
        tag: `${table.name} ${column.name}`,
        type: 'DEFAULT',
        section: 'pre-data' as const,
        definition: `ALTER TABLE ONLY ${qualified(table.name, major)} ALTER COLUMN ${quoteName(column.name, major)} SET DEFAULT nextval(${quoteText(qualified(names.sequence(table.name, column.name), major))}::regclass);\n`,
        drop: `ALTER TABLE ${qualified(table.name, major)} ALTER COLUMN ${quoteName(column.name, major)} DROP DEFAULT;\n`,
        dependsOn: [key('SEQUENCE', names.sequence(table.name, column.name)), key('TABLE', table.name)],
      })),
  )
}

function byTableName(tables: readonly TablePlan[]): TablePlan[] {
  return tables.toSorted((a, b) => byBytes(a.table.name, b.table.name))
}

/** By name; without the schema also parents first, since the constraints are in place already. */
function dataEntries(tables: readonly TablePlan[], { major }: Context, parentsFirst: boolean): Draft[] {
  const sorted = byTableName(tables)
  return (parentsFirst ? movedForward(sorted) : sorted).map((plan) => ({
    tag: plan.table.name,
    type: 'TABLE DATA',
    section: 'data',
    definition: '',
    drop: undefined,
    copy: `COPY ${qualified(plan.table.name, major)} ${columnList(plan, major)}FROM stdin;\n`,
    dependsOn: [key('TABLE', plan.table.name)],
    data: plan,
  }))
}

export function columnList({ columns }: TablePlan, major: number): string {
  if (columns.length === 0) return ' '
  return `(${columns.map(({ column }) => quoteName(column.name, major)).join(', ')}) `
}

/**
 * pg_dump's topological sort: from the end, always the last in order that nothing left must follow. Of each circle the
 * first table forgets the reference that closes it (repairDependencyLoop for table data).
 */
function movedForward(sorted: readonly TablePlan[]): TablePlan[] {
  const present = new Set(sorted.map(({ table }) => table.name))
  const parents = new Map(
    sorted.map((plan) => [plan.table.name, new Set(plan.parents.filter((name) => present.has(name)))]),
  )
  for (const [name, references] of parents)
    for (const parent of references) if (leadsTo(parents, parent, name)) references.delete(parent)
  const left = [...sorted]
  const reversed: TablePlan[] = []
  while (left.length > 0) {
    const free = left.findLastIndex(
      ({ table }) => !left.some((other) => parents.get(other.table.name)!.has(table.name)),
    )
    reversed.push(...left.splice(free, 1))
  }
  return reversed.toReversed()
}

function leadsTo(parents: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>()
  const waiting = [from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === to) return true
    if (seen.has(name)) continue
    seen.add(name)
    waiting.push(...(parents.get(name) ?? []))
  }
  return false
}

function sequenceSets(tables: readonly TablePlan[], { names, major }: Context): Draft[] {
  return tables
    .flatMap((plan) =>
      [...plan.table.columns.values()].filter(hasSequence).map((column) => ({
        name: names.sequence(plan.table.name, column.name),
        last: largestValue(plan, column),
      })),
    )
    .toSorted((a, b) => byBytes(a.name, b.name))
    .map(({ name, last }) => ({
      tag: name,
      type: 'SEQUENCE SET',
      section: 'data',
      definition: `SELECT pg_catalog.setval(${quoteText(qualified(name, major))}, ${Math.max(1, last)}, ${last > 0});\n`,
      drop: undefined,
      dependsOn: [key('SEQUENCE', name)],
    }))
}

/** The largest value of a counted column, so that the sequence goes on behind it. Sequences are monotone, so the ends decide. */
export function largestValue({ columns, rows }: TablePlan, column: Column): number {
  const cell = columns.find((one) => one.column === column)?.cell
  if (!cell || rows === 0) return 0
  let largest = Math.max(Number(cell.value(0) ?? 0), Number(cell.value(rows - 1) ?? 0))
  const counted =
    column.generator === undefined && Object.keys(column.settings).length === 0 && !column.derive
  if (counted || column.generator?.name === 'sequence') return largest
  for (let row = 0; row < rows; row++) largest = Math.max(largest, Number(cell.value(row) ?? 0))
  return largest
}

function keyEntries(tables: readonly TablePlan[], { names, major }: Context): Draft[] {
  const keys = tables.flatMap(({ table }) => [
    ...(table.primaryKey.length > 0
      ? [
          {
            table,
            name: names.primary(table.name),
            text: `PRIMARY KEY (${nameList(table.primaryKey, major)})`,
          },
        ]
      : []),
    ...table.unique
      .filter((columns) => isWritten(table, columns))
      .map((columns) => ({
        table,
        name: names.key(table.name, columns),
        text: `UNIQUE (${nameList(columns, major)})`,
      })),
  ])
  return keys.toSorted(byNameThenTable).map(({ table, name, text }) => ({
    tag: `${table.name} ${name}`,
    type: 'CONSTRAINT',
    section: 'post-data',
    definition: `ALTER TABLE ONLY ${qualified(table.name, major)}\n    ADD CONSTRAINT ${quoteName(name, major)} ${text};\n`,
    drop: `ALTER TABLE ONLY ${qualified(table.name, major)} DROP CONSTRAINT ${quoteName(name, major)};\n`,
    dependsOn: [key('TABLE', table.name)],
    inTablespace: true,
  }))
}

/** Keys over hidden columns shape the data and stay out of the file. */
function isWritten({ columns }: Table, names: readonly string[]): boolean {
  return names.every((name) => !columns.get(name)?.hidden)
}

function byNameThenTable(a: { name: string; table: Table }, b: { name: string; table: Table }): number {
  return byBytes(a.name, b.name) || byBytes(a.table.name, b.table.name)
}

function nameList(columns: readonly string[], major: number): string {
  return columns.map((column) => quoteName(column, major)).join(', ')
}

function indexEntries(tables: readonly TablePlan[], { major }: Context): Draft[] {
  return tables
    .flatMap(({ table }) => table.indexes.map((index) => ({ table, name: index.name, index })))
    .toSorted(byNameThenTable)
    .map(({ table, name, index }) => ({
      tag: name,
      type: 'INDEX',
      section: 'post-data',
      definition: `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(name, major)} ON ${qualified(table.name, major)} USING ${index.method} (${index.columns.map((column) => indexColumn(column, major)).join(', ')})${index.where ? ` WHERE ${bracketed(index.where).slice(1, -1)}` : ''};\n`,
      drop: `DROP INDEX ${qualified(name, major)};\n`,
      dependsOn: [key('TABLE', table.name)],
      inTablespace: true,
    }))
}

/** A column with its order, as pg_get_indexdef prints it (ASC and the usual place of NULLs are left out). */
function indexColumn(entry: string, major: number): string {
  if (entry.includes('(')) return entry
  const [, name, order = '', nulls = ''] = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i.exec(
    entry,
  )!
  const descending = order.toLowerCase() === 'desc'
  const usual = descending ? 'first' : 'last'
  const place = nulls === '' || nulls.toLowerCase() === usual ? '' : ` NULLS ${nulls.toUpperCase()}`
  return `${quoteName(name!, major)}${descending ? ' DESC' : ''}${place}`
}

function foreignKeyEntries(tables: readonly TablePlan[], { model, names, major }: Context): Draft[] {
  return tables
    .flatMap(({ table }) => {
      const taken = new Set<string>()
      return table.foreignKeys
        .filter(
          (reference) =>
            (reference.database ?? model.database) === model.database && isWritten(table, reference.columns),
        )
        .map((reference) => ({
          table,
          reference,
          name: freeName(taken, table.name, reference.columns, 'fkey'),
        }))
    })
    .toSorted(byNameThenTable)
    .map(({ table, reference, name }) => ({
      tag: `${table.name} ${name}`,
      type: 'FK CONSTRAINT',
      section: 'post-data',
      definition: `ALTER TABLE ONLY ${qualified(table.name, major)}\n    ADD CONSTRAINT ${quoteName(name, major)} ${foreignKeyText(reference, major)};\n`,
      drop: `ALTER TABLE ONLY ${qualified(table.name, major)} DROP CONSTRAINT ${quoteName(name, major)};\n`,
      dependsOn: [
        key('TABLE', table.name),
        key('CONSTRAINT', `${reference.table} ${keyName(reference, model, names)}`),
        key('TABLE', reference.table),
      ],
    }))
}

/** The parent's key that the reference needs: the primary one, or a unique one over the same columns. */
function keyName({ table, parentColumns }: ForeignKey, { tables }: Model, names: RelationNames): string {
  const parent = tables.get(table)!
  const isPrimary = [...parent.primaryKey].toSorted().join() === parentColumns.toSorted().join()
  if (isPrimary) return names.primary(table)
  const columns = parent.unique.find((one) => one.toSorted().join() === parentColumns.toSorted().join())
  return columns ? names.key(table, columns) : ''
}

function foreignKeyText(key: ForeignKey, major: number): string {
  return [
    `FOREIGN KEY (${nameList(key.columns, major)})`,
    `REFERENCES ${qualified(key.table, major)}(${nameList(key.parentColumns, major)})`,
    ...(key.onUpdate ? [`ON UPDATE ${key.onUpdate}`] : []),
    ...(key.onDelete ? [`ON DELETE ${key.onDelete}`] : []),
  ].join(' ')
}
