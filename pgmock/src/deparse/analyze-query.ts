// parse_clause.c and analyze.c: SELECT, VALUES, set operations and WITH.

import type { A_Indirection, Node, SelectStmt, SortBy } from 'libpg-query'
import { analyze } from './analyze-expression.ts'
import { asBoolean, known } from './settle.ts'
import { windowParts } from './analyze-call.ts'
import { analyzeFrom } from './analyze-from.ts'
import { values } from './analyze-values.ts'
import { commonTable } from './analyze-with.ts'
import { outputName } from './output-name.ts'
import { sortItem } from './analyze-sort.ts'
import type { GroupItem, OutputColumn, Query, Select, SetOperation, Target } from './query.ts'
import { columnOf, findSource, Unprintable, type Context, type Level } from './scope.ts'
import { stringOf } from './type-name.ts'
import { UNKNOWN, UNSURE, type SortItem, type Typed } from './typed.ts'

export function analyzeSubquery(node: Node, context: Context): Query {
  if (!('SelectStmt' in node)) throw new Unprintable(Object.keys(node)[0])
  return analyzeSelect(node.SelectStmt, context)
}

export function analyzeSelect(
  statement: SelectStmt,
  outer: Context,
  wanted?: readonly OutputColumn[],
): Query {
  const level: Level = { items: [], sources: [], parent: outer.level, tables: new Map(), found: 0 }
  const context: Context = { ...outer, level }
  const withClause = statement.withClause
  const isRecursive = withClause?.recursive === true
  const tables = (withClause?.ctes ?? []).map((node) => commonTable(node, isRecursive, context))
  const base = {
    with: tables,
    isRecursive,
    isLimitAll: isNull(statement.limitCount),
    withTies: statement.limitOption === 'LIMIT_OPTION_WITH_TIES',
  }
  const rest = (): Pick<Query, 'limit' | 'offset' | 'locking' | 'sources'> => ({
    limit: limit(statement.limitCount, context),
    offset: limit(statement.limitOffset, context),
    locking: (statement.lockingClause ?? []).flatMap((node) => locking(node)),
    sources: level.sources,
  })
  if (statement.op !== undefined && statement.op !== 'SETOP_NONE') {
    const { body, columns } = setOperation(statement, context)
    const orderBy = (statement.sortClause ?? []).map((node) => sortOfSet(node, columns))
    return { ...base, ...rest(), body, columns, orderBy }
  }
  if (statement.valuesLists) {
    const { body, columns } = values(statement.valuesLists, context)
    return {
      ...base,
      ...rest(),
      body,
      columns,
      orderBy: (statement.sortClause ?? []).map((node) => sortOfSet(node, columns)),
    }
  }
  const from = (statement.fromClause ?? []).map((node) => analyzeFrom(node, context, level))
  const targets = targetList(statement.targetList ?? [], context, wanted)
  const orderBy = (statement.sortClause ?? []).map((node) => sortOf(node, targets, context))
  const select: Select = {
    kind: 'select',
    distinct: statement.distinctClause !== undefined,
    distinctOn: (statement.distinctClause ?? []).flatMap((node) =>
      Object.keys(node).length === 0 ? [] : [plainSort(matched(node, targets, context, 'output'))],
    ),
    targets,
    from,
    where: statement.whereClause ? asBoolean(analyze(statement.whereClause, context), context) : undefined,
    groupBy: (statement.groupClause ?? []).map((node) => groupItem(node, targets, context)),
    groupDistinct: statement.groupDistinct === true,
    having: statement.havingClause ? asBoolean(analyze(statement.havingClause, context), context) : undefined,
    windows: (statement.windowClause ?? []).flatMap((node) =>
      'WindowDef' in node ? [windowParts(node.WindowDef, context)] : [],
    ),
  }
  return {
    ...base,
    ...rest(),
    body: select,
    columns: targets.map(({ name, expression }) => ({ name, type: expression.type, full: expression.full })),
    orderBy,
  }
}

function isNull(node: Node | undefined): boolean {
  return node !== undefined && 'A_Const' in node && node.A_Const.isnull === true
}

function limit(node: Node | undefined, context: Context): Typed | undefined {
  if (!node || isNull(node)) return undefined
  return context.coercion.coerce(analyze(node, context), 'bigint', true, 'assignment')
}

const STRENGTHS: Readonly<Record<string, string>> = {
  LCS_FORKEYSHARE: 'KEY SHARE',
  LCS_FORSHARE: 'SHARE',
  LCS_FORNOKEYUPDATE: 'NO KEY UPDATE',
  LCS_FORUPDATE: 'UPDATE',
}

