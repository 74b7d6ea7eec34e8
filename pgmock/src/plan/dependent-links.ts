// A reference that follows another: its parents grouped by the values that are given. 4 bytes a parent, made when the
// first row asks.

import { below, drawFor } from '../bytes/hash.ts'
import type { ForeignKey } from '../schema/model.ts'
import type { Value } from '../values/value-type.ts'
import { givenColumns, ownerOf } from './link-owners.ts'
import type { ParentChoice } from './parent-choice.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

/** Among the parents that agree with the row; -1 when there is none. */
export function dependentChoice(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
  parent: TableNode,
  path: readonly (string | number)[],
): ParentChoice {
  const given = givenColumns(node, link)
  const draw = drawFor(...path, 'dependent')
  const groups = parentGroups(planning, node, link, parent)
  const values = given.map((name) => {
    const column = node.table.columns.get(name)!
    return (row: number): Value => planning.made(node, column).cell.value(row)
  })
  const isSelf = parent === node
  return (row) => {
    const group = groups().get(keyOf(values.map((value) => value(row))))
    if (!group) return isSelf && !isOptional(node, link) ? row : -1
    if (!isSelf) return group[below(draw(row), group.length)]!
    // Earlier rows of the own table alone: no circles.
    const earlier = countBelow(group, row)
    if (earlier > 0) return group[below(draw(row), earlier)]!
    return isOptional(node, link) ? -1 : row
  }
}

/** Another parent that agrees with the row, by a fraction. */
export function dependentOther(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
  parent: TableNode,
): (row: number, fraction: number) => number {
  const groups = parentGroups(planning, node, link, parent)
  const columns = givenColumns(node, link).map((name) => node.table.columns.get(name)!)
  return (row, part) => {
    const group =
      groups().get(keyOf(columns.map((column) => planning.made(node, column).cell.value(row)))) ?? []
    return group[Math.floor(part * group.length)] ?? -1
  }
}

/** Parents of the leading reference for which every follower that must have a parent finds one. */
export function fittingParents(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
): (() => readonly number[]) | undefined {
  const parent = planning.target(node, link)
  const followers = node.table.foreignKeys.flatMap((other) => {
    const given = other === link ? [] : givenColumns(node, other)
    const target = planning.target(node, other)
    const isLed = given.length > 0 && given.every((name) => ownerOf(node, name) === link)
    const ownsNothing = given.length === other.columns.length
    return isLed && !ownsNothing && target && target !== node && !isOptional(node, other)
      ? [{ other, given, target }]
      : []
  })
  if (!parent || followers.length === 0) return undefined
  let fitting: readonly number[] | undefined
  return () =>
    (fitting ??= Array.from({ length: planning.rows(parent) }, (_, row) => row).filter((row) =>
      followers.every(({ other, given, target }) => {
        const key = given.map((name) => {
          const column = parent.table.columns.get(link.parentColumns[link.columns.indexOf(name)]!)!
          return planning.made(parent, column).cell.value(row)
        })
        return parentGroups(planning, node, other, target)().has(keyOf(key))
      }),
    ))
}

type Groups = ReadonlyMap<string, readonly number[]>

function parentGroups(
  planning: Planning,
  node: TableNode,
  link: ForeignKey,
  parent: TableNode,
): () => Groups {
  let made: Map<string, number[]> | undefined
  return () => {
    if (made) return made
    made = new Map()
    const cells = givenColumns(node, link).map((name) => {
      const column = parent.table.columns.get(link.parentColumns[link.columns.indexOf(name)]!)!
      return planning.made(parent, column).cell
    })
    for (let row = 0; row < planning.rows(parent); row++) {
      const key = keyOf(cells.map(({ value }) => value(row)))
      const group = made.get(key)
      if (group) group.push(row)
      else made.set(key, [row])
    }
    return made
  }
}

function keyOf(values: readonly Value[]): string {
  return values.map(String).join('\u0000')
}

function isOptional({ table }: TableNode, link: ForeignKey): boolean {
  return link.columns.some((name) => table.columns.get(name)!.nullable)
}

function countBelow(rows: readonly number[], row: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}
