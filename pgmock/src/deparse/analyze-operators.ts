// parse_oper.c and transformAExpr…: operators, IN, ANY, IS DISTINCT FROM, comparisons of rows.

import type { A_Expr, Node, SubLink } from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { generic, resolveGeneric } from './generic-types.ts'
import { columnOf, Unprintable, type Context } from './scope.ts'
import { known, nullTest } from './settle.ts'
import { stringOf } from './type-name.ts'
import { UNKNOWN, UNSURE, type Typed } from './typed.ts'

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '>', '<=', '>='])

export function operatorText(
  names: readonly string[],
  schema: string | undefined,
  { scope }: Context,
): string {
  const operator = names.at(-1) === '!=' ? '<>' : (names.at(-1) ?? '')
  const shown = schema ?? (names.length > 1 && names[0] !== 'pg_catalog' ? names[0] : undefined)
  return shown === undefined ? operator : `OPERATOR(${quoteName(shown, scope.major)}.${operator})`
}

/** make_op: the operator for these types, with its arguments cast to what it takes. */
export function binary(
  name: string,
  schema: string | undefined,
  left: Typed,
  right: Typed,
  context: Context,
): Typed {
  const { coercion } = context
  const operator = name === '!=' ? '<>' : name
  const given = [left.type, right.type]
  const found = given.includes(UNSURE)
    ? undefined
    : coercion.operator(operator, schema, left.type, right.type)
  if (!found) {
    // Nobody told us of such an operator, or of one side's type: both sides stay as they are.
    const type = COMPARISONS.has(operator) || /^[!~]/.test(operator) ? 'boolean' : UNSURE
    const beside = (one: Typed, other: Typed) =>
      coercion.coerce(one, other.type === UNSURE || other.type === UNKNOWN ? 'text' : other.type, true)
    const args = [
      left.type === UNKNOWN ? beside(left, right) : left,
      right.type === UNKNOWN ? beside(right, left) : right,
    ]
    return {
      kind: 'operator',
      operator: operatorText([operator], schema === 'pg_catalog' ? undefined : schema, context),
      args,
      type,
    }
  }
  const declared = [found.left!, found.right]
  const resolved = resolveGeneric(coercion, given, declared)
  const args = [left, right].map((arg, i) => coercion.coerce(arg, generic(declared[i]!, resolved), true))
  return {
    kind: 'operator',
    operator: operatorText([operator], found.schema, context),
    args,
    type: generic(found.result, resolved),
  }
}

export function operation(expr: A_Expr, context: Context): Typed {
  const names = (expr.name ?? []).map(stringOf)
  const operator = names.at(-1) === '!=' ? '<>' : (names.at(-1) ?? '')
  const schema = names.length > 1 ? names[0] : undefined
  const left = () => context.inner.expression(expr.lexpr!, context)
  const right = () => context.inner.expression(expr.rexpr!, context)
  switch (expr.kind) {
    case 'AEXPR_OP':
      if (expr.lexpr && expr.rexpr && 'RowExpr' in expr.lexpr && 'RowExpr' in expr.rexpr)
        return rowComparison(
          operator,
          rowItems(expr.lexpr.RowExpr.args ?? [], context),
          rowItems(expr.rexpr.RowExpr.args ?? [], context),
          context,
        )
      if (expr.lexpr && expr.rexpr && 'RowExpr' in expr.lexpr && 'SubLink' in expr.rexpr)
        return rowOfQuery(
          operator,
          rowItems(expr.lexpr.RowExpr.args ?? [], context),
          expr.rexpr.SubLink,
          context,
        )
      return expr.lexpr
        ? binary(operator, schema, left(), right(), context)
        : prefix(operator, schema, right(), context)
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_SIMILAR':
      return binary(operator, schema, left(), right(), context)
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
      return distinct(expr, left(), right(), context)
    case 'AEXPR_NULLIF': {
      const made = binary('=', undefined, left(), right(), context)
      if (made.kind !== 'operator') throw new Unprintable('NULLIF')
      return { kind: 'nullif', args: [made.args[0]!, made.args[1]!], type: made.args[0]!.type }
    }
    case 'AEXPR_IN':
      return membership(operator, expr, context)
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
    case 'AEXPR_NOT_BETWEEN_SYM': {
      const [low, high] = listOf(expr.rexpr)
      const isNot = expr.kind.startsWith('AEXPR_NOT')
      const range = (a: Node, b: Node): Typed => ({
        kind: isNot ? 'or' : 'and',
        args: [
          binary(isNot ? '<' : '>=', undefined, left(), context.inner.expression(a, context), context),
          binary(isNot ? '>' : '<=', undefined, left(), context.inner.expression(b, context), context),
        ],
        type: 'boolean',
      })
      if (!expr.kind.endsWith('SYM')) return range(low!, high!)
      return { kind: isNot ? 'and' : 'or', args: [range(low!, high!), range(high!, low!)], type: 'boolean' }
    }
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return quantified(
        operator,
        schema,
        expr.kind === 'AEXPR_OP_ANY' ? 'ANY' : 'ALL',
        left(),
        right(),
        context,
      )
    default:
      throw new Unprintable(String(expr.kind))
  }
}

function prefix(operator: string, schema: string | undefined, arg: Typed, context: Context): Typed {
  const found =
    arg.type === UNSURE ? undefined : context.coercion.operator(operator, schema, undefined, arg.type)
  if (!found) return { kind: 'operator', operator, args: [arg], type: arg.type }
  return {
    kind: 'operator',
    operator: operatorText([operator], found.schema, context),
    args: [context.coercion.coerce(arg, found.right, true)],
    type: found.result,
  }
}

