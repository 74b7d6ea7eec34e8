// What a schema means once it has been read: names resolved, types known, every part with its place in the file.

import type { PgType } from './pg-type.ts'
import type { Node } from '../derive/expression.ts'

export type Model = {
  readonly file: string
  readonly database: string
  readonly owner: string
  /** Microseconds since 1970. */
  readonly now: number | undefined
  /** Besides public. Names `schema.name` of the file belong to them. */
  readonly schemas: ReadonlySet<string>
  readonly enums: ReadonlyMap<string, readonly string[]>
  readonly domains: ReadonlyMap<string, Domain>
  /** Those that no column owns. */
  readonly sequences: ReadonlyMap<string, Sequence>
  readonly objects: readonly TextObject[]
  /** Owners, comments and privileges of schemas, enums, domains and sequences, by `detailKey`. */
  readonly details: ReadonlyMap<string, Details>
  readonly defaultPrivileges: readonly DefaultPrivileges[]
  readonly tables: ReadonlyMap<string, Table>
  /** Line and column of a JSON pointer of the file. */
  readonly locate: (pointer: string) => { readonly line: number; readonly column: number } | undefined
  readonly locateValue: (pointer: string) => { readonly line: number; readonly column: number } | undefined
}

/** What most objects can have beside their definition. */
export type Details = {
  /** undefined: the database's. */
  readonly owner?: string | undefined
  readonly comment?: string | undefined
  readonly grants?: Grants | undefined
}

/** Role, or PUBLIC → what it may do in the end: `SELECT`, `ALL`, `INSERT WITH GRANT OPTION`. Others have the defaults. */
export type Grants = ReadonlyMap<string, readonly string[]>

/** `kind` as behind "Type:", except ENUM. */
export function detailKey(kind: 'SCHEMA' | 'ENUM' | 'DOMAIN' | 'SEQUENCE', name: string): string {
  return `${kind} ${name}`
}

/** ALTER DEFAULT PRIVILEGES. */
export type DefaultPrivileges = {
  /** undefined: the database's owner. */
  readonly role: string | undefined
  readonly schema: string | undefined
  readonly on: 'TABLES' | 'SEQUENCES' | 'FUNCTIONS' | 'TYPES' | 'SCHEMAS'
  readonly grants: Grants
}

export type Table = TableDetails & {
  readonly name: string
  readonly pointer: string
  readonly columns: ReadonlyMap<string, Column>
  readonly primaryKey: readonly string[]
  /** undefined: the one PostgreSQL makes up. */
  readonly primaryKeyName: string | undefined
  /** Each unique constraint, the single-column ones too; not the primary key. */
  readonly unique: readonly (readonly string[])[]
  /** Beside `unique`, by place; undefined: made up. */
  readonly uniqueNames: readonly (string | undefined)[]
  /** Beside `unique`, by place. */
  readonly uniqueParts: readonly (KeyParts | undefined)[]
  readonly primaryKeyParts: KeyParts
  readonly excludes: readonly Exclude[]
  /** `RANGE (created_at)` */
  readonly partitionBy: string | undefined
  readonly partitionOf: Partition | undefined
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly indexes: readonly Index[]
  readonly context: ReadonlyMap<string, Derived>
  readonly rowCount: RowCount
}

/** What pg_dump prints of a table beside columns and constraints. */
export type TableDetails = Details & {
  /** Tables whose columns and checks this one has, too. */
  readonly inherits: readonly string[]
  readonly unlogged: boolean
  /** `fillfactor='70'` */
  readonly with: string | undefined
  /** An index's name, or the whole row, or nothing. */
  readonly replicaIdentity: 'full' | 'nothing' | { readonly index: string } | undefined
  /** The index its rows were ordered by. */
  readonly clusterOn: string | undefined
  readonly rowSecurity: 'enabled' | 'forced' | undefined
}

/** What a primary key or unique constraint has beside its columns. */
export type KeyParts = {
  readonly deferrable?: 'immediate' | 'deferred' | undefined
  readonly nullsNotDistinct?: boolean | undefined
  readonly include?: readonly string[] | undefined
  readonly with?: string | undefined
  /** The last column is a range, and no two of the same key overlap (18). */
  readonly withoutOverlaps?: boolean | undefined
  readonly comment?: string | undefined
}

/** EXCLUDE: no two rows for which all operators hold. */
export type Exclude = {
  /** undefined: made up. */
  readonly name: string | undefined
  readonly pointer: string
  readonly method: string
  /** Columns, or expressions as PostgreSQL prints them, each with its operator: `&&`. */
  readonly elements: readonly { readonly column: string; readonly operator: string }[]
  readonly include: readonly string[]
  readonly with: string | undefined
  readonly where: string | undefined
  readonly deferrable: 'immediate' | 'deferred' | undefined
  readonly comment: string | undefined
}

