// Tables with their sequences, comments, defaults and the partitions' ATTACH: the pre-data part of what tables become.

import type { Column, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import { bracketed, comment, counting } from './object-entries.ts'
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
    ...columns.flatMap((column, i) => (column.type.serial ? [defaultUnit(table, column, i, context)] : [])),
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
    .toSorted((a, b) => byBytes(a.name, b.name))
    .map((check) => `    CONSTRAINT ${quoteName(check.name, major)} CHECK ${bracketed(check.expression)}`)
  const lines = [...columns.map((column) => columnLine(table, column, context)), ...checks]
  const isParent = table.partitionBy !== undefined
  const types = ownTypes(columns, context)
  const entry: Draft = {
    tag: local,
    type: 'TABLE',
    section: 'pre-data',
    schema,
    definition: `CREATE TABLE ${sql} (${lines.length === 0 ? '' : `\n${lines.join(',\n')}`}\n)${isParent ? `\nPARTITION BY ${table.partitionBy}` : ''};\n`,
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
    needs: [...types, ...mentioned(table, columns, context)],
    entries: [entry, ...comments(table, columns, entry, context)],
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
    ...[...model.sequences.keys()].filter((name) => texts.includes(quoteText(sqlName(context, name)))),
    ...functions.filter((name) => texts.includes(`${sqlName(context, name)}(`)),
  ]
}

function columnLine(table: Table, column: Column, context: EntryContext): string {
  const { name, type, defaultText, generatedText, collation } = column
  return [
    `    ${quoteName(name, context.major)} ${type.text}`,
    defaultText === undefined ? '' : ` DEFAULT ${defaultText}`,
    generatedText === undefined ? '' : ` GENERATED ALWAYS AS ${bracketed(generatedText)} STORED`,
    isRequired(table, column) ? notNull(table, name, context) : '',
    collation === undefined ? '' : ` COLLATE ${collation}`,
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
  ]
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

function defaultUnit(table: Table, column: Column, place: number, context: EntryContext): Unit {
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const name = quoteName(column.name, context.major)
  const sequence = context.names.sequence(table, column)
  return {
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
        definition: `ALTER TABLE ONLY ${sql} ALTER COLUMN ${name} SET DEFAULT nextval(${quoteText(inSchema(context, schema, sequence))}::regclass);\n`,
        drop: `ALTER TABLE ${sql} ALTER COLUMN ${name} DROP DEFAULT;\n`,
        dependsOn: [
          entryKey({ type: 'SEQUENCE', schema, tag: sequence }),
          entryKey({ type: 'TABLE', schema, tag: local }),
        ],
      },
    ],
  }
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
