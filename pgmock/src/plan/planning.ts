// What the parts of the planner ask of each other. Everything is made on demand and remembered: a column asks for the
// columns its values come from, a table for its parents' row counts.

import type { Hints } from '../constraints/hints.ts'
import type { SqlParser } from '../constraints/sql-parser.ts'
import type { Children, Scope } from '../derive/scope.ts'
import type { Writer } from '../rows/stitch.ts'
import type { FindingList } from '../schema/finding-list.ts'
import type { Column, Derived, ForeignKey } from '../schema/model.ts'
import type { Cell } from '../values/cell.ts'
import type { Expression, Generator } from '../values/generator.ts'
import type { ChildLayout } from './child-layout.ts'
import type { ParentChoice } from './parent-choice.ts'
import type { TableNode } from './plan-types.ts'

export type PlanOptions = {
  readonly seed: number
  readonly now: number
  /** Multiplies plain row counts. */
  readonly scale: number
  /** Row counts by `table` or `database:table` that replace the schema's. */
  readonly counts: ReadonlyMap<string, number>
  /** Share of rows with an edge case, 0 to 1, in columns of free text. */
  readonly edgeCases: number
  /** By `pluginKey`. */
  readonly plugins?: ReadonlyMap<string, Generator> | undefined
  /** Without it nothing looks at the checks. */
  readonly sql?: SqlParser | undefined
}

export type MadeCell = { readonly cell: Cell; readonly write: Writer; readonly why: string }

/** A reference before checks look at it. */
export type RawLink = {
  readonly choose: ParentChoice
  readonly isNull: (row: number) => boolean
  readonly isOptional: boolean
  readonly parents: number
  /** Another parent that would do as well, by a fraction; undefined when there is no choice. */
  readonly other: ((row: number, fraction: number) => number) | undefined
}

/** How the checks of a table are kept: table-checks.ts. */
export type TableChecks = {
  /** What the checks of this column alone say. */
  hints(column: Column): Hints
  /** Undefined for a column that no check names, or that something else decides. */
  cell(column: Column): Cell | undefined
  why(column: Column): string
  /** The parent of each row, for a reference that checks name. */
  parent(link: ForeignKey): ParentChoice | undefined
  /** Tries some rows; a finding for a check that cannot be met. */
  verify(): void
}

/** Which rows of a partitioned table each of its leaves holds. */
export type Routes = {
  rows(leaf: TableNode): number
  /** Row of the leaf → row of the partitioned table. */
  at(leaf: TableNode): (row: number) => number
  /** Rows that no partition takes. */
  homeless(): number
}

export type Planning = {
  readonly options: PlanOptions
  readonly nodes: ReadonlyMap<string, TableNode>
  /** What is being made right now, in order: `shop.orders.total`. What asks for itself on the way is a circle. */
  readonly open: string[]
  readonly layouts: Map<string, ChildLayout | undefined>
  readonly links: Map<ForeignKey, ParentChoice>
  readonly scopes: Map<string, Scope>
  readonly children: Map<ForeignKey, Children>
  rows(node: TableNode): number
  /** Undefined for a table without checks. */
  checks(node: TableNode): TableChecks | undefined
  made(node: TableNode, column: Column): MadeCell
  link(node: TableNode, link: ForeignKey): ParentChoice
  /** For a partition whose rows are those of the partitioned table above it. */
  routes(node: TableNode): Routes | undefined
  layout(node: TableNode): ChildLayout | undefined
  scope(node: TableNode): Scope
  expression(node: TableNode, derived: Derived): Expression
  list(node: TableNode): FindingList
  /** The table a reference leads to. */
  target(node: TableNode, link: ForeignKey): TableNode | undefined
  /** What the draws of a column are named by. */
  path(node: TableNode, column: Column): readonly (string | number)[]
}

/** Thrown for a column that has a finding already. */
export class Unplanned extends Error {}
