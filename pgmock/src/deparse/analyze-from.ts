// FROM: tables, subqueries, functions and joins, and which names each of them shows.

import type {
  Alias,
  JoinExpr,
  Node,
  RangeFunction,
  RangeSubselect,
  RangeTableSample,
  RangeVar,
} from 'libpg-query'
import { quoteName } from '../formats/names.ts'
import { analyze } from './analyze-expression.ts'
import { asBoolean, known } from './settle.ts'
import { sourceColumns, values } from './analyze-values.ts'
import type { FromItem, Sample } from './query.ts'
import { columnOf, Unprintable, type Context, type FullColumn, type Level } from './scope.ts'
import type { CatalogColumn } from './server-catalog.ts'
import { namedType, stringOf } from './type-name.ts'
import { UNSURE, type Source, type SourceColumn, type Typed } from './typed.ts'

export function analyzeFrom(node: Node, context: Context, level: Level): FromItem {
  if ('RangeVar' in node) return table(node.RangeVar, context, level, undefined)
  if (
    'RangeTableSample' in node &&
    node.RangeTableSample.relation &&
    'RangeVar' in node.RangeTableSample.relation
  )
    return table(
      node.RangeTableSample.relation.RangeVar,
      context,
      level,
      sample(node.RangeTableSample, context),
    )
  if ('RangeSubselect' in node) return subselect(node.RangeSubselect, context, level)
  if ('RangeFunction' in node) return functions(node.RangeFunction, context, level)
  if ('JoinExpr' in node) return join(node.JoinExpr, context, level)
  throw new Unprintable(Object.keys(node)[0])
}

function aliasNames(alias: Alias | undefined): string[] {
  return (alias?.colnames ?? []).map(stringOf)
}

function show(source: Source, name: string | undefined, schema: string | undefined, level: Level): void {
  level.sources.push(source)
  level.items.push({ source, name, schema, columnsVisible: true, nameVisible: true })
}

function renamed(columns: readonly SourceColumn[], aliases: readonly string[]): SourceColumn[] {
  return columns.map((column, i) => (aliases[i] === undefined ? column : { ...column, name: aliases[i] }))
}

function table(given: RangeVar, context: Context, level: Level, sampled: Sample | undefined): FromItem {
  const { scope } = context
  const name = given.relname ?? ''
  const aliases = aliasNames(given.alias)
  const alias = given.alias?.aliasname ?? name
  const hasAlias = given.alias !== undefined
  const common = given.schemaname ? undefined : commonTable(name, level)
  if (common) {
    const source: Source = { kind: 'cte', alias, columns: renamed(common, aliases) }
    show(source, alias, undefined, level)
    return {
      kind: 'relation',
      source,
      text: quoteName(name, scope.major),
      hasAlias,
      name,
      aliases: aliases.length > 0 ? source.columns.map((column) => column.name) : [],
      sample: sampled,
    }
  }
  const relation = scope.relation?.(given.schemaname || undefined, name)
  const builtin = relation
    ? undefined
    : context.coercion.server.relations(
        given.schemaname && given.schemaname !== 'pg_catalog' ? `${given.schemaname}.${name}` : name,
      )
  if (!relation && !builtin) throw new Unprintable(`the table ${name}, which is not known here,`)
  const known: readonly FullColumn[] = relation?.columns ?? builtin!
  const columns = known.map((column) => ({
    name: column.name,
    type: column.type,
    full: column.full,
    expression: undefined,
  }))
  const schema =
    relation?.schema ?? (given.schemaname === 'information_schema' ? given.schemaname : undefined)
  const text = `${schema === undefined ? '' : `${quoteName(schema, scope.major)}.`}${quoteName(name, scope.major)}`
  const source: Source = { kind: 'relation', alias, columns: renamed(columns, aliases), rowType: text }
  show(source, alias, schema, level)
  const changed = aliases.some((one, i) => one !== columns[i]?.name)
  return {
    kind: 'relation',
    source,
    text: given.inh ? text : `ONLY ${text}`,
    hasAlias,
    name,
    aliases: changed ? source.columns.map((column) => column.name) : [],
    sample: sampled,
  }
}

