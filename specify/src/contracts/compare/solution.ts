import type { Formula } from './formula.ts'

/** Whether a value exists, with one as proof. */
export type Solution =
  | { readonly outcome: 'witness'; readonly value: unknown }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'unknown'; readonly why: string }

/** A formula that is to hold, or not to. `isWriter`: said by the schema of who writes the value, and meant closed. */
export type Literal = { readonly formula: Formula; readonly isTrue: boolean; readonly isWriter: boolean }

export function keyOfLiterals(literals: readonly Literal[]): string {
  return [
    ...new Set(
      literals.map(({ formula, isTrue, isWriter }) => formula.id * 4 + (isTrue ? 2 : 0) + (isWriter ? 1 : 0)),
    ),
  ]
    .sort((a, b) => a - b)
    .join(' ')
}

/** Finds a value for literals, wherever they stand. */
export type Solve = (literals: readonly Literal[]) => Solution

/** Of several ways that failed: unknown if any is. */
export function worst(solutions: readonly Solution[]): Solution {
  return solutions.find(({ outcome }) => outcome === 'unknown') ?? { outcome: 'empty' }
}
