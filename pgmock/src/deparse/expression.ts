// SQL as parsed → the text PostgreSQL prints for it after type analysis (ruleutils.c, not pretty).

import type { Node, SelectStmt } from 'libpg-query'
import { analyze } from './analyze-expression.ts'
import { asBoolean, known, withModifier } from './settle.ts'
import { analyzeCall } from './analyze-call.ts'
import { analyzeSelect, analyzeSubquery } from './analyze-query.ts'
import { keyedRows } from './keyed-groups.ts'
import { printExpression } from './print-expression.ts'
import { printQuery } from './print-query.ts'
import { Printer } from './printer.ts'
import { contextOf, type Context, type ExpressionScope, type FullColumn, type Level } from './scope.ts'
import { UNKNOWN, UNSURE, type Source, type Typed } from './typed.ts'

export { Unprintable, type ExpressionScope } from './scope.ts'

const INNER = { expression: analyze, call: analyzeCall, subquery: analyzeSubquery }

/** The text for a place of type `target` (bare); the outermost implicit cast stays hidden, as in DEFAULT. Throws Unprintable. */
export function expressionText(node: Node, scope: ExpressionScope, target?: string): string {
  const context = contextOf(scope, INNER)
  return printed(settled(analyze(node, context), target, context), scope)
}

function settled(typed: Typed, target: string | undefined, context: Context): Typed {
  if (target === undefined) return known(typed, context)
  if (typed.kind === 'array' && typed.items.length === 0) return { ...typed, type: target }
  return context.coercion.coerce(typed, target, true, 'assignment')
}

/** An index expression: functions stand bare, everything else gets brackets of its own. */
export function indexExpressionText(node: Node, scope: ExpressionScope): string {
  const context = contextOf(scope, INNER)
  const typed = known(analyze(node, context), context)
  const text = printed(typed, scope)
  return LIKE_FUNCTIONS.has(typed.kind) ? text : `(${text})`
}

/** looks_like_function: what needs no second pair of brackets. */
const LIKE_FUNCTIONS: ReadonlySet<string> = new Set(['call', 'alike', 'nullif', 'word'])

/** What stands behind DEFAULT of a function's argument: all on one line. */
export function defaultText(node: Node, scope: ExpressionScope, type: string): string {
  return expressionText(node, scope, type).replaceAll(/\n */g, ' ').trim()
}

/** A condition with subqueries over the rows of a table, as a policy has it. */
export function conditionText(
  node: Node,
  scope: ExpressionScope,
  table: string,
  columns: readonly FullColumn[],
): string {
  return overRows(
    node,
    scope,
    [{ kind: 'relation', alias: table, columns: withoutExpressions(columns) }],
    true,
  )
}

/** What stands behind WHEN of a trigger: `old` and `new` are rows of the table. */
export function triggerConditionText(
  node: Node,
  scope: ExpressionScope,
  columns: readonly FullColumn[],
): string {
  const rows = ['old', 'new'].map((alias): Source => ({
    kind: 'relation',
    alias,
    columns: withoutExpressions(columns),
  }))
  return overRows(node, scope, rows, false)
}

function overRows(
  node: Node,
  scope: ExpressionScope,
  sources: readonly Source[],
  columnsVisible: boolean,
): string {
  const level: Level = {
    items: sources.map((source) => ({
      source,
      name: source.alias,
      schema: undefined,
      columnsVisible,
      nameVisible: true,
    })),
    sources: [...sources],
    parent: undefined,
    tables: new Map(),
    found: 0,
  }
  const context: Context = { ...contextOf(scope, INNER), level }
  const out = new Printer(scope.major, printQuery)
  out.taken.push(new Set(sources.flatMap(({ alias }) => alias ?? [])))
  out.prefixed = !columnsVisible
  printExpression(asBoolean(analyze(node, context), context), out, scope, false)
  return out.text
}

function withoutExpressions(columns: readonly FullColumn[]): Source['columns'] {
  return columns.map(({ name, type, full }) => ({ name, type, full, expression: undefined }))
}

function printed(typed: Typed, scope: ExpressionScope): string {
  const out = new Printer(scope.major, printQuery)
  printExpression(typed, out, scope, false)
  return out.text
}

export type PrintedQuery = {
  readonly text: string
  readonly columns: readonly FullColumn[]
  /** The types of the rows of tables whose primary keys GROUP BY stands for. */
  readonly leansOn: readonly string[]
}

/** A view's query, without the semicolon: it begins with a space as pg_get_viewdef's text does. */
export function queryText(
  statement: SelectStmt,
  scope: ExpressionScope,
  names: readonly string[] = [],
): PrintedQuery {
  const query = analyzeSelect(statement, contextOf(scope, INNER))
  const columns = query.columns.map((column, i) => ({
    ...column,
    name: names[i] ?? column.name,
    type: column.type === UNKNOWN ? 'text' : column.type,
  }))
  const out = new Printer(scope.major, printQuery)
  printQuery(query, out, scope, { names: columns.map(({ name }) => name), showsNames: true, isView: true })
  return { text: out.text, columns, leansOn: keyedRows(query) }
}

/** The text of a default or generated column, with the length its column has. */
export function columnExpressionText(node: Node, scope: ExpressionScope, bare: string, full: string): string {
  const context = contextOf(scope, INNER)
  const typed = settled(analyze(node, context), bare, context)
  return printed(typed.type === UNSURE ? typed : withModifier(typed, typed, bare, full, true), scope)
}