function distinct(expr: A_Expr, left: Typed, right: Typed, context: Context): Typed {
  const isNot = expr.kind === 'AEXPR_NOT_DISTINCT'
  const isNull = (typed: Typed) =>
    typed.kind === 'constant' && typed.value === undefined && typed.type === UNKNOWN
  if (isNull(right)) return nullTest(known(left, context), isNot)
  if (isNull(left)) return nullTest(known(right, context), isNot)
  const made = binary('=', undefined, left, right, context)
  if (made.kind !== 'operator') throw new Unprintable('IS DISTINCT FROM')
  const test: Typed = { kind: 'distinct', args: [made.args[0]!, made.args[1]!], type: 'boolean' }
  return isNot ? { kind: 'not', args: [test], type: 'boolean' } : test
}

function listOf(node: Node | undefined): readonly Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : []
}

/** `t.*` inside ROW(…) and of an argument list stands for its columns. */
export function rowItems(nodes: readonly Node[], context: Context): Typed[] {
  return nodes.flatMap((node) => {
    const item = context.inner.expression(node, context)
    const isStar = 'ColumnRef' in node && (node.ColumnRef.fields ?? []).some((one) => 'A_Star' in one)
    return isStar && item.kind === 'whole-row'
      ? item.source.columns.map(({ name }) => columnOf(item.source, name)!)
      : [item]
  })
}

function rowComparison(
  operator: string,
  left: readonly Typed[],
  right: readonly Typed[],
  context: Context,
): Typed {
  const pairs = left.map((one, i) => binary(operator, undefined, one, right[i]!, context))
  if (pairs.length === 1) return pairs[0]!
  if (operator === '=' || operator === '<>')
    return { kind: operator === '=' ? 'and' : 'or', args: pairs, type: 'boolean' }
  const side = (i: number) => pairs.flatMap((pair) => (pair.kind === 'operator' ? [pair.args[i]!] : []))
  return { kind: 'row-compare', operator, left: side(0), right: side(1), type: 'boolean' }
}

/** ROWCOMPARE_SUBLINK: `(a, b) = (SELECT …)`. */
function rowOfQuery(
  operator: string,
  row: readonly Typed[],
  { subselect }: SubLink,
  context: Context,
): Typed {
  if (!context.level) throw new Unprintable('a subquery')
  const query = context.inner.subquery(subselect!, context)
  const left = row.map((one, i) => {
    const output: Typed = { kind: 'word', text: '', type: query.columns[i]?.type ?? UNSURE }
    const made = binary(operator, undefined, one, output, context)
    return made.kind === 'operator' ? made.args[0]! : one
  })
  return { kind: 'subquery', query, form: 'row', operator, left, type: 'boolean' }
}

/** transformAExprIn: = ANY (ARRAY[…]) for values, OR for what names columns. */
function membership(operator: string, expr: A_Expr, context: Context): Typed {
  const { coercion } = context
  const nodes = listOf(expr.rexpr)
  const value = () => context.inner.expression(expr.lexpr!, context)
  const isRow = expr.lexpr !== undefined && 'RowExpr' in expr.lexpr
  const plain = nodes.filter((node) => !hasColumn(node))
  const items = plain.map((node) => context.inner.expression(node, context))
  const common = isRow ? undefined : coercion.commonType([value(), ...items].map((one) => one.type))
  const tests: Typed[] = []
  const asArray = plain.length > 1 && common !== undefined && common !== UNSURE && common !== 'record'
  if (asArray) {
    const list: Typed = {
      kind: 'array',
      items: items.map((item) => coercion.coerce(item, common, true)),
      type: `${common}[]`,
    }
    tests.push(quantified(operator, undefined, operator === '=' ? 'ANY' : 'ALL', value(), list, context))
  }
  for (const node of asArray ? nodes.filter((one) => !plain.includes(one)) : nodes)
    tests.push(
      isRow && 'RowExpr' in node && expr.lexpr && 'RowExpr' in expr.lexpr
        ? rowComparison(
            operator,
            rowItems(expr.lexpr.RowExpr.args ?? [], context),
            rowItems(node.RowExpr.args ?? [], context),
            context,
          )
        : binary(operator, undefined, value(), context.inner.expression(node, context), context),
    )
  return tests.length === 1
    ? tests[0]!
    : { kind: operator === '=' ? 'or' : 'and', args: tests, type: 'boolean' }
}

function hasColumn(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasColumn)
  if (typeof value !== 'object' || value === null) return false
  return 'ColumnRef' in value || Object.values(value).some(hasColumn)
}

/** make_scalar_array_op. */
function quantified(
  name: string,
  schema: string | undefined,
  word: 'ANY' | 'ALL',
  left: Typed,
  right: Typed,
  context: Context,
): Typed {
  const { coercion } = context
  const item =
    right.type === UNKNOWN
      ? UNKNOWN
      : right.type === UNSURE
        ? UNSURE
        : (coercion.element(coercion.base(right.type)) ?? UNSURE)
  const found =
    left.type === UNSURE || item === UNSURE ? undefined : coercion.operator(name, schema, left.type, item)
  if (!found) {
    const asList =
      right.type === UNKNOWN
        ? coercion.coerce(right, `${left.type === UNSURE ? 'text' : left.type}[]`, true)
        : right
    return {
      kind: 'quantified',
      operator: operatorText([name], schema, context),
      word,
      args: [known(left, context), asList],
      type: 'boolean',
    }
  }
  const resolved = resolveGeneric(coercion, [left.type, item], [found.left!, found.right])
  const list = generic(found.right, resolved)
  const args = [
    coercion.coerce(left, generic(found.left!, resolved), true),
    coercion.coerce(right, `${list}[]`, true),
  ] as const
  return {
    kind: 'quantified',
    operator: operatorText([name], found.schema, context),
    word,
    args,
    type: 'boolean',
  }
}
