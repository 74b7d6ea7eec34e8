// A parsed expression → the text PostgreSQL prints for it after type analysis (ruleutils.c, not pretty): every operator
// in brackets, casts where the parser would insert them, literals with their type. A small type analysis of our own:
// columns, constants, common functions and operators; what is unknown keeps the spelling it came with.

import type { A_Expr, CaseExpr, FuncCall, Node, SQLValueFunction, TypeCast } from 'libpg-query'
import { quoteName, quoteText } from '../formats/names.ts'
import { constant } from './literal.ts'
import { signatureOf } from './functions.ts'
import { namedType, stringOf, type SchemaOf } from './type-name.ts'

export type ExpressionScope = {
  readonly major: number
  /** The bare type of a column; undefined when there is none of that name. */
  readonly column: (name: string) => string | undefined
  /** A domain's base type. */
  readonly baseOf: (type: string) => string | undefined
  /** The schema of a type, function or sequence that is named without one; undefined for those of pg_catalog. */
  readonly typeSchema: SchemaOf
  readonly functionSchema: SchemaOf
  readonly relationSchema: SchemaOf
  /** What a function of the user returns. */
  readonly resultOf: (name: string) => string | undefined
}

/** An expression we do not print: a subquery, a window, a node of a kind not met yet. */
export class Unprintable extends Error {}

type Typed = {
  readonly text: string
  /** Bare; `unknown` for a quoted literal without type, undefined when not known. */
  readonly type: string | undefined
  /** What stands between the quotes, for `unknown`. */
  readonly literal?: string
  /** The elements of ARRAY[…], whose type is still open to a cast around it. */
  readonly elements?: readonly Typed[]
}

/** The text for a place of type `target` (bare); the outermost implicit cast stays hidden, as in DEFAULT. Throws Unprintable. */
export function expressionText(node: Node, scope: ExpressionScope, target?: string): string {
  const typed = print(node, scope)
  return typed.type === 'unknown'
    ? resolved(typed, target ?? 'text', scope).text
    : arrayResolved(typed, target, scope)
}

/** An index expression: functions stand bare, everything else gets brackets of its own. */
export function indexExpressionText(node: Node, scope: ExpressionScope): string {
  const text = expressionText(node, scope)
  return 'FuncCall' in node && node.FuncCall.funcformat !== 'COERCE_SQL_SYNTAX' ? text : `(${text})`
}

function arrayResolved(typed: Typed, target: string | undefined, scope: ExpressionScope): string {
  if (typed.elements?.length === 0 && target?.endsWith('[]')) return `ARRAY[]::${target}`
  return typed.elements && target?.endsWith('[]') && typed.type === undefined
    ? cast(typed, target, scope).text
    : typed.text
}

