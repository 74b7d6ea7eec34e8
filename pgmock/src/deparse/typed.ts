// An expression after type analysis: every operator and function resolved, every implicit cast in its place.

import type { CatalogColumn } from './server-catalog.ts'
import type { Query } from './query.ts'

/** A type, as a cast without length prints it. `unknown` for bare literals; UNSURE for what we cannot know. */
export type TypeText = string

export const UNKNOWN = 'unknown'
/** Of a function nobody described, of a column of such a type: whatever stands beside it keeps its spelling. */
export const UNSURE = '?'

export type Typed = Expression & {
  readonly type: TypeText
  /** With length or precision: `numeric(10,2)`. Undefined: without. */
  readonly full?: string | undefined
}

type Expression =
  /** Undefined value: NULL. */
  | { readonly kind: 'constant'; readonly value: string | undefined }
  | { readonly kind: 'column'; readonly source: Source | undefined; readonly name: string }
  | { readonly kind: 'whole-row'; readonly source: Source }
  | {
      readonly kind: 'cast'
      readonly arg: Typed
      readonly isImplicit: boolean
      /** Done by a function, which some places put brackets around. */
      readonly byFunction?: boolean
    }
  | { readonly kind: 'operator'; readonly operator: string; readonly args: readonly Typed[] }
  | {
      readonly kind: 'quantified'
      readonly operator: string
      readonly word: 'ANY' | 'ALL'
      readonly args: readonly [Typed, Typed]
    }
  | { readonly kind: 'distinct'; readonly args: readonly [Typed, Typed] }
  | { readonly kind: 'nullif'; readonly args: readonly [Typed, Typed] }
  | { readonly kind: 'and' | 'or' | 'not'; readonly args: readonly Typed[] }
  /** `IS NULL`, `IS NOT TRUE` … */
  | { readonly kind: 'test'; readonly arg: Typed; readonly test: string; readonly showsCast: boolean }
  | {
      readonly kind: 'case'
      readonly subject: Typed | undefined
      readonly whens: readonly { readonly test: Typed; readonly result: Typed }[]
      readonly otherwise: Typed
    }
  /** COALESCE, GREATEST, LEAST */
  | { readonly kind: 'alike'; readonly word: string; readonly args: readonly Typed[] }
  | { readonly kind: 'array'; readonly items: readonly Typed[] }
  | { readonly kind: 'row'; readonly items: readonly Typed[] }
  | {
      readonly kind: 'row-compare'
      readonly operator: string
      readonly left: readonly Typed[]
      readonly right: readonly Typed[]
    }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'named-argument'; readonly name: string; readonly arg: Typed }
  /** CURRENT_DATE and its like, DEFAULT. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'collate'; readonly arg: Typed; readonly collation: string }
  | {
      readonly kind: 'subscript'
      readonly arg: Typed
      readonly places: readonly {
        readonly isSlice: boolean
        readonly lower: Typed | undefined
        readonly upper: Typed | undefined
      }[]
    }
  | { readonly kind: 'field'; readonly arg: Typed; readonly field: string }
  | {
      readonly kind: 'subquery'
      readonly query: Query
      readonly form: 'exists' | 'any' | 'all' | 'scalar' | 'array' | 'row'
      readonly operator: string
      readonly left: readonly Typed[]
    }
  | { readonly kind: 'grouping'; readonly args: readonly Typed[] }

export type Call = {
  /** With its schema where one is printed, quoted. */
  readonly name: string
  /** Without schema, for the forms of the standard. */
  readonly bare: string
  readonly isSqlSyntax: boolean
  readonly args: readonly Typed[]
  readonly isVariadic: boolean
  readonly isStar: boolean
  readonly isDistinct: boolean
  readonly isAggregate: boolean
  readonly orderBy: readonly SortItem[]
  readonly withinGroup: boolean
  readonly filter: Typed | undefined
  readonly over: Window | string | undefined
  readonly returnsSet: boolean
  /** What it returns as rows, in FROM. */
  readonly columns: readonly CatalogColumn[]
}

export type SortItem = {
  readonly expression: Typed
  readonly descending: boolean
  readonly nulls: 'first' | 'last' | undefined
  /** The place in the target list, which ORDER BY of a UNION prints. */
  readonly place: number | undefined
}

export type Window = {
  readonly name: string | undefined
  readonly base: string | undefined
  readonly partitionBy: readonly SortItem[]
  readonly orderBy: readonly SortItem[]
  /** Empty for the default. */
  readonly frame: string
  readonly startOffset: Typed | undefined
  readonly endOffset: Typed | undefined
  readonly frameOptions: number
}

/** One thing of a FROM clause. Joins have columns, too. */
export type Source = {
  readonly kind: 'relation' | 'subquery' | 'function' | 'values' | 'cte' | 'join'
  /** The name it is printed by; undefined for joins without alias. */
  alias: string | undefined
  readonly columns: readonly SourceColumn[]
  /** Of a table or view: the type of its rows. */
  readonly rowType?: TypeText | undefined
}

export type SourceColumn = {
  readonly name: string
  readonly type: TypeText
  readonly full: string | undefined
  /** Of a join: what the column stands for. */
  readonly expression: Typed | undefined
}
