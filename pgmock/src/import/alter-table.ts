// ALTER TABLE, and what it hands on to children and partitions.

import type { AlterTableCmd, AlterTableStmt, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { freeName, madeName, quoteName } from '../formats/names.ts'
import { alterOther, attach, changeOwner, switched } from './alter-others.ts'
import { attempt, type Leave } from './attempt.ts'
import { keyOf, type Catalog, type Column, type Name, type Table } from './catalog.ts'
import { checkName, columnConstraints, setDefault, tableConstraint } from './constraints.ts'
import { indexNames } from './indexes.ts'
import { relationName, LeftOut, MAJOR, typeOf } from './lookup.ts'
import { notNullName } from './not-null.ts'
import { names } from './renames.ts'
import { mergedOptions, optionList, optionText, withoutOptions } from './options.ts'
import { sequenceOf } from './sequences.ts'
import { addColumn, inheritedCheck, inheritedColumn } from './tables.ts'

export function alterTable(
  { relation, cmds = [], objtype }: AlterTableStmt,
  catalog: Catalog,
  leave: Leave,
): void {
  const name = relationName(relation, catalog)
  const only = relation?.inh !== true
  for (const node of cmds) {
    if (!('AlterTableCmd' in node)) continue
    const command = node.AlterTableCmd
    const table = catalog.tables.get(keyOf(name))
    if (command.subtype === 'AT_AttachPartition') attach(name, command.def, catalog)
    else if (command.subtype === 'AT_ChangeOwner') changeOwner(name, command, catalog)
    else if (table) attempt(() => alter({ table, command, only, catalog, leave }), leave)
    else if (!alterOther(name, command, catalog))
      throw new LeftOut(
        'sql-unknown-table',
        `${name.name} is not created before; its ALTER ${String(objtype).replace('OBJECT_', '')} is left out`,
      )
  }
}

type Step = {
  readonly table: Table
  readonly command: AlterTableCmd
  readonly only: boolean
  readonly catalog: Catalog
  readonly leave: Leave
}

function alter({ table, command, only, catalog, leave }: Step): void {
  const { subtype, def, name = '' } = command
  const column = table.columns.get(name)
  const each = (change: (one: Column, of: Table) => void): void => {
    for (const one of only ? [table] : [table, ...descendants(table, catalog)]) {
      const found = one.columns.get(name)
      if (!found) continue
      if (found.inherited && one === table) found.changed = true
      change(found, one)
    }
  }
  switch (subtype) {
    case 'AT_AddConstraint':
      if (def && 'Constraint' in def) addConstraint(table, def, only, catalog, leave)
      return
    case 'AT_ColumnDefault':
      each((one, of) => setDefault(of, one, def, catalog))
      return
    case 'AT_SetNotNull':
      each((one, of) => {
        one.nullable = false
        if (of !== table && column) one.notNullName = notNullName(column, table)
      })
      return
    case 'AT_DropNotNull':
      each((one) => {
        one.nullable = true
        one.notNullName = undefined
      })
      return
    case 'AT_AddIdentity':
      if (column && def && 'Constraint' in def) columnConstraints(table, column, [def], catalog, leave)
      return
    case 'AT_SetIdentity':
      if (column) setIdentity(column, def)
      return
    case 'AT_DropIdentity':
      if (column) {
        column.identity = undefined
        column.sequence = undefined
      }
      return
    case 'AT_DropExpression':
      each((one) => void (one.generatedText = undefined))
      return
    case 'AT_AddColumn':
      if (def && 'ColumnDef' in def) {
        const { colname = '', constraints = [] } = def.ColumnDef
        if (table.columns.has(colname) && command.missing_ok) return
        const added = addColumn(table, def.ColumnDef, catalog)
        if (added) columnConstraints(table, added, constraints, catalog, leave)
        if (added)
          for (const child of descendants(table, catalog))
            if (!child.columns.has(colname))
              child.columns.set(
                colname,
                child.partitionOf
                  ? { ...added, notNullName: notNullName(added, table) }
                  : inheritedColumn(added, table),
              )
      }
      return
    case 'AT_DropColumn':
      for (const one of only ? [table] : [table, ...descendants(table, catalog)]) dropColumn(one, name)
      return
    case 'AT_AlterColumnType':
      if (def && 'ColumnDef' in def && def.ColumnDef.typeName) {
        const type = typeOf(def.ColumnDef.typeName, catalog)
        each((one) => void (one.type = type))
      }
      return
    case 'AT_DropConstraint':
      for (const one of only ? [table] : [table, ...descendants(table, catalog)]) dropConstraint(one, name)
      return
    case 'AT_ValidateConstraint':
      for (const one of [...table.checks, ...table.references]) if (one.name === name) one.notValid = false
      return
    case 'AT_AlterConstraint':
      alterConstraint(table, def)
      return
    case 'AT_SetStatistics':
      if (column)
        column.statistics =
          def && 'Integer' in def && (def.Integer.ival ?? 0) >= 0 ? (def.Integer.ival ?? 0) : undefined
      return
    case 'AT_SetStorage':
      each((one) => void (one.storage = def ? stringOf(def).toLowerCase() : undefined))
      return
    case 'AT_SetCompression':
      if (column) column.compression = def && stringOf(def) !== 'default' ? stringOf(def) : undefined
      return
    case 'AT_SetOptions':
      if (column && def && 'List' in def)
        column.options = optionList(def.List.items ?? [])
          .map(([option, value]) => `${option}=${value}`)
          .join(', ')
      return
    case 'AT_SetRelOptions':
      if (def && 'List' in def) table.with = mergedOptions(table.with, def.List.items ?? [])
      return
    case 'AT_ResetRelOptions':
      if (def && 'List' in def) table.with = withoutOptions(table.with, def.List.items ?? [])
      return
    case 'AT_ClusterOn':
      table.clusterOn = name
      return
    case 'AT_DropCluster':
      table.clusterOn = undefined
      return
    case 'AT_ReplicaIdentity':
      if (def && 'ReplicaIdentityStmt' in def) {
        const { identity_type: type, name: index = '' } = def.ReplicaIdentityStmt
        table.replicaIdentity =
          type === 'f' ? 'full' : type === 'n' ? 'nothing' : type === 'i' ? { index } : undefined
      }
      return
    case 'AT_EnableRowSecurity':
      table.rowSecurity ??= 'enabled'
      return
    case 'AT_DisableRowSecurity':
      table.rowSecurity = undefined
      return
    case 'AT_ForceRowSecurity':
      table.rowSecurity = 'forced'
      return
    case 'AT_NoForceRowSecurity':
      if (table.rowSecurity) table.rowSecurity = 'enabled'
      return
    case 'AT_SetLogged':
      table.unlogged = false
      return
    case 'AT_SetUnLogged':
      table.unlogged = true
      return
    case 'AT_AddInherit':
      if (def && 'RangeVar' in def) addParent(table, relationName(def.RangeVar, catalog), catalog)
      return
    case 'AT_DropInherit':
      if (def && 'RangeVar' in def) dropParent(table, relationName(def.RangeVar, catalog))
      return
    case 'AT_DetachPartition':
      if (def && 'PartitionCmd' in def) {
        const part = catalog.tables.get(keyOf(relationName(def.PartitionCmd.name, catalog)))
        if (part) part.partitionOf = undefined
      }
      return
    default:
      if (switched(table, String(subtype), name, catalog)) return
      leave('sql-left-out', `ALTER TABLE ${table.name}: ${String(subtype)} is left out`)
  }
}

/** Tables that take over what this one has: children and partitions, and theirs. */
export function descendants(table: Table, catalog: Catalog): Table[] {
  const key = keyOf(table)
  const direct = [...catalog.tables.values()].filter(
    (one) =>
      (one.partitionOf && keyOf(one.partitionOf.table) === key) ||
      one.inherits.some((name) => keyOf(name) === key),
  )
  return direct.flatMap((one) => [one, ...descendants(one, catalog)])
}

function addConstraint(table: Table, def: Node, only: boolean, catalog: Catalog, leave: Leave): void {
  if (!('Constraint' in def)) return
  const before = new Set<unknown>([...table.checks, ...table.references, ...table.unique])
  const hadKey = table.primaryKey !== undefined
  tableConstraint(table, def.Constraint, catalog, leave)
  if (only) return
  const fresh = <T>(list: readonly T[]): T[] => list.filter((one) => !before.has(one))
  for (const child of descendants(table, catalog)) {
    for (const check of fresh(table.checks)) {
      if (check.noInherit) continue
      check.name ??= checkName(table, check)
      const merged = child.checks.find(({ name }) => name === check.name)
      if (!merged) child.checks.push(child.partitionOf ? { ...check } : inheritedCheck(check))
    }
    if (!child.partitionOf) continue
    const space = indexNames(child.schema, catalog)
    for (const key of fresh(table.unique))
      child.unique.push({
        ...key,
        name: freeName(space, child.name, key.columns, 'key'),
        columns: [...key.columns],
      })
    if (!hadKey && table.primaryKey && !child.primaryKey) {
      child.primaryKey = {
        ...table.primaryKey,
        name: freeName(space, child.name, [], 'pkey'),
        columns: [...table.primaryKey.columns],
      }
      for (const key of table.primaryKey.columns) {
        const [own, from] = [child.columns.get(key), table.columns.get(key)]
        if (own?.nullable && from) own.notNullName = notNullName(from, table)
      }
    }
  }
}

function setIdentity(column: Column, def: Node | undefined): void {
  const options = def && 'List' in def ? (def.List.items ?? []) : []
  for (const node of options)
    if ('DefElem' in node && node.DefElem.defname === 'generated' && node.DefElem.arg)
      column.identity = optionText(node.DefElem) === String('a'.charCodeAt(0)) ? 'always' : 'by default'
  column.sequence = { ...column.sequence, ...sequenceOf(options, column.type.text) }
}

function dropColumn(table: Table, name: string): void {
  table.columns.delete(name)
  const without = <T extends { columns: readonly string[] }>(list: readonly T[]): T[] =>
    list.filter(({ columns }) => !columns.includes(name))
  table.unique = without(table.unique)
  table.references = without(table.references)
  table.checks = without(table.checks)
  const own = quoteName(name, MAJOR)
  table.indexes = table.indexes.filter(
    (index) =>
      !index.include.includes(name) &&
      ![...index.columns, index.where ?? ''].some((text) => text === name || names(text, own)),
  )
  table.excludes = table.excludes.filter(({ elements }) => !elements.some(([column]) => column === name))
  if (table.primaryKey?.columns.includes(name)) table.primaryKey = undefined
}

function dropConstraint(table: Table, name: string): void {
  const stays = (one: { name: string | undefined }) => one.name !== name
  table.checks = table.checks.filter(stays)
  table.references = table.references.filter(stays)
  table.excludes = table.excludes.filter(stays)
  table.unique = table.unique.filter(
    (key) => (key.name ?? `${table.name}_${key.columns.join('_')}_key`) !== name,
  )
  if (table.primaryKey && (table.primaryKey.name ?? `${table.name}_pkey`) === name)
    table.primaryKey = undefined
  table.references = table.references.filter(
    (key) => (key.name ?? `${table.name}_${key.columns.join('_')}_fkey`) !== name,
  )
}

function alterConstraint(table: Table, def: Node | undefined): void {
  if (!def || !('ATAlterConstraint' in def)) return
  const {
    conname,
    deferrable,
    initdeferred,
    alterDeferrability,
    alterEnforceability,
    is_enforced: enforced,
  } = def.ATAlterConstraint
  for (const key of table.references) {
    if ((key.name ?? madeName(table.name, key.columns, 'fkey')) !== conname) continue
    if (alterDeferrability) key.deferrable = initdeferred ? 'deferred' : deferrable ? 'immediate' : undefined
    if (alterEnforceability) key.notEnforced = enforced !== true
  }
}

function addParent(table: Table, name: Name, catalog: Catalog): void {
  const parent = catalog.tables.get(keyOf(name))
  if (!parent) return
  table.inherits.push({ schema: name.schema, name: name.name })
}

function dropParent(table: Table, name: Name): void {
  table.inherits = table.inherits.filter((one) => keyOf(one) !== keyOf(name))
  for (const column of table.columns.values()) delete column.inherited
  for (const check of table.checks) check.inherited = false
}
