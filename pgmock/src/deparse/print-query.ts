// get_query_def of ruleutils.c: a query over several lines, as pg_get_viewdef writes it.

import { quoteName } from '../formats/names.ts'
import { printExpression, printOrder, printSortExpression, printWindow } from './print-expression.ts'
import type { Printer } from './printer.ts'
import type {
  CommonTable,
  FromItem,
  GroupItem,
  Query,
  QueryNames,
  Sample,
  Select,
  SetOperation,
  Target,
  Values,
} from './query.ts'
import type { ExpressionScope } from './scope.ts'
import type { Source, Typed } from './typed.ts'

const STANDARD = 8

export function printQuery(query: Query, out: Printer, scope: ExpressionScope, shown: QueryNames): void {
  const [indent, prefixed] = [out.indent, out.prefixed]
  out.taken.push(nameSources(query.sources, out, shown.isView === true))
  // Only the outermost query of a view over one table does without the table's name, and not before 16.
  out.prefixed = !(
    shown.isView === true &&
    out.major >= 16 &&
    query.sources.length === 1 &&
    out.taken.length === 1
  )
  printWith(query, out, scope)
  const { body } = query
  if (body.kind === 'set') printSet(body, out, scope, shown)
  else {
    out.indent += STANDARD
    out.add(' ')
    if (body.kind === 'values') printValues(body.rows, out, scope)
    else printSelect(body, out, scope, shown)
  }
  printTail(query, out, scope)
  out.taken.pop()
  out.indent = indent
  out.prefixed = prefixed
}

/** set_rtable_names: a name that an outer query or an earlier source has gets a number. */
function nameSources(sources: readonly Source[], out: Printer, isView: boolean): ReadonlySet<string> {
  const taken = new Set<string>(isView && out.major < 16 ? ['old', 'new'] : [])
  const isTaken = (name: string) => taken.has(name) || out.taken.some((names) => names.has(name))
  for (const source of sources) {
    if (source.alias === undefined) continue
    let name = source.alias
    for (let i = 1; isTaken(name); i++) name = `${source.alias}_${i}`
    taken.add(name)
    out.names.set(source, name)
  }
  return taken
}

function printWith(query: Query, out: Printer, scope: ExpressionScope): void {
  if (query.with.length === 0) return
  out.indent += STANDARD
  out.add(' ')
  query.with.forEach(({ name, aliases, materialized, query: inner, tail }, i) => {
    out.add(i > 0 ? ', ' : query.isRecursive ? 'WITH RECURSIVE ' : 'WITH ')
    out.add(quoteName(name, out.major))
    if (aliases.length > 0) out.add(`(${quoted(aliases, out)})`)
    out.add(` AS ${materialized}(`)
    out.keyword('', 0, 0, 0)
    printQuery(inner, out, scope, { names: undefined, showsNames: true })
    out.keyword('', 0, 0, 0)
    out.add(')')
    printTraversal(tail, out, scope)
  })
  out.indent -= STANDARD
  out.keyword('', 0, 0, 0)
}

function printTraversal({ search, cycle }: CommonTable['tail'], out: Printer, scope: ExpressionScope): void {
  const name = (given: string) => quoteName(given, out.major)
  if (search) out.add(` SEARCH ${search.order} FIRST BY ${quoted(search.by, out)} SET ${name(search.set)}`)
  if (!cycle) return
  out.add(` CYCLE ${quoted(cycle.columns, out)} SET ${name(cycle.set)}`)
  cycle.marks?.forEach((mark, i) => {
    out.add(i === 0 ? ' TO ' : ' DEFAULT ')
    printExpression(mark, out, scope, false)
  })
  out.add(` USING ${name(cycle.path)}`)
}

function quoted(names: readonly string[], out: Printer): string {
  return names.map((name) => quoteName(name, out.major)).join(', ')
}

function printTail(query: Query, out: Printer, scope: ExpressionScope): void {
  if (query.orderBy.length > 0) {
    out.keyword(' ORDER BY ', -STANDARD, STANDARD, 1)
    printOrder(query.orderBy, out, scope)
  }
  if (query.offset) {
    out.keyword(' OFFSET ', -STANDARD, STANDARD, 0)
    printExpression(query.offset, out, scope, false)
  }
  if (query.limit && query.withTies) {
    out.keyword(' FETCH FIRST (', -STANDARD, STANDARD, 0)
    printExpression(query.limit, out, scope, false)
    out.add(') ROWS WITH TIES')
  } else if (query.limit || query.isLimitAll) {
    out.keyword(' LIMIT ', -STANDARD, STANDARD, 0)
    if (query.limit) printExpression(query.limit, out, scope, false)
    else out.add('ALL')
  }
  for (const locking of query.locking) out.keyword(` ${locking}`, -STANDARD, STANDARD, 0)
}

