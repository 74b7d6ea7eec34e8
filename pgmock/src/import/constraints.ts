// Column and table constraints, wherever they stand: CREATE TABLE and ALTER TABLE.

import type { Constraint, Node } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { freeName } from '../formats/names.ts'
import { attempt, type Leave } from './attempt.ts'
import {
  keyOf,
  type Catalog,
  type Check,
  type Column,
  type Deferrable,
  type Exclude,
  type Key,
  type Reference,
  type Table,
} from './catalog.ts'
import { indexColumn } from './indexes.ts'
import { LeftOut, relationName, scopeOf, walk } from './lookup.ts'
import { relationOptions } from './options.ts'
import { sequenceOf } from './sequences.ts'

export function columnConstraints(
  table: Table,
  column: Column,
  constraints: readonly Node[],
  catalog: Catalog,
  leave: Leave,
): void {
  const take = (constraint: Constraint, deferral: Partial<Constraint>): void => {
    switch (constraint.contype) {
      case 'CONSTR_NOTNULL':
        requireValue(column, constraint, leave)
        break
      case 'CONSTR_NULL':
      case 'CONSTR_ATTR_DEFERRABLE':
      case 'CONSTR_ATTR_NOT_DEFERRABLE':
      case 'CONSTR_ATTR_DEFERRED':
      case 'CONSTR_ATTR_IMMEDIATE':
      case 'CONSTR_ATTR_ENFORCED':
      case 'CONSTR_ATTR_NOT_ENFORCED':
        break
      case 'CONSTR_DEFAULT':
        setDefault(table, column, constraint.raw_expr, catalog)
        break
      case 'CONSTR_GENERATED':
        column.generatedText = expressionText(constraint.raw_expr!, scopeOf(table, catalog), column.type.bare)
        if (constraint.generated_kind === 'v') column.virtual = true
        break
      case 'CONSTR_IDENTITY':
        column.identity = constraint.generated_when === 'a' ? 'always' : 'by default'
        column.nullable = false
        column.sequence = sequenceOf(constraint.options ?? [], column.type.text)
        break
      case 'CONSTR_PRIMARY':
        table.primaryKey = keyOfConstraint({ ...constraint, ...deferral }, [column.name], table)
        break
      case 'CONSTR_UNIQUE':
        table.unique.push(keyOfConstraint({ ...constraint, ...deferral }, [column.name], table))
        break
      case 'CONSTR_FOREIGN':
        table.references.push(reference({ ...constraint, ...deferral }, [column.name], table, catalog))
        break
      default:
        tableConstraint(table, { ...constraint, ...deferral }, catalog, leave)
    }
  }
  for (const [i, node] of constraints.entries())
    if ('Constraint' in node)
      attempt(() => take(node.Constraint, attributes(constraints.slice(i + 1))), leave)
}

/** What follows a constraint and speaks about it: DEFERRABLE, NOT ENFORCED … */
function attributes(following: readonly Node[]): Partial<Constraint> {
  const found: Partial<Constraint> = {}
  for (const node of following) {
    const type = 'Constraint' in node ? String(node.Constraint.contype) : ''
    if (!type.startsWith('CONSTR_ATTR')) break
    if (type === 'CONSTR_ATTR_DEFERRABLE') found.deferrable = true
    if (type === 'CONSTR_ATTR_DEFERRED') found.initdeferred = true
    if (type === 'CONSTR_ATTR_NOT_ENFORCED') {
      found.is_enforced = false
      found.initially_valid = false
      found.skip_validation = true
    }
  }
  return found
}

/** A name only where 18 would not make it up itself. */
function requireValue(
  column: Column,
  { conname, skip_validation: unchecked, is_no_inherit: noInherit }: Constraint,
  leave: Leave,
): void {
  if (unchecked || noInherit)
    leave(
      'sql-left-out',
      `NOT VALID or NO INHERIT of the NOT NULL of ${column.name} is left out: it is a plain one`,
    )
  column.nullable = false
  column.notNullName = conname
}

function keyOfConstraint(constraint: Constraint, columns: readonly string[], table: Table): Key {
  const { conname, indexname, including = [], options = [] } = constraint
  const name = conname ?? indexname
  // ADD CONSTRAINT … USING INDEX: the index becomes the key.
  const index = indexname === undefined ? undefined : table.indexes.find((one) => one.name === indexname)
  if (index) table.indexes.splice(table.indexes.indexOf(index), 1)
  if (name !== undefined && indexname !== undefined) renameRoles(table, indexname, name)
  return {
    name,
    columns: index ? [...index.columns] : [...columns],
    deferrable: deferrable(constraint),
    nullsNotDistinct: constraint.nulls_not_distinct === true || index?.nullsNotDistinct === true,
    withoutOverlaps: constraint.without_overlaps === true,
    include: index ? [...index.include] : including.map(stringOf),
    with: index ? index.with : relationOptions(options),
  }
}

function deferrable({ deferrable: may, initdeferred: at }: Constraint): Deferrable {
  return at ? 'deferred' : may ? 'immediate' : undefined
}

