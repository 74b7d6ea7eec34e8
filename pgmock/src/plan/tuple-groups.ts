// Sets of columns that must differ from row to row together, where no column does so alone: each takes its value as a
// digit of the row's number. Sets that share one digit turn around it; what is knit closer than that is left unproven.

import type { ForeignKey } from '../schema/model.ts'

export type Digit = { readonly id: string; readonly link?: ForeignKey; readonly column?: string }

export type TupleGroup = {
  readonly sets: (readonly Digit[])[]
  /** The digit that all sets share; undefined while there is one set. */
  pivot: Digit | undefined
  /** Two references to one table whose parents a check wants apart, or in order. */
  readonly order: 'any' | 'apart' | 'rising' | 'falling'
}

export function linkDigit(link: ForeignKey): Digit {
  return { id: `→${link.columns.join(', ')}`, link }
}

export function columnDigit(column: string): Digit {
  return { id: column, column }
}

/** The group that now keeps the set too, or a new one; undefined when it crosses groups in more than one digit. */
export function joinGroup(
  groups: TupleGroup[],
  set: readonly Digit[],
  order: TupleGroup['order'],
): TupleGroup | undefined {
  const shares = (group: TupleGroup) => group.sets.some((other) => other.some(({ id }) => hasDigit(set, id)))
  const touched = groups.filter(shares)
  const [group] = touched
  if (!group) {
    const made: TupleGroup = { sets: [set], pivot: undefined, order }
    groups.push(made)
    return made
  }
  // A set within another holds with it the other way round only: the smaller is the stronger.
  if (group.sets.some((other) => other.every(({ id }) => hasDigit(set, id)))) return group
  const all = group.sets.flat()
  const shared = set.filter(({ id }) => hasDigit(all, id))
  const pivot = shared[0]!
  const isPivot = shared.length === 1 && group.sets.every((other) => hasDigit(other, pivot.id))
  if (touched.length > 1 || !isPivot || (group.pivot && group.pivot.id !== pivot.id)) return undefined
  group.pivot = pivot
  group.sets.push(set)
  return group
}

function hasDigit(set: readonly Digit[], id: string): boolean {
  return set.some((digit) => digit.id === id)
}
