// parse_expr.c: the grammar's tree → a typed tree, with the casts PostgreSQL puts in.

import type { A_Expr, CaseExpr, Node, SQLValueFunction, SubLink, TypeCast } from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { generic } from './coercion.ts'
import {
  columnOf,
  findColumn,
  findSource,
  rowType,
  Unprintable,
  type Context,
  type FullColumn,
} from './scope.ts'
import { namedType, stringOf } from './type-name.ts'
import { UNKNOWN, UNSURE, type Typed } from './typed.ts'

export function analyze(node: Node, context: Context): Typed {
  if ('A_Const' in node) return constant(node)
  if ('ColumnRef' in node) return column(node.ColumnRef.fields ?? [], context)
  if ('BoolExpr' in node) {
    const args = (node.BoolExpr.args ?? []).map((arg) => asBoolean(analyze(arg, context), context))
    const kind =
      node.BoolExpr.boolop === 'NOT_EXPR' ? 'not' : node.BoolExpr.boolop === 'AND_EXPR' ? 'and' : 'or'
    return { kind, args, type: 'boolean' }
  }
  if ('NullTest' in node) {
    const arg = known(analyze(node.NullTest.arg!, context), context)
    return nullTest(arg, node.NullTest.nulltesttype === 'IS_NULL')
  }
  if ('BooleanTest' in node) {
    const arg = asBoolean(analyze(node.BooleanTest.arg!, context), context)
    const test = String(node.BooleanTest.booltesttype).replaceAll('_', ' ')
    return { kind: 'test', arg, test, showsCast: false, type: 'boolean' }
  }
  if ('A_Expr' in node) return operation(node.A_Expr, context)
  if ('TypeCast' in node) return explicitCast(node.TypeCast, context)
  if ('FuncCall' in node) return context.inner.call(node.FuncCall, context)
  if ('SQLValueFunction' in node) return sqlValue(node.SQLValueFunction)
  if ('CoalesceExpr' in node) return alike('COALESCE', node.CoalesceExpr.args ?? [], context)
  if ('MinMaxExpr' in node)
    return alike(
      node.MinMaxExpr.op === 'IS_GREATEST' ? 'GREATEST' : 'LEAST',
      node.MinMaxExpr.args ?? [],
      context,
    )
  if ('CaseExpr' in node) return choice(node.CaseExpr, context)
  if ('A_ArrayExpr' in node) return array(node.A_ArrayExpr.elements ?? [], context)
  if ('CollateClause' in node) {
    const arg = analyze(node.CollateClause.arg!, context)
    const name = (node.CollateClause.collname ?? []).map(stringOf)
    return { kind: 'collate', arg, collation: collationText(name, context), type: arg.type }
  }
  if ('A_Indirection' in node)
    return indirection(
      analyze(node.A_Indirection.arg!, context),
      node.A_Indirection.indirection ?? [],
      context,
    )
  if ('RowExpr' in node)
    return {
      kind: 'row',
      items: rowItems(node.RowExpr.args ?? [], context).map((item) => known(item, context)),
      type: 'record',
    }
  if ('SubLink' in node) return subLink(node.SubLink, context)
  if ('GroupingFunc' in node)
    return {
      kind: 'grouping',
      args: (node.GroupingFunc.args ?? []).map((arg) => analyze(arg, context)),
      type: 'integer',
    }
  if ('NamedArgExpr' in node) {
    const arg = analyze(node.NamedArgExpr.arg!, context)
    return { kind: 'named-argument', name: node.NamedArgExpr.name ?? '', arg, type: arg.type }
  }
  if ('SetToDefault' in node) return { kind: 'word', text: 'DEFAULT', type: UNSURE }
  throw new Unprintable(Object.keys(node)[0])
}