export type Column = {
  readonly name: string
  readonly pointer: string
  readonly type: PgType
  readonly identity: 'always' | 'by default' | undefined
  readonly nullable: boolean
  readonly nullRate: number
  /** As DEFAULT prints it. */
  readonly defaultText: string | undefined
  /** As SQL: `pg_catalog."C"`. */
  readonly collation: string | undefined
  /** The expression of a generated column, as PostgreSQL prints it. */
  readonly generatedText: string | undefined
  /** What differs from a plain counter, for serial and identity columns. */
  readonly sequence: Sequence
  readonly hidden: boolean
  /** Computed when read, not stored (18). */
  readonly virtual?: boolean | undefined
  /** It comes from a table that `inherits` names, and is not repeated in CREATE TABLE. */
  readonly inherited?: boolean | undefined
  /** Of its NOT NULL, where it is not the one PostgreSQL makes up (18). */
  readonly notNullName?: string | undefined
  readonly storage?: string | undefined
  readonly compression?: string | undefined
  /** SET STATISTICS */
  readonly statistics?: number | undefined
  /** `n_distinct=5` */
  readonly options?: string | undefined
  readonly grants?: Grants | undefined
  readonly comment: string | undefined
  readonly generator:
    | { readonly name: string; readonly options: Readonly<Record<string, unknown>>; readonly pointer: string }
    | undefined
  /** `values`, `min`, `distribution` … beside the type. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly derive: Derived | undefined
}

/** A parsed expression and where it stands. */
export type Derived = { readonly node: Node; readonly source: string; readonly pointer: string }

export type ForeignKey = {
  readonly columns: readonly string[]
  readonly pointer: string
  /** undefined: made up. */
  readonly name: string | undefined
  /** What follows the actions: `MATCH FULL` stands before them. */
  readonly matchFull: boolean
  readonly deferrable: 'immediate' | 'deferred' | undefined
  /** Rows that were there before may break it; ours do not. */
  readonly notValid?: boolean | undefined
  /** Kept, never checked (18). */
  readonly notEnforced?: boolean | undefined
  /** The last columns are ranges: the parent's must cover the child's (18). */
  readonly period?: boolean | undefined
  /** ON DELETE SET NULL (a): only these columns. */
  readonly setColumns?: readonly string[] | undefined
  readonly comment?: string | undefined
  /** undefined: this file's own database. */
  readonly database: string | undefined
  readonly table: string
  readonly parentColumns: readonly string[]
  readonly onDelete: string | undefined
  readonly onUpdate: string | undefined
  readonly distribution: string | undefined
  /** Column of this row, and of the parent, that keep the order of time. */
  readonly existingAt: string | undefined
  readonly since: string | undefined
}

export type Domain = {
  readonly base: PgType
  readonly nullable: boolean
  readonly defaultText: string | undefined
  readonly checks: readonly Check[]
  readonly comment: string | undefined
  /** As SQL: `pg_catalog."C"`. */
  readonly collation: string | undefined
}

export type Sequence = {
  readonly name?: string
  readonly as?: string
  readonly start?: number
  readonly increment?: number
  readonly min?: number
  readonly max?: number
  readonly cache?: number
  readonly cycle?: boolean
  /** `orders.id`: it goes when the column does. Of a free sequence. */
  readonly ownedBy?: string
}

/** A partition and the values it takes: `FOR VALUES IN ('a')`, `DEFAULT`. */
export type Partition = { readonly table: string; readonly bound: string }

/** A view, function, trigger …: its text goes into the dump as it is. */
export type TextObject = {
  /** As behind "Type:" in a dump. */
  readonly kind: string
  readonly name: string
  /** Behind "Name:"; the local name when undefined. */
  readonly tag: string | undefined
  readonly sql: string
  /** As 15 prints it, which names the table of every column; undefined: the same. */
  readonly sql15?: string | undefined
  /** What stands for a view until the primary keys are there that its GROUP BY leans on. */
  readonly placeholder?: string | undefined
  /** What stands behind DROP. */
  readonly drop: string | undefined
  /** Tables, sequences, types, functions and views that must come before it, as the file names them. */
  readonly uses: readonly string[]
  readonly owner?: string | undefined
  readonly grants?: Grants | undefined
  /** Of a view's columns. */
  readonly columnComments?: ReadonlyMap<string, string> | undefined
  readonly comment: string | undefined
  /** Types an extension brings. */
  readonly provides: readonly string[]
  /** Whose trigger, rule or index it is. */
  readonly table: string | undefined
}

export type Check = {
  readonly name: string
  readonly expression: string
  readonly notValid?: boolean | undefined
  readonly noInherit?: boolean | undefined
  /** Kept, never checked (18). */
  readonly notEnforced?: boolean | undefined
  /** From a table that `inherits` names. */
  readonly inherited?: boolean | undefined
  readonly comment?: string | undefined
}

export type Index = {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
  readonly method: string
  readonly where: string | undefined
  readonly include: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly comment: string | undefined
  /** `fillfactor='50'` */
  readonly with: string | undefined
  /** The target of ALTER INDEX … SET STATISTICS, by the column's place. */
  readonly statistics?: Readonly<Record<string, number>> | undefined
  /** The partitioned index this one is a part of. */
  readonly partOf: string | undefined
}

export type RowCount =
  | { readonly kind: 'rows'; readonly rows: number; readonly pointer: string }
  | {
      readonly kind: 'per'
      readonly pointer: string
      readonly database: string | undefined
      readonly table: string
      readonly via: string | undefined
      readonly min: number
      readonly max: number
      readonly mean: number | undefined
      readonly distribution: 'fixed' | 'uniform' | 'geometric' | 'poisson' | 'zipf'
      readonly count: Derived | undefined
    }

/** The constraint's name as PostgreSQL would choose it is `T_c1_c2_suffix`; see formats/names.ts. */
export type NameSuffix = 'pkey' | 'key' | 'fkey' | 'check' | 'idx' | 'seq'
