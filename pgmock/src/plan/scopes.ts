// What an expression can name: the columns of the row, its parents, its children.

import { drawFor } from '../bytes/hash.ts'
import type { Children, Scope } from '../derive/scope.ts'
import { childrenByParent } from './children-by-parent.ts'
import { ownerOf } from './link-owners.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

/** The table's columns and relatives, for expressions. */
export function scopeOf(planning: Planning, node: TableNode): Scope {
  const known = planning.scopes.get(node.key)
  if (known) return known
  const { table, model, key } = node
  const layout = () => planning.layout(node)
  const hasLayout = table.rowCount.kind === 'per' && node.keys.perLink !== undefined
  const scope: Scope = {
    table: table.name,
    columnNames: [...table.columns.keys()],
    now: planning.options.now,
    column: (name) => {
      const column = table.columns.get(name)
      return column && planning.made(node, column).cell
    },
    parent: (name) => {
      const link =
        ownerOf(node, name) ?? table.foreignKeys.find((candidate) => candidate.columns.includes(name))
      const parent = link && planning.target(node, link)
      return parent && { scope: planning.scope(parent), row: planning.link(node, link) }
    },
    children: (database, name) =>
      childrenOf(planning, node, planning.nodes.get(`${database ?? model.database}:${name}`)),
    ordinal: hasLayout ? (row) => layout()!.ordinal(row) + 1 : undefined,
    siblings: hasLayout ? (row) => layout()!.count(layout()!.parent(row)) : undefined,
    // Within a column's own expression: the column on top of the stack keeps two expressions apart.
    draw: (lane) => drawFor(planning.options.seed, key, planning.open.at(-1) ?? '', lane),
  }
  planning.scopes.set(key, scope)
  return scope
}

function childrenOf(planning: Planning, node: TableNode, child: TableNode | undefined): Children | undefined {
  const links = child?.table.foreignKeys.filter((key) => planning.target(child, key) === node) ?? []
  const link = links.find((key) => key === child!.keys.perLink) ?? links[0]
  if (!child || !link) return undefined
  const known = planning.children.get(link)
  if (known) return known
  const scope = planning.scope(child)
  const perParent = link === child.keys.perLink
  let made: Children
  if (perParent) {
    made = {
      scope,
      count: (row) => planning.layout(child)?.count(row) ?? 0,
      at: (row, k) => planning.layout(child)!.start(row) + k,
    }
  } else {
    const index = childrenByParent(() => ({
      parents: planning.rows(node),
      rows: planning.rows(child),
      parentOf: planning.link(child, link),
    }))
    made = { scope, ...index }
  }
  planning.children.set(link, made)
  return made
}
