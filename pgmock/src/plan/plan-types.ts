import type { ForeignKey, Column, Model, Table } from '../schema/model.ts'
import type { Cell } from '../values/cell.ts'
import type { Digit, TupleGroup } from './tuple-groups.ts'
import type { Writer } from '../rows/stitch.ts'

/** A whole run: databases in the order of their files. */
export type SetPlan = {
  readonly databases: readonly DatabasePlan[]
  readonly seed: number
  readonly now: number
}

export type DatabasePlan = {
  readonly model: Model
  /** In the order of the file. */
  readonly tables: readonly TablePlan[]
}

export type TablePlan = {
  readonly model: Model
  readonly table: Table
  readonly rows: number
  /** Of a partitioned table: its rows, which are written as its partitions'. */
  readonly rowsInPartitions?: number
  /** The ones that are written, in order. */
  readonly columns: readonly ColumnPlan[]
  /** Tables of the same database it references, itself left out. */
  readonly parents: readonly string[]
}

export type ColumnPlan = {
  readonly column: Column
  readonly cell: Cell
  readonly write: Writer
  /** Where its values come from, for `explain`. */
  readonly why: string
}

/** One table while it is planned. */
export type TableNode = {
  readonly model: Model
  readonly table: Table
  /** `catalog:products` */
  readonly key: string
  readonly keys: KeyStrategy
}

/** How each key of a table is kept, decided from the schema alone. */
export type KeyStrategy = {
  /** Columns whose values must all differ. */
  readonly uniqueColumns: ReadonlySet<string>
  readonly links: ReadonlyMap<ForeignKey, LinkMode>
  /** Columns that are digits of tuples, as `links` are. */
  readonly digits: ReadonlyMap<string, ColumnDigit>
  /** Columns that hold no NULL, since one would be like another. */
  readonly neverNull: ReadonlySet<string>
  /** The reference that `rowCount … per` follows. */
  readonly perLink: ForeignKey | undefined
}

/** A column filled from a digit: its own, or the start or end of the tile that another column's digit names. */
export type ColumnDigit = {
  readonly group: TupleGroup
  readonly digit: Digit
  readonly part: 'value' | 'tile' | 'start' | 'end'
}

export type LinkMode =
  | { readonly kind: 'free' }
  | { readonly kind: 'per' }
  | { readonly kind: 'one-to-one' }
  /** Differs from the siblings' choices under the same `per` parent. */
  | { readonly kind: 'among-siblings' }
  /** One digit of the tuples of `group`. */
  | { readonly kind: 'tuple'; readonly group: TupleGroup }
  /** Of itself: every row follows the one before. */
  | { readonly kind: 'chain' }

/** A problem of one column or table, thrown while planning and turned into a finding at its place. */
export class PlanProblem extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, hint?: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
