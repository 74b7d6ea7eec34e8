// A table's columns before the checks that tie them together: each sees the others as their generators make them, so
// that no column waits for a row that is only being made.

import { drawFor, fraction } from '../bytes/hash.ts'
import type { Scope } from '../derive/scope.ts'
import type { Column } from '../schema/model.ts'
import { makeRaw } from './make-column.ts'
import { ownerOf } from './link-owners.ts'
import type { TableNode } from './plan-types.ts'
import type { MadeCell, Planning } from './planning.ts'
import { rawLink } from './references.ts'
import type { Making } from './table-checks.ts'

export function rawColumns(planning: Planning, node: TableNode): Pick<Making, 'rawColumn' | 'rawLink'> {
  const made = new Map<string, MadeCell>()
  let scope: Scope | undefined
  const raw: Planning = {
    options: planning.options,
    nodes: planning.nodes,
    open: planning.open,
    layouts: planning.layouts,
    links: planning.links,
    scopes: planning.scopes,
    children: planning.children,
    rows: (one) => planning.rows(one),
    made: (one, column) => (one === node && isOwn(column, node) ? rawOf(column) : planning.made(one, column)),
    checks: (one) => planning.checks(one),
    link: (one, link) => planning.link(one, link),
    routes: (one) => planning.routes(one),
    layout: (one) => planning.layout(one),
    scope: (one) => (one === node ? rawScope() : planning.scope(one)),
    expression: (one, derived) => planning.expression(one, derived),
    list: (one) => planning.list(one),
    target: (one, link) => planning.target(one, link),
    path: (one, column) => planning.path(one, column),
  }
  const rawScope = (): Scope =>
    (scope ??= {
      ...planning.scope(node),
      column: (name) => {
        const column = node.table.columns.get(name)
        return column && raw.made(node, column).cell
      },
    })
  const rawOf = (column: Column): MadeCell => {
    const known = made.get(column.name)
    if (known) return known
    const cell = makeRaw(raw, node, { ...column, nullRate: 0 })
    made.set(column.name, cell)
    return cell
  }
  return {
    rawColumn: (column) => {
      const { cell, why } = rawOf(column)
      const draw = drawFor(...planning.path(node, column), 'null')
      const nullRate = node.keys.neverNull.has(column.name) ? 0 : column.nullRate
      return { nonNull: cell, why, isNull: (row) => nullRate > 0 && fraction(draw(row)) < nullRate }
    },
    rawLink: (link) => rawLink(planning, node, link),
  }
}

/** Neither an expression's nor a parent's. */
function isOwn({ derive, name }: Column, node: TableNode): boolean {
  return !derive && !ownerOf(node, name)
}
