import type { Draw } from '../bytes/hash.ts'
import type { Kind, PgType } from '../schema/pg-type.ts'
import type { Cell } from './cell.ts'
import type { Value, ValueType } from './value-type.ts'

/** What an option accepts; `expression` is compiled in the row's scope before the generator sees it. */
export type OptionKind =
  | 'number'
  | 'text'
  | 'boolean'
  | 'instant'
  | 'duration'
  | 'expression'
  | 'list'
  | { readonly choices: readonly string[] }

export type OptionTable = Readonly<Record<string, { readonly kind: OptionKind; readonly summary: string }>>

/** A compiled expression: its type and its value for a row. */
export type Expression = { readonly type: ValueType; readonly value: (row: number) => Value }

export type GeneratorContext = {
  readonly type: PgType
  readonly database: string
  readonly table: string
  readonly column: string
  readonly nullable: boolean
  /** As the schema gives them. */
  readonly options: Readonly<Record<string, unknown>>
  /** Rows the table will have; at least 1. */
  readonly rows: number
  /** All values must differ. */
  readonly unique: boolean
  /** Characters that fit, Infinity without a limit. */
  readonly maxChars: number
  /** Microseconds since 1970: the instant the data looks back from. */
  readonly now: number
  /** The column's own draw; another lane is independent of it. */
  draw(lane?: string): Draw
  /** A draw that all columns about the same thing (a person, a place, a product) of this table share. */
  shared(thing: string): Draw
  /** A bijection of 0 … size-1 on row numbers (rows ≤ size). */
  permuted(size: number): (row: number) => number
  /** An expression of the table's `context`, or a column of that name in this table. */
  context(name: string): Expression | undefined
  /** An expression of the table's `context` alone. */
  contextWord(name: string): Expression | undefined
  number(option: string): number | undefined
  text(option: string): string | undefined
  flag(option: string): boolean | undefined
  list(option: string): readonly (string | number | boolean)[] | undefined
  /** Microseconds: an ISO instant, `now`, or a duration from now such as `-2 years`. */
  instant(option: string): number | undefined
  /** Microseconds. */
  duration(option: string): number | undefined
  expression(option: string): Expression | undefined
  /** Says that the column cannot be made; the plan turns it into a finding with the column's place. */
  refuse(code: string, message: string, hint?: string): never
}

export type Generator = {
  readonly name: string
  readonly family: string
  readonly summary: string
  /** Column kinds it can fill. */
  readonly fits: readonly Kind[]
  readonly options?: OptionTable
  /** Options that are not in the table are the author's own: a plugin's. */
  readonly anyOptions?: true
  /**
   * `self`: make() heeds `context.unique`. `suffix`: a number behind the text makes it unique (the default for text).
   * `never`: such a column cannot be unique.
   */
  readonly uniqueness?: 'self' | 'suffix' | 'never'
  /** All its numbers lie here unless an option says otherwise, so that a check around them changes nothing. */
  readonly range?: readonly [number, number]
  /** Tables of up to so many rows get distinct values anyway. */
  readonly distinctRows?: number
  make(context: GeneratorContext): Cell
}

export const TEXT_KINDS = ['text', 'varchar', 'char'] as const satisfies readonly Kind[]
/** What a plugin may be asked for: its values are checked one by one. */
export const ALL_KINDS: readonly Kind[] = [
  ...(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'text', 'varchar', 'char', 'bool'] as const),
  ...(['date', 'time', 'timestamp', 'timestamptz', 'interval', 'uuid', 'json', 'jsonb', 'bytea'] as const),
  ...(['inet', 'cidr', 'macaddr', 'enum', 'array', 'other'] as const),
]
export const NUMBER_KINDS = [
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
] as const satisfies readonly Kind[]
export const INTEGER_KINDS = ['int2', 'int4', 'int8', 'numeric'] as const satisfies readonly Kind[]
export const INSTANT_KINDS = ['timestamp', 'timestamptz', 'date'] as const satisfies readonly Kind[]

/** Thrown by `refuse`, caught where the column's place in the file is known. */
export class Refusal extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, hint?: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
