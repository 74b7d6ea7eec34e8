import { didYouMean } from '@specwright/cli/nearest.ts'
import { ExpressionError } from './expression.ts'
import type { Parent, Scope } from './scope.ts'

/** Walks reference columns; `rowOf` is undefined when no step was taken. */
export function followed(
  names: readonly string[],
  scope: Scope,
  at: number,
): { owner: Scope; rowOf: ((row: number) => number) | undefined } {
  let owner = scope
  let rowOf: ((row: number) => number) | undefined
  for (const name of names) {
    const parent: Parent | undefined = owner.parent(name)
    if (!parent) {
      if (!owner.columnNames.includes(name)) throw unknownColumn(name, owner, at)
      throw new ExpressionError(
        'not-a-reference',
        at,
        `${owner.table}.${name} references no table, so nothing follows it`,
      )
    }
    const before = rowOf
    const step = parent.row
    rowOf = before
      ? (row) => {
          const middle = before(row)
          return middle < 0 ? -1 : step(middle)
        }
      : step
    owner = parent.scope
  }
  return { owner, rowOf }
}

export function unknownColumn(name: string, { table, columnNames }: Scope, at: number): ExpressionError {
  return new ExpressionError(
    'unknown-name',
    at,
    `table ${table} has no column "${name}"`,
    didYouMean(name, columnNames) ?? `It has ${columnNames.slice(0, 12).join(', ')}.`,
  )
}
