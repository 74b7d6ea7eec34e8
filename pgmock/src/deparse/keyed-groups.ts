// check_functional_grouping (pg_constraint.c): a column that is neither grouped nor within an aggregate is allowed where
// GROUP BY has the primary key of its table. Such a query needs that key.

import type { Query, Select } from './query.ts'
import type { Source, Typed } from './typed.ts'

/** The types of the rows of the tables whose primary keys the query, or one within it, needs. */
export function keyedRows(query: Query): string[] {
  const found = new Set<string>()
  visitQueries(query, (select) => {
    for (const source of ungrouped(select)) if (source.rowType !== undefined) found.add(source.rowType)
  })
  return [...found]
}

function visitQueries(value: unknown, visit: (select: Select) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visitQueries(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if ('kind' in value && value.kind === 'select') visit(value as Select) // of all our kinds, only a Select's
  for (const [key, member] of Object.entries(value)) if (!isBackward(key)) visitQueries(member, visit)
}

/** Sources hold the expressions of joins, which hold sources. */
function isBackward(key: string): boolean {
  return key === 'source' || key === 'sources'
}

function ungrouped(select: Select): Set<Source> {
  const groups: Typed[] = []
  for (const item of select.groupBy) if (item.kind === 'plain') groups.push(item.expression)
  const sources = new Set<Source>()
  // With grouping sets no column depends on a key.
  if (groups.length === 0 || groups.length < select.groupBy.length) return sources
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item)
      return
    }
    if (typeof value !== 'object' || value === null) return
    if ('kind' in value) {
      const typed = value as Typed
      if (groups.some((group) => isSame(group, typed))) return
      if (typed.kind === 'call' && typed.call.isAggregate && typed.call.over === undefined) return
      if ((typed.kind === 'column' || typed.kind === 'whole-row') && typed.source) sources.add(typed.source)
    }
    for (const [key, member] of Object.entries(value)) if (!isBackward(key)) walk(member)
  }
  walk(select.targets.map(({ expression }) => expression))
  walk(select.having)
  const own = ownSources(select)
  return new Set([...sources].filter((source) => own.has(source)))
}

function ownSources({ from }: Select): Set<Source> {
  const own = new Set<Source>()
  const add = (item: Select['from'][number]): void => {
    own.add(item.source)
    if (item.kind !== 'join') return
    add(item.left)
    add(item.right)
  }
  for (const item of from) add(item)
  return own
}

/** Sources are the same when they are one object; everything else by what it holds. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => {
    const [one, other] = [a[key as keyof typeof a], b[key as keyof typeof b]]
    return isBackward(key) ? one === other : isSame(one, other)
  })
}