function print(node: Node, scope: ExpressionScope): Typed {
  if ('A_Const' in node) {
    const { A_Const: value } = node
    if (value.isnull) return { text: 'NULL', type: 'unknown' }
    if (value.ival) return { text: constant(String(value.ival.ival ?? 0), 'integer'), type: 'integer' }
    if (value.fval) return number(value.fval.fval ?? '0')
    if (value.boolval) return { text: value.boolval.boolval ? 'true' : 'false', type: 'boolean' }
    if (value.sval)
      return { text: quoteText(value.sval.sval ?? ''), type: 'unknown', literal: value.sval.sval ?? '' }
    if (value.bsval) return { text: `B'${(value.bsval.bsval ?? '').slice(1)}'`, type: 'bit' }
  }
  if ('ColumnRef' in node) {
    const names = (node.ColumnRef.fields ?? []).map(stringOf)
    const name = names.at(-1) ?? ''
    if (name === 'value' && names.length === 1 && scope.column('value') === undefined)
      return { text: 'VALUE', type: scope.column('VALUE') }
    return { text: quoteName(name, scope.major), type: scope.column(name) }
  }
  if ('BoolExpr' in node) {
    const args = (node.BoolExpr.args ?? []).map((arg) => boolean(print(arg, scope), scope).text)
    if (node.BoolExpr.boolop === 'NOT_EXPR') return bool(`(NOT ${args[0]})`)
    return bool(`(${args.join(node.BoolExpr.boolop === 'AND_EXPR' ? ' AND ' : ' OR ')})`)
  }
  if ('NullTest' in node) {
    const arg = known(print(node.NullTest.arg!, scope), scope)
    return bool(`(${arg.text} IS ${node.NullTest.nulltesttype === 'IS_NULL' ? 'NULL' : 'NOT NULL'})`)
  }
  if ('BooleanTest' in node) {
    const { booltesttype, arg } = node.BooleanTest
    return bool(`(${print(arg!, scope).text} ${String(booltesttype).replaceAll('_', ' ')})`)
  }
  if ('A_Expr' in node) return operation(node.A_Expr, scope)
  if ('TypeCast' in node) return explicitCast(node.TypeCast, scope)
  if ('FuncCall' in node) return call(node.FuncCall, scope)
  if ('SQLValueFunction' in node) return sqlValue(node.SQLValueFunction)
  if ('CoalesceExpr' in node) return alike('COALESCE', node.CoalesceExpr.args ?? [], scope)
  if ('MinMaxExpr' in node)
    return alike(
      node.MinMaxExpr.op === 'IS_GREATEST' ? 'GREATEST' : 'LEAST',
      node.MinMaxExpr.args ?? [],
      scope,
    )
  if ('CaseExpr' in node) return choice(node.CaseExpr, scope)
  if ('A_ArrayExpr' in node)
    return array(
      (node.A_ArrayExpr.elements ?? []).map((item) => print(item, scope)),
      scope,
    )
  if ('CollateClause' in node) {
    const arg = known(print(node.CollateClause.arg!, scope), scope)
    const name = (node.CollateClause.collname ?? []).map(stringOf)
    const shown = name.map((part) => quoteName(part, scope.major)).filter((part) => part !== 'pg_catalog')
    return { text: `(${arg.text} COLLATE ${shown.join('.')})`, type: arg.type }
  }
  if ('A_Indirection' in node)
    return indirection(node.A_Indirection.arg!, node.A_Indirection.indirection ?? [], scope)
  if ('RowExpr' in node) {
    const args = (node.RowExpr.args ?? []).map((arg) => known(print(arg, scope), scope).text)
    return { text: `ROW(${args.join(', ')})`, type: 'record' }
  }
  throw new Unprintable(Object.keys(node)[0])
}

function bool(text: string): Typed {
  return { text, type: 'boolean' }
}

/** A number the scanner did not take as an integer: bigint when it fits, else numeric. */
function number(digits: string): Typed {
  if (/^-?\d+$/.test(digits)) {
    const value = BigInt(digits)
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return { text: `'${digits}'::bigint`, type: 'bigint' }
  }
  return { text: constant(plainNumber(digits), 'numeric'), type: 'numeric' }
}

/** numeric_out knows no exponent: 1e3 → 1000, 1.5e-3 → 0.0015; a leading point gets its zero. */
function plainNumber(digits: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(digits) ?? []
  const exponent = Number(power)
  const all = whole + fraction
  const point = whole.length + exponent
  const scale = Math.max(0, fraction.length - exponent)
  const padded = point > all.length ? all.padEnd(point, '0') : point < 0 ? '0'.repeat(-point) + all : all
  const at = Math.max(0, point)
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0'
  return `${sign}${head}${scale > 0 ? `.${padded.slice(at).padEnd(scale, '0')}` : ''}`
}

/** A literal without type takes the given one. */
function resolved(typed: Typed, type: string, scope: ExpressionScope): Typed {
  if (typed.type !== 'unknown') return typed
  if (typed.literal === undefined) return { text: `NULL::${type}`, type }
  const base = scope.baseOf(type)
  if (base !== undefined) return { text: `(${constant(typed.literal, base)})::${type}`, type }
  return { text: type === 'regclass' ? regclass(typed.literal, scope) : constant(typed.literal, type), type }
}

