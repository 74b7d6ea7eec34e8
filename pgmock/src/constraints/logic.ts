// AND, OR, NOT, IS NULL, CASE: how a condition is made true or false through its parts.

import { NULL, type Value } from '../values/value-type.ts'
import { condition, makeNull, shuffled, type Term, type Trial } from './term.ts'

export function both(of: readonly Term[], trial: Trial): Term {
  return condition(
    () => all(of, false),
    (to) => (to ? each(of, true) : one(of, false, trial)),
    {
      shape: { kind: 'and', of },
    },
  )
}

export function either(of: readonly Term[], trial: Trial): Term {
  return condition(
    () => all(of, true),
    (to) => (to ? one(of, true, trial) : each(of, false)),
    {
      shape: { kind: 'or', of },
    },
  )
}

/** AND and OR by SQL's three values: `deciding` ends it. */
function all(of: readonly Term[], deciding: boolean): Value {
  let unknown = false
  for (const { value } of of) {
    const is = value()
    if (is === deciding) return deciding
    if (is === null) unknown = true
  }
  return unknown ? null : !deciding
}

function each(of: readonly Term[], to: boolean): boolean {
  let moved = false
  // Those that are unknown may stay so, unless all are.
  for (const term of of) if (term.value() === !to) moved = term.write?.(to) === true || moved
  return moved
}

/** Mostly the branch that is nearest, so that rows keep what they were meant to be. */
function one(of: readonly Term[], to: boolean, trial: Trial): boolean {
  const order = shuffled(of, trial)
  if (trial.random() < 0.8) order.sort((a, b) => missing(a, to) - missing(b, to))
  return order.some((term) => term.write?.(to) === true)
}

/** How many conditions of a conjunction fail. The first one counts twice: it usually tells the cases apart. */
function missing({ shape, value }: Term, to: boolean): number {
  if (to && shape?.kind === 'and')
    return shape.of.reduce((sum, term, i) => sum + (term.value() === true ? 0 : i === 0 ? 2 : 1), 0)
  return value() === to ? 0 : 1
}

export function negation(of: Term): Term {
  return condition(
    () => {
      const is = of.value()
      return is === null ? null : is !== true
    },
    (to) => of.write?.(!to) ?? false,
    { parts: [of] },
  )
}

export function isNull(of: Term, wanted: boolean): Term {
  return condition(
    () => (of.value() === null) === wanted,
    (to) => makeNull(of, wanted === to),
    {
      shape: { kind: 'null', of, isNull: wanted },
    },
  )
}

/** IS TRUE, IS NOT FALSE, IS UNKNOWN … */
export function truthTest(of: Term, test: string): Term {
  const negated = test.startsWith('IS_NOT_')
  const wanted = test.endsWith('TRUE') ? true : test.endsWith('FALSE') ? false : null
  return condition(
    () => (of.value() === wanted) !== negated,
    (to) => {
      if (wanted === null) return makeNull(of, to !== negated)
      if (of.value() === null && !makeNull(of, false)) return false
      const target = to !== negated ? wanted : !wanted
      return of.value() === target || (of.write?.(target) ?? false)
    },
  )
}

export type Branch = { readonly when: Term; readonly then: Term }

/** CASE: the branch that applies is written to; now and then another is made to apply. */
export function choice(branches: readonly Branch[], otherwise: Term | undefined, trial: Trial): Term {
  const active = () => branches.find(({ when }) => when.value() === true)?.then ?? otherwise
  const type = [...branches.map(({ then }) => then), otherwise].find(
    (term) => term !== undefined && term.type.kind !== 'null',
  )?.type
  return {
    type: type ?? NULL,
    value: () => active()?.value() ?? null,
    write: (to) => {
      if (trial.random() < 0.8 && active()?.write?.(to) === true) return true
      const other = shuffled(branches, trial).find(
        ({ when, then }) => when.value() !== true && (then.value() === to || then.write?.(to) === true),
      )
      return other?.when.write?.(true) ?? active()?.write?.(to) ?? false
    },
    parts: [],
  }
}

/** num_nulls, num_nonnulls. */
export function countNulls(of: readonly Term[], countsNull: boolean): number {
  return of.reduce((sum, term) => sum + ((term.value() === null) === countsNull ? 1 : 0), 0)
}

export function writeNulls(of: readonly Term[], nulls: number, trial: Trial): boolean {
  if (nulls < 0 || nulls > of.length) return false
  const order = shuffled(of, trial)
  let left = nulls
  let good = true
  // Constants, and columns that cannot be NULL, keep what they are: those first.
  const fixed = (term: Term) => term.constant !== undefined
  for (const term of [...order.filter(fixed), ...order.filter((term) => !fixed(term))]) {
    const is = term.value() === null
    if (fixed(term)) left -= is ? 1 : 0
    else if (left > 0 && (is || makeNull(term, true))) left--
    else if (is) good = makeNull(term, false) && good
  }
  return good && left === 0
}
