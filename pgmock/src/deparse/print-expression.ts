// get_rule_expr of ruleutils.c, not pretty: every operator in brackets, every cast that can be shown.

import { quoteName, quoteText } from '../formats/names.ts'
import { outputText } from './literal.ts'
import type { Printer } from './printer.ts'
import { standardForm } from './standard-forms.ts'
import { splitName } from './split-name.ts'
import type { ExpressionScope } from './scope.ts'
import { UNKNOWN, UNSURE, type Call, type SortItem, type Typed, type Window } from './typed.ts'

/** `showsCast`: whether an implicit cast at the top is written. */
export function printExpression(
  typed: Typed,
  out: Printer,
  scope: ExpressionScope,
  showsCast: boolean,
): void {
  const print = (one: Typed, shows = true) => printExpression(one, out, scope, shows)
  const list = (items: readonly Typed[], shows = true) =>
    items.forEach((item, i) => {
      if (i > 0) out.add(', ')
      print(item, shows)
    })
  switch (typed.kind) {
    case 'constant':
      return out.add(constantText(typed, scope, true))
    case 'column': {
      const name = typed.source && out.prefixed ? out.nameOf(typed.source) : undefined
      return out.add(
        `${name === undefined ? '' : `${quoteName(name, out.major)}.`}${quoteName(typed.name, out.major)}`,
      )
    }
    case 'whole-row':
      return out.add(`${quoteName(out.nameOf(typed.source) ?? '', out.major)}.*`)
    case 'cast':
      if (typed.isImplicit && !showsCast) return print(typed.arg, false)
      return printCast(typed.arg, typed, out, scope)
    case 'operator':
      out.add('(')
      if (typed.args.length === 2) {
        print(typed.args[0]!)
        out.add(` ${typed.operator} `)
      } else out.add(`${typed.operator} `)
      print(typed.args.at(-1)!)
      return out.add(')')
    case 'quantified':
      out.add('(')
      print(typed.args[0])
      out.add(` ${typed.operator} ${typed.word} (`)
      print(typed.args[1])
      // A bare subquery behind ANY would be read as rows.
      if (typed.args[1].kind === 'subquery' && typed.args[1].form === 'scalar')
        out.add(`::${shownType(typed.args[1])}`)
      return out.add('))')
    case 'distinct':
      out.add('(')
      print(typed.args[0])
      out.add(' IS DISTINCT FROM ')
      print(typed.args[1])
      return out.add(')')
    case 'nullif':
      out.add('NULLIF(')
      list(typed.args)
      return out.add(')')
    case 'and':
    case 'or':
      out.add('(')
      typed.args.forEach((arg, i) => {
        if (i > 0) out.add(typed.kind === 'and' ? ' AND ' : ' OR ')
        print(arg, false)
      })
      return out.add(')')
    case 'not':
      out.add('(NOT ')
      print(typed.args[0]!, false)
      return out.add(')')
    case 'test':
      out.add('(')
      print(typed.arg, typed.showsCast)
      return out.add(` ${typed.test})`)
    case 'case':
      return printCase(typed, out, scope)
    case 'alike':
      out.add(`${typed.word}(`)
      list(typed.args)
      return out.add(')')
    case 'array':
      out.add('ARRAY[')
      list(typed.items)
      out.add(']')
      if (typed.items.length === 0 && typed.type !== UNSURE) out.add(`::${shownType(typed)}`)
      return
    case 'row':
      out.add('ROW(')
      list(typed.items)
      return out.add(')')
    case 'row-compare':
      out.add('(ROW(')
      list(typed.left)
      out.add(`) ${typed.operator} ROW(`)
      list(typed.right)
      return out.add('))')
    case 'call':
      return printCall(typed.call, out, scope)
    case 'named-argument':
      out.add(`${quoteName(typed.name, out.major)} => `)
      return print(typed.arg)
    case 'word':
      return out.add(typed.text)
    case 'collate':
      out.add('(')
      print(typed.arg, showsCast)
      return out.add(` COLLATE ${typed.collation})`)
    case 'subscript': {
      const isPlain = typed.arg.kind === 'column' || typed.arg.kind === 'field'
      out.add(isPlain ? '' : '(')
      print(typed.arg, showsCast)
      out.add(isPlain ? '' : ')')
      for (const { isSlice, lower, upper } of typed.places) {
        out.add('[')
        if (lower) print(lower, false)
        if (isSlice) out.add(':')
        if (upper) print(upper, false)
        out.add(']')
      }
      return
    }
    case 'field': {
      const isPlain = typed.arg.kind === 'subscript' || typed.arg.kind === 'field'
      out.add(isPlain ? '' : '(')
      print(typed.arg)
      return out.add(`${isPlain ? '' : ')'}.${quoteName(typed.field, out.major)}`)
    }
    case 'grouping':
      out.add('GROUPING(')
      list(typed.args)
      return out.add(')')
    case 'subquery':
      return printSubquery(typed, out, scope)
  }
}