function regclass(name: string, scope: ExpressionScope): string {
  const parts = splitName(name)
  const schema = parts.length > 1 ? parts[0] : scope.relationSchema(parts[0] ?? '')
  const full = [...(schema === undefined ? [] : [schema]), parts.at(-1)!].map((part) =>
    quoteName(part, scope.major),
  )
  return `${quoteText(full.join('.'))}::regclass`
}

/** `s."T"` → s, T; unquoted parts fold to lower case. */
export function splitName(name: string): string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain!.trim().toLowerCase() : quoted.replaceAll('""', '"'),
  )
}

function known(typed: Typed, scope: ExpressionScope): Typed {
  return resolved(typed, 'text', scope)
}

function boolean(typed: Typed, scope: ExpressionScope): Typed {
  return resolved(typed, 'boolean', scope)
}

/** `(x)::type`, unless it is that already. */
function cast(typed: Typed, type: string, scope: ExpressionScope): Typed {
  if (typed.type === type) return typed
  if (typed.type === 'unknown') return resolved(typed, type, scope)
  if (typed.elements && type.endsWith('[]')) {
    // The parser hands the cast down to the elements.
    if (typed.elements.length === 0) return { text: `ARRAY[]::${type}`, type }
    const items = typed.elements.map((item) => cast(item, type.slice(0, -2), scope))
    return { text: `ARRAY[${items.map(({ text }) => text).join(', ')}]`, type, elements: items }
  }
  return { text: `(${typed.text})::${type}`, type }
}

function explicitCast({ arg, typeName }: TypeCast, scope: ExpressionScope): Typed {
  const { text, bare } = namedType(typeName!, scope.major, scope.typeSchema)
  const typed = print(arg!, scope)
  const done = cast(typed, bare, scope)
  // A modifier is a second step: the literal first, then its length.
  return text === bare || text === 'bpchar'
    ? done
    : {
        text: `(${typed.type === bare || typed.type === 'unknown' ? done.text : typed.text})::${text}`,
        type: bare,
      }
}

const TEXT_LIKE: ReadonlySet<string> = new Set(['text', 'character varying', 'name'])
const NUMBERS = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
const WHOLE: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint'])
const TIMES: ReadonlySet<string> = new Set([
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
])
const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '>', '<=', '>='])
const TEXT_OPERATORS: ReadonlySet<string> = new Set([
  '~',
  '~*',
  '!~',
  '!~*',
  '~~',
  '~~*',
  '!~~',
  '!~~*',
  '||',
  '^@',
  '~<~',
  '~>~',
  '~<=~',
  '~>=~',
])

/** Both sides as the chosen operator takes them, and what it gives. */
function pair(
  operator: string,
  a: Typed,
  b: Typed,
  scope: ExpressionScope,
): { a: Typed; b: Typed; type: string | undefined } {
  let [left, right] = [based(a, scope), based(b, scope)]
  const untyped = left.type === 'unknown' || right.type === 'unknown'
  const comparison = COMPARISONS.has(operator) || operator.startsWith('!') || operator.startsWith('~')
  if (untyped) {
    const other = left.type === 'unknown' ? right.type : left.type
    const fixed = literalTypeBeside(operator, other)
    const type = fixed ?? (other === undefined || other === 'unknown' ? 'text' : other)
    const asText = TEXT_LIKE.has(type) ? 'text' : type
    left = left.type === 'unknown' ? resolved(left, asText, scope) : left
    right = right.type === 'unknown' ? resolved(right, asText, scope) : right
  }
  const textual = (type: string | undefined) =>
    type !== undefined && (TEXT_LIKE.has(type) || type === 'bpchar')
  if (textual(left.type) && textual(right.type)) {
    const both = left.type === right.type && (left.type === 'bpchar' || left.type === 'name')
    if (!both || (left.type === 'bpchar' && TEXT_OPERATORS.has(operator)))
      [left, right] = [asText(left, scope), asText(right, scope)]
    return { a: left, b: right, type: comparison ? 'boolean' : 'text' }
  }
  if (operator === '||' && (textual(left.type) || textual(right.type))) {
    if (textual(left.type)) left = asText(left, scope)
    if (textual(right.type)) right = asText(right, scope)
    return { a: left, b: right, type: 'text' }
  }
  if (NUMBERS.includes(left.type ?? '') && NUMBERS.includes(right.type ?? '')) {
    const wide = commonNumber(left.type!, right.type!)
    const mixed = !(WHOLE.has(left.type!) && WHOLE.has(right.type!))
    const floats = (type: string) => type === 'real' || type === 'double precision'
    if (mixed && left.type !== right.type && !(floats(left.type!) && floats(right.type!)))
      [left, right] = [floatOrSame(left, wide, scope), floatOrSame(right, wide, scope)]
    return { a: left, b: right, type: comparison ? 'boolean' : wide }
  }
  return { a: left, b: right, type: comparison ? 'boolean' : otherResult(operator, left.type, right.type) }
}