function sample({ method = [], args = [], repeatable }: RangeTableSample, context: Context): Sample {
  return {
    method: quoteName(stringOf(method.at(-1)!), context.scope.major),
    args: args.map((arg) => known(analyze(arg, context), context)),
    seed: repeatable && known(analyze(repeatable, context), context),
  }
}

function commonTable(name: string, level: Level): readonly SourceColumn[] | undefined {
  for (let at: Level | undefined = level; at; at = at.parent) {
    const found = at.tables.get(name)
    if (found) return found
  }
  return undefined
}

function subselect({ subquery, alias, lateral }: RangeSubselect, context: Context, level: Level): FromItem {
  if (!subquery || !('SelectStmt' in subquery)) throw new Unprintable('a subquery')
  const statement = subquery.SelectStmt
  const aliases = aliasNames(alias)
  const name = alias?.aliasname ?? (statement.valuesLists ? '*VALUES*' : 'unnamed_subquery')
  const isPlainValues =
    statement.valuesLists && !statement.sortClause && !statement.limitCount && !statement.withClause
  const inner: Context = lateral ? context : { ...context, level: hidden(level) }
  if (isPlainValues) {
    const { body, columns } = values(statement.valuesLists!, inner)
    const source: Source = { kind: 'values', alias: name, columns: sourceColumns(columns, aliases) }
    show(source, name, undefined, level)
    return {
      kind: 'values',
      source,
      lateral: lateral === true,
      rows: body.rows,
      aliases: aliases.length > 0 ? source.columns.map((column) => column.name) : [],
    }
  }
  const query = context.inner.subquery(subquery, inner)
  const source: Source = { kind: 'subquery', alias: name, columns: sourceColumns(query.columns, aliases) }
  show(source, name, undefined, level)
  return {
    kind: 'subquery',
    source,
    lateral: lateral === true,
    query,
    aliases: aliases.length > 0 ? source.columns.map((column) => column.name) : [],
  }
}

/** Without LATERAL a subquery sees the outer queries' names, but not those of its own FROM. */
function hidden(level: Level): Level {
  return { ...level, items: [], sources: level.sources }
}

function functions(given: RangeFunction, context: Context, level: Level): FromItem {
  const { scope } = context
  const before = level.found
  const calls = (given.functions ?? []).flatMap((node) =>
    'List' in node && node.List.items?.[0] ? [analyze(node.List.items[0], context)] : [],
  )
  const lateral = given.lateral === true || level.found > before
  const definitions = definitionsOf(given.coldeflist ?? [], context)
  const aliases = aliasNames(given.alias)
  const [first] = calls
  const name = given.alias?.aliasname ?? functionName(first)
  const columns = calls.flatMap((call): SourceColumn[] =>
    definitions.length > 0
      ? definitions.map((column) => ({ ...column, full: undefined, expression: undefined }))
      : rowsOf(call, given.alias?.aliasname, context),
  )
  if (given.ordinality)
    columns.push({ name: 'ordinality', type: 'bigint', full: undefined, expression: undefined })
  const source: Source = {
    kind: 'function',
    alias: name,
    columns: renamed(columns, aliases),
    rowType: calls.length === 1 && first && scope.fields?.(first.type) ? first.type : undefined,
  }
  show(source, name, undefined, level)
  return {
    kind: 'function',
    source,
    lateral,
    calls,
    ordinality: given.ordinality === true,
    isRowsFrom: given.is_rowsfrom === true && calls.length > 1,
    definitions,
  }
}

function functionName(call: Typed | undefined): string {
  if (call?.kind === 'call') return call.call.bare
  return call?.kind === 'word' ? call.text.toLowerCase() : 'function'
}

function definitionsOf(nodes: readonly Node[], { scope }: Context): CatalogColumn[] {
  return nodes.flatMap((node) =>
    'ColumnDef' in node && node.ColumnDef.typeName
      ? [
          {
            name: node.ColumnDef.colname ?? '',
            type: namedType(node.ColumnDef.typeName, scope.major, scope.typeSchema).text,
          },
        ]
      : [],
  )
}