function constant({ A_Const: value }: Extract<Node, { A_Const: unknown }>): Typed {
  if (value.isnull) return { kind: 'constant', value: undefined, type: UNKNOWN }
  if (value.ival) return { kind: 'constant', value: String(value.ival.ival ?? 0), type: 'integer' }
  if (value.fval) {
    const digits = value.fval.fval ?? '0'
    const isBig = /^-?\d+$/.test(digits) && BigInt(digits) >= -(2n ** 63n) && BigInt(digits) < 2n ** 63n
    return { kind: 'constant', value: digits, type: isBig ? 'bigint' : 'numeric' }
  }
  if (value.boolval)
    return { kind: 'constant', value: value.boolval.boolval ? 'true' : 'false', type: 'boolean' }
  if (value.bsval) return { kind: 'constant', value: (value.bsval.bsval ?? '').slice(1), type: 'bit' }
  return { kind: 'constant', value: value.sval?.sval ?? '', type: UNKNOWN }
}

function column(fields: readonly Node[], context: Context): Typed {
  const names = fields.map(stringOf)
  if (fields.some((field) => 'A_Star' in field)) {
    const source = findSource(names.at(-2) ?? '', context.level)
    if (!source) throw new Unprintable(`the name ${names.join('.')}`)
    return { kind: 'whole-row', source, type: rowType(source) }
  }
  const found = findColumn(names, context)
  if (found) return found
  // A table's name alone stands for its rows.
  const source = names.length === 1 ? findSource(names[0]!, context.level) : undefined
  if (source) {
    const [only] = source.columns
    if (source.kind === 'function' && source.columns.length === 1 && only!.name === names[0])
      return columnOf(source, only!.name)!
    return { kind: 'whole-row', source, type: rowType(source) }
  }
  // `alias.table.field`, or a column's field without brackets.
  if (names.length > 1) {
    const owner = findColumn(names.slice(0, -1), context)
    if (owner && context.level) return field(owner, names.at(-1)!, context)
  }
  if (context.level) throw new Unprintable(`the column ${names.join('.')}`)
  return { kind: 'column', source: undefined, name: names.at(-1) ?? '', type: UNSURE }
}

export function collationText(names: readonly string[], { scope }: Context): string {
  const shown = names.at(-2) === 'pg_catalog' || names.length === 1 ? names.slice(-1) : names
  return shown.map((part) => quoteName(part, scope.major)).join('.')
}

/** A literal without type becomes text. */
export function known(typed: Typed, { coercion }: Context): Typed {
  return typed.type === UNKNOWN ? coercion.coerce(typed, 'text', true) : typed
}

export function asBoolean(typed: Typed, { coercion }: Context): Typed {
  return coercion.coerce(typed, 'boolean', true, 'assignment')
}

function nullTest(arg: Typed, isNull: boolean): Typed {
  return { kind: 'test', arg, test: isNull ? 'IS NULL' : 'IS NOT NULL', showsCast: true, type: 'boolean' }
}

function explicitCast({ arg, typeName }: TypeCast, context: Context): Typed {
  const { scope, coercion } = context
  const { text, bare } = namedType(typeName!, scope.major, scope.typeSchema)
  const element = coercion.element(bare)
  const typed =
    arg && 'A_ArrayExpr' in arg && element !== undefined
      ? castArray(arg.A_ArrayExpr.elements ?? [], bare, context)
      : analyze(arg!, context)
  const done = coercion.coerce(typed, bare, false, 'explicit')
  return withModifier(done, typed, bare, text, false)
}

/** coerce_type_typmod: the cast without length below it is hidden. */
export function withModifier(
  done: Typed,
  given: Typed,
  bare: string,
  full: string,
  isImplicit: boolean,
): Typed {
  if (full === bare || full === 'bpchar' || (given.type === bare && given.full === full)) return done
  const isOwn = done !== given && done.kind === 'cast'
  if (done.kind === 'constant' && bare === 'interval') return { ...done, full }
  return {
    kind: 'cast',
    arg: isOwn ? { ...done, isImplicit: true } : done,
    isImplicit,
    byFunction: !bare.endsWith('[]'),
    type: bare,
    full,
  }
}

/** ARRAY[…]::type[] hands the cast to its elements. */
function castArray(elements: readonly Node[], type: string, context: Context): Typed {
  const { coercion } = context
  const item = coercion.element(type)!
  const items = elements.map((element) => {
    if ('A_ArrayExpr' in element) return castArray(element.A_ArrayExpr.elements ?? [], type, context)
    return coercion.coerce(analyze(element, context), item, false, 'explicit')
  })
  return { kind: 'array', items, type }
}