/** Every table has a clause of its own. */
function locking(node: Node): string[] {
  if (!('LockingClause' in node) || (node.LockingClause.lockedRels ?? []).length === 0)
    throw new Unprintable('FOR UPDATE')
  const { strength, waitPolicy, lockedRels = [] } = node.LockingClause
  const wait = { LockWaitSkip: ' SKIP LOCKED', LockWaitError: ' NOWAIT' }[String(waitPolicy)] ?? ''
  return lockedRels.flatMap((one) =>
    'RangeVar' in one ? [`FOR ${STRENGTHS[String(strength)]} OF ${one.RangeVar.relname ?? ''}${wait}`] : [],
  )
}

function targetList(
  nodes: readonly Node[],
  context: Context,
  wanted: readonly OutputColumn[] | undefined,
): Target[] {
  const targets: Target[] = []
  for (const node of nodes) {
    if (!('ResTarget' in node) || !node.ResTarget.val) throw new Unprintable(Object.keys(node)[0])
    const { val, name } = node.ResTarget
    if ('ColumnRef' in val && (val.ColumnRef.fields ?? []).some((field) => 'A_Star' in field)) {
      targets.push(...star(val.ColumnRef.fields ?? [], context))
      continue
    }
    if ('A_Indirection' in val && (val.A_Indirection.indirection ?? []).some((step) => 'A_Star' in step)) {
      targets.push(...fieldTargets(val.A_Indirection, context))
      continue
    }
    const expression = analyze(val, context)
    const type = wanted?.[targets.length]?.type
    const settled =
      expression.type !== UNKNOWN
        ? expression
        : type === undefined || type === UNSURE
          ? known(expression, context)
          : context.coercion.coerce(expression, type, true)
    targets.push({ expression: settled, name: name ?? outputName(val) })
  }
  return targets
}

/** ExpandRowReference: `(f(x)).*` is a column for every field. */
function fieldTargets({ arg, indirection = [] }: A_Indirection, context: Context): Target[] {
  const owner =
    indirection.length > 1 ? { A_Indirection: { arg, indirection: indirection.slice(0, -1) } } : arg
  const typed = analyze(owner as Node, context) // the grammar's node, but for its star
  if (typed.kind === 'whole-row')
    return typed.source.columns.map(({ name }) => ({ expression: columnOf(typed.source, name)!, name }))
  const own = typed.kind === 'call' && typed.call.columns.length > 0 ? typed.call.columns : undefined
  const fields = context.scope.fields?.(context.coercion.base(typed.type)) ?? own
  if (!fields) throw new Unprintable('.* of a row that is not known here')
  return fields.map(({ name, type }) => ({
    expression: { kind: 'field', arg: typed, field: name, type },
    name,
    isField: true,
  }))
}

function star(fields: readonly Node[], { level }: Context): Target[] {
  const table = fields.length > 1 ? stringOf(fields.at(-2)!) : undefined
  const items = level!.items.filter((item) =>
    table === undefined ? item.columnsVisible : item.nameVisible && item.name === table,
  )
  const sources =
    items.length > 0 || table === undefined
      ? items.map(({ source }) => source)
      : [findSource(table, level) ?? missing(table)]
  return sources.flatMap((source) =>
    source.columns.map(({ name }) => ({ expression: columnOf(source, name)!, name })),
  )
}

function missing(name: string): never {
  throw new Unprintable(`the name ${name}`)
}

/** findTargetlistEntry: numbers and output names stand for targets; what else stands for itself. */
function matched(
  node: Node,
  targets: readonly Target[],
  context: Context,
  prefer: 'input' | 'output',
): { expression: Typed; place: number | undefined } {
  if ('ColumnRef' in node && node.ColumnRef.fields?.length === 1 && 'String' in node.ColumnRef.fields[0]!) {
    const name = stringOf(node.ColumnRef.fields[0])
    const place = targets.findIndex((target) => target.name === name)
    const asInput = prefer === 'input' && hasColumn(name, context)
    if (place >= 0 && !asInput) return { expression: targets[place]!.expression, place: place + 1 }
  }
  if ('A_Const' in node && node.A_Const.ival) {
    const place = node.A_Const.ival.ival ?? 0
    const target = targets[place - 1]
    if (target) return { expression: target.expression, place }
  }
  return { expression: known(analyze(node, context), context), place: undefined }
}

function hasColumn(name: string, { level }: Context): boolean {
  return level!.items.some(
    ({ source, columnsVisible }) => columnsVisible && source.columns.some((column) => column.name === name),
  )
}

function plainSort({ expression, place }: { expression: Typed; place: number | undefined }): SortItem {
  return { expression, descending: false, nulls: undefined, place }
}

function sortOf(node: Node, targets: readonly Target[], context: Context): SortItem {
  const by = sortBy(node)
  const { expression, place } = matched(by.node!, targets, context, 'output')
  return sortItem(by, expression, place)
}

