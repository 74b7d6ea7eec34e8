// Keys, indexes and references: the post-data part of what tables become.

import type { ForeignKey, Index, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName } from './names.ts'
import { bracketed, comment } from './object-entries.ts'
import { inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'

export function keyUnits(table: Table, context: EntryContext): Unit[] {
  const { names, major } = context
  const primary = table.primaryKey.filter((name) => !table.columns.get(name)?.hidden)
  const parent = table.partitionOf && context.model.tables.get(table.partitionOf.table)
  const attached = (name: string, parentName: string | undefined) =>
    parent && parentName !== undefined
      ? [attachUnit('CONSTRAINT', table, name, parent, parentName, context)]
      : []
  const units: Unit[] = []
  if (primary.length > 0) {
    const name = names.primary(table)
    const parentName = parent && parent.primaryKey.length > 0 ? names.primary(parent) : undefined
    units.push(
      constraintUnit(
        table,
        name,
        `PRIMARY KEY (${nameList(table.primaryKey, major)})`,
        parent,
        parentName,
        context,
      ),
      ...attached(name, parentName),
    )
  }
  for (const [i, columns] of table.unique.entries()) {
    if (!isWritten(table, columns)) continue
    const name = names.key(table, i)
    const same = parent?.unique.findIndex((other) => other.join('\0') === columns.join('\0')) ?? -1
    const parentName = same >= 0 ? names.key(parent!, same) : undefined
    units.push(
      constraintUnit(table, name, `UNIQUE (${nameList(columns, major)})`, parent, parentName, context),
      ...attached(name, parentName),
    )
  }
  return units
}

function constraintUnit(
  table: Table,
  name: string,
  text: string,
  parent: Table | undefined,
  parentName: string | undefined,
  context: EntryContext,
): Unit {
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  const quoted = quoteName(name, context.major)
  return {
    priority: PRIORITY.constraint,
    schema,
    name,
    tie: local,
    id: `constraint ${name}`,
    needs: parentName === undefined ? [] : [`constraint ${parentName}`],
    entries: [
      {
        tag: `${local} ${name}`,
        type: 'CONSTRAINT',
        section: 'post-data',
        schema,
        definition: `ALTER TABLE ONLY ${sql}\n    ADD CONSTRAINT ${quoted} ${text};\n`,
        drop: `ALTER TABLE ONLY ${sql} DROP CONSTRAINT ${quoted};\n`,
        dependsOn: [
          tableKey(table.name, context),
          ...(parent && parentName !== undefined ? [keyOf('CONSTRAINT', parent, parentName, context)] : []),
        ],
        inTablespace: true,
      },
    ],
  }
}

function attachUnit(
  type: 'CONSTRAINT' | 'INDEX',
  table: Table,
  name: string,
  parent: Table,
  parentName: string,
  context: EntryContext,
): Unit {
  const schema = schemaName(context, table.name)
  return {
    priority: PRIORITY.indexAttach,
    schema,
    name,
    tie: 0,
    id: `attach index ${name}`,
    needs: [],
    entries: [
      {
        tag: name,
        type: 'INDEX ATTACH',
        section: 'post-data',
        schema,
        definition: `ALTER INDEX ${inSchema(context, schemaName(context, parent.name), parentName)} ATTACH PARTITION ${inSchema(context, schema, name)};\n`,
        drop: undefined,
        dependsOn: [
          tableKey(table.name, context),
          tableKey(parent.name, context),
          // Without them a restore with several jobs would attach before both are there.
          keyOf(type, table, name, context),
          keyOf(type, parent, parentName, context),
        ],
      },
    ],
  }
}

export function indexUnits(table: Table, context: EntryContext): Unit[] {
  const schema = schemaName(context, table.name)
  const parent = table.partitionOf && context.model.tables.get(table.partitionOf.table)
  return table.indexes.flatMap((index) => {
    const part = index.partOf !== undefined && parent ? { parent, name: index.partOf } : undefined
    const text = indexText(index, table, context)
    const name = quoteName(index.name, context.major)
    const entry: Draft = {
      tag: index.name,
      type: 'INDEX',
      section: 'post-data',
      schema,
      definition: `${text};\n`,
      drop: index.partOf === undefined ? `DROP INDEX ${quoteName(schema, context.major)}.${name};\n` : '',
      dependsOn: [
        tableKey(table.name, context),
        ...(part ? [keyOf('INDEX', part.parent, part.name, context)] : []),
      ],
      inTablespace: true,
    }
    const unit: Unit = {
      priority: PRIORITY.index,
      schema,
      name: index.name,
      tie: localName(context, table.name),
      id: `index ${index.name}`,
      needs: part ? [`index ${part.name}`] : [],
      entries:
        index.comment === undefined
          ? [entry]
          : [
              entry,
              comment(
                `INDEX ${name}`,
                `INDEX ${quoteName(schema, context.major)}.${name}`,
                index.comment,
                entry,
              ),
            ],
    }
    return part ? [unit, attachUnit('INDEX', table, index.name, part.parent, part.name, context)] : [unit]
  })
}

function indexText(index: Index, table: Table, context: EntryContext): string {
  const { major } = context
  const columns = index.columns.map((column) => indexColumn(column, table, major)).join(', ')
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name, major)} ON `,
    `${table.partitionBy === undefined ? '' : 'ONLY '}${sqlName(context, table.name)} USING ${index.method} (${columns})`,
    index.include.length === 0 ? '' : ` INCLUDE (${nameList(index.include, major)})`,
    index.with === undefined ? '' : ` WITH (${index.with})`,
    index.where ? ` WHERE ${bracketed(index.where).slice(1, -1)}` : '',
  ].join('')
}

/** A column with its order, as pg_get_indexdef prints it (ASC and the usual place of NULLs are left out). */
function indexColumn(entry: string, table: Table, major: number): string {
  const [, name, order = '', nulls = ''] = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/is.exec(
    entry,
  )!
  // An expression, or a column with an operator class, stands as PostgreSQL prints it.
  if (!table.columns.has(name!)) return entry
  const descending = order.toLowerCase() === 'desc'
  const usual = descending ? 'first' : 'last'
  const place = nulls === '' || nulls.toLowerCase() === usual ? '' : ` NULLS ${nulls.toUpperCase()}`
  return `${quoteName(name!, major)}${descending ? ' DESC' : ''}${place}`
}

export function foreignKeyUnits(table: Table, context: EntryContext): Unit[] {
  const { model, names, major } = context
  const [schema, local, sql] = [
    schemaName(context, table.name),
    localName(context, table.name),
    sqlName(context, table.name),
  ]
  return table.foreignKeys
    .filter((key) => (key.database ?? model.database) === model.database && isWritten(table, key.columns))
    .map((key) => {
      const name = names.foreignKey(key)
      const quoted = quoteName(name, major)
      // A reference of a partitioned table is handed down to its partitions, which ONLY would forbid.
      const only = table.partitionBy === undefined ? 'ONLY ' : ''
      return {
        priority: PRIORITY.foreignKey,
        schema,
        name,
        tie: local,
        id: `reference ${local} ${name}`,
        needs: [],
        entries: [
          {
            tag: `${local} ${name}`,
            type: 'FK CONSTRAINT',
            section: 'post-data',
            schema,
            definition: `ALTER TABLE ${only}${sql}\n    ADD CONSTRAINT ${quoted} ${foreignKeyText(key, context)};\n`,
            drop: `ALTER TABLE ${only}${sql} DROP CONSTRAINT ${quoted};\n`,
            dependsOn: [tableKey(table.name, context), ...referencedKey(key, context)],
          },
        ],
      }
    })
}

/** The key it points to, and the table. */
function referencedKey(key: ForeignKey, context: EntryContext): string[] {
  const parent = context.model.tables.get(key.table)
  if (!parent) return []
  const wanted = key.parentColumns.toSorted().join('\0')
  const schema = schemaName(context, parent.name)
  const place = parent.unique.findIndex((columns) => columns.toSorted().join('\0') === wanted)
  const name =
    parent.primaryKey.toSorted().join('\0') === wanted
      ? context.names.primary(parent)
      : place >= 0
        ? context.names.key(parent, place)
        : undefined
  const tag = `${localName(context, parent.name)} ${name}`
  return [
    tableKey(parent.name, context),
    ...(name === undefined ? [] : [entryKey({ type: 'CONSTRAINT', schema, tag })]),
  ]
}

function foreignKeyText(key: ForeignKey, context: EntryContext): string {
  const { major } = context
  return [
    `FOREIGN KEY (${nameList(key.columns, major)})`,
    `REFERENCES ${sqlName(context, key.table)}(${nameList(key.parentColumns, major)})`,
    ...(key.matchFull ? ['MATCH FULL'] : []),
    ...(key.onUpdate ? [`ON UPDATE ${key.onUpdate}`] : []),
    ...(key.onDelete ? [`ON DELETE ${key.onDelete}`] : []),
    ...(key.deferrable ? [`DEFERRABLE${key.deferrable === 'deferred' ? ' INITIALLY DEFERRED' : ''}`] : []),
  ].join(' ')
}

/** Of a constraint or an index: the first is known under its table, too. */
function keyOf(type: 'CONSTRAINT' | 'INDEX', table: Table, name: string, context: EntryContext): string {
  const tag = type === 'INDEX' ? name : `${localName(context, table.name)} ${name}`
  return entryKey({ type, schema: schemaName(context, table.name), tag })
}

export function tableKey(name: string, context: EntryContext): string {
  return entryKey({ type: 'TABLE', schema: schemaName(context, name), tag: localName(context, name) })
}

/** Keys over hidden columns shape the data and stay out of the file. */
function isWritten({ columns }: Table, names: readonly string[]): boolean {
  return names.every((name) => !columns.get(name)?.hidden)
}

function nameList(columns: readonly string[], major: number): string {
  return columns.map((column) => quoteName(column, major)).join(', ')
}
