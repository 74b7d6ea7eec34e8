// Which partition takes each row of a partitioned table: what PostgreSQL would choose, so that the row can stand in the
// COPY of its leaf, as pg_dump writes it. Found out once for all rows, 8 bytes each.

import { drawFor } from '../bytes/hash.ts'
import { RowInTrial } from '../constraints/cluster.ts'
import { compileCheck } from '../constraints/compile.ts'
import { combined, keyHasher } from '../constraints/hash-partition.ts'
import { NotUnderstood, type Term } from '../constraints/term.ts'
import type { Table } from '../schema/model.ts'
import { childrenByParent } from './children-by-parent.ts'
import { boundOf, partitionKey, type PartitionKey } from './partition-bounds.ts'
import { PlanProblem, type TableNode } from './plan-types.ts'
import type { Planning, Routes } from './planning.ts'
import { checkScope } from './check-scope.ts'

/** A leaf's number for a row; -1 when no partition takes it. */
type Route = (row: number) => number

export function partitionRoutes(planning: Planning, root: TableNode): Routes {
  const tables = [...root.model.tables.values()]
  const leaves: Table[] = []
  const trial = new RowInTrial(drawFor('routes'))
  const route = routeOf(root.table, { planning, root, tables, leaves, trial })
  const index = childrenByParent(() => ({
    parents: leaves.length,
    rows: planning.rows(root),
    parentOf: (row) => {
      trial.row = row
      return route(row)
    },
  }))
  const numberOf = (leaf: TableNode) => leaves.findIndex(({ name }) => name === leaf.table.name)
  return {
    rows: (leaf) => {
      const number = numberOf(leaf)
      return number < 0 ? 0 : index.count(number)
    },
    at: (leaf) => {
      const number = numberOf(leaf)
      return (row) => index.at(number, row)
    },
    homeless: () => planning.rows(root) - leaves.reduce((sum, _, number) => sum + index.count(number), 0),
  }
}

type Work = {
  readonly planning: Planning
  readonly root: TableNode
  readonly tables: readonly Table[]
  readonly leaves: Table[]
  readonly trial: RowInTrial
}

function routeOf(table: Table, work: Work): Route {
  if (table.partitionBy === undefined) {
    const number = work.leaves.push(table) - 1
    return () => number
  }
  const key = partitionKey(table)
  if (!key) throw unknown(table, `partitionBy "${table.partitionBy}" is not understood`)
  const children = work.tables.filter(({ partitionOf }) => partitionOf?.table === table.name)
  const hash = key.strategy === 'hash' ? hashOf(table, key, work) : undefined
  let byDefault: Route = () => -1
  const routes: { readonly takes: () => boolean; readonly route: Route }[] = []
  for (const child of children) {
    const bound = boundOf(child.partitionOf!.bound, key)
    if (!bound) throw unknown(child, `the bound "${child.partitionOf!.bound}" is not understood`)
    const route = routeOf(child, work)
    if (bound.kind === 'default') byDefault = route
    else if (bound.kind === 'hash') {
      const [modulus, remainder] = [BigInt(bound.modulus), BigInt(bound.remainder)]
      routes.push({ takes: () => hash!() % modulus === remainder, route })
    } else {
      const term = compiled(bound.sql, child, work)
      routes.push({ takes: () => term.value() === true, route })
    }
  }
  return (row) => (routes.find(({ takes }) => takes())?.route ?? byDefault)(row)
}

function unknown(table: Table, what: string): PlanProblem {
  return new PlanProblem(
    'partition-not-understood',
    `${table.name}: ${what}, so rows cannot be given to partitions`,
    'Give the partitioned table "rowCount": 0 and its partitions row counts of their own.',
  )
}

function compiled(expression: string, table: Table, { planning, root, trial }: Work): Term {
  const { sql } = planning.options
  const node = sql?.expression(expression)
  try {
    if (sql && node)
      return compileCheck(
        node,
        checkScope({ planning, node: root, sql }, trial, () => undefined),
      )
    throw new NotUnderstood(expression)
  } catch (error) {
    if (error instanceof NotUnderstood) throw unknown(table, `its bound (${error.message}) is not understood`)
    throw error
  }
}

function hashOf(table: Table, { keys }: PartitionKey, { planning, root, trial }: Work): () => bigint {
  const hashers = keys.map((key) => {
    const column = root.table.columns.get(key.replace(/^"(.*)"$/, '$1'))
    const hash = column && keyHasher(column.type)
    if (!column || !hash) throw unknown(table, `pgmock does not know the hash of ${column?.type.text ?? key}`)
    const { value } = planning.made(root, column).cell
    return () => {
      const is = value(trial.row)
      return is === null ? undefined : hash(is)
    }
  })
  return () => combined(hashers.map((hash) => hash()))
}