function rowsOf(call: Typed, alias: string | undefined, { scope, coercion }: Context): SourceColumn[] {
  const made = call.kind === 'call' ? call.call.columns : []
  if (made.length > 1 || (made.length === 1 && call.type === 'record'))
    return made.map((column) => ({ ...column, full: undefined, expression: undefined }))
  const fields = scope.fields?.(coercion.base(call.type))
  if (fields) return fields.map(({ name, type, full }) => ({ name, type, full, expression: undefined }))
  if (call.type === UNSURE)
    throw new Unprintable(`the function ${functionName(call)}, whose result is not known here,`)
  return [
    {
      name: made[0]?.name ?? alias ?? functionName(call),
      type: call.type,
      full: undefined,
      expression: undefined,
    },
  ]
}

const JOINS = {
  JOIN_INNER: 'JOIN',
  JOIN_LEFT: 'LEFT JOIN',
  JOIN_RIGHT: 'RIGHT JOIN',
  JOIN_FULL: 'FULL JOIN',
} as const

function join(given: JoinExpr, context: Context, level: Level): FromItem {
  const type = Object.entries(JOINS).find(([key]) => key === given.jointype)?.[1]
  if (!type) throw new Unprintable(String(given.jointype))
  const start = level.items.length
  const left = analyzeFrom(given.larg!, context, level)
  const right = analyzeFrom(given.rarg!, context, level)
  const using = given.isNatural
    ? left.source.columns
        .map(({ name }) => name)
        .filter((name) => right.source.columns.some((column) => column.name === name))
    : (given.usingClause ?? []).map(stringOf)
  const on = given.quals ? asBoolean(analyze(given.quals, context), context) : undefined
  const aliases = aliasNames(given.alias)
  const merged = using.map((name) => mergedColumn(name, type, left.source, right.source, context))
  const rest = (side: Source): SourceColumn[] =>
    side.columns
      .filter(({ name }) => !using.includes(name))
      .map((column) => ({ ...column, expression: columnOf(side, column.name)! }))
  const columns = renamed([...merged, ...rest(left.source), ...rest(right.source)], aliases)
  const alias = given.alias?.aliasname
  const source: Source = {
    kind: 'join',
    alias,
    // A join with a name of its own hides what it is made of.
    columns: alias === undefined ? columns : columns.map((column) => ({ ...column, expression: undefined })),
  }
  for (const item of level.items.slice(start)) {
    item.columnsVisible = false
    if (alias !== undefined) item.nameVisible = false
  }
  show(source, alias, undefined, level)
  if (given.join_using_alias?.aliasname) {
    const name = given.join_using_alias.aliasname
    level.items.push({
      source: { kind: 'join', alias: name, columns: merged.map((column) => ({ ...column })) },
      name,
      schema: undefined,
      columnsVisible: false,
      nameVisible: true,
    })
  }
  return {
    kind: 'join',
    source,
    type,
    left,
    right,
    using,
    usingAlias: given.join_using_alias?.aliasname,
    on,
    alias,
    aliases: aliases.length > 0 ? columns.map(({ name }) => name) : [],
  }
}

/** buildMergedJoinVar: one side's column where that says it all, else the join's own. */
function mergedColumn(
  name: string,
  type: string,
  left: Source,
  right: Source,
  { coercion }: Context,
): SourceColumn {
  const [a, b] = [columnOf(left, name), columnOf(right, name)]
  if (!a || !b) throw new Unprintable(`the column ${name} of USING`)
  const common = coercion.commonType([a.type, b.type]) ?? UNSURE
  const chosen =
    type === 'RIGHT JOIN'
      ? b
      : type === 'FULL JOIN'
        ? undefined
        : type === 'JOIN' && a.type !== common && b.type === common
          ? b
          : a
  const plain = chosen && chosen.type === common ? chosen : undefined
  return { name, type: common, full: plain?.full, expression: plain }
}
