import type { Draw } from '../bytes/hash.ts'
import type { Expression } from '../values/generator.ts'

/** What the compiler needs to know about a table; the plan provides it. */
export type Scope = {
  readonly table: string
  readonly columnNames: readonly string[]
  /** A column of the row; undefined when there is none of that name. */
  column(name: string): Expression | undefined
  /** The row a foreign-key column points to; undefined when the column is no reference. */
  parent(column: string): Parent | undefined
  /** Rows of `table` that reference a row of this one; undefined when no such table or reference exists. */
  children(database: string | undefined, table: string): Children | undefined
  /** 1-based place among the siblings of `per`, and their number; undefined when the table has no `per`. */
  readonly ordinal: ((row: number) => number) | undefined
  readonly siblings: ((row: number) => number) | undefined
  /** Chance for this cell; a lane for each place in the expression. */
  draw(lane: string): Draw
  /** Microseconds since 1970. */
  readonly now: number
}

export type Parent = {
  readonly scope: Scope
  /** The parent's row, or -1 when the reference is NULL. */
  readonly row: (row: number) => number
}

export type Children = {
  readonly scope: Scope
  readonly count: (row: number) => number
  /** Row of the k-th child, 0-based. */
  readonly at: (row: number, k: number) => number
}
