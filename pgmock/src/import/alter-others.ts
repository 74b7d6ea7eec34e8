// What ALTER TABLE says of triggers, owners, indexes, views and partitions.

import type { AlterTableCmd, Node } from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { keyOf, type Catalog, type Name, type Table } from './catalog.ts'
import { columnOptions } from './foreign-tables.ts'
import { LeftOut, MAJOR, relationName } from './lookup.ts'
import { mergedOptions, withoutOptions } from './options.ts'
import { boundText } from './partitions.ts'
import { roleName, setOwner, SUPERUSER } from './privileges.ts'

/** ENABLE and DISABLE of triggers and rules, which stand behind them in a dump. */
export function switched(table: Table, subtype: string, name: string, catalog: Catalog): boolean {
  const [, word = '', kind = ''] =
    /^AT_(EnableAlways|EnableReplica|Enable|Disable)(Trig|Rule)/.exec(subtype) ?? []
  if (kind === '') return false
  const type = kind === 'Trig' ? 'TRIGGER' : 'RULE'
  const on = `${quoteName(table.schema, MAJOR)}.${quoteName(table.name, MAJOR)}`
  const state = { EnableAlways: 'ENABLE ALWAYS', EnableReplica: 'ENABLE REPLICA', Disable: 'DISABLE' }[word]
  for (const object of catalog.objects) {
    if (object.kind !== type || !object.table || keyOf(object.table) !== keyOf(table)) continue
    if (!/(?:All|User)$/.test(subtype) && object.name !== name) continue
    const plain = object.sql.replace(/\n\nALTER TABLE [^\n]*;$/, '')
    object.sql =
      state === undefined
        ? plain
        : `${plain}\n\nALTER TABLE ${on} ${state} ${type} ${quoteName(object.name, MAJOR)};`
  }
  return true
}

export function changeOwner(name: Name, { newowner }: AlterTableCmd, catalog: Catalog): void {
  const key = keyOf(name)
  const found =
    catalog.tables.get(key) ??
    catalog.sequences.get(key) ??
    catalog.objects.find((one) => keyOf(one) === key && /VIEW|TABLE|TYPE/.test(one.kind))
  if (found) setOwner(found, roleName(newowner) ?? SUPERUSER)
}

/** Indexes, and what belongs to views: false when the name is of nothing we know. */
export function alterOther(
  name: Name,
  { subtype, def, name: column = '', num: place = 0 }: AlterTableCmd,
  catalog: Catalog,
): boolean {
  const foreign = catalog.objects.find((one) => one.kind === 'FOREIGN TABLE' && keyOf(one) === keyOf(name))
  if (foreign && subtype === 'AT_AlterColumnGenericOptions' && def && 'List' in def) {
    foreign.sql += `\n${columnOptions(name, column, def.List.items ?? [])}`
    return true
  }
  if (catalog.objects.some((one) => keyOf(one) === keyOf(name)))
    throw new LeftOut('sql-left-out', `${name.name}: ${String(subtype)} of what is no table is left out`)
  for (const table of catalog.tables.values()) {
    const index =
      table.schema === name.schema ? table.indexes.find((one) => one.name === name.name) : undefined
    if (!index) continue
    if (subtype === 'AT_SetRelOptions' && def && 'List' in def)
      index.with = mergedOptions(index.with, def.List.items ?? [])
    else if (subtype === 'AT_ResetRelOptions' && def && 'List' in def)
      index.with = withoutOptions(index.with, def.List.items ?? [])
    else if (subtype === 'AT_SetStatistics' && def && 'Integer' in def) {
      const { [String(place)]: _, ...others } = index.statistics ?? {}
      const target = def.Integer.ival ?? 0
      index.statistics = target < 0 ? others : { ...others, [String(place)]: target }
    } else throw new LeftOut('sql-left-out', `index ${name.name}: ${String(subtype)} is left out`)
    return true
  }
  return false
}

export function attach(name: Name, def: Node | undefined, catalog: Catalog): void {
  if (!def || !('PartitionCmd' in def)) return
  const child = relationName(def.PartitionCmd.name, catalog)
  const parent = catalog.tables.get(keyOf(name))
  const table = catalog.tables.get(keyOf(child))
  if (parent && table && def.PartitionCmd.bound) {
    table.partitionOf = { table: name, bound: boundText(def.PartitionCmd.bound, parent) }
    // ATTACH makes the parent's keys where the child has none.
    if (parent.primaryKey && !table.primaryKey)
      table.primaryKey = { name: undefined, columns: [...parent.primaryKey.columns] }
    return
  }
  // ALTER INDEX … ATTACH PARTITION: keys find each other by their columns, indexes need to be told.
  for (const candidate of catalog.tables.values())
    for (const index of candidate.indexes)
      if (candidate.schema === child.schema && index.name === child.name) index.partOf = name.name
}
