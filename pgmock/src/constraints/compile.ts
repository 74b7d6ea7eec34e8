// PostgreSQL's parse tree of a check → terms over the row being tried.

import type { A_Expr, CaseExpr, FuncCall, Node, TypeCast } from 'libpg-query'
import { MICROS_PER_DAY } from '../bytes/dates.ts'
import { arithmetic, converted, isNumeric } from '../derive/arithmetic.ts'
import { ExpressionError } from '../derive/expression.ts'
import type { PgType } from '../schema/pg-type.ts'
import { BOOL, DATE, FLOAT, INSTANT, INT, NULL, TEXT, type Value } from '../values/value-type.ts'
import { anyOf, arrayItems, arrayOf, arrayOperator } from './arrays.ts'
import { alike, comparison, distinct, membership } from './comparison.ts'
import { castTo } from './casts.ts'
import { callFunction, startsWith, textOf } from './functions.ts'
import { strict } from './strict.ts'
import { hasKeys, jsonContains, jsonMember, jsonPath } from './json-terms.ts'
import { number } from './literals.ts'
import { both, choice, either, isNull, negation, truthTest } from './logic.ts'
import { rangeCall, rangeOperator } from './range-terms.ts'
import { constantOf, NotUnderstood, type Comparison, type Term, type Trial } from './term.ts'
import { likeRegex, matching, portable, similarRegex } from './text-match.ts'

export type CheckScope = {
  readonly trial: Trial
  readonly now: number
  /** A column of the row, VALUE of a domain, or an argument of a function. */
  column(name: string): Term | undefined
  /** A type by its spelled name. */
  type(name: string): PgType | undefined
  /** The expression an SQL function returns, and the names of its arguments. */
  body(name: string): { readonly node: Node; readonly names: readonly string[] } | undefined
}

/** Throws NotUnderstood for what it has no reading of. */
export function compileCheck(node: Node, scope: CheckScope): Term {
  try {
    return term(node, scope)
  } catch (error) {
    if (error instanceof ExpressionError) throw new NotUnderstood(error.message)
    throw error
  }
}

function term(node: Node, scope: CheckScope): Term {
  const { trial } = scope
  if ('A_Const' in node) {
    const { ival, fval, sval, boolval, isnull } = node.A_Const
    if (isnull) return constantOf(NULL, null)
    if (ival) return constantOf(INT, ival.ival ?? 0)
    if (boolval) return constantOf(BOOL, boolval.boolval ?? false)
    if (fval) {
      const [type, value] = number(fval.fval ?? '0')
      return constantOf(type, value ?? 0)
    }
    return constantOf(TEXT, sval?.sval ?? '')
  }
  if ('ColumnRef' in node) {
    const name = (node.ColumnRef.fields ?? []).map(nameOf).at(-1) ?? ''
    const column = scope.column(name)
    if (!column) throw new NotUnderstood(`"${name}"`)
    return column
  }
  if ('ParamRef' in node) {
    const argument = scope.column(`$${node.ParamRef.number ?? 0}`)
    if (!argument) throw new NotUnderstood('a parameter')
    return argument
  }
  if ('BoolExpr' in node) {
    if (node.BoolExpr.boolop === 'NOT_EXPR') return negated(node.BoolExpr.args![0]!, scope)
    const args = (node.BoolExpr.args ?? []).map((arg) => term(arg, scope))
    return node.BoolExpr.boolop === 'AND_EXPR' ? both(args, trial) : either(args, trial)
  }
  if ('NullTest' in node) {
    const wanted = node.NullTest.nulltesttype === 'IS_NULL'
    const { arg } = node.NullTest
    if (arg && 'RowExpr' in arg)
      return both(
        (arg.RowExpr.args ?? []).map((one) => isNull(term(one, scope), wanted)),
        trial,
      )
    return isNull(term(arg!, scope), wanted)
  }
  if ('BooleanTest' in node)
    return truthTest(term(node.BooleanTest.arg!, scope), String(node.BooleanTest.booltesttype))
  if ('A_Expr' in node) return operation(node.A_Expr, scope)
  if ('TypeCast' in node) return cast(node.TypeCast, scope)
  if ('FuncCall' in node) return call(node.FuncCall, scope)
  if ('CoalesceExpr' in node) return built('coalesce', node.CoalesceExpr.args ?? [], scope)
  if ('MinMaxExpr' in node)
    return built(
      node.MinMaxExpr.op === 'IS_GREATEST' ? 'greatest' : 'least',
      node.MinMaxExpr.args ?? [],
      scope,
    )
  if ('CaseExpr' in node) return cases(node.CaseExpr, scope)
  if ('CollateClause' in node) return term(node.CollateClause.arg!, scope)
  if ('A_ArrayExpr' in node)
    return arrayOf((node.A_ArrayExpr.elements ?? []).map((item) => term(item, scope)))
  if ('SQLValueFunction' in node) return currentTime(String(node.SQLValueFunction.op), scope.now)
  throw new NotUnderstood(WORDS[Object.keys(node)[0] ?? ''] ?? 'a part of it')
}