function asText(typed: Typed, scope: ExpressionScope): Typed {
  return typed.type === 'text' ? typed : cast(typed, 'text', scope)
}

function floatOrSame(typed: Typed, wide: string, scope: ExpressionScope): Typed {
  // real stays real: there are operators for real with double precision.
  if (typed.type === 'real' && wide === 'double precision') return typed
  return cast(typed, wide, scope)
}

/** A column of a domain works as its base type, with the cast shown. */
function based(typed: Typed, scope: ExpressionScope): Typed {
  const base = typed.type === undefined ? undefined : scope.baseOf(typed.type)
  return base === undefined ? typed : { text: `(${typed.text})::${base}`, type: base }
}

function commonNumber(a: string, b: string): string {
  if (WHOLE.has(a) && WHOLE.has(b)) return NUMBERS[Math.max(NUMBERS.indexOf(a), NUMBERS.indexOf(b))]!
  if (a === b) return a
  return a === 'numeric'
    ? WHOLE.has(b)
      ? a
      : 'double precision'
    : WHOLE.has(a) && b === 'numeric'
      ? b
      : 'double precision'
}

/** Operators whose right side has a type of its own. */
function literalTypeBeside(operator: string, other: string | undefined): string | undefined {
  if (other === undefined) return undefined
  const json = other === 'jsonb' || other === 'json'
  if (json && (operator === '->' || operator === '->>' || operator === '?')) return 'text'
  if (json && /^(#>>?|#-|\?[|&])$/.test(operator)) return 'text[]'
  if (json && /^@[?@]$/.test(operator)) return 'jsonpath'
  if (other === 'tsvector' && operator === '@@') return 'tsquery'
  if (TIMES.has(other) && (operator === '+' || operator === '-'))
    return operator === '+' || other !== 'date' ? 'interval' : other
  return undefined
}

function otherResult(operator: string, a: string | undefined, b: string | undefined): string | undefined {
  if (/^(->>|#>>)$/.test(operator)) return 'text'
  if (operator === '->' || operator === '#>') return a
  if (/^(\?[|&]?|@>|<@|&&|<<|>>|<<=|>>=|@@|@\?|-\|-|&<|&>)$/.test(operator)) return 'boolean'
  if (a !== undefined && TIMES.has(a)) {
    if (b === 'interval') return a === 'date' ? 'timestamp without time zone' : a
    if (b === 'integer') return a
    if (operator === '-' && b !== undefined && TIMES.has(b))
      return a === 'date' && b === 'date' ? 'integer' : 'interval'
  }
  return a ?? b
}

function operation(expr: A_Expr, scope: ExpressionScope): Typed {
  const names = (expr.name ?? []).map(stringOf)
  const operator = names.at(-1) === '!=' ? '<>' : (names.at(-1) ?? '')
  const shown =
    names.length > 1 && names[0] !== 'pg_catalog'
      ? `OPERATOR(${quoteName(names[0]!, scope.major)}.${operator})`
      : operator
  switch (expr.kind) {
    case 'AEXPR_OP':
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      if (!expr.lexpr) {
        const arg = based(print(expr.rexpr!, scope), scope)
        return { text: `(${shown} ${arg.text})`, type: arg.type }
      }
      const { a, b, type } = pair(operator, print(expr.lexpr, scope), print(expr.rexpr!, scope), scope)
      return { text: `(${a.text} ${shown} ${b.text})`, type }
    }
    case 'AEXPR_SIMILAR': {
      const { a, b } = pair('~', print(expr.lexpr!, scope), print(expr.rexpr!, scope), scope)
      return bool(`(${a.text} ${operator} ${b.text})`)
    }
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT': {
      const { a, b } = pair('=', print(expr.lexpr!, scope), print(expr.rexpr!, scope), scope)
      return bool(
        expr.kind === 'AEXPR_DISTINCT'
          ? `(${a.text} IS DISTINCT FROM ${b.text})`
          : `(NOT (${a.text} IS DISTINCT FROM ${b.text}))`,
      )
    }
    case 'AEXPR_NULLIF': {
      const { a, b } = pair('=', print(expr.lexpr!, scope), print(expr.rexpr!, scope), scope)
      return { text: `NULLIF(${a.text}, ${b.text})`, type: a.type }
    }
    case 'AEXPR_IN':
      return membership(
        operator,
        print(expr.lexpr!, scope),
        listOf(expr.rexpr).map((item) => print(item, scope)),
        scope,
      )
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const value = print(expr.lexpr!, scope)
      const [low, high] = listOf(expr.rexpr).map((item) => print(item, scope))
      const not = expr.kind === 'AEXPR_NOT_BETWEEN'
      const one = pair(not ? '<' : '>=', value, low!, scope)
      const two = pair(not ? '>' : '<=', value, high!, scope)
      return bool(
        `((${one.a.text} ${not ? '<' : '>='} ${one.b.text}) ${not ? 'OR' : 'AND'} (${two.a.text} ${not ? '>' : '<='} ${two.b.text}))`,
      )
    }
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return quantified(
        operator,
        expr.kind === 'AEXPR_OP_ANY' ? 'ANY' : 'ALL',
        print(expr.lexpr!, scope),
        print(expr.rexpr!, scope),
        scope,
      )
    default:
      throw new Unprintable(String(expr.kind))
  }
}

function listOf(node: Node | undefined): readonly Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : []
}

