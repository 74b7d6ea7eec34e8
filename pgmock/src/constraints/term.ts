// A check is compiled once per table into terms: closures that read the row being tried, and know how to change it. The
// same tree so tells whether a check holds and, when it does not, moves the row towards holding.

import type { PgType } from '../schema/pg-type.ts'
import type { Expression } from '../values/generator.ts'
import { BOOL, type Value, type ValueType } from '../values/value-type.ts'

export type Term = Expression & {
  /** The row number is not used: a term reads the one row being tried. */
  readonly value: () => Value
  /** Tries to change the row so that the term has this value; false when it cannot. Of a condition: makes it so. */
  readonly write?: ((to: Value) => boolean) | undefined
  /** Makes it NULL or not; without it, what holds for `parts` holds for the term. */
  readonly becomeNull?: ((isNull: boolean) => boolean) | undefined
  /** Takes what the column's generator gives another row: a way out where no step leads on. */
  readonly reroll?: ((fraction: number) => boolean) | undefined
  /** NULL if any of them is. */
  readonly parts?: readonly Term[] | undefined
  /** Set for a bare column. */
  readonly slot?: number | undefined
  /** A value that never changes. */
  readonly constant?: { readonly value: Value } | undefined
  /** The SQL type, where it is known. */
  readonly pg?: PgType | undefined
  /** What counts on the day the file is restored, for terms that name the present. */
  readonly later?: Term | undefined
  /** The elements of ARRAY[…]. */
  readonly items?: readonly Term[] | undefined
  /** What was compared or listed, for the settings that keep it: hints.ts. */
  readonly shape?: Shape | undefined
}

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

export type Shape =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Term[] }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Term; readonly right: Term }
  | { readonly kind: 'in'; readonly of: Term; readonly list: readonly Term[] }
  | { readonly kind: 'matches'; readonly of: Term; readonly pattern: string; readonly like: boolean }
  | { readonly kind: 'null'; readonly of: Term; readonly isNull: boolean }
  | { readonly kind: 'length' | 'lower' | 'upper' | 'trim'; readonly of: Term }

/** The row being tried, and chance that depends on the row alone. */
export type Trial = {
  readonly values: Value[]
  /** Uniform in [0, 1). */
  random(): number
}

/** Part of a check that we cannot read: the message says which. */
export class NotUnderstood extends Error {}

export function constantOf(type: ValueType, value: Value): Term {
  return { type, value: () => value, constant: { value } }
}

export function condition(
  value: () => Value,
  write: (to: boolean) => boolean,
  more: Partial<Term> = {},
): Term {
  return { type: BOOL, value, write: (to) => (to === null ? false : write(to === true)), ...more }
}

export function makeNull(term: Term, isNull: boolean): boolean {
  if (term.becomeNull) return term.becomeNull(isNull)
  if (term.constant) return (term.constant.value === null) === isNull
  const parts = term.parts ?? []
  if (isNull) return parts.some((part) => makeNull(part, true))
  return parts.every((part) => part.value() !== null || makeNull(part, false))
}

/** Writes to the first of the terms, in a random order, that takes it. */
export function shuffled<T>(items: readonly T[], trial: Trial): T[] {
  const list = [...items]
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(trial.random() * (i + 1))
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
