// CHECKs of one column → the settings that make its values pass: lists, ranges, patterns. What is not understood adds
// nothing; the check itself stays in the schema either way.

import type { A_Expr, FuncCall, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import type { Check, Column } from './catalog.ts'

export type CheckSettings = {
  values?: (string | number)[]
  min?: number | string
  max?: number | string
  pattern?: string
  nullRate?: number
  generator?: { name: 'after'; of: string }
  derive?: string
}

const WHOLE: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint'])
const NUMBERS: ReadonlySet<string> = new Set([...WHOLE, 'numeric', 'real', 'double precision'])
const TIMES: ReadonlySet<string> = new Set([
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
])

export function checkSettings(column: Column, checks: readonly Check[]): CheckSettings {
  const settings: CheckSettings = {}
  for (const { node } of checks) collect(node, column, settings)
  const nulls = settings.nullRate === undefined ? {} : { nullRate: settings.nullRate }
  if (settings.nullRate === 1) return nulls
  if (settings.values) return { values: settings.values, ...nulls }
  if (settings.pattern !== undefined) return { pattern: settings.pattern, ...nulls }
  const { generator, derive, min: low, max: high } = settings
  if (low === undefined && high === undefined) {
    if (generator) return { generator, ...nulls }
    if (derive !== undefined) return { derive }
  }
  delete settings.generator
  delete settings.derive
  // Half a range would be filled up to the largest number there is.
  if (typeof settings.min === 'number' && settings.max === undefined && settings.min <= 1) {
    const { min, ...rest } = settings
    return min < 0 ? rest : settings
  }
  return settings
}

function collect(node: Node, column: Column, settings: CheckSettings): void {
  if ('BoolExpr' in node) {
    const args = node.BoolExpr.args ?? []
    if (node.BoolExpr.boolop === 'AND_EXPR') for (const arg of args) collect(arg, column, settings)
    if (node.BoolExpr.boolop === 'OR_EXPR') collectOr(args, column, settings)
    return
  }
  if (
    'NullTest' in node &&
    node.NullTest.nulltesttype === 'IS_NOT_NULL' &&
    isColumn(node.NullTest.arg, column)
  ) {
    settings.nullRate = 0
    return
  }
  if ('A_Expr' in node) compare(node.A_Expr, column, settings)
}

/** `x IS NULL OR …` asks nothing more of a value; equalities with one column are a list. */
function collectOr(args: readonly Node[], column: Column, settings: CheckSettings): void {
  const rest = args.filter(
    (arg) =>
      !('NullTest' in arg && arg.NullTest.nulltesttype === 'IS_NULL' && isColumn(arg.NullTest.arg, column)),
  )
  // One branch is enough: of several about NULL, the last is made true.
  const last = args.at(-1)
  if (args.length > 1 && args.every((arg) => 'NullTest' in arg) && last && 'NullTest' in last) {
    if (isColumn(last.NullTest.arg, column))
      settings.nullRate = last.NullTest.nulltesttype === 'IS_NULL' ? 1 : 0
    return
  }
  if (rest.length === 1 && rest.length < args.length) {
    collect(rest[0]!, column, settings)
    return
  }
  const values = rest.map((arg) => {
    const inner: CheckSettings = {}
    if ('A_Expr' in arg) compare(arg.A_Expr, column, inner)
    return inner.values
  })
  if (values.length > 0 && values.every((list) => list !== undefined)) settings.values = values.flat()
}

function compare(expr: A_Expr, column: Column, settings: CheckSettings): void {
  const operator = (expr.name ?? []).map(stringOf).at(-1) ?? ''
  if (expr.lexpr && 'FuncCall' in expr.lexpr) countNulls(expr.lexpr.FuncCall, operator, column, settings)
  ordered(expr, operator, column, settings)
  const type = column.type.own ? baseLike(expr, column) : column.type.bare
  if (expr.kind === 'AEXPR_IN' && operator === '=' && isColumn(expr.lexpr, column)) {
    setValues(listItems(expr.rexpr), settings)
  } else if (expr.kind === 'AEXPR_OP_ANY' && operator === '=' && isColumn(expr.lexpr, column)) {
    setValues(arrayItems(expr.rexpr), settings)
  } else if (expr.kind === 'AEXPR_BETWEEN' && isColumn(expr.lexpr, column)) {
    const [low, high] = listItems(expr.rexpr)
    bound('>=', low && literal(low), type, settings)
    bound('<=', high && literal(high), type, settings)
  } else if (expr.kind === 'AEXPR_OP' && isColumn(expr.lexpr, column)) {
    const value = expr.rexpr && literal(expr.rexpr)
    if (operator === '=' && value !== undefined) settings.values = [value]
    else if (operator === '~' && typeof value === 'string') setPattern(value, settings)
    else bound(operator, value, type, settings)
  } else if (expr.kind === 'AEXPR_OP' && isColumn(expr.rexpr, column)) {
    const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[operator]
    if (turned) bound(turned, expr.lexpr && literal(expr.lexpr), type, settings)
  }
}

/** num_nonnulls(a, b) = 1: the first column holds a value, the others none. */
function countNulls(call: FuncCall, operator: string, column: Column, settings: CheckSettings): void {
  const name = (call.funcname ?? []).map(stringOf).at(-1)
  if (name !== 'num_nonnulls' || !['=', '<=', '>=', '>'].includes(operator)) return
  const place = (call.args ?? []).findIndex((arg) => isColumn(arg, column))
  if (place === 0) settings.nullRate = 0
  else if (place > 0 && operator !== '>=' && operator !== '>') settings.nullRate = 1
}

/** `starts < ends`: the later one is made from the earlier. */
function ordered(expr: A_Expr, operator: string, column: Column, settings: CheckSettings): void {
  const later = operator.startsWith('<') ? expr.rexpr : operator.startsWith('>') ? expr.lexpr : undefined
  const earlier = later === expr.rexpr ? expr.lexpr : expr.rexpr
  if (expr.kind !== 'AEXPR_OP' || !later || !earlier || !isColumn(later, column) || !('ColumnRef' in earlier))
    return
  const name = stringOf(earlier.ColumnRef.fields!.at(-1)!)
  if (name === column.name) return
  if (TIMES.has(column.type.bare)) settings.generator = { name: 'after', of: name }
  else if (NUMBERS.has(column.type.bare) && /^[a-z_]\w*$/.test(name)) settings.derive = `${name} + 1`
}

/** A domain's base is not at hand here; its literal tells numbers from texts. */
function baseLike(expr: A_Expr, column: Column): string {
  const value = expr.rexpr && literal(expr.rexpr)
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'numeric') : column.type.bare
}