function array(elements: readonly Node[], context: Context): Typed {
  const { coercion } = context
  const items = elements.map((element) => analyze(element, context))
  if (items.length === 0) return { kind: 'array', items, type: UNSURE }
  const type = coercion.commonType(items.map((item) => item.type)) ?? UNSURE
  const isNested = items.some((item) => item.kind === 'array')
  return {
    kind: 'array',
    items: items.map((item) => coercion.coerce(item, type, true)),
    type: type === UNSURE ? UNSURE : isNested ? type : `${type}[]`,
  }
}

function alike(word: string, nodes: readonly Node[], context: Context): Typed {
  const args = nodes.map((node) => analyze(node, context))
  const type = context.coercion.commonType(args.map((arg) => arg.type)) ?? UNSURE
  return { kind: 'alike', word, args: args.map((arg) => context.coercion.coerce(arg, type, true)), type }
}

function choice({ arg, args = [], defresult }: CaseExpr, context: Context): Typed {
  const { coercion } = context
  const subject = arg ? known(analyze(arg, context), context) : undefined
  const whens = args.flatMap((node) => ('CaseWhen' in node ? [node.CaseWhen] : []))
  const tests = whens.map(({ expr }) => {
    const test = analyze(expr!, context)
    if (!subject) return asBoolean(test, context)
    const made = binary('=', undefined, subject, test, context)
    return made.kind === 'operator' ? made.args[1]! : test
  })
  const results = whens.map(({ result }) => analyze(result!, context))
  const otherwise: Typed = defresult
    ? analyze(defresult, context)
    : { kind: 'constant', value: undefined, type: UNKNOWN }
  const type = coercion.commonType([otherwise, ...results].map((result) => result.type)) ?? UNSURE
  return {
    kind: 'case',
    subject,
    whens: tests.map((test, i) => ({ test, result: coercion.coerce(results[i]!, type, true) })),
    otherwise: coercion.coerce(otherwise, type, true),
    type,
  }
}

function indirection(arg: Typed, steps: readonly Node[], context: Context): Typed {
  let typed = arg
  let places: { isSlice: boolean; lower: Typed | undefined; upper: Typed | undefined }[] = []
  const flush = () => {
    if (places.length === 0) return
    const isSlice = places.some((place) => place.isSlice)
    const base = context.coercion.base(typed.type)
    const type = base === 'jsonb' || isSlice ? base : (context.coercion.element(base) ?? UNSURE)
    typed = { kind: 'subscript', arg: typed, places, type }
    places = []
  }
  for (const step of steps) {
    if ('A_Indices' in step) {
      const place = (node: Node | undefined) => {
        if (!node) return undefined
        const value = analyze(node, context)
        if (context.coercion.base(typed.type) === 'jsonb') return known(value, context)
        return context.coercion.coerce(value, 'integer', true, 'assignment')
      }
      places.push({
        isSlice: step.A_Indices.is_slice === true,
        lower: place(step.A_Indices.lidx),
        upper: place(step.A_Indices.uidx),
      })
    } else if ('String' in step) {
      flush()
      typed = field(typed, stringOf(step), context)
    } else throw new Unprintable('.*')
  }
  flush()
  return typed
}

function field(arg: Typed, name: string, { scope, coercion }: Context): Typed {
  if (arg.kind === 'whole-row') {
    const found = columnOf(arg.source, name)
    if (found) return found
  }
  const own: readonly FullColumn[] | undefined = arg.kind === 'call' ? arg.call.columns : undefined
  const found = (scope.fields?.(coercion.base(arg.type)) ?? own)?.find((one) => one.name === name)
  return {
    kind: 'field',
    arg,
    field: name,
    type: found?.type ?? UNSURE,
    full: found?.full,
  }
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
  const type = types[name] ?? 'name'
  if (!String(op).endsWith('_N')) return { kind: 'word', text: name, type }
  const [, head, tail = ''] = /^(time|timestamp)( with.*)$/.exec(type) ?? [type, type]
  return { kind: 'word', text: `${name}(${typmod ?? 0})`, type, full: `${head}(${typmod ?? 0})${tail}` }
}

