// Which parent each row of a reference points to.

import { below, drawFor, fraction, type Draw } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'
import type { Column, ForeignKey } from '../schema/model.ts'
import { plainCell, writerOf, type Cell } from '../values/cell.ts'
import { NULL } from '../values/value-type.ts'
import { dependentChoice, dependentOther, fittingParents } from './dependent-links.ts'
import { givenColumns } from './link-owners.ts'
import {
  countNotAbove,
  distinctAmongSiblings,
  earlierRow,
  existingParent,
  EXISTING_TRIES,
  IMPLIED_TRIES,
  popularParent,
  type ParentChoice,
  type Skew,
} from './parent-choice.ts'
import { digitOf, needRoom } from './tuples.ts'
import { linkDigit } from './tuple-groups.ts'
import { PlanProblem, type TableNode } from './plan-types.ts'
import { impliedLimit } from './implied-order.ts'
import { Unplanned, type MadeCell, type Planning, type RawLink } from './planning.ts'
import { siblingRoom } from './row-counts.ts'

export function fromParent(planning: Planning, node: TableNode, column: Column, link: ForeignKey): MadeCell {
  const parent = planning.target(node, link)
  const parentColumn = parent?.table.columns.get(link.parentColumns[link.columns.indexOf(column.name)]!)
  if (!parent || !parentColumn) throw new Unplanned()
  const { cell, write } = planning.made(parent, parentColumn)
  const row = parentOf(planning, node, column, link)
  const mode = node.keys.links.get(link)?.kind ?? 'free'
  const why = `${mode === 'per' ? 'the parent it is laid out under' : mode === 'free' ? 'a parent by popularity' : `a parent, ${mode}`} in ${parent.key}.${parentColumn.name}`
  const value = (at: number) => {
    const from = row(at)
    return from < 0 ? null : cell.value(from)
  }
  const made: Cell = { type: cell.type, maxChars: cell.maxChars, value }
  // The parent's own writer serves if the two columns print alike.
  if (parentColumn.type.kind !== column.type.kind)
    return { cell: made, write: writerOf(made, column.type), why }
  const whenNull = writerOf(
    plainCell(NULL, () => null),
    column.type,
  )
  return {
    cell: made,
    why,
    write: (out, at, child) => {
      const from = row(child)
      return from < 0 ? whenNull(out, at, child) : write(out, at, from)
    },
  }
}

/** A column that cannot be NULL has a parent's value even where the whole reference is none. */
function parentOf(planning: Planning, node: TableNode, column: Column, link: ForeignKey): ParentChoice {
  const choice = planning.link(node, link)
  if (column.nullable || !isNullable(node, link)) return choice
  const { choose } = rawLink(planning, node, link)
  return (row) => {
    const parent = choice(row)
    return parent < 0 ? Math.max(0, choose(row)) : parent
  }
}

export function linkOf(planning: Planning, node: TableNode, link: ForeignKey): ParentChoice {
  const known = planning.links.get(link)
  if (known) return known
  const made = planning.checks(node)?.parent(link) ?? unchecked(rawLink(planning, node, link))
  planning.links.set(link, made)
  return made
}

function unchecked({ choose, isNull, isOptional }: RawLink): ParentChoice {
  return isOptional ? (row) => (isNull(row) ? -1 : choose(row)) : choose
}

function chosen(planning: Planning, node: TableNode, link: ForeignKey): ParentChoice {
  const parent = planning.target(node, link)
  if (!parent) return () => -1
  const mode = node.keys.links.get(link) ?? { kind: 'free' }
  if (mode.kind === 'per') {
    const layout = planning.layout(node)
    return layout ? (row) => layout.parent(row) : () => -1
  }
  const parents = planning.rows(parent)
  const rows = planning.rows(node)
  const path = [planning.options.seed, node.key, ...link.columns]
  if (parents === 0) {
    if (rows > 0 && !isNullable(node, link))
      throw new PlanProblem(
        'empty-parent',
        `${parent.key} has no rows for ${node.table.name}.${link.columns.join(', ')} to reference`,
      )
    return () => -1
  }
  switch (mode.kind) {
    case 'one-to-one':
      needRoom(
        rows,
        parents,
        `${node.table.name}.${link.columns.join(', ')}`,
        `${parents} rows of ${parent.key}`,
      )
      return permutation(parents, ...path, 'one to one')
    case 'tuple':
      return digitOf(planning, node, mode.group, linkDigit(link))
    case 'chain':
      return (row) => row - 1
    default:
  }
  const free = freeChoice(planning, node, link, parent, parents, path)
  if (mode.kind === 'free') return free
  const layout = planning.layout(node)
  if (!layout) return free
  const given = node.table.rowCount.kind === 'per' ? node.table.rowCount.max : 0
  const most = Math.min(given, siblingRoom(planning, node))
  needRoom(
    most,
    parents,
    `${node.table.name} (${node.keys.perLink!.columns.join(', ')}, ${link.columns.join(', ')})`,
    `${parents} rows of ${parent.key}`,
  )
  return distinctAmongSiblings(free, parents, { first: (row) => layout.start(layout.parent(row)) })
}