/** What names an index goes along when it gets another name. */
export function renameRoles(table: Table, from: string, to: string): void {
  if (table.clusterOn === from) table.clusterOn = to
  if (typeof table.replicaIdentity === 'object' && table.replicaIdentity.index === from)
    table.replicaIdentity = { index: to }
}

function exclusion(constraint: Constraint, table: Table, catalog: Catalog): Exclude {
  const scope = scopeOf(table, catalog)
  const elements = (constraint.exclusions ?? []).flatMap((node): [string, string][] => {
    const [element, operator] = 'List' in node ? (node.List.items ?? []) : []
    if (!element || !('IndexElem' in element) || !operator || !('List' in operator)) return []
    const names = (operator.List.items ?? []).map(stringOf)
    const shown = names.length > 1 ? `OPERATOR(${names.slice(0, -1).join('.')}.${names.at(-1)})` : names[0]!
    return [[indexColumn(element.IndexElem, scope), shown]]
  })
  return {
    name: constraint.conname,
    method: constraint.access_method ?? 'btree',
    elements,
    include: (constraint.including ?? []).map(stringOf),
    with: relationOptions(constraint.options ?? []),
    where: constraint.where_clause ? expressionText(constraint.where_clause, scope) : undefined,
    deferrable: deferrable(constraint),
  }
}

export function setDefault(table: Table, column: Column, node: Node | undefined, catalog: Catalog): void {
  if (!node) {
    column.defaultText = undefined
    return
  }
  const text = expressionText(node, scopeOf(table, catalog), column.type.bare)
  // DEFAULT NULL of the very type vanishes; with a length to apply it stays.
  column.defaultText = text === `NULL::${column.type.text}` ? undefined : text
}

export function tableConstraint(table: Table, constraint: Constraint, catalog: Catalog, leave: Leave): void {
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      table.primaryKey = keyOfConstraint(constraint, (constraint.keys ?? []).map(stringOf), table)
      break
    case 'CONSTR_UNIQUE':
      table.unique.push(keyOfConstraint(constraint, (constraint.keys ?? []).map(stringOf), table))
      break
    case 'CONSTR_FOREIGN':
      table.references.push(reference(constraint, (constraint.fk_attrs ?? []).map(stringOf), table, catalog))
      break
    case 'CONSTR_CHECK':
      table.checks.push(check(constraint, table, catalog))
      break
    case 'CONSTR_EXCLUSION':
      table.excludes.push(exclusion(constraint, table, catalog))
      break
    case 'CONSTR_NOTNULL':
      for (const key of constraint.keys ?? []) {
        const column = table.columns.get(stringOf(key))
        if (!column) continue
        requireValue(column, constraint, leave)
        if (column.inherited) column.changed = true
      }
      break
    default:
      leave('sql-left-out', `a constraint of ${table.name} (${String(constraint.contype)}) is left out`)
  }
}

function check(constraint: Constraint, table: Table, catalog: Catalog): Check {
  const { conname, raw_expr: raw } = constraint
  const columns = new Set<string>()
  walk(raw!, (node) => {
    if ('ColumnRef' in node) columns.add(stringOf(node.ColumnRef.fields!.at(-1)!))
  })
  return {
    name: conname ?? checkName(table, { columns: [...columns] }),
    expression: expressionText(raw!, scopeOf(table, catalog)),
    columns: [...columns],
    node: raw!,
    notValid: constraint.skip_validation === true,
    noInherit: constraint.is_no_inherit === true,
    notEnforced: isNotEnforced(constraint),
  }
}

/** ChooseConstraintName: of the only column it speaks about, or of none. */
export function checkName(table: Table, { columns }: Pick<Check, 'columns'>): string {
  const taken = new Set(table.checks.flatMap(({ name }) => name ?? []))
  return freeName(taken, table.name, columns.length === 1 ? columns : [], 'check')
}

/** The grammar sets `is_enforced` unless NOT ENFORCED was written. */
function isNotEnforced({ is_enforced: enforced, initially_valid: valid }: Constraint): boolean {
  return enforced !== true && valid !== true
}

const ACTIONS: Readonly<Record<string, string>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

function reference(constraint: Constraint, columns: string[], table: Table, catalog: Catalog): Reference {
  const target = relationName(constraint.pktable, catalog)
  const parent =
    target.name === table.name && target.schema === table.schema ? table : catalog.tables.get(keyOf(target))
  if (!parent)
    throw new LeftOut(
      'sql-unknown-table',
      `${table.name} references ${target.name}, which is not created before`,
    )
  const named = (constraint.pk_attrs ?? []).map(stringOf)
  const parentColumns = named.length > 0 ? named : (parent.primaryKey?.columns ?? [])
  return {
    name: constraint.conname,
    columns,
    table: target,
    parentColumns,
    onDelete: ACTIONS[constraint.fk_del_action ?? ''],
    onUpdate: ACTIONS[constraint.fk_upd_action ?? ''],
    matchFull: constraint.fk_matchtype === 'f',
    deferrable: deferrable(constraint),
    notValid: constraint.skip_validation === true,
    notEnforced: isNotEnforced(constraint),
    period: constraint.fk_with_period === true,
    setColumns: (constraint.fk_del_set_cols ?? []).map(stringOf),
  }
}
