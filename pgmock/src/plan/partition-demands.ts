// What only some partitions ask of their rows, asked of the partitioned table itself: its rows are planned there, and
// references, keys and checks may stand on the partitions alone, as older schemas have them.

import type { Check, Model, Table } from '../schema/model.ts'
import { boundOf, partitionKey } from './partition-bounds.ts'

/** The same model when no partition asks for more than its table. Only for planning: a dump prints what was written. */
export function withPartitionDemands(model: Model): Model {
  const tables = [...model.tables.values()]
  if (!tables.some(({ partitionOf }) => partitionOf)) return model
  const widened = new Map(
    tables.map((table) => [
      table.name,
      table.partitionBy !== undefined && !table.partitionOf ? widenedRoot(table, tables) : table,
    ]),
  )
  return { ...model, tables: widened }
}

function widenedRoot(root: Table, tables: readonly Table[]): Table {
  const demands = demandsBelow(root, undefined, tables)
  const below = demands.map(({ table }) => table)
  const foreignKeys = fresh(
    root.foreignKeys,
    below.flatMap((table) => table.foreignKeys),
    ({ columns }) => columns.join('\0'),
  )
  const unique = fresh(
    [root.primaryKey, ...root.unique],
    below.flatMap((table) => [table.primaryKey, ...table.unique]).filter((columns) => columns.length > 0),
    (columns) => columns.join('\0'),
  )
  const indexes = fresh(
    root.indexes,
    below.flatMap((table) => table.indexes.filter((index) => index.unique && index.partOf === undefined)),
    ({ columns, where = '' }) => `${columns.join('\0')} ${where}`,
  )
  const checks = fresh(
    root.checks,
    demands.flatMap(({ table, bound }) => (bound === undefined ? [] : within(bound, root, table))),
    ({ expression }) => expression,
  )
  const places = unique.map(() => undefined)
  return {
    ...root,
    foreignKeys: [...root.foreignKeys, ...foreignKeys],
    unique: [...root.unique, ...unique],
    uniqueNames: [...root.uniqueNames, ...places],
    uniqueParts: [...root.uniqueParts, ...places],
    indexes: [...root.indexes, ...indexes],
    checks: [...root.checks, ...checks],
  }
}

/** Those of `more` that are not in `known`, once each. */
function fresh<T>(known: readonly T[], more: readonly T[], id: (one: T) => string): T[] {
  const seen = new Set(known.map(id))
  return more.filter((one) => !seen.has(id(one)) && seen.add(id(one)))
}

/** A partition's own checks, for the rows that it takes. */
function within(bound: string, root: Table, { checks }: Table): Check[] {
  const ofRoot = new Set(root.checks.map(({ expression }) => expression))
  return checks
    .filter(({ expression }) => !ofRoot.has(expression))
    .map((check) => ({ ...check, expression: `((NOT (${bound})) OR (${check.expression}))` }))
}

type Demand = {
  readonly table: Table
  /** Which rows are meant; undefined: we cannot say, or whatever is left over. */
  readonly bound: string | undefined
}

function demandsBelow(table: Table, above: string | undefined, tables: readonly Table[]): Demand[] {
  const key = partitionKey(table)
  return tables.flatMap((child) => {
    if (child.partitionOf?.table !== table.name) return []
    const bound = key && boundOf(child.partitionOf.bound, key)
    const own = bound?.kind === 'condition' ? bound.sql : undefined
    const both = above === undefined ? own : own === undefined ? undefined : `(${above}) AND (${own})`
    return [{ table: child, bound: both }, ...demandsBelow(child, both, tables)]
  })
}
