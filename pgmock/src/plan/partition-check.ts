// What its partitions ask of a row, as a check: one of them must take it. Rows are given to named partitions; a default
// one stays what it is for, the exception.

import type { Table } from '../schema/model.ts'
import { boundOf, partitionKey } from './partition-bounds.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

export function partitionCheck({ table, model }: TableNode): readonly { name: string; expression: string }[] {
  const own = table.partitionBy === undefined ? undefined : anyPartition(table, [...model.tables.values()])
  const above = table.partitionOf && belongs(table, model.tables)
  return [own, above].flatMap((expression) =>
    expression === undefined ? [] : [{ name: 'its partitions', expression }],
  )
}

/** Undefined when the partitions take everything, or we cannot tell. */
function anyPartition(table: Table, all: readonly Table[]): string | undefined {
  const key = partitionKey(table)
  if (!key || key.strategy === 'hash') return undefined
  const conditions: string[] = []
  for (const child of all) {
    if (child.partitionOf?.table !== table.name) continue
    const bound = boundOf(child.partitionOf.bound, key)
    if (!bound || bound.kind === 'hash') return undefined
    if (bound.kind === 'default') continue
    const inner = child.partitionBy === undefined ? undefined : anyPartition(child, all)
    conditions.push(inner === undefined ? `(${bound.sql})` : `((${bound.sql}) AND (${inner}))`)
  }
  return conditions.length === 0 ? undefined : conditions.join(' OR ')
}

/** For rows that are asked of a partition itself. */
function belongs({ partitionOf }: Table, tables: ReadonlyMap<string, Table>): string | undefined {
  if (!partitionOf) return undefined
  const parent = tables.get(partitionOf.table)
  const key = parent && partitionKey(parent)
  const bound = key && boundOf(partitionOf.bound, key)
  const above = parent?.partitionOf && belongs(parent, tables)
  const own = bound?.kind === 'condition' ? bound.sql : undefined
  const both = [own, above].filter((one) => one !== undefined)
  return both.length === 0 ? undefined : both.map((one) => `(${one})`).join(' AND ')
}

/** The table whose rows a partition holds: the topmost. */
export function rootOf(node: TableNode, planning: Pick<Planning, 'nodes'>): TableNode {
  let root = node
  for (let depth = 0; root.table.partitionOf && depth < 32; depth++) {
    const parent = planning.nodes.get(`${node.model.database}:${root.table.partitionOf.table}`)
    if (!parent) return root
    root = parent
  }
  return root
}
