// Column and table constraints, wherever they stand: CREATE TABLE and ALTER TABLE.

import type { Constraint, Node } from 'libpg-query'
import { expressionText } from '../deparse/expression.ts'
import { stringOf } from '../deparse/type-name.ts'
import { attempt, type Leave } from './attempt.ts'
import { keyOf, type Catalog, type Check, type Column, type Reference, type Table } from './catalog.ts'
import { LeftOut, relationName, scopeOf, walk } from './lookup.ts'
import { sequenceOf } from './sequences.ts'

export function columnConstraints(
  table: Table,
  column: Column,
  constraints: readonly Node[],
  catalog: Catalog,
  leave: Leave,
): void {
  const deferral: { deferrable?: boolean; initdeferred?: boolean } = {}
  for (const node of constraints) {
    if (!('Constraint' in node)) continue
    if (node.Constraint.contype === 'CONSTR_ATTR_DEFERRABLE') deferral.deferrable = true
    if (node.Constraint.contype === 'CONSTR_ATTR_DEFERRED') deferral.initdeferred = true
  }
  const take = (constraint: Constraint): void => {
    switch (constraint.contype) {
      case 'CONSTR_NOTNULL':
        column.nullable = false
        break
      case 'CONSTR_NULL':
      case 'CONSTR_ATTR_DEFERRABLE':
      case 'CONSTR_ATTR_NOT_DEFERRABLE':
      case 'CONSTR_ATTR_DEFERRED':
      case 'CONSTR_ATTR_IMMEDIATE':
        break
      case 'CONSTR_DEFAULT':
        setDefault(table, column, constraint.raw_expr, catalog)
        break
      case 'CONSTR_GENERATED':
        column.generatedText = expressionText(constraint.raw_expr!, scopeOf(table, catalog), column.type.bare)
        break
      case 'CONSTR_IDENTITY':
        column.identity = constraint.generated_when === 'a' ? 'always' : 'by default'
        column.nullable = false
        column.sequence = sequenceOf(constraint.options ?? [], column.type.text)
        break
      case 'CONSTR_PRIMARY':
        table.primaryKey = { name: constraint.conname, columns: [column.name] }
        break
      case 'CONSTR_UNIQUE':
        refuseDeferrable({ ...constraint, ...deferral }, table)
        table.unique.push({ name: constraint.conname, columns: [column.name] })
        break
      case 'CONSTR_FOREIGN':
        table.references.push(reference({ ...constraint, ...deferral }, [column.name], table, catalog))
        break
      default:
        tableConstraint(table, constraint, catalog, leave)
    }
  }
  for (const node of constraints) if ('Constraint' in node) attempt(() => take(node.Constraint), leave)
}

function refuseDeferrable({ deferrable, nulls_not_distinct: notDistinct }: Constraint, table: Table): void {
  if (deferrable || notDistinct)
    throw new LeftOut(
      'sql-left-out',
      `a deferrable or NULLS NOT DISTINCT key of ${table.name} has no word in the schema language yet`,
    )
}

export function setDefault(table: Table, column: Column, node: Node | undefined, catalog: Catalog): void {
  if (!node || ('A_Const' in node && node.A_Const.isnull)) {
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
      table.primaryKey = {
        name: constraint.conname ?? constraint.indexname,
        columns: (constraint.keys ?? []).map(stringOf),
      }
      break
    case 'CONSTR_UNIQUE':
      refuseDeferrable(constraint, table)
      table.unique.push({ name: constraint.conname, columns: (constraint.keys ?? []).map(stringOf) })
      break
    case 'CONSTR_FOREIGN':
      table.references.push(reference(constraint, (constraint.fk_attrs ?? []).map(stringOf), table, catalog))
      break
    case 'CONSTR_CHECK':
      if (constraint.skip_validation)
        leave('sql-left-out', `NOT VALID of a check of ${table.name} is left out: the data will be valid`)
      table.checks.push(check(constraint, table, catalog))
      break
    case 'CONSTR_NOTNULL':
      for (const key of constraint.keys ?? []) {
        const column = table.columns.get(stringOf(key))
        if (column) column.nullable = false
      }
      break
    default:
      leave('sql-left-out', `a constraint of ${table.name} (${String(constraint.contype)}) is left out`)
  }
}

function check({ conname, raw_expr: raw }: Constraint, table: Table, catalog: Catalog): Check {
  const columns = new Set<string>()
  walk(raw!, (node) => {
    if ('ColumnRef' in node) columns.add(stringOf(node.ColumnRef.fields!.at(-1)!))
  })
  return {
    name: conname,
    expression: expressionText(raw!, scopeOf(table, catalog)),
    columns: [...columns],
    node: raw!,
  }
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
    deferrable: constraint.initdeferred ? 'deferred' : constraint.deferrable ? 'immediate' : undefined,
  }
}
