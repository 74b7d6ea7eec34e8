// parse_func.c, parse_agg.c: calls of functions, aggregates and window functions.

import type { FuncCall, Node, WindowDef } from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { analyze } from './analyze-expression.ts'
import { asBoolean, known } from './settle.ts'
import { sortItems } from './analyze-sort.ts'
import { generic, resolveGeneric } from './generic-types.ts'
import type { Context } from './scope.ts'
import type { Routine } from './server-catalog.ts'
import { namedType, stringOf } from './type-name.ts'
import { UNKNOWN, UNSURE, type Call, type SortItem, type Typed, type Window } from './typed.ts'

export function analyzeCall(node: FuncCall, context: Context): Typed {
  const { coercion } = context
  const names = (node.funcname ?? []).map(stringOf)
  const name = names.at(-1) ?? ''
  const orderBy = sortItems(node.agg_order ?? [], context)
  const args = unified(
    name,
    (node.args ?? []).map((arg) => analyze(arg, context)),
    orderBy,
    node,
    context,
  )
  const direct = args.length
  if (node.agg_within_group) args.push(...orderBy.map(({ expression }) => expression))
  const isNamed = args.some((arg) => arg.kind === 'named-argument')
  const candidates = isNamed ? [] : candidatesOf(names, context).filter(({ kind }) => kind !== 'p')
  const types = args.map((arg) => arg.type)
  const isSure = !types.includes(UNSURE)
  const found =
    isSure && !node.func_variadic
      ? coercion.routine(candidates, types)
      : only(candidates.filter((one) => one.args.length === args.length))
  if (!found) {
    const cast = asCast(names, args, context)
    if (cast) return cast
  }
  const resolved = found && resolveGeneric(coercion, types, found.args)
  const typed = args.map((arg, i) => {
    if (arg.kind === 'named-argument') return { ...arg, arg: known(arg.arg, context) }
    const wanted = found?.args[i]
    // What takes anything gets a literal without a type.
    if (wanted === '"any"') return arg
    return wanted === undefined ? known(arg, context) : coercion.coerce(arg, generic(wanted, resolved), true)
  })
  const routine = found?.routine
  const schema = routine ? routine.schema : schemaOf(names, context)
  const over = node.over ? windowOf(node.over, context) : undefined
  const call: Call = {
    name: `${schema === undefined ? '' : `${quoteName(schema, context.scope.major)}.`}${quoteFunction(name, context.scope.major)}`,
    bare: name,
    isSqlSyntax: node.funcformat === 'COERCE_SQL_SYNTAX',
    args: node.agg_within_group ? typed.slice(0, direct) : typed,
    isVariadic: node.func_variadic === true,
    isStar: node.agg_star === true,
    isDistinct: node.agg_distinct === true,
    isAggregate: (found?.routine ?? candidates[0])?.kind === 'a',
    orderBy: node.agg_within_group
      ? orderBy.map((item, i) => ({ ...item, expression: typed[direct + i]! }))
      : orderBy,
    withinGroup: node.agg_within_group === true,
    filter: node.agg_filter ? asBoolean(analyze(node.agg_filter, context), context) : undefined,
    over,
    returnsSet: routine?.returnsSet ?? false,
    columns: (routine?.columns ?? []).map((column) => ({
      name: column.name,
      type: generic(column.type, resolved),
    })),
  }
  const type = routine ? generic(routine.result, resolved) : (context.scope.resultOf(name) ?? UNSURE)
  return { kind: 'call', call, type }
}

const HYPOTHETICAL: ReadonlySet<string> = new Set(['rank', 'dense_rank', 'percent_rank', 'cume_dist'])

