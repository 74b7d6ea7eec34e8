// A SELECT after analysis: what its names stand for is known.

import type { CatalogColumn } from './server-catalog.ts'
import type { SortItem, Source, Typed, Window } from './typed.ts'

export type Query = {
  readonly with: readonly CommonTable[]
  readonly isRecursive: boolean
  readonly body: Select | Values | SetOperation
  readonly orderBy: readonly SortItem[]
  readonly limit: Typed | undefined
  readonly isLimitAll: boolean
  readonly withTies: boolean
  readonly offset: Typed | undefined
  readonly locking: readonly string[]
  readonly columns: readonly OutputColumn[]
  /** Those of its own FROM, in order: names are made unique among them. */
  readonly sources: readonly Source[]
}

export type OutputColumn = { readonly name: string; readonly type: string; readonly full: string | undefined }

export type CommonTable = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly materialized: string
  readonly query: Query
  readonly tail: {
    readonly search:
      | { readonly order: 'BREADTH' | 'DEPTH'; readonly by: readonly string[]; readonly set: string }
      | undefined
    readonly cycle:
      | {
          readonly columns: readonly string[]
          readonly set: string
          /** Of rows in a circle, and of the others; undefined for true and false. */
          readonly marks: readonly Typed[] | undefined
          readonly path: string
        }
      | undefined
  }
}

export type Select = {
  readonly kind: 'select'
  readonly distinct: boolean
  readonly distinctOn: readonly SortItem[]
  readonly targets: readonly Target[]
  readonly from: readonly FromItem[]
  readonly where: Typed | undefined
  readonly groupBy: readonly GroupItem[]
  readonly groupDistinct: boolean
  readonly having: Typed | undefined
  readonly windows: readonly Window[]
}

export type Target = {
  readonly expression: Typed
  readonly name: string
  /** Of `(…).*`: its name is always written. */
  readonly isField?: boolean
}

export type GroupItem =
  | { readonly kind: 'plain'; readonly expression: Typed }
  | { readonly kind: 'row'; readonly items: readonly GroupItem[] }
  | { readonly kind: 'sets'; readonly word: string; readonly items: readonly GroupItem[] }

export type Values = { readonly kind: 'values'; readonly rows: readonly (readonly Typed[])[] }

export type SetOperation = {
  readonly kind: 'set'
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT'
  readonly all: boolean
  readonly left: SetOperation | Query
  readonly right: SetOperation | Query
}

export type Sample = {
  readonly method: string
  readonly args: readonly Typed[]
  readonly seed: Typed | undefined
}

export type FromItem =
  | {
      readonly kind: 'relation'
      readonly source: Source
      readonly text: string
      readonly hasAlias: boolean
      readonly name: string
      readonly aliases: readonly string[]
      readonly sample: Sample | undefined
    }
  | {
      readonly kind: 'subquery'
      readonly source: Source
      readonly lateral: boolean
      readonly query: Query
      readonly aliases: readonly string[]
    }
  | {
      readonly kind: 'values'
      readonly source: Source
      readonly lateral: boolean
      readonly rows: readonly (readonly Typed[])[]
      readonly aliases: readonly string[]
    }
  | {
      readonly kind: 'function'
      readonly source: Source
      readonly lateral: boolean
      readonly calls: readonly Typed[]
      readonly ordinality: boolean
      readonly isRowsFrom: boolean
      readonly definitions: readonly CatalogColumn[]
    }
  | {
      readonly kind: 'join'
      readonly source: Source
      readonly type: 'JOIN' | 'LEFT JOIN' | 'RIGHT JOIN' | 'FULL JOIN'
      readonly left: FromItem
      readonly right: FromItem
      readonly using: readonly string[]
      readonly usingAlias: string | undefined
      readonly on: Typed | undefined
      readonly alias: string | undefined
      readonly aliases: readonly string[]
    }

export type QueryNames = {
  /** The view's column names, which every branch of a UNION shows. */
  readonly names: readonly string[] | undefined
  /** Whether the names of the columns matter to what is around. */
  readonly showsNames: boolean
  readonly isView?: boolean
}