/** IN: one comparison, or = ANY (ARRAY[…]) in the form that a restored dump prints. */
function membership(operator: string, value: Typed, items: readonly Typed[], scope: ExpressionScope): Typed {
  if (items.length === 1) {
    const { a, b } = pair(operator, value, items[0]!, scope)
    return bool(`(${a.text} ${operator} ${b.text})`)
  }
  const base = based(value, scope)
  const itemType = commonType([base, ...items])
  const typed = items.map((item) => cast(item, itemType ?? 'text', scope))
  // varchar has no operators: literals are made varchar first, then text.
  return quantified(operator, operator === '=' ? 'ANY' : 'ALL', base, array(typed, scope), scope)
}

function commonType(items: readonly Typed[]): string | undefined {
  const types = items.map(({ type }) => type).filter((type) => type !== 'unknown')
  if (types.length === 0) return undefined
  return types.reduce((a, b) => (a === b || b === undefined ? a : a === undefined ? b : wider(a, b)))
}

function wider(a: string, b: string): string {
  if (NUMBERS.includes(a) && NUMBERS.includes(b))
    return NUMBERS[Math.max(NUMBERS.indexOf(a), NUMBERS.indexOf(b))]!
  if (TEXT_LIKE.has(a) && b === 'text') return b
  if (a === 'date' && TIMES.has(b)) return b
  return a
}

