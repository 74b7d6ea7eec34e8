// What one pattern of a column name means.

export type Rule = {
  /** Against the name in snake_case. */
  readonly name: RegExp
  readonly generator: string
  readonly types: 'text' | 'number' | 'time' | 'bool' | 'json' | 'uuid' | 'any'
  readonly options?: Readonly<Record<string, unknown>>
  /** Against the table's name, for words that mean different things in different tables. */
  readonly table?: RegExp
}
