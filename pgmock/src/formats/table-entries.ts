// Tables with their sequences, comments, defaults and the partitions' ATTACH: the pre-data part of what tables become.

import type { Check, Column, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import { acl, comment, privilegeEntries } from './detail-entries.ts'
import { bracketed, counting } from './object-entries.ts'
import { privilegeStatements } from './privileges.ts'
import {
  hasSequence,
  inSchema,
  isRequired,
  isUsualNotNull,
  localName,
  schemaName,
  sqlName,
  type EntryContext,
} from './relation-names.ts'
import { byBytes, PRIORITY, type Draft, type Unit } from './sort-units.ts'

export function tableUnits(table: Table, context: EntryContext): Unit[] {
  const columns = [...table.columns.values()].filter(({ hidden }) => !hidden)
  return [
    tableUnit(table, columns, context),
    ...columns.filter(hasSequence).map((column) => sequenceUnit(table, column, context)),
    ...columns.flatMap((column, i) => separateDefault(table, column, i, context)),
    ...(table.partitionOf ? [attachUnit(table, table.partitionOf, context)] : []),
  ]
}

function tableUnit(table: Table, columns: readonly Column[], context: EntryContext): Unit {
  const { model, major } = context
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const checks = table.checks
    .filter((check) => !check.inherited && !isLate(check))
    .toSorted((a, b) => byBytes(a.name, b.name))
    .map((check) => `    CONSTRAINT ${quoteName(check.name, major)} ${checkText(check)}`)
  const lines = [...columns.flatMap((column) => columnLine(table, column, context)), ...checks]
  const isParent = table.partitionBy !== undefined
  const types = ownTypes(columns, context)
  const entry: Draft = {
    tag: local,
    type: 'TABLE',
    section: 'pre-data',
    schema,
    owner: table.owner,
    definition: [
      `CREATE ${table.unlogged ? 'UNLOGGED ' : ''}TABLE ${sql} (${lines.length === 0 ? '' : `\n${lines.join(',\n')}`}\n)`,
      table.inherits.length === 0
        ? ''
        : `\nINHERITS (${table.inherits.map((parent) => sqlName(context, parent)).join(', ')})`,
      isParent ? `\nPARTITION BY ${table.partitionBy}` : '',
      table.with === undefined ? '' : `\nWITH (${table.with})`,
      ';\n',
      ...columns.map((column) => columnSettings(column, table, context)),
      identity(table, sql),
      table.rowSecurity === 'forced' ? `\nALTER TABLE ONLY ${sql} FORCE ROW LEVEL SECURITY;\n` : '',
    ].join(''),
    drop: `DROP TABLE ${sql};\n`,
    dependsOn: types.map((name) =>
      entryKey({
        type: model.domains.has(name) ? 'DOMAIN' : 'TYPE',
        schema: schemaName(context, name),
        tag: localName(context, name),
      }),
    ),
    inTablespace: true,
    ...(isParent ? {} : { accessMethod: 'heap' as const }),
    relationKind: isParent ? 'p' : 'r',
  }
  return {
    priority: PRIORITY.table,
    schema,
    name: local,
    tie: 0,
    id: table.name,
    needs: [...types, ...mentioned(table, columns, context), ...table.inherits],
    entries: [entry, ...comments(table, columns, entry, context), ...grants(table, columns, entry, context)],
  }
}

function ownTypes(columns: readonly Column[], { model }: EntryContext): string[] {
  const texts = new Set(columns.map(({ type }) => (type.element ?? type).text))
  return [
    ...model.enums.keys(),
    ...model.domains.keys(),
    ...model.objects.filter(({ kind }) => kind === 'TYPE').map(({ name }) => name),
  ].filter((name) => texts.has(sqlText(name, model.schemas)))
}

function sqlText(name: string, schemas: ReadonlySet<string>): string {
  const dot = name.indexOf('.')
  const prefix = name.slice(0, Math.max(0, dot))
  return dot > 0 && schemas.has(prefix)
    ? `${quoteName(prefix, 18)}.${quoteName(name.slice(dot + 1), 18)}`
    : `public.${quoteName(name, 18)}`
}

/** Free sequences and functions that defaults and checks name. */
function mentioned(table: Table, columns: readonly Column[], context: EntryContext): string[] {
  const { model } = context
  const texts = [
    ...columns.flatMap(({ defaultText, generatedText }) => [defaultText ?? '', generatedText ?? '']),
    ...table.checks.map(({ expression }) => expression),
  ].join('\n')
  if (!texts.includes('.')) return []
  const functions = model.objects.filter(({ kind }) => kind === 'FUNCTION').map(({ name }) => name)
  return [
    ...[...model.sequences]
      .filter(
        ([name, { ownedBy }]) =>
          !ownedBy?.startsWith(`${table.name}.`) && texts.includes(quoteText(sqlName(context, name))),
      )
      .map(([name]) => name),
    ...functions.filter((name) => texts.includes(`${sqlName(context, name)}(`)),
  ]
}

/** What CREATE TABLE says of a column: nothing of one that another table brings, but its own NOT NULL in 18. */
function columnLine(table: Table, column: Column, context: EntryContext): string[] {
  const { name, type, defaultText, generatedText, collation } = column
  if (column.inherited)
    return context.major >= 18 && isStricter(table, column, context)
      ? [`   ${notNull(table, name, context)} ${quoteName(name, context.major)}`]
      : []
  return [
    [
      `    ${quoteName(name, context.major)} ${type.text}`,
      defaultText === undefined || isOfOwnSequence(table, defaultText, context)
        ? ''
        : ` DEFAULT ${defaultText}`,
      generatedText === undefined
        ? ''
        : ` GENERATED ALWAYS AS ${bracketed(generatedText)}${column.virtual ? '' : ' STORED'}`,
      isRequired(table, column) ? notNull(table, name, context) : '',
      collation === undefined ? '' : ` COLLATE ${collation}`,
    ].join(''),
  ]
}

/** NOT NULL here, though the tables it comes from allow NULL. */
function isStricter(table: Table, column: Column, { model }: EntryContext): boolean {
  return (
    isRequired(table, column) &&
    !table.inherits.some((name) => {
      const parent = model.tables.get(name)
      const same = parent?.columns.get(column.name)
      return parent && same && isRequired(parent, same)
    })
  )
}

/** The ALTER TABLEs that follow CREATE TABLE at once. */
function columnSettings(column: Column, table: Table, context: EntryContext): string {
  const alter = `ALTER TABLE ONLY ${sqlName(context, table.name)} ALTER COLUMN ${quoteName(column.name, context.major)}`
  const required = column.inherited && context.major < 18 && isStricter(table, column, context)
  return [
    required ? `${alter} SET NOT NULL;\n` : '',
    column.statistics === undefined ? '' : `${alter} SET STATISTICS ${column.statistics};\n`,
    column.storage === undefined ? '' : `${alter} SET STORAGE ${column.storage.toUpperCase()};\n`,
    column.compression === undefined ? '' : `${alter} SET COMPRESSION ${column.compression};\n`,
    column.options === undefined ? '' : `${alter} SET (${column.options});\n`,
  ].join('')
}

function identity({ replicaIdentity }: Table, sql: string): string {
  return typeof replicaIdentity === 'string'
    ? `\nALTER TABLE ONLY ${sql} REPLICA IDENTITY ${replicaIdentity.toUpperCase()};\n`
    : ''
}

/** Checks that need not hold for all rows come after the data. */
export function isLate(check: Check): boolean {
  return check.notValid === true || check.notEnforced === true
}

/** As pg_get_constraintdef prints it. */
export function checkText({ expression, noInherit, notEnforced, notValid }: Check): string {
  return [
    `CHECK ${bracketed(expression)}`,
    noInherit ? ' NO INHERIT' : '',
    notEnforced ? ' NOT ENFORCED' : notValid ? ' NOT VALID' : '',
  ].join('')
}

/** 18 has named NOT NULL constraints, and prints the name unless it is exactly table_column_not_null. */
function notNull(table: Table, column: string, context: EntryContext): string {
  const name = context.names.notNull(table, column)
  if (context.major < 18 || isUsualNotNull(localName(context, table.name), column, name)) return ' NOT NULL'
  return ` CONSTRAINT ${quoteName(name, context.major)} NOT NULL`
}

function comments(table: Table, columns: readonly Column[], entry: Draft, context: EntryContext): Draft[] {
  const [sql, local] = [
    sqlName(context, table.name),
    quoteName(localName(context, table.name), context.major),
  ]
  return [
    ...(table.comment ? [comment(`TABLE ${local}`, `TABLE ${sql}`, table.comment, entry)] : []),
    ...columns.flatMap((column) => {
      const name = quoteName(column.name, context.major)
      return column.comment
        ? [comment(`COLUMN ${local}.${name}`, `COLUMN ${sql}.${name}`, column.comment, entry)]
        : []
    }),
    ...table.checks
      .filter((check) => !isLate(check))
      .toSorted((a, b) => byBytes(a.name, b.name))
      .flatMap((check) => constraintComment(table, check.name, check.comment, entry, context)),
  ]
}

/** COMMENT ON CONSTRAINT, or nothing. */
export function constraintComment(
  table: Table,
  name: string,
  text: string | undefined,
  of: Draft,
  context: EntryContext,
): Draft[] {
  if (!text) return []
  const constraint = `CONSTRAINT ${quoteName(name, context.major)} ON`
  const local = quoteName(localName(context, table.name), context.major)
  return [comment(`${constraint} ${local}`, `${constraint} ${sqlName(context, table.name)}`, text, of)]
}

/** Of the table, then of its columns. */
function grants(table: Table, columns: readonly Column[], entry: Draft, context: EntryContext): Draft[] {
  const { major, model } = context
  const sql = sqlName(context, table.name)
  const local = quoteName(localName(context, table.name), major)
  const ofColumns = columns.flatMap(({ name, grants: given }) => {
    if (!given) return []
    const owner = table.owner ?? model.owner
    const granted = { kind: 'COLUMN', on: `TABLE ${sql}`, grants: given, owner, major, column: name } as const
    const statements = privilegeStatements(granted)
    return statements === '' ? [] : [acl(`COLUMN ${local}.${quoteName(name, major)}`, statements, entry)]
  })
  const described = { kind: 'TABLE', tag: local, sql, privileges: 'TABLE' } as const
  return [...privilegeEntries(entry, described, table.grants, context), ...ofColumns]
}

function sequenceUnit(table: Table, column: Column, context: EntryContext): Unit {
  const schema = schemaName(context, table.name)
  const name = context.names.sequence(table, column)
  const sql = inSchema(context, schema, name)
  const owner = sqlName(context, table.name)
  const columnName = quoteName(column.name, context.major)
  const base = { tag: name, section: 'pre-data', schema } as const
  const dependsOn = [entryKey({ type: 'TABLE', schema, tag: localName(context, table.name) })]
  const as = column.type.kind === 'int8' ? '' : `    AS ${column.type.text}\n`
  const kind = column.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'
  const sequence: Draft = column.identity
    ? {
        ...base,
        type: 'SEQUENCE',
        definition: `ALTER TABLE ${owner} ALTER COLUMN ${columnName} ADD GENERATED ${kind} AS IDENTITY (\n    SEQUENCE NAME ${sql}\n${counting(column.sequence)}\n);\n`,
        drop: '',
        dependsOn,
      }
    : {
        ...base,
        type: 'SEQUENCE',
        definition: `CREATE SEQUENCE ${sql}\n${as}${counting(column.sequence)};\n`,
        drop: `DROP SEQUENCE ${sql};\n`,
        dependsOn,
      }
  const owned: Draft = {
    ...base,
    type: 'SEQUENCE OWNED BY',
    definition: `ALTER SEQUENCE ${sql} OWNED BY ${owner}.${columnName};\n`,
    drop: undefined,
    dependsOn: [entryKey(sequence)],
  }
  return {
    priority: PRIORITY.table,
    schema,
    name,
    tie: 0,
    id: `sequence ${table.name} ${column.name}`,
    needs: [table.name],
    entries: column.identity ? [sequence] : [sequence, owned],
  }
}

/** Defaults that CREATE TABLE cannot hold: of a serial column, whose sequence comes later, and of an inherited one. */
function separateDefault(table: Table, column: Column, place: number, context: EntryContext): Unit[] {
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const name = quoteName(column.name, context.major)
  const sequence = column.type.serial ? context.names.sequence(table, column) : undefined
  const text = sequence
    ? `nextval(${quoteText(inSchema(context, schema, sequence))}::regclass)`
    : column.inherited || isOfOwnSequence(table, column.defaultText, context)
      ? (column.defaultText ?? inheritedSequence(table, column, context))
      : undefined
  if (text === undefined) return []
  return [
    {
      priority: PRIORITY.default,
      schema,
      name: local,
      tie: place,
      id: `default ${table.name} ${column.name}`,
      needs: [],
      entries: [
        {
          tag: `${local} ${column.name}`,
          type: 'DEFAULT',
          section: 'pre-data',
          schema,
          definition: `ALTER TABLE ONLY ${sql} ALTER COLUMN ${name} SET DEFAULT ${text};\n`,
          drop: `ALTER TABLE ${sql} ALTER COLUMN ${name} DROP DEFAULT;\n`,
          dependsOn: [
            ...(sequence ? [entryKey({ type: 'SEQUENCE', schema, tag: sequence })] : []),
            entryKey({ type: 'TABLE', schema, tag: local }),
          ],
        },
      ],
    },
  ]
}

/** A sequence that a column of the table owns comes after the table, so that a default by it cannot stand in there. */
function isOfOwnSequence(table: Table, text: string | undefined, context: EntryContext): boolean {
  if (!text?.startsWith('nextval(')) return false
  return [...context.model.sequences].some(
    ([name, { ownedBy }]) =>
      ownedBy?.startsWith(`${table.name}.`) &&
      text === `nextval(${quoteText(sqlName(context, name))}::regclass)`,
  )
}

/** A column that a table takes over from a serial one counts by the same sequence. */
function inheritedSequence(table: Table, { name }: Column, context: EntryContext): string | undefined {
  for (const parentName of table.inherits) {
    const parent = context.model.tables.get(parentName)
    const column = parent?.columns.get(name)
    if (!parent || !column) continue
    if (!column.type.serial) return inheritedSequence(parent, column, context)
    const sequence = inSchema(
      context,
      schemaName(context, parentName),
      context.names.sequence(parent, column),
    )
    return `nextval(${quoteText(sequence)}::regclass)`
  }
  return undefined
}

/** ALTER TABLE … ENABLE ROW LEVEL SECURITY: sorted among the policies, under the table's own name. */
export function rowSecurityUnits(table: Table, context: EntryContext): Unit[] {
  if (!table.rowSecurity) return []
  const [schema, local] = [schemaName(context, table.name), localName(context, table.name)]
  return [
    {
      priority: PRIORITY.policy,
      schema,
      name: local,
      tie: local,
      id: `row security ${table.name}`,
      needs: [],
      entries: [
        {
          tag: local,
          type: 'ROW SECURITY',
          section: 'post-data',
          schema,
          owner: table.owner,
          // Without a newline: there is one blank line less behind it.
          definition: `ALTER TABLE ${sqlName(context, table.name)} ENABLE ROW LEVEL SECURITY;`,
          drop: undefined,
          dependsOn: [entryKey({ type: 'TABLE', schema, tag: local })],
        },
      ],
    },
  ]
}

function attachUnit(
  table: Table,
  { table: parent, bound }: NonNullable<Table['partitionOf']>,
  context: EntryContext,
): Unit {
  const [schema, local] = [schemaName(context, table.name), localName(context, table.name)]
  return {
    priority: PRIORITY.tableAttach,
    schema,
    name: local,
    tie: 0,
    id: `attach ${table.name}`,
    needs: [],
    entries: [
      {
        tag: local,
        type: 'TABLE ATTACH',
        section: 'pre-data',
        schema,
        definition: `ALTER TABLE ONLY ${sqlName(context, parent)} ATTACH PARTITION ${sqlName(context, table.name)} ${bound};\n`,
        drop: undefined,
        dependsOn: [parent, table.name].map((name) =>
          entryKey({ type: 'TABLE', schema: schemaName(context, name), tag: localName(context, name) }),
        ),
      },
    ],
  }
}