function quantified(
  operator: string,
  word: 'ANY' | 'ALL',
  value: Typed,
  list: Typed,
  scope: ExpressionScope,
): Typed {
  let left = based(value, scope)
  let right = list
  const textual =
    left.type !== undefined &&
    (TEXT_LIKE.has(left.type) || (left.type === 'bpchar' && right.type !== 'bpchar[]'))
  if (right.type === 'unknown')
    right = resolved(right, `${textual ? 'text' : (left.type ?? 'text')}[]`, scope)
  else if (textual && right.type !== 'text[]') right = cast(right, 'text[]', scope)
  if (left.type === 'unknown') left = resolved(left, (right.type ?? 'text[]').replace('[]', ''), scope)
  else if (textual) left = asText(left, scope)
  return bool(`(${left.text} ${operator} ${word} (${right.text}))`)
}

function array(items: readonly Typed[], scope: ExpressionScope): Typed {
  const type = commonType(items) ?? 'text'
  const typed = items.map((item) => cast(item, type, scope))
  return {
    text: `ARRAY[${typed.map(({ text }) => text).join(', ')}]`,
    type: items.length === 0 ? undefined : `${type}[]`,
    elements: items,
  }
}

function alike(word: string, args: readonly Node[], scope: ExpressionScope): Typed {
  const typed = args.map((arg) => print(arg, scope))
  const type = commonType(typed) ?? 'text'
  return {
    text: `${word}(${typed.map((arg) => (arg.type === undefined ? arg : cast(arg, type, scope)).text).join(', ')})`,
    type,
  }
}

function choice({ arg, args = [], defresult }: CaseExpr, scope: ExpressionScope): Typed {
  const subject = arg ? print(arg, scope) : undefined
  const whens = args.flatMap((node) => ('CaseWhen' in node ? [node.CaseWhen] : []))
  const results = [
    ...whens.map(({ result }) => print(result!, scope)),
    ...(defresult ? [print(defresult, scope)] : []),
  ]
  const type = commonType(results) ?? 'text'
  const shown = results.map((result) =>
    indented(result.type === undefined ? result.text : hiddenCast(result, type, scope)),
  )
  const lines = whens.map(({ expr }, i) => {
    const test = print(expr!, scope)
    const text = subject ? pair('=', subject, test, scope).b.text : boolean(test, scope).text
    return `    WHEN ${indented(text)} THEN ${shown[i]}`
  })
  const last = defresult ? shown.at(-1)! : `NULL::${type}`
  return {
    text: `\nCASE${subject ? ` ${subject.text}` : ''}\n${lines.join('\n')}\n    ELSE ${last}\nEND`,
    type,
  }
}

/** Results print without their implicit cast. */
function hiddenCast(typed: Typed, type: string, scope: ExpressionScope): string {
  return typed.type === 'unknown' ? resolved(typed, type, scope).text : typed.text
}

/** A CASE inside a CASE stands four columns further in. */
function indented(text: string): string {
  return text.replaceAll('\n', '\n    ')
}

function indirection(arg: Node, steps: readonly Node[], scope: ExpressionScope): Typed {
  let { text, type } = print(arg, scope)
  if (!('ColumnRef' in arg)) text = `(${text})`
  for (const step of steps) {
    if ('String' in step) {
      text = `${'ColumnRef' in arg ? `(${text})` : text}.${quoteName(stringOf(step), scope.major)}`
      type = undefined
    } else if ('A_Indices' in step) {
      const { lidx, uidx, is_slice: slice } = step.A_Indices
      const upper = uidx ? print(uidx, scope).text : ''
      text += slice ? `[${lidx ? print(lidx, scope).text : ''}:${upper}]` : `[${upper}]`
      type = slice ? type : type?.replace(/\[\]$/, '')
    } else throw new Unprintable('subscript')
  }
  return { text, type }
}

