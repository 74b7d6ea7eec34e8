// parse_expr.c: the grammar's tree → a typed tree, with the casts PostgreSQL puts in.

import type { CaseExpr, Node, SQLValueFunction, SubLink, TypeCast } from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { binary, operation, rowItems } from './analyze-operators.ts'
import {
  columnOf,
  findColumn,
  findSource,
  rowType,
  Unprintable,
  type Context,
  type FullColumn,
} from './scope.ts'
import { asBoolean, known, nullTest, withModifier } from './settle.ts'
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
  if (value.bsval) return { kind: 'constant', value: bits(value.bsval.bsval ?? ''), type: 'bit' }
  return { kind: 'constant', value: value.sval?.sval ?? '', type: UNKNOWN }
}

/** B'101' comes as `b101`, X'1F' as `x1F`. */
function bits(given: string): string {
  const digits = given.slice(1)
  if (!given.startsWith('x')) return digits
  return digits.replaceAll(/./g, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
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