const OPPOSITE: Readonly<Record<string, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/** NOT goes inward as far as it can: what is to be later than now must be seen as such. */
function negated(node: Node, scope: CheckScope): Term {
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr
    if (boolop === 'NOT_EXPR') return term(args[0]!, scope)
    const parts = args.map((arg) => negated(arg, scope))
    return boolop === 'AND_EXPR' ? either(parts, scope.trial) : both(parts, scope.trial)
  }
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' && node.A_Expr.lexpr && node.A_Expr.rexpr) {
    const opposite = OPPOSITE[nameOfAll(node.A_Expr.name)]
    if (opposite)
      return ordered(opposite, term(node.A_Expr.lexpr, scope), term(node.A_Expr.rexpr, scope), scope.trial)
  }
  return negation(term(node, scope))
}

const WORDS: Readonly<Record<string, string>> = {
  SubLink: 'a subquery',
  A_Indirection: 'a subscript',
  RowExpr: 'a row',
}

function nameOf(node: Node): string {
  return 'String' in node ? (node.String.sval ?? '') : ''
}

function nameOfAll(nodes: readonly Node[] | undefined): string {
  return (nodes ?? []).map(nameOf).at(-1) ?? ''
}

const FAR = 25 * 365 * MICROS_PER_DAY

/** Now, as the data sees it; and long after, for what must still lie in the future when the file is restored. */
function currentTime(op: string, now: number): Term {
  if (/CURRENT_DATE/.test(op))
    return {
      ...constantOf(DATE, Math.floor(now / MICROS_PER_DAY)),
      later: constantOf(DATE, Math.floor((now + FAR) / MICROS_PER_DAY)),
    }
  if (/TIMESTAMP/.test(op)) return { ...constantOf(INSTANT, now), later: constantOf(INSTANT, now + FAR) }
  throw new NotUnderstood(op)
}

function call({ funcname, args = [] }: FuncCall, scope: CheckScope): Term {
  const name = nameOfAll(funcname)
  if (['now', 'clock_timestamp', 'statement_timestamp', 'transaction_timestamp'].includes(name))
    return currentTime('TIMESTAMP', scope.now)
  const body = scope.body(name)
  if (!body) return built(name, args, scope)
  const given = args.map((arg) => term(arg, scope))
  const names = new Map<string, Term>()
  for (const [i, arg] of given.entries()) {
    names.set(`$${i + 1}`, arg)
    if (body.names[i] !== undefined && body.names[i] !== '') names.set(body.names[i], arg)
  }
  return term(body.node, { ...scope, column: (one) => names.get(one) })
}