function freeChoice(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
  parent: TableNode,
  parents: number,
  path: readonly (string | number)[],
): ParentChoice {
  const given = givenColumns(node, link)
  if (given.length > 0 && given.length < link.columns.length)
    return dependentChoice(planning, node, link, parent, path)
  if (parent === node) return earlierRow(drawFor(...path, 'parent'))
  const skew = (link.distribution ?? 'skewed') as Skew
  const fitting = fittingParents(planning, node, link)
  const choice = (lane: string) => {
    const any = popularParent(parents, skew, drawFor(...path, lane), path)
    return fitting ? among(fitting, any, drawFor(...path, lane, 'fitting')) : any
  }
  if (link.existingAt === undefined || link.since === undefined) {
    const existing = fitting || link.distribution ? undefined : impliedLimit(planning, node, parent, parents)
    if (!existing) return choice('parent')
    // Older parents had more time to be chosen, which is most of the skew there should be.
    const tries = Array.from({ length: IMPLIED_TRIES }, (_, i) =>
      popularParent(parents, 'mild', drawFor(...path, `parent ${i}`), path),
    )
    return existingParent(tries, existing, drawFor(...path, 'any'))
  }
  const at = planning.scope(node).column(link.existingAt)
  const since = planning.scope(parent).column(link.since)
  if (!at || !since) return choice('parent') // a finding of its own: check-references.ts
  const limit = (row: number) => countNotAbove(parents, (i) => Number(since.value(i)), Number(at.value(row)))
  const choices = Array.from({ length: EXISTING_TRIES }, (_, i) => choice(`parent ${i}`))
  return existingParent(choices, limit, drawFor(...path, 'any'))
}

/** The choice, if it is one of the list, else any of it. */
function among(list: () => readonly number[], choice: ParentChoice, draw: Draw): ParentChoice {
  let fits: ReadonlySet<number> | undefined
  return (row) => {
    fits ??= new Set(list())
    const chosen = choice(row)
    if (fits.has(chosen)) return chosen
    const all = list()
    return all.length === 0 ? chosen : all[below(draw(row), all.length)]!
  }
}

function otherParent(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
  parent: TableNode,
): (row: number, fraction: number) => number {
  if (givenColumns(node, link).length > 0) return dependentOther(planning, node, link, parent)
  const fitting = fittingParents(planning, node, link)
  const parents = planning.rows(parent)
  return (_, part) => {
    const list = fitting?.()
    return list ? (list[Math.floor(part * list.length)] ?? -1) : Math.floor(part * parents)
  }
}

function isNullable({ table }: TableNode, link: ForeignKey): boolean {
  return link.columns.some((name) => table.columns.get(name)?.nullable)
}

/** A reference before its table's checks: its choice, and the rows that point nowhere. */
export function rawLink(planning: Planning, node: TableNode, link: ForeignKey): RawLink {
  const parent = planning.target(node, link)
  const choose = chosen(planning, node, link)
  const optional = link.columns
    .map((name) => node.table.columns.get(name)!)
    .filter(({ name, nullable }) => nullable && !node.keys.neverNull.has(name))
  const isSelf = parent === node
  const mode = node.keys.links.get(link)?.kind ?? 'free'
  const rate = mode === 'per' ? 0 : Math.max(0, ...optional.map(({ nullRate }) => nullRate))
  const draw = drawFor(planning.options.seed, node.key, ...link.columns, 'null')
  return {
    choose: isSelf && optional.length === 0 ? (row) => Math.max(0, choose(row)) : choose,
    isNull: rate === 0 ? () => false : (row) => fraction(draw(row)) < rate,
    parents: parent ? planning.rows(parent) : 0,
    other:
      mode === 'free' && !isSelf && link.existingAt === undefined && parent
        ? otherParent(planning, node, link, parent)
        : undefined,
    isOptional: rate > 0,
  }
}
