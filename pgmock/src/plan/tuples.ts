// The digits of a tuple group for each row, once the sizes are known.

import { hashText, mix } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'
import { distinctTuples, type ParentChoice } from './parent-choice.ts'
import { PlanProblem, type TableNode } from './plan-types.ts'
import { digitDomain } from './digit-domain.ts'
import type { Planning } from './planning.ts'
import type { Digit, TupleGroup } from './tuple-groups.ts'

/** Row → index of the digit's value: a parent's row, or a place in the column's list of values. */
export function digitOf(planning: Planning, node: TableNode, group: TupleGroup, digit: Digit): ParentChoice {
  const rows = planning.rows(node)
  const sizes = sizesOf(planning, node, group, rows)
  const sizeOf = ({ id }: Digit) => sizes.get(id)!
  const set = group.sets.find((one) => one.some(({ id }) => id === digit.id))!
  const name = set.map(({ id }) => id).join(', ')
  const key = [
    planning.options.seed,
    node.key,
    group.sets
      .flat()
      .map(({ id }) => id)
      .join(', '),
  ]
  if (!group.pivot) {
    if (group.order !== 'any') return pairs(planning, node, group, digit, rows, key)
    needRoom(
      rows,
      product(set.map(sizeOf)),
      `${node.table.name} (${name.replaceAll('→', '')})`,
      `${set.map(sizeOf).join(' × ')} combinations`,
    )
    return distinctTuples(set.map(sizeOf), key)[set.findIndex(({ id }) => id === digit.id)]!
  }
  const pivots = sizeOf(group.pivot)
  const rest = (one: readonly Digit[]) => one.filter(({ id }) => id !== group.pivot!.id)
  const rounds = Math.min(...group.sets.map((one) => product(rest(one).map(sizeOf))))
  needRoom(
    rows,
    pivots * rounds,
    `${node.table.name} (${name.replaceAll('→', '')})`,
    `${pivots} × ${rounds} combinations`,
  )
  const place = permutation(pivots * rounds, ...key, 'pivot')
  if (digit.id === group.pivot.id) return (row) => place(row) % pivots
  const others = rest(set)
  const room = product(others.map(sizeOf))
  const order = permutation(room, ...key, name)
  const salt = hashText(name, 0x27d4eb2f)
  const at = others.findIndex(({ id }) => id === digit.id)
  const divisor = product(others.slice(at + 1).map(sizeOf))
  return (row) => {
    const is = place(row)
    const pivot = is % pivots
    // For one pivot the rounds differ, so the turned places do, too.
    const turned = (order(Math.floor(is / pivots)) + (mix(pivot, salt, 0x5bd1e995) % room)) % room
    return Math.floor(turned / divisor) % sizeOf(digit)
  }
}

/** Sizes by digit. Columns without an end of their own get what the rows need. */
function sizesOf(planning: Planning, node: TableNode, group: TupleGroup, rows: number): Map<string, number> {
  const sizes = new Map<string, number>()
  const fixed = ({ link, column }: Digit): number | undefined => {
    if (link) {
      const parent = planning.target(node, link)
      return parent ? planning.rows(parent) : 0
    }
    // Tiles are as many as are asked for.
    if (node.keys.digits.get(column!)?.part !== 'value') return undefined
    const { size } = digitDomain(planning, node, node.table.columns.get(column!)!)
    return size === Infinity ? undefined : size
  }
  for (const set of group.sets) {
    const known = set.map((digit) => sizes.get(digit.id) ?? fixed(digit))
    const open = known.filter((size) => size === undefined).length
    const needed = Math.ceil(
      ((rows * 1.5) / Math.max(1, product(known.filter((size) => size !== undefined)))) **
        (1 / Math.max(1, open)),
    )
    for (const [i, digit] of set.entries()) sizes.set(digit.id, known[i] ?? Math.max(2, needed))
  }
  return sizes
}

/** Two parents of one table that differ. */
function pairs(
  planning: Planning,
  node: TableNode,
  group: TupleGroup,
  digit: Digit,
  rows: number,
  key: readonly (string | number)[],
): ParentChoice {
  const [first, second] = group.sets[0]!
  const parent = planning.target(node, first!.link!)!
  const parents = planning.rows(parent)
  const ordered = group.order !== 'apart'
  const room = ordered ? (parents * (parents - 1)) / 2 : parents * (parents - 1)
  needRoom(
    rows,
    room,
    `${node.table.name} (${[first, second].map((one) => one!.link!.columns.join(', ')).join(', ')})`,
    `${room} pairs of ${parents} rows`,
  )
  const index = permutation(Math.max(1, room), ...key, 'pairs')
  const isFirst = digit.id === first!.id
  if (!ordered)
    return (row) => {
      const is = index(row)
      const one = Math.floor(is / (parents - 1))
      const other = is % (parents - 1)
      return isFirst ? one : other < one ? other : other + 1
    }
  const column = parent.table.columns.get(first!.link!.parentColumns[0]!)!
  const { value } = planning.made(parent, column).cell
  return (row) => {
    const is = index(row)
    let high = Math.floor((1 + Math.sqrt(1 + 8 * is)) / 2)
    // The square root of a large number may be off by one.
    while ((high * (high - 1)) / 2 > is) high--
    while (((high + 1) * high) / 2 <= is) high++
    const low = is - (high * (high - 1)) / 2
    const isRising = (value(low) ?? 0) < (value(high) ?? 0)
    return isRising === (isFirst === (group.order === 'rising')) ? low : high
  }
}

export function needRoom(rows: number, room: number, what: string, where: string): void {
  if (rows > room)
    throw new PlanProblem(
      'unique-space-too-small',
      `${what} is unique: ${rows} rows do not fit into ${where}`,
      'Lower rowCount, or add rows to the parent.',
    )
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1)
}