function sortBy(node: Node): SortBy {
  if (!('SortBy' in node)) throw new Unprintable(Object.keys(node)[0])
  return node.SortBy
}

/** Of a UNION only the output can be named. */
function sortOfSet(node: Node, columns: readonly OutputColumn[]): SortItem {
  const by = sortBy(node)
  const given = by.node!
  const name = 'ColumnRef' in given ? stringOf(given.ColumnRef.fields!.at(-1)!) : undefined
  const place =
    'A_Const' in given && given.A_Const.ival
      ? (given.A_Const.ival.ival ?? 0)
      : columns.findIndex((column) => column.name === name) + 1
  const column = columns[place - 1]
  if (!column) throw new Unprintable('ORDER BY')
  return sortItem(by, { kind: 'word', text: String(place), type: column.type }, place)
}

function groupItem(node: Node, targets: readonly Target[], context: Context): GroupItem {
  if ('GroupingSet' in node) {
    const { kind, content = [] } = node.GroupingSet
    const words: Record<string, string> = {
      GROUPING_SET_EMPTY: '',
      GROUPING_SET_ROLLUP: 'ROLLUP',
      GROUPING_SET_CUBE: 'CUBE',
      GROUPING_SET_SETS: 'GROUPING SETS',
    }
    return {
      kind: 'sets',
      word: words[String(kind)] ?? '',
      items: content.map((item) => groupItem(item, targets, context)),
    }
  }
  if ('RowExpr' in node && node.RowExpr.row_format === 'COERCE_IMPLICIT_CAST')
    return { kind: 'row', items: (node.RowExpr.args ?? []).map((item) => groupItem(item, targets, context)) }
  return { kind: 'plain', expression: matched(node, targets, context, 'input').expression }
}

type Drafts = Map<SelectStmt, readonly OutputColumn[]>

/** Every branch is read twice, not twice for each level: long UNIONs nest deeply to the left. */
function setOperation(
  statement: SelectStmt,
  context: Context,
  drafts: Drafts = new Map(),
): { body: SetOperation; columns: readonly OutputColumn[] } {
  const columns = branchColumns(statement, context, drafts)
  const operator = String(statement.op).replace('SETOP_', '') as SetOperation['operator'] // three words of the grammar
  const operand = (side: SelectStmt): SetOperation | Query =>
    isPlainSet(side) ? setOperation(side, context, drafts).body : analyzeSelect(side, context, columns)
  return {
    body: {
      kind: 'set',
      operator,
      all: statement.all === true,
      left: operand(statement.larg!),
      right: operand(statement.rarg!),
    },
    columns,
  }
}

function branchColumns(statement: SelectStmt, context: Context, drafts: Drafts): readonly OutputColumn[] {
  const known = drafts.get(statement)
  if (known) return known
  const columnsOf = (side: SelectStmt) =>
    isPlainSet(side) ? branchColumns(side, context, drafts) : analyzeSelect(side, context).columns
  const [left, right] = [columnsOf(statement.larg!), columnsOf(statement.rarg!)]
  const columns = left.map((column, i): OutputColumn => {
    const other = right[i]
    if (!other) throw new Unprintable('a UNION of unlike queries')
    const type = context.coercion.commonType([
      rawType(statement.larg!, i) ?? column.type,
      rawType(statement.rarg!, i) ?? other.type,
    ])
    return {
      name: column.name,
      type: type ?? UNSURE,
      full: column.full === other.full ? column.full : undefined,
    }
  })
  drafts.set(statement, columns)
  return columns
}

/** Without ORDER BY and the like, which would make it a query of its own. */
function isPlainSet(statement: SelectStmt): boolean {
  return (
    statement.op !== undefined &&
    statement.op !== 'SETOP_NONE' &&
    !statement.sortClause &&
    !statement.limitCount &&
    !statement.limitOffset &&
    !statement.withClause
  )
}

/** Untyped literals of a branch take the type of the other branch. */
function rawType(statement: SelectStmt, place: number): string | undefined {
  if (isPlainSet(statement)) return undefined
  const targets = statement.targetList ?? []
  if (
    targets.some(
      (node) =>
        'ResTarget' in node &&
        node.ResTarget.val &&
        'ColumnRef' in node.ResTarget.val &&
        (node.ResTarget.val.ColumnRef.fields ?? []).some((field) => 'A_Star' in field),
    )
  )
    return undefined
  const target = targets[place]
  if (!target || !('ResTarget' in target) || !target.ResTarget.val || !('A_Const' in target.ResTarget.val))
    return undefined
  const value = target.ResTarget.val.A_Const
  return value.isnull || value.sval ? UNKNOWN : undefined
}
