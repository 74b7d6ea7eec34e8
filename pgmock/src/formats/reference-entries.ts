// FOREIGN KEY constraints: the last of what tables become.

import type { ForeignKey, Table } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName } from './names.ts'
import { localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { PRIORITY, type Draft, type Unit } from './sort-units.ts'
import { constraintComment } from './table-entries.ts'
import { isWritten, nameList, tableKey } from './table-parts.ts'

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
      const entry: Draft = {
        tag: `${local} ${name}`,
        type: 'FK CONSTRAINT',
        section: 'post-data',
        schema,
        owner: table.owner,
        definition: `ALTER TABLE ${only}${sql}\n    ADD CONSTRAINT ${quoted} ${foreignKeyText(key, context)};\n`,
        drop: `ALTER TABLE ${only}${sql} DROP CONSTRAINT ${quoted};\n`,
        dependsOn: [tableKey(table.name, context), ...referencedKey(key, context)],
      }
      return {
        priority: PRIORITY.foreignKey,
        schema,
        name,
        tie: local,
        id: `reference ${local} ${name}`,
        needs: [],
        entries: [entry, ...constraintComment(table, name, key.comment, entry, context)],
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
  const list = (columns: readonly string[]) => {
    const plain = columns.slice(0, -1).map((column) => quoteName(column, major))
    const last = quoteName(columns.at(-1) ?? '', major)
    return `(${[...plain, key.period ? `PERIOD ${last}` : last].join(', ')})`
  }
  const set = key.setColumns ?? []
  return [
    `FOREIGN KEY ${list(key.columns)}`,
    `REFERENCES ${sqlName(context, key.table)}${list(key.parentColumns)}`,
    ...(key.matchFull ? ['MATCH FULL'] : []),
    ...(key.onUpdate ? [`ON UPDATE ${key.onUpdate}`] : []),
    ...(key.onDelete
      ? [`ON DELETE ${key.onDelete}${set.length === 0 ? '' : ` (${nameList(set, major)})`}`]
      : []),
    ...(key.deferrable ? [`DEFERRABLE${key.deferrable === 'deferred' ? ' INITIALLY DEFERRED' : ''}`] : []),
    ...(key.notEnforced ? ['NOT ENFORCED'] : key.notValid ? ['NOT VALID'] : []),
  ].join(' ')
}
