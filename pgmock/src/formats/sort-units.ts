// pg_dump's order (pg_dump_sort.c): by kind, schema and name, bytes compared; then a topological repair that works from
// the end and always takes the highest-sorted object that nothing left must follow.

import type { Entry } from './entry.ts'

/** undefined as owner: the database's. */
export type Draft = Omit<Entry, 'owner'> & { readonly owner?: string | undefined }

/** An object of the dump, with the comments and statements that follow it directly. */
export type Unit = {
  readonly priority: number
  readonly schema: string
  /** The object's own name: a constraint's, not its table's. */
  readonly name: string
  /** Decides between equal names: the table's name, a column's number. */
  readonly tie: string | number
  readonly entries: readonly Draft[]
  /** What others call it when they need it before them. */
  readonly id: string
  readonly needs: readonly string[]
}

/** dbObjectTypePriority; within data and post-data the kinds follow in the same way. */
export const PRIORITY = {
  schema: 1,
  language: 2,
  collation: 3,
  transform: 4,
  extension: 5,
  type: 6,
  cast: 7,
  function: 8,
  aggregate: 9,
  accessMethod: 10,
  operator: 11,
  operatorFamily: 12,
  conversion: 13,
  textSearchParser: 14,
  textSearchTemplate: 15,
  textSearchDictionary: 16,
  textSearchConfiguration: 17,
  foreignDataWrapper: 18,
  server: 19,
  table: 20,
  tableAttach: 21,
  default: 23,
  data: 30,
  sequenceSet: 31,
  constraint: 40,
  index: 41,
  indexAttach: 42,
  statistics: 43,
  rule: 44,
  trigger: 45,
  foreignKey: 46,
  policy: 47,
  publication: 48,
  publicationTable: 49,
  publicationSchema: 50,
  subscription: 51,
  defaultPrivileges: 58,
  eventTrigger: 59,
  refresh: 60,
} as const

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

export function sortedUnits(units: readonly Unit[]): Unit[] {
  return repaired(units.toSorted(compare))
}

function compare(a: Unit, b: Unit): number {
  return (
    a.priority - b.priority ||
    byBytes(a.schema, b.schema) ||
    byBytes(a.name, b.name) ||
    (typeof a.tie === 'number' && typeof b.tie === 'number'
      ? a.tie - b.tie
      : byBytes(String(a.tie), String(b.tie)))
  )
}

function repaired(units: readonly Unit[]): Unit[] {
  const places = new Map<string, number[]>()
  for (const [i, { id }] of units.entries()) places.set(id, [...(places.get(id) ?? []), i])
  const needs = units.map(({ needs: ids }, i) => [
    ...new Set(ids.flatMap((id) => places.get(id) ?? []).filter((place) => place !== i)),
  ])
  // How many of those left must come after each.
  const followers = units.map(() => 0)
  for (const list of needs) for (const place of list) followers[place]!++
  const done = units.map(() => false)
  const result: Unit[] = []
  const free = new MaxHeap()
  for (const [i, count] of followers.entries()) if (count === 0) free.push(i)
  while (result.length < units.length) {
    // A circle has no free member: its last one goes first.
    const place = free.pop() ?? done.lastIndexOf(false)
    if (done[place]) continue
    done[place] = true
    result.push(units[place]!)
    for (const before of needs[place]!) if (--followers[before]! === 0) free.push(before)
  }
  return result.toReversed()
}

class MaxHeap {
  readonly #items: number[] = []

  push(value: number): void {
    const items = this.#items
    let at = items.push(value) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (items[above]! >= value) break
      items[at] = items[above]!
      at = above
    }
    items[at] = value
  }

  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && items[below + 1]! > items[below]!) below++
      if (items[below]! <= last) break
      items[at] = items[below]!
      at = below
    }
    items[at] = last
    return top
  }
}