function printSelect(select: Select, out: Printer, scope: ExpressionScope, shown: QueryNames): void {
  out.add('SELECT')
  if (select.distinctOn.length > 0) {
    out.add(' DISTINCT ON (')
    select.distinctOn.forEach(({ expression }, i) => {
      if (i > 0) out.add(', ')
      printSortExpression(expression, out, scope)
    })
    out.add(')')
  } else if (select.distinct) out.add(' DISTINCT')
  printTargets(select.targets, out, scope, shown)
  printFrom(select.from, out, scope)
  if (select.where) {
    out.keyword(' WHERE ', -STANDARD, STANDARD, 1)
    printExpression(select.where, out, scope, false)
  }
  if (select.groupBy.length > 0) {
    out.keyword(' GROUP BY ', -STANDARD, STANDARD, 1)
    if (select.groupDistinct) out.add('DISTINCT ')
    select.groupBy.forEach((item, i) => {
      if (i > 0) out.add(', ')
      printGroup(item, out, scope)
    })
  }
  if (select.having) {
    out.keyword(' HAVING ', -STANDARD, STANDARD, 0)
    printExpression(select.having, out, scope, false)
  }
  if (select.windows.length > 0) {
    select.windows.forEach((window, i) => {
      if (i === 0) out.keyword(' WINDOW ', -STANDARD, STANDARD, 1)
      else out.add(', ')
      out.add(`${quoteName(window.name ?? '', out.major)} AS `)
      printWindow(window, out, scope)
    })
  }
}

/** get_target_list: each column on a line of its own. */
function printTargets(
  targets: readonly Target[],
  out: Printer,
  scope: ExpressionScope,
  shown: QueryNames,
): void {
  targets.forEach(({ expression, name, isField }, i) => {
    out.add(i === 0 ? ' ' : ', ')
    const text = out.aside(() => {
      printExpression(expression, out, scope, true)
      if (expression.kind === 'whole-row') out.add(`::${expression.type}`)
      const own = expression.kind === 'column' ? expression.name : shown.showsNames ? undefined : '?column?'
      const label = shown.names?.[i] ?? name
      if (own !== label || isField) out.add(` AS ${quoteName(label, out.major)}`)
    })
    const startsLine = text.startsWith('\n')
    if (startsLine) out.text = out.text.replace(/ +$/, '')
    else if (i > 0) out.keyword('', -STANDARD, STANDARD, 4)
    out.add(text)
  })
}

function printFrom(items: readonly FromItem[], out: Printer, scope: ExpressionScope): void {
  items.forEach((item, i) => {
    if (i === 0) {
      out.keyword(' FROM ', -STANDARD, STANDARD, 2)
      printFromItem(item, out, scope)
      return
    }
    out.add(', ')
    const text = out.aside(() => printFromItem(item, out, scope))
    if (text.startsWith('\n')) out.text = out.text.replace(/ +$/, '')
    else out.keyword('', -STANDARD, STANDARD, 4)
    out.add(text)
  })
}

function printFromItem(item: FromItem, out: Printer, scope: ExpressionScope): void {
  const name = quoteName(out.nameOf(item.source) ?? '', out.major)
  const list = (aliases: readonly string[]) => (aliases.length === 0 ? '' : `(${quoted(aliases, out)})`)
  switch (item.kind) {
    case 'relation': {
      const isShown = item.hasAlias || out.nameOf(item.source) !== item.name
      out.add(`${item.text}${isShown ? ` ${name}` : ''}${list(item.aliases)}`)
      if (item.sample) printSample(item.sample, out, scope)
      return
    }
    case 'subquery':
      out.add(item.lateral ? 'LATERAL (' : '(')
      printQuery(item.query, out, scope, { names: undefined, showsNames: true })
      out.add(`) ${name}${list(item.aliases)}`)
      return
    case 'values':
      out.add(item.lateral ? 'LATERAL ( ' : '( ')
      printValues(item.rows, out, scope)
      out.add(`) ${name}${list(item.aliases)}`)
      return
    case 'function':
      if (item.lateral) out.add('LATERAL ')
      if (item.isRowsFrom) out.add('ROWS FROM(')
      item.calls.forEach((call, i) => {
        if (i > 0) out.add(', ')
        printExpression(call, out, scope, true)
      })
      if (item.isRowsFrom) out.add(')')
      if (item.ordinality) out.add(' WITH ORDINALITY')
      out.add(` ${name}`)
      if (item.definitions.length > 0)
        out.add(
          `(${item.definitions.map((column) => `${quoteName(column.name, out.major)} ${column.type}`).join(', ')})`,
        )
      else out.add(list(item.source.columns.map((column) => column.name)))
      return
    case 'join':
      printJoin(item, out, scope)
  }
}