function built(name: string, args: readonly Node[], scope: CheckScope): Term {
  const terms = args.map((arg) => term(arg, scope))
  return rangeCall(name, terms) ?? callFunction({ name, args: terms, trial: scope.trial, now: scope.now })
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>='])

function operation(expr: A_Expr, scope: CheckScope): Term {
  const { trial } = scope
  const spelled = nameOfAll(expr.name)
  const name = spelled === '!=' ? '<>' : spelled
  switch (expr.kind) {
    case 'AEXPR_IN':
      return membership(
        term(expr.lexpr!, scope),
        listed(expr.rexpr).map((item) => term(item, scope)),
        name === '<>',
        trial,
      )
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return quantified(name, expr, scope)
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
      return distinct(
        term(expr.lexpr!, scope),
        term(expr.rexpr!, scope),
        expr.kind === 'AEXPR_NOT_DISTINCT',
        trial,
      )
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
    case 'AEXPR_NOT_BETWEEN_SYM': {
      const [of, [low, high]] = [
        term(expr.lexpr!, scope),
        listed(expr.rexpr).map((item) => term(item, scope)),
      ]
      const inside = both([ordered('>=', of, low!, trial), ordered('<=', of, high!, trial)], trial)
      return expr.kind.includes('NOT') ? negation(inside) : inside
    }
    case 'AEXPR_NULLIF':
      return callFunction({
        name: 'nullif',
        args: alike(term(expr.lexpr!, scope), term(expr.rexpr!, scope)),
        trial,
        now: scope.now,
      })
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_SIMILAR':
    case 'AEXPR_OP':
      break
    default:
      throw new NotUnderstood(`the operator ${name}`)
  }
  const right = term(patternNode(expr.rexpr!), scope)
  if (!expr.lexpr) return prefixed(name, right, trial)
  return binary(expr.kind === 'AEXPR_SIMILAR' ? 'SIMILAR' : name, term(expr.lexpr, scope), right, scope)
}

/** LIKE … ESCAPE and SIMILAR TO hide their pattern in a call. */
function patternNode(node: Node): Node {
  if (!('FuncCall' in node)) return node
  const name = nameOfAll(node.FuncCall.funcname)
  const [pattern, escape] = node.FuncCall.args ?? []
  if (!['like_escape', 'similar_to_escape', 'similar_escape'].includes(name) || !pattern) return node
  const char = escape && 'A_Const' in escape ? escape.A_Const.sval?.sval : undefined
  if (escape !== undefined && char !== '\\') throw new NotUnderstood('ESCAPE')
  return pattern
}

function prefixed(name: string, of: Term, trial: Trial): Term {
  if (name === '-') return operationOn('-', { ...constantOf(INT, 0) }, of, trial)
  if (name === '+') return of
  throw new NotUnderstood(`the operator ${name}`)
}

function binary(name: string, a: Term, b: Term, { trial }: CheckScope): Term {
  if (COMPARISONS.has(name)) return ordered(name as Comparison, a, b, trial)
  const match = /^(!?)(~~\*|~~|~\*|~)$/.exec(name)
  if (match || name === 'SIMILAR') return pattern(match?.[2] ?? name, match?.[1] === '!', a, b, trial)
  switch (name) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return operationOn(name, ...alike(a, b), trial)
    case '||':
      return strict(TEXT, [a, b], () => textOf(a) + textOf(b))
    case '^@':
      return startsWith({ args: [a, b] })
    case '->':
    case '->>':
      return jsonMember(a, b, name === '->>')
    case '#>':
    case '#>>':
      return jsonPath(a, b, name === '#>>')
    case '?':
      return hasKeys(a, [b], true)
    case '?&':
    case '?|':
      return hasKeys(a, b.items ?? [], name === '?&')
    case '@>':
    case '<@':
    case '&&':
      break
    default:
      throw new NotUnderstood(`the operator ${name}`)
  }
  const json = a.type.kind === 'json' || b.type.kind === 'json'
  const [left, right] = alike(a, b)
  if (json && name !== '&&') return name === '@>' ? jsonContains(left, right) : jsonContains(right, left)
  return rangeOperator(name, a, b) ?? arrayOperator(name, listOf(a), listOf(b), trial)
}

/** A quoted array beside an array: '{a,b}'. */
function listOf(of: Term): Term {
  if (!of.constant || of.items) return of
  const items = arrayItems(String(of.constant.value))
  if (!items) throw new NotUnderstood(`'${String(of.constant.value)}'`)
  return { ...of, items: items.map((item) => constantOf(TEXT, item)) }
}

/** A comparison; with `now()` on one side, what is to be later must be so for long. */
function ordered(op: Comparison, a: Term, b: Term, trial: Trial): Term {
  const [left, right] = [op.startsWith('<') ? (a.later ?? a) : a, op.startsWith('>') ? (b.later ?? b) : b]
  return comparison(op, left, right, trial)
}

