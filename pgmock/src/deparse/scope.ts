// What an expression's names can stand for: the columns of its table, or those of the FROM clauses around it.

import type { FuncCall, Node } from 'libpg-query'
import { Coercion } from './coercion.ts'
import type { CatalogColumn, Routine } from './server-catalog.ts'
import type { SchemaOf } from './type-name.ts'
import type { Query } from './query.ts'
import type { Source, Typed, TypeText } from './typed.ts'

export type ExpressionScope = {
  readonly major: number
  /** The bare type of a column; undefined when there is none of that name. */
  readonly column: (name: string) => string | undefined
  /** Its type with length or precision. */
  readonly fullType?: (name: string) => string | undefined
  /** A domain's base type. */
  readonly baseOf: (type: string) => string | undefined
  /** The schema of a type, function or sequence that is named without one; undefined for those of pg_catalog. */
  readonly typeSchema: SchemaOf
  readonly functionSchema: SchemaOf
  readonly relationSchema: SchemaOf
  /** What a function of the user returns. */
  readonly resultOf: (name: string) => string | undefined
  readonly isEnum?: (type: string) => boolean
  /** The fields of a composite type or of a table's rows. */
  readonly fields?: (type: string) => readonly FullColumn[] | undefined
  /** Functions of the user by name, wherever they live. */
  readonly routines?: (name: string) => readonly Routine[]
  readonly relation?: (schema: string | undefined, name: string) => Relation | undefined
  /** Installed extensions and their schemas. */
  readonly extensions?: ReadonlyMap<string, string>
}

export type FullColumn = CatalogColumn & { readonly full?: string | undefined }

export type Relation = { readonly schema: string; readonly columns: readonly FullColumn[] }

/** An expression we do not print: a node of a kind not met yet, a table nobody described. */
export class Unprintable extends Error {}

/** One FROM clause, and those around it. */
export type Level = {
  readonly items: Visible[]
  readonly sources: Source[]
  readonly parent: Level | undefined
  readonly tables: Map<string, Source['columns']>
  /** Counts columns found at this level: a function that finds one is LATERAL. */
  found: number
}

export type Visible = {
  readonly source: Source
  /** Qualified names are found by it. */
  readonly name: string | undefined
  readonly schema: string | undefined
  columnsVisible: boolean
  nameVisible: boolean
}

export type Context = {
  readonly scope: ExpressionScope
  readonly coercion: Coercion
  readonly level: Level | undefined
  /** Expressions hold calls and subqueries, and those hold expressions: they meet here. */
  readonly inner: Inner
}

export type Inner = {
  readonly expression: (node: Node, context: Context) => Typed
  readonly call: (node: FuncCall, context: Context) => Typed
  readonly subquery: (node: Node, context: Context) => Query
}

const NONE: ReadonlyMap<string, string> = new Map()

export function contextOf(scope: ExpressionScope, inner: Inner): Context {
  const coercion = new Coercion({
    baseOf: scope.baseOf,
    isEnum: (type) => scope.isEnum?.(type) ?? true,
    isComposite: (type) => scope.fields?.(type) !== undefined,
    extensions: scope.extensions ?? NONE,
  })
  return { scope, coercion, level: undefined, inner }
}

export function findColumn(names: readonly string[], { scope, level }: Context): Typed | undefined {
  const name = names.at(-1)!
  if (!level) return tableColumn(names, scope)
  for (let at: Level | undefined = level; at; at = at.parent) {
    for (const item of at.items) {
      if (
        names.length === 1
          ? !item.columnsVisible
          : !(
              item.nameVisible &&
              item.name === names.at(-2) &&
              (names.length < 3 || item.schema === names.at(-3))
            )
      )
        continue
      const column = columnOf(item.source, name)
      if (column) {
        at.found++
        return column
      }
    }
  }
  return undefined
}

/** Every table has them, and views do not. */
const SYSTEM_COLUMNS: Readonly<Record<string, TypeText>> = {
  tableoid: 'oid',
  ctid: 'tid',
  xmin: 'xid',
  xmax: 'xid',
  cmin: 'cid',
  cmax: 'cid',
}

export function columnOf(source: Source, name: string): Typed | undefined {
  const column = source.columns.find((one) => one.name === name)
  if (!column) {
    const type =
      source.kind === 'relation' && Object.hasOwn(SYSTEM_COLUMNS, name) ? SYSTEM_COLUMNS[name] : undefined
    return type === undefined ? undefined : { kind: 'column', source, name, type }
  }
  return column.expression ?? { kind: 'column', source, name, type: column.type, full: column.full }
}

function tableColumn(names: readonly string[], scope: ExpressionScope): Typed | undefined {
  const name = names.at(-1)!
  if (name === 'value' && names.length === 1 && scope.column('value') === undefined) {
    const type = scope.column('VALUE')
    return type === undefined
      ? undefined
      : { kind: 'word', text: 'VALUE', type, full: scope.fullType?.('VALUE') }
  }
  const type = scope.column(name)
  return type === undefined
    ? undefined
    : { kind: 'column', source: undefined, name, type, full: scope.fullType?.(name) }
}

export function findSource(name: string, level: Level | undefined): Source | undefined {
  for (let at = level; at; at = at.parent)
    for (const item of at.items)
      if (item.nameVisible && item.name === name) {
        at.found++
        return item.source
      }
  return undefined
}

/** The rows of a source: its type when it is a table's. */
export function rowType(source: Source): TypeText {
  return source.rowType ?? 'record'
}