function printSample({ method, args, seed }: Sample, out: Printer, scope: ExpressionScope): void {
  out.add(` TABLESAMPLE ${method} (`)
  args.forEach((arg, i) => {
    if (i > 0) out.add(', ')
    printExpression(arg, out, scope, false)
  })
  out.add(')')
  if (!seed) return
  out.add(' REPEATABLE (')
  printExpression(seed, out, scope, false)
  out.add(')')
}

function printJoin(item: Extract<FromItem, { kind: 'join' }>, out: Printer, scope: ExpressionScope): void {
  out.add('(')
  printFromItem(item.left, out, scope)
  const isCross = item.type === 'JOIN' && !item.on && item.using.length === 0
  out.keyword(isCross ? ' CROSS JOIN ' : ` ${item.type} `, -STANDARD, STANDARD, 4)
  printFromItem(item.right, out, scope)
  if (item.using.length > 0) {
    out.add(` USING (${quoted(item.using, out)})`)
    if (item.usingAlias !== undefined) out.add(` AS ${quoteName(item.usingAlias, out.major)}`)
  } else if (item.on) {
    out.add(' ON (')
    printExpression(item.on, out, scope, false)
    out.add(')')
  } else if (!isCross) out.add(' ON TRUE')
  out.add(')')
  if (item.alias === undefined) return
  out.add(` ${quoteName(out.nameOf(item.source) ?? item.alias, out.major)}`)
  if (item.aliases.length > 0) out.add(`(${quoted(item.aliases, out)})`)
}

function printGroup(item: GroupItem, out: Printer, scope: ExpressionScope): void {
  if (item.kind === 'plain') {
    printSortExpression(item.expression, out, scope)
    return
  }
  out.add(
    item.kind === 'sets' && item.word !== ''
      ? `${item.word}${item.word === 'GROUPING SETS' ? ' ' : ''}(`
      : '(',
  )
  item.items.forEach((one, i) => {
    if (i > 0) out.add(', ')
    // A set of one column keeps its brackets among other sets.
    const isAlone = one.kind === 'plain' && item.kind === 'sets' && item.word === 'GROUPING SETS'
    out.add(isAlone ? '(' : '')
    printGroup(one, out, scope)
    out.add(isAlone ? ')' : '')
  })
  out.add(')')
}

/** get_setop_query: brackets around a set operation of another kind, and around leaves with a tail of their own. */
function printSet(set: SetOperation, out: Printer, scope: ExpressionScope, shown: QueryNames): void {
  const { left, right } = set
  const isLeftNested = isSet(left) && !(left.operator === set.operator && left.all === set.all)
  if (isLeftNested) {
    out.add('(')
    out.keyword('', STANDARD, 0, 0)
    printOperand(left, out, scope, shown)
    out.keyword(') ', -STANDARD, 0, 0)
  } else {
    printOperand(left, out, scope, shown)
    out.keyword('', 0, 0, 0)
  }
  out.add(`${set.operator} ${set.all ? 'ALL ' : ''}`)
  const isRightNested = isSet(right)
  if (isRightNested) out.add('(')
  out.keyword('', isRightNested ? STANDARD : 0, 0, 0)
  printOperand(right, out, scope, { ...shown, showsNames: false })
  if (!isRightNested) return
  out.indent -= STANDARD
  out.keyword(')', 0, 0, 0)
}

function isSet(side: SetOperation | Query): side is SetOperation {
  return 'kind' in side
}

function printOperand(
  side: SetOperation | Query,
  out: Printer,
  scope: ExpressionScope,
  shown: QueryNames,
): void {
  if (isSet(side)) {
    printSet(side, out, scope, shown)
    return
  }
  const hasTail =
    side.with.length > 0 ||
    side.orderBy.length > 0 ||
    side.limit !== undefined ||
    side.offset !== undefined ||
    side.body.kind === 'set' ||
    side.locking.length > 0
  out.add(hasTail ? '(' : '')
  printQuery(side, out, scope, { names: shown.names, showsNames: shown.showsNames })
  out.add(hasTail ? ')' : '')
}

function printValues(rows: Values['rows'], out: Printer, scope: ExpressionScope): void {
  out.add('VALUES ')
  rows.forEach((row, i) => {
    out.add(i > 0 ? ', (' : '(')
    row.forEach((item: Typed, j) => {
      if (j > 0) out.add(',')
      printExpression(item, out, scope, false)
    })
    out.add(')')
  })
}