// Operators

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
  const resolved = coercion.resolveGeneric(given, declared)
  const args = [left, right].map((arg, i) => coercion.coerce(arg, generic(declared[i]!, resolved), true))
  return {
    kind: 'operator',
    operator: operatorText([operator], found.schema, context),
    args,
    type: generic(found.result, resolved),
  }
}

function operation(expr: A_Expr, context: Context): Typed {
  const names = (expr.name ?? []).map(stringOf)
  const operator = names.at(-1) === '!=' ? '<>' : (names.at(-1) ?? '')
  const schema = names.length > 1 ? names[0] : undefined
  const left = () => analyze(expr.lexpr!, context)
  const right = () => analyze(expr.rexpr!, context)
  switch (expr.kind) {
    case 'AEXPR_OP':
      if (expr.lexpr && expr.rexpr && 'RowExpr' in expr.lexpr && 'RowExpr' in expr.rexpr)
        return rowComparison(
          operator,
          rowItems(expr.lexpr.RowExpr.args ?? [], context),
          rowItems(expr.rexpr.RowExpr.args ?? [], context),
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
          binary(isNot ? '<' : '>=', undefined, left(), analyze(a, context), context),
          binary(isNot ? '>' : '<=', undefined, left(), analyze(b, context), context),
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
function rowItems(nodes: readonly Node[], context: Context): Typed[] {
  return nodes.flatMap((node) => {
    const item = analyze(node, context)
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

/** transformAExprIn: = ANY (ARRAY[…]) for values, OR for what names columns. */
function membership(operator: string, expr: A_Expr, context: Context): Typed {
  const { coercion } = context
  const nodes = listOf(expr.rexpr)
  const value = () => analyze(expr.lexpr!, context)
  const isRow = expr.lexpr !== undefined && 'RowExpr' in expr.lexpr
  const plain = nodes.filter((node) => !hasColumn(node))
  const items = plain.map((node) => analyze(node, context))
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
        : binary(operator, undefined, value(), analyze(node, context), context),
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
  const resolved = coercion.resolveGeneric([left.type, item], [found.left!, found.right])
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

// Subqueries

function subLink({ subLinkType, subselect, testexpr, operName = [] }: SubLink, context: Context): Typed {
  // PostgreSQL refuses them in checks, defaults and indexes, too.
  if (!context.level) throw new Unprintable('a subquery')
  const query = context.inner.subquery(subselect!, context)
  const [first] = query.columns
  const base = { kind: 'subquery', query, operator: '', left: [] } as const
  switch (subLinkType) {
    case 'EXISTS_SUBLINK':
      return { ...base, form: 'exists', type: 'boolean' }
    case 'EXPR_SUBLINK':
      return { ...base, form: 'scalar', type: first?.type ?? UNSURE, full: first?.full }
    case 'ARRAY_SUBLINK':
      return {
        ...base,
        form: 'array',
        type: first ? (first.type.endsWith('[]') ? first.type : `${first.type}[]`) : UNSURE,
      }
    case 'ANY_SUBLINK':
    case 'ALL_SUBLINK': {
      const names = operName.map(stringOf)
      const operator = names.at(-1) ?? '='
      const given =
        testexpr && 'RowExpr' in testexpr
          ? rowItems(testexpr.RowExpr.args ?? [], context)
          : [analyze(testexpr!, context)]
      const left = given.map((one, i) => {
        const output: Typed = { kind: 'word', text: '', type: query.columns[i]?.type ?? UNSURE }
        const made = binary(operator, undefined, one, output, context)
        return made.kind === 'operator'
          ? { arg: made.args[0]!, operator: made.operator }
          : { arg: one, operator }
      })
      const form = subLinkType === 'ANY_SUBLINK' ? 'any' : 'all'
      return {
        ...base,
        form,
        operator: left[0]?.operator ?? operator,
        left: left.map(({ arg }) => arg),
        type: 'boolean',
      }
    }
    default:
      throw new Unprintable(String(subLinkType))
  }
}