function sqlValue({ op, typmod }: SQLValueFunction): Typed {
  const name = String(op).replace('SVFOP_', '').replace(/_N$/, '')
  const types: Record<string, string> = {
    CURRENT_DATE: 'date',
    CURRENT_TIME: 'time with time zone',
    CURRENT_TIMESTAMP: 'timestamp with time zone',
    LOCALTIME: 'time without time zone',
    LOCALTIMESTAMP: 'timestamp without time zone',
  }
  return { text: String(op).endsWith('_N') ? `${name}(${typmod})` : name, type: types[name] ?? 'name' }
}

function call(
  { funcname, args = [], funcformat, agg_star: star, over }: FuncCall,
  scope: ExpressionScope,
): Typed {
  if (over) throw new Unprintable('OVER')
  const names = (funcname ?? []).map(stringOf)
  const name = names.at(-1) ?? ''
  const given = args.map((arg) =>
    'NamedArgExpr' in arg ? print(arg.NamedArgExpr.arg!, scope) : print(arg, scope),
  )
  const schema =
    names.length > 1 ? (names[0] === 'pg_catalog' ? undefined : names[0]) : scope.functionSchema(name)
  const known0 =
    schema === undefined || schema === 'public'
      ? signatureOf(
          name,
          given.map(({ type }) => type),
        )
      : undefined
  const typed = given.map((arg, i) => argument(arg, known0 ? known0.args[i] : undefined, scope))
  const type = known0?.result ?? scope.resultOf(name)
  if (funcformat === 'COERCE_SQL_SYNTAX') {
    const special = sqlSyntax(name, typed, given)
    if (special) return { text: special, type }
  }
  const full = `${schema === undefined ? '' : `${quoteName(schema, scope.major)}.`}${quoteFunction(name, scope.major)}`
  return { text: `${full}(${star ? '*' : typed.map(({ text }) => text).join(', ')})`, type }
}

function argument(arg: Typed, wanted: string | undefined, scope: ExpressionScope): Typed {
  if (arg.type === 'unknown') return resolved(arg, wanted ?? 'text', scope)
  if (wanted === undefined || arg.type === undefined || arg.type === wanted) return arg
  const base = based(arg, scope)
  if (wanted === 'text')
    return TEXT_LIKE.has(base.type!) || base.type === 'bpchar' ? asText(base, scope) : base
  if (
    NUMBERS.includes(wanted) &&
    NUMBERS.includes(base.type!) &&
    base.type !== wanted &&
    wanted !== 'integer'
  )
    return cast(base, wanted, scope)
  if (TIMES.has(wanted) && base.type !== wanted) return cast(base, wanted, scope)
  return arg
}

/** Keywords that may not stand as a function name get quotes; those that are type or function names do not. */
function quoteFunction(name: string, major: number): string {
  return ['left', 'right'].includes(name) ? `"${name}"` : quoteName(name, major)
}

/** The forms of the standard that have no brackets-and-commas spelling. */
function sqlSyntax(name: string, args: readonly Typed[], given: readonly Typed[]): string | undefined {
  const text = args.map((arg) => arg.text)
  switch (name) {
    case 'extract':
      return `EXTRACT(${given[0]?.literal ?? ''} FROM ${text[1]})`
    case 'timezone':
      return args.length === 2 ? `(${text[1]} AT TIME ZONE ${text[0]})` : undefined
    case 'btrim':
    case 'ltrim':
    case 'rtrim': {
      const side = { btrim: 'BOTH', ltrim: 'LEADING', rtrim: 'TRAILING' }[name]
      return `TRIM(${side} FROM ${text.length === 1 ? text[0] : ''})`.replace(
        ' FROM )',
        ` ${text[1]} FROM ${text[0]})`,
      )
    }
    case 'position':
      return `POSITION((${text[1]}) IN (${text[0]}))`
    case 'overlay':
      return undefined
    case 'substring':
      return `SUBSTRING(${text[0]} FROM ${text[1]}${text[2] === undefined ? '' : ` FOR ${text[2]}`})`
    default:
      return undefined
  }
}
