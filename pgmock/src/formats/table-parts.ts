// What keys, indexes and references of a table have in common.

import type { Index, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName } from './names.ts'
import { inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Unit } from './sort-units.ts'

/** ALTER INDEX … ATTACH PARTITION. */
export function indexAttachUnit(
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

/** Of a constraint or an index: the first is known under its table, too. */
export function keyOf(
  type: 'CONSTRAINT' | 'INDEX',
  table: Table,
  name: string,
  context: EntryContext,
): string {
  const tag = type === 'INDEX' ? name : `${localName(context, table.name)} ${name}`
  return entryKey({ type, schema: schemaName(context, table.name), tag })
}

export function tableKey(name: string, context: EntryContext): string {
  return entryKey({ type: 'TABLE', schema: schemaName(context, name), tag: localName(context, name) })
}

/** Keys over hidden columns shape the data and stay out of the file. */
export function isWritten({ columns }: Table, names: readonly string[]): boolean {
  return names.every((name) => !columns.get(name)?.hidden)
}

export function nameList(columns: readonly string[], major: number): string {
  return columns.map((column) => quoteName(column, major)).join(', ')
}

/**
 * What a table's rows are ordered by, and how replicas know them: printed with the index it names. Targets of statistics
 * stand between the two.
 */
export function indexRoles(
  table: Table,
  name: string,
  context: EntryContext,
  statistics: Index['statistics'] = {},
): string {
  const sql = sqlName(context, table.name)
  const quoted = quoteName(name, context.major)
  const { clusterOn, replicaIdentity } = table
  const isIdentity = typeof replicaIdentity === 'object' && replicaIdentity.index === name
  return [
    clusterOn === name ? `\nALTER TABLE ${sql} CLUSTER ON ${quoted};\n` : '',
    ...Object.entries(statistics).map(
      ([place, target]) =>
        `ALTER INDEX ${inSchema(context, schemaName(context, table.name), name)} ALTER COLUMN ${place} SET STATISTICS ${target};\n`,
    ),
    isIdentity ? `\nALTER TABLE ONLY ${sql} REPLICA IDENTITY USING INDEX ${quoted};\n` : '',
  ].join('')
}