function printCast(arg: Typed, to: Typed, out: Printer, scope: ExpressionScope): void {
  if (arg.kind === 'constant' && arg.type === to.type && arg.full === undefined)
    out.add(constantText(arg, scope, false))
  else {
    out.add('(')
    printExpression(arg, out, scope, false)
    out.add(')')
  }
  out.add(`::${shownType(to)}`)
}

function shownType({ type, full }: Typed): string {
  if (full !== undefined) return full
  return type.replace(/^bit(?=$|\[)/, '"bit"')
}

/** get_const_expr */
function constantText(
  typed: Extract<Typed, { kind: 'constant' }>,
  scope: ExpressionScope,
  withType: boolean,
): string {
  const { value, type } = typed
  const label = withType && type !== UNKNOWN && type !== UNSURE ? `::${shownType(typed)}` : ''
  if (value === undefined) return `NULL${label}`
  const text = type.startsWith('reg') ? registered(value, type, scope) : outputText(value, type)
  switch (type) {
    case 'integer':
      return text.startsWith('-') ? `'${text}'${label}` : text
    case 'numeric':
      return /^\d[\d.e+-]*$/i.test(text) && /[.e]/i.test(text)
        ? `${text}${typed.full === undefined ? '' : label}`
        : `'${text}'${label}`
    case 'boolean':
      return text
    default:
      return `${quoteText(text)}${label}`
  }
}

function registered(name: string, type: string, scope: ExpressionScope): string {
  const parts = splitName(name)
  const last = parts.at(-1) ?? ''
  if (/^\d+$|^-$/.test(name)) return name
  const found =
    type === 'regclass'
      ? scope.relationSchema(last)
      : type === 'regproc'
        ? scope.functionSchema(last)
        : type === 'regtype'
          ? scope.typeSchema(last)
          : undefined
  if (type !== 'regclass' && type !== 'regproc' && type !== 'regtype') return name
  const schema = parts.length > 1 ? (parts[0] === 'pg_catalog' ? undefined : parts[0]) : found
  return [...(schema === undefined ? [] : [schema]), last]
    .map((part) => quoteName(part, scope.major))
    .join('.')
}

function printCase(
  { subject, whens, otherwise }: Extract<Typed, { kind: 'case' }>,
  out: Printer,
  scope: ExpressionScope,
): void {
  out.keyword('CASE', 0, 4, 0)
  if (subject) {
    out.add(' ')
    printExpression(subject, out, scope, true)
  }
  for (const { test, result } of whens) {
    out.keyword('WHEN ', 0, 0, 0)
    printExpression(test, out, scope, false)
    out.add(' THEN ')
    printExpression(result, out, scope, true)
  }
  out.keyword('ELSE ', 0, 0, 0)
  printExpression(otherwise, out, scope, true)
  out.keyword('END', -4, 0, 0)
}

export function printCall(call: Call, out: Printer, scope: ExpressionScope): void {
  if (call.isSqlSyntax && printSqlSyntax(call, out, scope)) return
  const print = (one: Typed, shows = true) => printExpression(one, out, scope, shows)
  out.add(`${call.name}(`)
  if (call.isDistinct) out.add('DISTINCT ')
  if (call.isStar) out.add('*')
  call.args.forEach((arg, i) => {
    if (i > 0) out.add(', ')
    if (call.isVariadic && i === call.args.length - 1) out.add('VARIADIC ')
    print(arg)
  })
  if (call.withinGroup) out.add(') WITHIN GROUP (ORDER BY ')
  else if (call.orderBy.length > 0) out.add(' ORDER BY ')
  printOrder(call.orderBy, out, scope)
  if (call.filter) {
    out.add(') FILTER (WHERE ')
    print(call.filter, false)
  }
  out.add(')')
  if (call.over === undefined) return
  out.add(' OVER ')
  if (typeof call.over === 'string') out.add(call.over)
  else printWindow(call.over, out, scope)
}

export function printOrder(items: readonly SortItem[], out: Printer, scope: ExpressionScope): void {
  items.forEach(({ expression, descending, nulls }, i) => {
    if (i > 0) out.add(', ')
    printSortExpression(expression, out, scope)
    if (descending) out.add(nulls === 'last' ? ' DESC NULLS LAST' : ' DESC')
    else if (nulls === 'first') out.add(' NULLS FIRST')
  })
}

/** get_rule_sortgroupclause: calls get brackets of their own, so that they are not taken for a column's name. */
export function printSortExpression(expression: Typed, out: Printer, scope: ExpressionScope): void {
  const isCall = expression.kind === 'call' || (expression.kind === 'cast' && expression.byFunction === true)
  if (expression.kind === 'constant' && (expression.type === 'integer' || expression.type === 'boolean')) {
    out.add(`${constantText(expression, scope, false)}::${shownType(expression)}`)
    return
  }
  out.add(isCall ? '(' : '')
  printExpression(expression, out, scope, true)
  out.add(isCall ? ')' : '')
}

const BETWEEN = 0x10
const EXCLUDED = [
  [0x80_00, 'EXCLUDE CURRENT ROW '],
  [0x1_00_00, 'EXCLUDE GROUP '],
  [0x2_00_00, 'EXCLUDE TIES '],
] as const

/** get_rule_windowspec */
export function printWindow(window: Window, out: Printer, scope: ExpressionScope): void {
  const parts: (() => void)[] = []
  if (window.base !== undefined) parts.push(() => out.add(quoteName(window.base!, out.major)))
  if (window.partitionBy.length > 0)
    parts.push(() => {
      out.add('PARTITION BY ')
      window.partitionBy.forEach(({ expression }, i) => {
        if (i > 0) out.add(', ')
        printSortExpression(expression, out, scope)
      })
    })
  if (window.orderBy.length > 0)
    parts.push(() => {
      out.add('ORDER BY ')
      printOrder(window.orderBy, out, scope)
    })
  if (window.frame !== '') parts.push(() => printFrame(window, out, scope))
  out.add('(')
  parts.forEach((part, i) => {
    if (i > 0) out.add(' ')
    part()
  })
  out.add(')')
}

function printFrame(
  { frame, frameOptions: options, startOffset, endOffset }: Window,
  out: Printer,
  scope: ExpressionScope,
): void {
  const has = (bit: number) => (options & bit) !== 0
  const edge = (
    unbounded: string | undefined,
    isCurrent: boolean,
    offset: Typed | undefined,
    following: boolean,
  ): string => {
    if (unbounded !== undefined) return unbounded
    if (isCurrent) return 'CURRENT ROW '
    return out.aside(() => {
      if (offset) printExpression(offset, out, scope, false)
      out.add(following ? ' FOLLOWING ' : ' PRECEDING ')
    })
  }
  let text = `${frame} ${has(BETWEEN) ? 'BETWEEN ' : ''}`
  text += edge(has(0x20) ? 'UNBOUNDED PRECEDING ' : undefined, has(0x2_00), startOffset, has(0x20_00))
  if (has(BETWEEN))
    text += `AND ${edge(has(0x1_00) ? 'UNBOUNDED FOLLOWING ' : undefined, has(0x4_00), endOffset, has(0x40_00))}`
  for (const [bit, words] of EXCLUDED) if (has(bit)) text += words
  out.add(text.trimEnd())
}

/** get_func_sql_syntax: the forms of the standard, which hide implicit casts. */
function printSqlSyntax({ bare, args }: Call, out: Printer, scope: ExpressionScope): boolean {
  const part = (at: number): string => out.aside(() => printExpression(args[at]!, out, scope, false))
  const text = standardForm(bare, args, part, out.major)
  if (text === undefined) return false
  out.add(text)
  return true
}

function printSubquery(
  typed: Extract<Typed, { kind: 'subquery' }>,
  out: Printer,
  scope: ExpressionScope,
): void {
  out.add(typed.form === 'array' ? 'ARRAY(' : '(')
  if (typed.left.length > 0) {
    if (typed.left.length > 1) out.add('(')
    typed.left.forEach((one, i) => {
      if (i > 0) out.add(', ')
      printExpression(one, out, scope, true)
    })
    if (typed.left.length > 1) out.add(')')
  }
  const isBare = typed.form === 'scalar' || typed.form === 'array'
  if (typed.form === 'exists') out.add('EXISTS ')
  else if (typed.form === 'any') out.add(typed.operator === '=' ? ' IN ' : ` ${typed.operator} ANY `)
  else if (typed.form === 'all') out.add(` ${typed.operator} ALL `)
  else if (typed.form === 'row') out.add(` ${typed.operator} `)
  out.add(isBare ? '' : '(')
  out.printQuery(typed.query, out, scope, { names: undefined, showsNames: false })
  out.add(isBare ? ')' : '))')
}
