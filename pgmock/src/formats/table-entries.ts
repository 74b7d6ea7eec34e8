// Tables with their sequences, comments, defaults and the partitions' ATTACH: the pre-data part of what tables become.

import type { Column, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import {
  checkText,
  columnLine,
  columnSettings,
  inheritedSequence,
  isLate,
  isOfOwnSequence,
} from './column-text.ts'
import { acl, comment, privilegeEntries } from './detail-entries.ts'
import { counting } from './object-entries.ts'
import { privilegeStatements } from './privileges.ts'
import { hasSequence, inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
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

function identity({ replicaIdentity }: Table, sql: string): string {
  return typeof replicaIdentity === 'string'
    ? `\nALTER TABLE ONLY ${sql} REPLICA IDENTITY ${replicaIdentity.toUpperCase()};\n`
    : ''
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