function setValues(items: readonly Node[], settings: CheckSettings): void {
  const values = items.map(literal)
  const known = values.filter((value) => value !== undefined)
  if (known.length === items.length && known.length > 0) settings.values = known
}

/** `numeric(10,2)` → 2. */
function bound(
  operator: string,
  value: string | number | undefined,
  type: string,
  settings: CheckSettings,
): void {
  if (value === undefined) return
  const isNumber = NUMBERS.has(type) && typeof value === 'number'
  if (!isNumber && !(TIMES.has(type) && typeof value === 'string')) return
  const step = isNumber ? (WHOLE.has(type) ? 1 : 0.01) : 0
  const moved = (by: number) => (typeof value === 'number' ? Number((value + by).toFixed(6)) : value)
  if (operator === '>=' || operator === '>') {
    const min = moved(operator === '>' ? step : 0)
    if (settings.min === undefined || settings.min < min) settings.min = min
  } else if (operator === '<=' || operator === '<') {
    const max = moved(operator === '<' ? -step : 0)
    if (settings.max === undefined || settings.max > max) settings.max = max
  }
}

/** Only whole patterns of plain classes and counts: those mean the same to us and to PostgreSQL. */
function setPattern(regex: string, settings: CheckSettings): void {
  const [, inner] =
    /^\^((?:\[[\w -]+\]|[\w@ -]|\\d|\\\.|\{\d+(?:,\d+)?\}|[+*?]|\((?:[\w-]|\|)+\))+)\$$/.exec(regex) ?? []
  if (inner !== undefined) settings.pattern = inner
}

function isColumn(node: Node | undefined, column: Column): boolean {
  if (!node) return false
  if ('TypeCast' in node) return isColumn(node.TypeCast.arg, column)
  if (!('ColumnRef' in node)) return false
  const name = stringOf(node.ColumnRef.fields!.at(-1)!)
  return name === column.name || (name === 'value' && column.type.own !== undefined)
}

function listItems(node: Node | undefined): readonly Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : []
}

function arrayItems(node: Node | undefined): readonly Node[] {
  if (!node) return []
  if ('TypeCast' in node) return arrayItems(node.TypeCast.arg)
  return 'A_ArrayExpr' in node ? (node.A_ArrayExpr.elements ?? []) : []
}

/** The text or number of a constant, through casts. */
function literal(node: Node): string | number | undefined {
  if ('TypeCast' in node) {
    const value = node.TypeCast.arg && literal(node.TypeCast.arg)
    const type = (node.TypeCast.typeName?.names ?? []).map(stringOf).at(-1) ?? ''
    return typeof value === 'string' && /^(int|numeric|float)/.test(type) ? Number(value) : value
  }
  if (!('A_Const' in node)) return undefined
  const { ival, fval, sval } = node.A_Const
  if (ival) return ival.ival ?? 0
  if (fval) return Number(fval.fval)
  return sval ? (sval.sval ?? '') : undefined
}
