// Views, functions, triggers and the like: PostgreSQL keeps their text, so do we. A statement as pg_dump writes it comes
// out as it went in; functions are brought into pg_dump's form.

import type {
  CreateExtensionStmt,
  CreateFunctionStmt,
  CreateTableAsStmt,
  CreateTrigStmt,
  DefElem,
  DefineStmt,
  Node,
  ViewStmt,
} from 'libpg-query'
import {
  defaultText,
  queryText,
  triggerConditionText,
  Unprintable,
  type ExpressionScope,
  type PrintedQuery,
} from '../deparse/expression.ts'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
import { EXTENSIONS } from './extensions.ts'
import { relationName, walk, type View } from './lookup.ts'
import { relationOptions } from './options.ts'
import type { Catalog, Name, TextObject } from './catalog.ts'

const PLAIN = { tag: undefined, drop: undefined, table: undefined, returns: undefined }

/** `silent`: of no account. undefined: not of a kind we keep. */
export function textObject(
  node: Node,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | 'silent' | undefined {
  if ('ViewStmt' in node) return view(node.ViewStmt, text, catalog, scope)
  if ('CreateTableAsStmt' in node && node.CreateTableAsStmt.objtype === 'OBJECT_MATVIEW')
    return materializedView(node.CreateTableAsStmt, text, catalog, scope)
  if ('CreateExtensionStmt' in node) return extension(node.CreateExtensionStmt, catalog, scope)
  if ('CreateTrigStmt' in node) return trigger(node.CreateTrigStmt, text, catalog, scope)
  if ('CreateFunctionStmt' in node) return functionObject(node.CreateFunctionStmt, text, catalog, scope)
  if ('DefineStmt' in node && node.DefineStmt.kind === 'OBJECT_AGGREGATE')
    return aggregate(node.DefineStmt, catalog, scope)
  if ('CompositeTypeStmt' in node) {
    const { typevar, coldeflist = [] } = node.CompositeTypeStmt
    const name = viewName(typevar?.schemaname, typevar?.relname, catalog)
    const lines = coldeflist.flatMap((column) =>
      'ColumnDef' in column && column.ColumnDef.typeName
        ? [
            `\t${quoteName(column.ColumnDef.colname ?? '', scope.major)} ${printed(column.ColumnDef.typeName, scope)}`,
          ]
        : [],
    )
    return {
      ...PLAIN,
      ...name,
      kind: 'TYPE',
      sql: `CREATE TYPE ${full(name, scope)} AS (\n${lines.join(',\n')}\n);`,
      uses: usedBy(coldeflist, catalog),
    }
  }
  return undefined
}

function view(statement: ViewStmt, text: string, catalog: Catalog, scope: ExpressionScope): View {
  const { view: into, query, aliases = [], options = [], withCheckOption } = statement
  const name = viewName(into?.schemaname, into?.relname, catalog)
  const base = { ...PLAIN, ...name, kind: 'VIEW', uses: usedBy(query, catalog) }
  const made = printedQuery(query, aliases, scope)
  if (!made) return { ...base, sql: `${text};` }
  const check = { LOCAL_CHECK_OPTION: 'LOCAL', CASCADED_CHECK_OPTION: 'CASCADED' }[String(withCheckOption)]
  const rest = check === undefined ? '' : `\n  WITH ${check} CHECK OPTION`
  const sql = `CREATE VIEW ${full(name, scope)}${viewOptions(options)} AS\n${made.text}${rest};`
  return { ...base, sql, columns: made.columns }
}

function materializedView(
  { into, query }: CreateTableAsStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): View {
  const name = viewName(into?.rel?.schemaname, into?.rel?.relname, catalog)
  const base = { ...PLAIN, ...name, kind: 'MATERIALIZED VIEW', uses: usedBy(query, catalog) }
  const made = printedQuery(query, into?.colNames ?? [], scope)
  if (made)
    return {
      ...base,
      sql: `CREATE MATERIALIZED VIEW ${full(name, scope)}${viewOptions(into?.options ?? []).replace(/^ /, '\n')} AS\n${made.text}\n  WITH NO DATA;`,
      columns: made.columns,
    }
  const sql = into?.skipData ? text : `${text.replace(/\s+WITH\s+DATA$/i, '')}\n  WITH NO DATA`
  return { ...base, sql: `${sql};` }
}

/** Undefined for a query with something we cannot print: its text stays as it is. */
function printedQuery(
  query: Node | undefined,
  aliases: readonly Node[],
  scope: ExpressionScope,
): PrintedQuery | undefined {
  if (!query || !('SelectStmt' in query)) return undefined
  try {
    return queryText(query.SelectStmt, scope, aliases.map(stringOf))
  } catch (error) {
    if (error instanceof Unprintable) return undefined
    throw error
  }
}

function viewOptions(options: readonly Node[]): string {
  const text = relationOptions(options)
  return text === undefined ? '' : ` WITH (${text})`
}

function extension(
  { extname = '', options = [] }: CreateExtensionStmt,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | 'silent' {
  if (extname === 'plpgsql') return 'silent'
  const given = options.flatMap((node) =>
    'DefElem' in node && node.DefElem.defname === 'schema' && node.DefElem.arg
      ? [stringOf(node.DefElem.arg)]
      : [],
  )[0]
  const known = EXTENSIONS[extname]
  const schema = given ?? catalog.searchPath[0]!
  const quoted = quoteName(extname, scope.major)
  return {
    schema: 'public',
    name: extname,
    kind: 'EXTENSION',
    tag: undefined,
    sql: `CREATE EXTENSION IF NOT EXISTS ${quoted} WITH SCHEMA ${quoteName(schema, scope.major)};`,
    drop: `EXTENSION ${quoted}`,
    table: undefined,
    uses: [],
    returns: undefined,
    comment: known?.comment,
    provides: (known?.provides ?? []).map((name) => ({ schema, name })),
  }
}

function viewName(schema: string | undefined, name = '', catalog: Catalog): Name {
  return { schema: schema || catalog.searchPath[0]!, name }
}

function full({ schema, name }: Name, { major }: ExpressionScope): string {
  return `${quoteName(schema, major)}.${quoteName(name, major)}`
}

function printed(type: Parameters<typeof namedType>[0], scope: ExpressionScope): string {
  return `${type.setof ? 'SETOF ' : ''}${namedType(type, scope.major, scope.typeSchema).text}`
}

/** Relations, functions and types of the file that a query names: they must come before it. */
function usedBy(query: unknown, catalog: Catalog): Name[] {
  const uses = new Map<string, Name>()
  const add = (name: Name) => void uses.set(`${name.schema}\0${name.name}`, name)
  walk(query, (node) => {
    if ('RangeVar' in node) add(relationName(node.RangeVar, catalog))
    const named = 'FuncCall' in node ? node.FuncCall.funcname : typeNames(node)
    const parts = (named ?? []).map(stringOf)
    const name = parts.at(-1)
    if (name === undefined) return
    const schema = parts.at(-2) ?? ownerOf(name, catalog)
    if (schema !== undefined && schema !== 'pg_catalog') add({ schema, name })
  })
  return [...uses.values()]
}

/** A type's name, wherever it stands: as a node, or as a member of a column, a cast or an argument. */
function typeNames(node: object): Node[] | undefined {
  const member = 'TypeName' in node ? node.TypeName : 'typeName' in node ? node.typeName : undefined
  const names = typeof member === 'object' && member !== null && 'names' in member ? member.names : undefined
  return Array.isArray(names) ? (names as Node[]) : undefined // the grammar's nodes
}

function ownerOf(name: string, catalog: Catalog): string | undefined {
  const known = [
    ...catalog.enums.values(),
    ...catalog.domains.values(),
    ...catalog.tables.values(),
    ...catalog.objects,
  ]
  return known.find((object) => object.name === name)?.schema
}

function trigger(
  statement: CreateTrigStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject {
  const { trigname = '', relation } = statement
  const table = relationName(relation, catalog)
  const quoted = quoteName(trigname, 18)
  const on = `${quoteName(table.schema, 18)}.${quoteName(table.name, 18)}`
  return {
    schema: table.schema,
    name: trigname,
    kind: 'TRIGGER',
    tag: undefined,
    sql: printedTrigger(statement, on, catalog, scope) ?? `${text};`,
    drop: `TRIGGER ${quoted} ON ${on}`,
    table,
    uses: [],
    returns: undefined,
  }
}

const TRIGGER_EVENTS = [
  [4, 'INSERT'],
  [8, 'DELETE'],
  [16, 'UPDATE'],
  [32, 'TRUNCATE'],
] as const
const BEFORE = 2
const INSTEAD = 64

/** As pg_get_triggerdef prints it; undefined for a condition that cannot be printed. */
function printedTrigger(
  statement: CreateTrigStmt,
  on: string,
  catalog: Catalog,
  scope: ExpressionScope,
): string | undefined {
  const { trigname = '', timing = 0, events = 0, columns = [], args = [], row, funcname = [] } = statement
  const names = funcname.map(stringOf)
  const schema = names.length > 1 ? names[0] : ownerOf(names[0] ?? '', catalog)
  const called = [...(schema === undefined || schema === 'pg_catalog' ? [] : [schema]), names.at(-1)!]
  const when = timing === BEFORE ? 'BEFORE' : timing === INSTEAD ? 'INSTEAD OF' : 'AFTER'
  const list = columns.map((column) => quoteName(stringOf(column), 18)).join(', ')
  const what = TRIGGER_EVENTS.flatMap(([bit, word]) =>
    (events & bit) === 0 ? [] : [word === 'UPDATE' && list !== '' ? `UPDATE OF ${list}` : word],
  ).join(' OR ')
  const condition = triggerCondition(statement, scope)
  if (statement.whenClause && condition === undefined) return undefined
  const call = `${called.map((name) => quoteName(name, 18)).join('.')}(${args.map((arg) => quoteText(stringOf(arg))).join(', ')})`
  return [
    `CREATE ${statement.isconstraint ? 'CONSTRAINT ' : ''}TRIGGER ${quoteName(trigname, 18)} ${when} ${what} ON ${on} `,
    statement.isconstraint ? deferral(statement, catalog, scope) : '',
    transitions(statement),
    `FOR EACH ${row ? 'ROW' : 'STATEMENT'} `,
    condition === undefined ? '' : `WHEN (${condition}) `,
    `EXECUTE FUNCTION ${call};`,
  ].join('')
}

function deferral(
  { constrrel, deferrable, initdeferred }: CreateTrigStmt,
  catalog: Catalog,
  scope: ExpressionScope,
): string {
  const from = constrrel ? `FROM ${full(relationName(constrrel, catalog), scope)} ` : ''
  return `${from}${deferrable ? '' : 'NOT '}DEFERRABLE INITIALLY ${initdeferred ? 'DEFERRED' : 'IMMEDIATE'} `
}

function transitions({ transitionRels = [] }: CreateTrigStmt): string {
  const named = transitionRels.flatMap((node) =>
    'TriggerTransition' in node ? [node.TriggerTransition] : [],
  )
  if (named.length === 0) return ''
  const shown = named
    .toSorted((a, b) => Number(a.isNew === true) - Number(b.isNew === true))
    .map(({ isNew, name = '' }) => `${isNew ? 'NEW' : 'OLD'} TABLE AS ${quoteName(name, 18)} `)
  return `REFERENCING ${shown.join('')}`
}

function triggerCondition(
  { whenClause, relation }: CreateTrigStmt,
  scope: ExpressionScope,
): string | undefined {
  const columns = relation && scope.relation?.(relation.schemaname, relation.relname ?? '')?.columns
  if (!whenClause || !columns) return undefined
  try {
    return triggerConditionText(whenClause, scope, columns)
  } catch (error) {
    if (error instanceof Unprintable) return undefined
    throw error
  }
}

const MODES: Readonly<Record<string, string>> = {
  FUNC_PARAM_OUT: 'OUT ',
  FUNC_PARAM_INOUT: 'INOUT ',
  FUNC_PARAM_VARIADIC: 'VARIADIC ',
}

function functionObject(
  { funcname = [], parameters = [], returnType, options = [], is_procedure: isProcedure }: CreateFunctionStmt,
  text: string,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | undefined {
  const names = funcname.map(stringOf)
  const name: Name = {
    schema: names.length > 1 ? names[0]! : catalog.searchPath[0]!,
    name: names.at(-1) ?? '',
  }
  const all = parameters.flatMap((node) => ('FunctionParameter' in node ? [node.FunctionParameter] : []))
  const columns = all.filter(({ mode }) => mode === 'FUNC_PARAM_TABLE')
  const given = all.filter(({ mode }) => mode !== 'FUNC_PARAM_TABLE')
  const argument = ({ name: own, argType, mode }: (typeof all)[number]) =>
    `${MODES[String(mode)] ?? (isProcedure ? 'IN ' : '')}${own ? `${quoteName(own, scope.major)} ` : ''}${printed(argType!, scope)}`
  const argumentWithDefault = (given: (typeof all)[number]) =>
    given.defexpr
      ? `${argument(given)} DEFAULT ${defaultText(given.defexpr, scope, namedType(given.argType!, scope.major, scope.typeSchema).bare)}`
      : argument(given)
  const kind = isProcedure ? 'PROCEDURE' : 'FUNCTION'
  // As pg_dump wrote it: better than what we can print.
  const asDumped = /^CREATE (?:FUNCTION|PROCEDURE) (?:"[^"]+"|\w+)\.[^\n]*\n    LANGUAGE /.test(text)
  const signature = `${full(name, scope)}(${given.map(argument).join(', ')})`
  const inputs = given.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' || isProcedure)
  const settings = new Map<string, DefElem[]>()
  for (const node of options)
    if ('DefElem' in node)
      settings.set(node.DefElem.defname ?? '', [
        ...(settings.get(node.DefElem.defname ?? '') ?? []),
        node.DefElem,
      ])
  const body = settings.get('as')?.[0]?.arg
  const bodies = body && 'List' in body ? (body.List.items ?? []).map(stringOf) : []
  // Bodies in standard SQL are reprinted by the server: not by us.
  if (!asDumped && bodies.length === 0) return undefined
  const out = given.filter(({ mode }) => mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_INOUT')
  const result =
    columns.length > 0
      ? `TABLE(${columns.map(argument).join(', ')})`
      : returnType
        ? printed(returnType, scope)
        : out.length > 1
          ? 'record'
          : out[0] && printed(out[0].argType!, scope)
  const sql = [
    `CREATE ${kind} ${full(name, scope)}(${given.map(argumentWithDefault).join(', ')})`,
    isProcedure || result === undefined ? '' : ` RETURNS ${result}`,
    `\n    LANGUAGE ${quoteName(word(settings.get('language')?.[0]), scope.major)}`,
    attributes(settings),
    `\n    AS ${bodies.map(dollarQuoted).join(', ')};`,
  ].join('')
  const types = inputs.map(({ argType }) => printed(argType!, scope))
  return {
    ...name,
    kind,
    tag: `${name.name}(${types.join(', ')})`,
    sql: asDumped ? `${text};` : sql,
    drop: `${kind} ${signature}`,
    table: undefined,
    uses: usedBy([...parameters, { TypeName: returnType }], catalog),
    returns: returnType ? namedType(returnType, scope.major, scope.typeSchema).bare : 'record',
  }
}

function word(element: DefElem | undefined): string {
  return element?.arg ? stringOf(element.arg) : ''
}

/** Behind the language, in pg_dump's order. */
function attributes(settings: ReadonlyMap<string, readonly DefElem[]>): string {
  const isTrue = (name: string) => {
    const arg = settings.get(name)?.[0]?.arg
    return arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true
  }
  const volatility = word(settings.get('volatility')?.[0]).toUpperCase()
  const parallel = word(settings.get('parallel')?.[0]).toUpperCase()
  return [
    volatility === '' || volatility === 'VOLATILE' ? '' : ` ${volatility}`,
    isTrue('strict') ? ' STRICT' : '',
    isTrue('security') ? ' SECURITY DEFINER' : '',
    isTrue('leakproof') ? ' LEAKPROOF' : '',
    ...(['cost', 'rows'] as const).map((name) => {
      const arg = settings.get(name)?.[0]?.arg
      return arg && 'Integer' in arg ? ` ${name.toUpperCase()} ${arg.Integer.ival}` : ''
    }),
    parallel === '' || parallel === 'UNSAFE' ? '' : ` PARALLEL ${parallel}`,
    ...(settings.get('set') ?? []).map(configured),
  ].join('')
}

function configured({ arg }: DefElem): string {
  if (!arg || !('VariableSetStmt' in arg)) return ''
  const { name = '', args = [] } = arg.VariableSetStmt
  const values = args.flatMap((value) =>
    'A_Const' in value ? [value.A_Const.sval?.sval ?? String(value.A_Const.ival?.ival ?? 0)] : [],
  )
  return `\n    SET ${quoteName(name, 18)} TO ${values.map(quoteText).join(', ')}`
}

/** appendStringLiteralDQ: the delimiter grows until the body does not hold it. */
function dollarQuoted(body: string): string {
  let delimiter = '$'
  const suffixes = '_XXXXXXX'
  for (let i = 0; body.includes(delimiter); i++) delimiter += suffixes[i % suffixes.length]!
  return `${delimiter}$${body}${delimiter}$`
}

function aggregate(
  { defnames = [], args = [], definition = [] }: DefineStmt,
  catalog: Catalog,
  scope: ExpressionScope,
): TextObject | undefined {
  const names = defnames.map(stringOf)
  const name: Name = {
    schema: names.length > 1 ? names[0]! : catalog.searchPath[0]!,
    name: names.at(-1) ?? '',
  }
  const parameters = args.flatMap((node) => ('List' in node ? (node.List.items ?? []) : []))
  const types = parameters.flatMap((node) =>
    'FunctionParameter' in node && node.FunctionParameter.argType
      ? [printed(node.FunctionParameter.argType, scope)]
      : [],
  )
  const settings = new Map(
    definition.flatMap((node) =>
      'DefElem' in node ? [[node.DefElem.defname ?? '', node.DefElem.arg] as const] : [],
    ),
  )
  if ([...settings.keys()].some((key) => !['sfunc', 'stype', 'initcond', 'finalfunc'].includes(key)))
    return undefined
  const reference = (key: string): string | undefined => {
    const arg = settings.get(key)
    const parts = arg && 'TypeName' in arg ? (arg.TypeName.names ?? []).map(stringOf) : []
    if (parts.length === 0) return undefined
    const own = parts.at(-2) ?? ownerOf(parts.at(-1)!, catalog)
    return [...(own === undefined || own === 'pg_catalog' ? [] : [own]), parts.at(-1)!]
      .map((part) => quoteName(part, scope.major))
      .join('.')
  }
  const state = settings.get('stype')
  const start = settings.get('initcond')
  const final = reference('finalfunc')
  const lines = [
    `    SFUNC = ${reference('sfunc')}`,
    `    STYPE = ${state && 'TypeName' in state ? printed(state.TypeName, scope) : ''}`,
    ...(start ? [`    INITCOND = ${quoteText(stringOf(start))}`] : []),
    ...(final === undefined ? [] : [`    FINALFUNC = ${final}`]),
  ]
  const signature = `${full(name, scope)}(${types.length === 0 ? '*' : types.join(', ')})`
  const used = settings.get('sfunc')
  return {
    ...name,
    kind: 'AGGREGATE',
    tag: `${name.name}(${types.length === 0 ? '*' : types.join(', ')})`,
    sql: `CREATE AGGREGATE ${signature} (\n${lines.join(',\n')}\n);`,
    drop: `AGGREGATE ${signature}`,
    table: undefined,
    uses: usedBy(
      used && 'TypeName' in used ? [{ FuncCall: { funcname: used.TypeName.names } }] : [],
      catalog,
    ),
    returns:
      state && 'TypeName' in state
        ? namedType(state.TypeName, scope.major, scope.typeSchema).bare
        : undefined,
  }
}
