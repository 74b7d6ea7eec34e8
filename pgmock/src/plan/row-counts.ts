// How many rows a table has, and how the children of `per` lie under their parents.

import { drawFor } from '../bytes/hash.ts'
import type { Derived } from '../schema/model.ts'
import { childLayout, fanout, type ChildLayout } from './child-layout.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

export function rowsOf(planning: Planning, node: TableNode): number {
  const routes = planning.routes(node)
  if (routes) return routes.rows(node)
  const { rowCount, name } = node.table
  const given = planning.options.counts.get(node.key) ?? planning.options.counts.get(name)
  if (rowCount.kind === 'per') return planning.layout(node)?.rows ?? 0
  if (given !== undefined) return given
  const rows = scaled(rowCount.rows, planning.options.scale)
  // A pair of two tables shrinks with both: a sample takes what there is room for.
  return planning.options.scale < 1 ? Math.min(rows, room(planning, node)) : rows
}

export function layoutOf(planning: Planning, node: TableNode): ChildLayout | undefined {
  const { key, table, keys } = node
  if (planning.layouts.has(key)) return planning.layouts.get(key)
  const { rowCount } = table
  if (rowCount.kind !== 'per') return undefined
  const parent = planning.nodes.get(`${rowCount.database ?? node.model.database}:${rowCount.table}`)
  if (!parent || !keys.perLink) return undefined // a finding of its own: check-references.ts
  const id = `${key}.rowCount`
  if (planning.open.includes(id)) {
    planning
      .list(node)
      .error('derive-cycle', rowCount.pointer, `the number of rows of ${table.name} depends on itself`)
    planning.layouts.set(key, undefined)
    return undefined
  }
  planning.open.push(id)
  const draw = drawFor(planning.options.seed, key, 'rowCount')
  const count = rowCount.count ? countOf(planning, parent, rowCount.count) : fanout(rowCount, draw)
  const room = siblingRoom(planning, node)
  const layout = childLayout(
    planning.rows(parent),
    room === Infinity ? count : (row) => Math.min(room, count(row)),
  )
  planning.open.pop()
  planning.layouts.set(key, layout)
  return layout
}

/** In a sample: how many different parents siblings can still choose from. */
export function siblingRoom(planning: Planning, node: TableNode): number {
  if (planning.options.scale >= 1) return Infinity
  const rooms = [...node.keys.links].flatMap(([link, { kind }]) => {
    const parent = planning.target(node, link)
    return kind === 'among-siblings' && parent ? [planning.rows(parent)] : []
  })
  return Math.min(Infinity, ...rooms)
}

function countOf(planning: Planning, parent: TableNode, derived: Derived): (row: number) => number {
  const { type, value } = planning.expression(parent, derived)
  if (type.kind !== 'int' && type.kind !== 'null')
    planning
      .list(parent)
      .inText('expression-type', derived.pointer, 0, `count must give a whole number, not ${type.kind}`)
  return (row) => Math.max(0, Number(value(row) ?? 0))
}

/** Rows that unique references leave room for. */
function room(planning: Planning, node: TableNode): number {
  let room = Infinity
  for (const [link, mode] of node.keys.links) {
    const group =
      mode.kind === 'tuple'
        ? mode.group.sets[0]!.flatMap((digit) => digit.link ?? [])
        : mode.kind === 'one-to-one'
          ? [link]
          : []
    // Columns that count along make room of their own.
    if (
      mode.kind === 'tuple' &&
      mode.group.sets.some((set) => set.some(({ column }) => column !== undefined))
    )
      continue
    if (group.length === 0) continue
    const parents = group
      .map((one) => planning.target(node, one))
      .filter((one) => one !== undefined && one !== node)
    room = Math.min(
      room,
      parents.reduce((product, parent) => product * planning.rows(parent!), 1),
    )
  }
  return room
}

/** At least one row stays, so that small samples keep every table alive. */
function scaled(rows: number, scale: number): number {
  return rows === 0 || scale === 0 ? 0 : Math.max(1, Math.round(rows * scale))
}