/** unify_hypothetical_args: `rank(5) WITHIN GROUP (ORDER BY price)` compares the 5 with a price. */
function unified(
  name: string,
  args: readonly Typed[],
  orderBy: readonly SortItem[],
  { agg_within_group: within }: FuncCall,
  { coercion }: Context,
): Typed[] {
  if (!within || !HYPOTHETICAL.has(name)) return [...args]
  return args.map((arg, i) => {
    const sorted = orderBy[i]?.expression.type
    const common = sorted && coercion.commonType([sorted, arg.type])
    return common === undefined || common === UNSURE ? arg : coercion.coerce(arg, common, true)
  })
}

function only(candidates: readonly Routine[]): { routine: Routine; args: readonly string[] } | undefined {
  const [first] = candidates
  return candidates.length === 1 ? { routine: first!, args: first!.args } : undefined
}

/** pg_catalog is looked into first, whatever the path says. */
function candidatesOf(names: readonly string[], { scope, coercion }: Context): readonly Routine[] {
  const name = names.at(-1) ?? ''
  const schema = names.length > 1 ? names.at(-2) : undefined
  const all = [...coercion.server.routines(name), ...(scope.routines?.(name) ?? [])]
  if (schema === undefined) return all
  return all.filter((one) => (one.schema ?? 'pg_catalog') === schema)
}

function schemaOf(names: readonly string[], { scope }: Context): string | undefined {
  if (names.length === 1) return scope.functionSchema(names[0]!)
  return names[0] === 'pg_catalog' ? undefined : names.at(-2)
}

/** `date(x)`: a type's name with one argument is a cast, if there is no such function. */
function asCast(
  names: readonly string[],
  args: readonly Typed[],
  { scope, coercion }: Context,
): Typed | undefined {
  const [arg] = args
  if (args.length !== 1 || !arg || arg.type === UNSURE) return undefined
  const typeName = { names: names.map((sval) => ({ String: { sval } })) }
  const { bare, own } = namedType(typeName, scope.major, scope.typeSchema)
  if (own && scope.typeSchema(own.name) === undefined) return undefined
  const path = arg.type === UNKNOWN ? 'relabel' : coercion.pathway(arg.type, bare, 'explicit')
  if (path !== 'relabel' && path !== 'io') return undefined
  return coercion.coerce(arg, bare, false, 'explicit')
}

/** Keywords that may not stand as a function name get quotes. */
export function quoteFunction(name: string, major: number): string {
  return ['left', 'right'].includes(name) ? `"${name}"` : quoteName(name, major)
}

export function windowOf(given: WindowDef, context: Context): Window | string {
  if (given.name !== undefined) return quoteName(given.name, context.scope.major)
  return windowParts(given, context)
}

/** Of OVER (…) or of a WINDOW clause. */
export function windowParts(given: WindowDef, context: Context): Window {
  const orderBy = sortItems(given.orderClause ?? [], context)
  const sorted = orderBy[0]?.expression.type
  const frame = frameText(given.frameOptions ?? 0)
  const offset = (node: Node | undefined) => {
    if (!node) return undefined
    const typed = analyze(node, context)
    if (typed.type !== UNKNOWN) return typed
    // in_range: what is added to a date or a time is an interval, to a number a number.
    const type =
      frame !== 'RANGE' ? 'bigint' : /^(?:date$|time)/.test(sorted ?? '') ? 'interval' : (sorted ?? 'text')
    return context.coercion.coerce(typed, type, true)
  }
  return {
    name: given.name,
    base: given.refname,
    partitionBy: (given.partitionClause ?? []).map((node) => ({
      expression: known(analyze(node, context), context),
      descending: false,
      nulls: undefined,
      place: undefined,
    })),
    orderBy,
    frame,
    frameOptions: given.frameOptions ?? 0,
    startOffset: offset(given.startOffset),
    endOffset: offset(given.endOffset),
  }
}

/** `RANGE`, `ROWS` or `GROUPS`; empty for a frame that is not written. */
function frameText(options: number): string {
  if ((options & 1) === 0) return ''
  return (options & 2) !== 0 ? 'RANGE' : (options & 4) !== 0 ? 'ROWS' : 'GROUPS'
}