function pattern(operator: string, negated: boolean, of: Term, by: Term, trial: Trial): Term {
  const text = by.constant?.value
  if (typeof text !== 'string' || of.type.kind !== 'text')
    throw new NotUnderstood(`the operator ${operator} with a pattern that changes`)
  const like = operator.startsWith('~~')
  const regex = like ? likeRegex(text) : operator === 'SIMILAR' ? similarRegex(text) : portable(text)
  return matching(
    of,
    {
      regex,
      like: like || operator === 'SIMILAR',
      ignoreCase: operator.endsWith('*') || /^\(\?[a-z]*i/.test(text),
      negated,
    },
    trial,
  )
}

type Sign = '+' | '-' | '*' | '/' | '%'

/** Written to, the sum, difference, product or quotient changes one of its sides. */
function operationOn(name: Sign, a: Term, b: Term, trial: Trial): Term {
  const { type, value } = arithmetic(name, a, b, 0)
  const read = () => value(0)
  const inverse = (to: Value, side: 'a' | 'b'): boolean => {
    const target = { type, value: () => to }
    const [of, other] = side === 'a' ? [a, b] : [b, a]
    if (!of.write || other.value() === null || to === null) return false
    const how: readonly [Sign, typeof target, typeof target] | undefined =
      name === '+'
        ? ['-', target, other]
        : name === '-'
          ? side === 'a'
            ? ['+', target, other]
            : ['-', other, target]
          : name === '*'
            ? ['/', { type: FLOAT, value: () => Number(converted(target, FLOAT, 0)(0)) }, other]
            : name === '/' && side === 'a'
              ? ['*', target, other]
              : undefined
    if (!how) return false
    const result = arithmetic(how[0], how[1], how[2], 0)
    const fits =
      isNumeric(result.type) ||
      result.type.kind === of.type.kind ||
      ['date', 'instant'].includes(of.type.kind)
    const value = converted(result, of.type, 0)(0)
    // Amounts that were not negative mostly stay so.
    const turns = Number(value) < 0 && Number(of.value() ?? 0) >= 0 && isNumeric(of.type)
    return fits && !(turns && trial.random() < 0.95) && of.write(value)
  }
  const later =
    a.later || b.later ? arithmetic(name, a.later ?? a, name === '-' ? b : (b.later ?? b), 0) : undefined
  return {
    type,
    value: read,
    parts: [a, b],
    later: later && { type: later.type, value: () => later.value(0), parts: [a, b] },
    write: (to) =>
      trial.random() < 0.5 ? inverse(to, 'a') || inverse(to, 'b') : inverse(to, 'b') || inverse(to, 'a'),
    ...(a.constant && b.constant ? { constant: { value: read() } } : {}),
  }
}

function listed(node: Node | undefined): readonly Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : []
}

/** `x = ANY (ARRAY[…])` is a list; of other operators each item is asked. */
function quantified(name: string, expr: A_Expr, scope: CheckScope): Term {
  const { trial } = scope
  const [of, array] = [term(expr.lexpr!, scope), term(expr.rexpr!, scope)]
  const all = expr.kind === 'AEXPR_OP_ALL'
  const list = array.constant || array.items ? listOf(array).items! : undefined
  if (list === undefined) {
    if (name === '=' && !all) return anyOf(of, array, trial)
    if (name === '<>' && all) return negation(anyOf(of, array, trial))
    throw new NotUnderstood(`${name} ${all ? 'ALL' : 'ANY'} of a column`)
  }
  if (name === '=' && !all) return membership(of, list, false, trial)
  if (name === '<>' && all) return membership(of, list, true, trial)
  const tests = list.map((item) => binary(name, of, item, scope))
  return all ? both(tests, trial) : either(tests, trial)
}

function cases({ arg, args = [], defresult }: CaseExpr, scope: CheckScope): Term {
  const subject = arg && term(arg, scope)
  const branches = args.flatMap((branch) => {
    if (!('CaseWhen' in branch)) return []
    const when = term(branch.CaseWhen.expr!, scope)
    return [
      {
        when: subject ? comparison('=', subject, when, scope.trial) : when,
        then: term(branch.CaseWhen.result!, scope),
      },
    ]
  })
  return choice(branches, defresult && term(defresult, scope), scope.trial)
}

function cast({ arg, typeName }: TypeCast, scope: CheckScope): Term {
  const names = (typeName?.names ?? []).map(nameOf).filter((name) => name !== 'pg_catalog')
  const isArray = (typeName?.arrayBounds ?? []).length > 0
  return castTo(term(arg!, scope), names, isArray, scope.type)
}
