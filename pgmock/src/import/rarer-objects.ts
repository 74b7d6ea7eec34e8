// Kinds of objects that stay text, as pg_dump writes them: policies, rules, statistics, ranges, casts … each a function.

import type {
  CreateCastStmt,
  CreateConversionStmt,
  CreateEventTrigStmt,
  CreatePolicyStmt,
  CreateRangeStmt,
  CreateStatsStmt,
  Node,
  RuleStmt,
} from 'libpg-query'
import { conditionText, triggerConditionText, expressionText } from '../deparse/expression.ts'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { freeName, quoteText } from '../formats/names.ts'
import { PUBLIC } from '../formats/privileges.ts'
import type { Catalog, Table, TextObject } from './catalog.ts'
import { createdName, LeftOut, MAJOR, scopeOf } from './lookup.ts'
import { foreignDataWrapper, foreignServer, userMapping } from './foreign-data.ts'
import {
  bare,
  calledFunction,
  full,
  functionSignature,
  functionUse,
  plainObject,
  quoted,
  tableOf,
} from './printed-names.ts'
import { roleName, SUPERUSER } from './privileges.ts'
import { addToPublication, publication, subscription } from './publications.ts'

type Made = readonly TextObject[] | undefined

/** undefined: not of a kind this file knows. Throws LeftOut and Unprintable. */
export function rarerObject(node: Node, text: string, catalog: Catalog): Made {
  if ('CreatePolicyStmt' in node) return [policy(node.CreatePolicyStmt, catalog)]
  if ('RuleStmt' in node) return [rule(node.RuleStmt, text, catalog)]
  if ('CreateStatsStmt' in node) return [statistics(node.CreateStatsStmt, catalog)]
  if ('CreateRangeStmt' in node) return [rangeType(node.CreateRangeStmt, catalog)]
  if ('CreatePublicationStmt' in node) return publication(node.CreatePublicationStmt, catalog)
  if ('AlterPublicationStmt' in node) return addToPublication(node.AlterPublicationStmt, catalog)
  if ('CreateSubscriptionStmt' in node) return [subscription(node.CreateSubscriptionStmt)]
  if ('CreateEventTrigStmt' in node) return [eventTrigger(node.CreateEventTrigStmt, catalog)]
  if ('CreateCastStmt' in node) return [cast(node.CreateCastStmt, catalog)]
  if ('CreateConversionStmt' in node) return [conversion(node.CreateConversionStmt, catalog)]
  if ('CreateFdwStmt' in node) return [foreignDataWrapper(node.CreateFdwStmt, catalog)]
  if ('CreateForeignServerStmt' in node) return [foreignServer(node.CreateForeignServerStmt)]
  if ('CreateUserMappingStmt' in node) return [userMapping(node.CreateUserMappingStmt)]
  return undefined
}

function policy(statement: CreatePolicyStmt, catalog: Catalog): TextObject {
  const {
    policy_name: name = '',
    cmd_name: command = 'all',
    permissive,
    roles = [],
    qual,
    with_check: check,
  } = statement
  const { name: on, table } = tableOf(statement.table, catalog)
  if (!table) throw new LeftOut('sql-unknown-table', `the table of policy ${name} is not created before`)
  const scope = scopeOf(table, catalog)
  const named = roles.flatMap((node) => ('RoleSpec' in node ? [roleName(node.RoleSpec) ?? SUPERUSER] : []))
  const expression = (node: Node) => `(${conditionText(node, scope, table.name, fullColumns(table))})`
  const sql = [
    `CREATE POLICY ${quoted(name)} ON ${full(on)}`,
    permissive ? '' : ' AS RESTRICTIVE',
    command === 'all' ? '' : ` FOR ${command.toUpperCase()}`,
    named.length === 0 || named.includes(PUBLIC) ? '' : ` TO ${named.map(quoted).join(', ')}`,
    qual ? ` USING ${expression(qual)}` : '',
    check ? ` WITH CHECK ${expression(check)}` : '',
    ';',
  ].join('')
  return plainObject('POLICY', { schema: on.schema, name }, sql, {
    table: on,
    drop: `POLICY ${quoted(name)} ON ${full(on)}`,
  })
}

const EVENTS: Readonly<Record<string, string>> = {
  CMD_SELECT: 'SELECT',
  CMD_INSERT: 'INSERT',
  CMD_UPDATE: 'UPDATE',
  CMD_DELETE: 'DELETE',
}

/** Without actions, or as a dump has it: what a rule does instead is printed by the server's own means. */
function rule(statement: RuleStmt, text: string, catalog: Catalog): TextObject {
  const { rulename: name = '', event, instead, actions = [], whereClause } = statement
  const { name: on, table } = tableOf(statement.relation, catalog)
  const asDumped = /^CREATE RULE \S+ AS\n {4}ON /.test(text)
  if (!asDumped && actions.length > 0)
    throw new LeftOut('sql-left-out', `rule ${name} with actions cannot be printed yet; it is left out`)
  const where = whereClause
    ? `\n   WHERE ${triggerConditionText(whereClause, scopeOf(table, catalog), fullColumns(table))}`
    : ''
  const sql = asDumped
    ? `${text};`
    : `CREATE RULE ${quoted(name)} AS\n    ON ${EVENTS[String(event)] ?? ''} TO ${full(on)}${where} DO ${instead ? 'INSTEAD ' : ''}NOTHING;`
  return plainObject('RULE', { schema: on.schema, name }, sql, {
    table: on,
    drop: `RULE ${quoted(name)} ON ${full(on)}`,
  })
}

function fullColumns(table: Table | undefined): { name: string; type: string; full: string | undefined }[] {
  return [...(table?.columns.values() ?? [])].map(({ name, type }) => ({
    name,
    type: type.bare,
    full: type.text === type.bare ? undefined : type.text,
  }))
}

const STATISTICS = ['ndistinct', 'dependencies', 'mcv']

function statistics(statement: CreateStatsStmt, catalog: Catalog): TextObject {
  const { defnames = [], stat_types: types = [], exprs = [], relations = [] } = statement
  const [range] = relations
  const { name: on, table } = tableOf(range && 'RangeVar' in range ? range.RangeVar : undefined, catalog)
  const scope = scopeOf(table, catalog)
  const order = new Map([...(table?.columns.keys() ?? [])].map((column, i) => [column, i]))
  const columns = exprs
    .flatMap((node) => ('StatsElem' in node && node.StatsElem.name ? [node.StatsElem.name] : []))
    .toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  const expressions = exprs.flatMap((node) =>
    'StatsElem' in node && node.StatsElem.expr ? [expressionText(node.StatsElem.expr, scope)] : [],
  )
  const words = exprs.map((node) => ('StatsElem' in node ? (node.StatsElem.name ?? 'expr') : ''))
  const taken = new Set(catalog.objects.filter(({ kind }) => kind === 'STATISTICS').map((one) => one.name))
  const name =
    defnames.length > 0
      ? createdName(defnames, catalog)
      : { schema: on.schema, name: freeName(taken, on.name, words, 'stat') }
  const kinds = STATISTICS.filter((kind) => types.some((node) => stringOf(node) === kind))
  const shown = kinds.length === 0 || kinds.length === 3 ? '' : ` (${kinds.join(', ')})`
  const listed = [...columns.map(quoted), ...expressions].join(', ')
  return plainObject(
    'STATISTICS',
    name,
    `CREATE STATISTICS ${full(name)}${shown} ON ${listed} FROM ${full(on)};`,
  )
}

function rangeType({ typeName = [], params = [] }: CreateRangeStmt, catalog: Catalog): TextObject {
  const name = createdName(typeName, catalog)
  const scope = scopeOf(undefined, catalog)
  const given = new Map(
    params.flatMap((node) =>
      'DefElem' in node ? [[node.DefElem.defname ?? '', node.DefElem.arg] as const] : [],
    ),
  )
  const parts = (key: string): string[] => {
    const arg = given.get(key)
    return arg && 'TypeName' in arg ? (arg.TypeName.names ?? []).map(stringOf) : []
  }
  const subtype = given.get('subtype')
  if (!subtype || !('TypeName' in subtype))
    throw new LeftOut('sql-left-out', `range ${name.name} has no subtype`)
  const multirange = parts('multirange_type_name')
  const made = name.name.includes('range')
    ? name.name.replace('range', 'multirange')
    : `${name.name}_multirange`
  const named = (key: string): string | undefined => {
    const names = parts(key)
    if (names.length === 0) return undefined
    const schema = names.length > 1 ? names.at(-2)! : (scope.functionSchema(names[0]!) ?? 'pg_catalog')
    return (schema === 'pg_catalog' ? [names.at(-1)!] : [schema, names.at(-1)!]).map(quoted).join('.')
  }
  const collation = parts('collation')
  const lines = [
    `subtype = ${namedType(subtype.TypeName, MAJOR, scope.typeSchema).text}`,
    `multirange_type_name = ${full({ schema: multirange.at(-2) ?? name.schema, name: multirange.at(-1) ?? made })}`,
    ...(parts('subtype_opclass').length === 0
      ? []
      : [`subtype_opclass = ${parts('subtype_opclass').map(quoted).join('.')}`]),
    ...(collation.length === 0
      ? []
      : [`collation = ${full({ schema: collation.at(-2) ?? 'pg_catalog', name: collation.at(-1)! })}`]),
    ...(named('canonical') === undefined ? [] : [`canonical = ${named('canonical')}`]),
    ...(named('subtype_diff') === undefined ? [] : [`subtype_diff = ${named('subtype_diff')}`]),
  ]
  const own = namedType(subtype.TypeName, MAJOR, scope.typeSchema).own
  return plainObject(
    'TYPE',
    name,
    `CREATE TYPE ${full(name)} AS RANGE (\n${lines.map((line) => `    ${line}`).join(',\n')}\n);`,
    {
      uses: own?.schema === undefined ? [] : [{ schema: own.schema, name: own.name }],
      provides: [{ schema: multirange.at(-2) ?? name.schema, name: multirange.at(-1) ?? made }],
    },
  )
}

function eventTrigger(
  { trigname: name = '', eventname = '', whenclause = [], funcname = [] }: CreateEventTrigStmt,
  catalog: Catalog,
): TextObject {
  const tags = whenclause.flatMap((node) =>
    'DefElem' in node && node.DefElem.arg && 'List' in node.DefElem.arg
      ? (node.DefElem.arg.List.items ?? []).map(stringOf)
      : [],
  )
  const when = tags.length === 0 ? '' : `\n         WHEN TAG IN (${tags.map(quoteText).join(', ')})`
  const called = calledFunction(funcname, catalog)
  return plainObject(
    'EVENT TRIGGER',
    bare(name),
    `CREATE EVENT TRIGGER ${quoted(name)} ON ${quoted(eventname)}${when}\n   EXECUTE FUNCTION ${called}();`,
    { drop: `EVENT TRIGGER ${quoted(name)}` },
  )
}

function cast(
  { sourcetype, targettype, func, context, inout }: CreateCastStmt,
  catalog: Catalog,
): TextObject {
  const scope = scopeOf(undefined, catalog)
  const types = [sourcetype!, targettype!].map((type) => namedType(type, MAJOR, scope.typeSchema))
  const [from, to] = types.map(({ text }) => text)
  const how = inout
    ? 'WITH INOUT'
    : func
      ? `WITH FUNCTION ${functionSignature(func.objname ?? [], func.objargs ?? [], catalog, scope)}`
      : 'WITHOUT FUNCTION'
  const as =
    context === 'COERCION_ASSIGNMENT'
      ? ' AS ASSIGNMENT'
      : context === 'COERCION_IMPLICIT'
        ? ' AS IMPLICIT'
        : ''
  // Sorted by the names of the types without their schemas.
  const sorted = [sourcetype!, targettype!].map((type) => stringOf((type.names ?? []).at(-1)!)).join(' ')
  return plainObject('CAST', bare(sorted), `CREATE CAST (${from} AS ${to}) ${how}${as};`, {
    tag: `CAST (${from} AS ${to})`,
    drop: `CAST (${from} AS ${to})`,
    uses: types
      .flatMap(({ own }) => (own?.schema === undefined ? [] : [{ schema: own.schema, name: own.name }]))
      .concat(functionUse(func?.objname ?? [], catalog)),
  })
}

function conversion(statement: CreateConversionStmt, catalog: Catalog): TextObject {
  const {
    conversion_name: parts = [],
    for_encoding_name: from = '',
    to_encoding_name: to = '',
    func_name: names = [],
    def,
  } = statement
  const name = createdName(parts, catalog)
  return plainObject(
    'CONVERSION',
    name,
    `CREATE ${def ? 'DEFAULT ' : ''}CONVERSION ${full(name)} FOR ${quoteText(from)} TO ${quoteText(to)} FROM ${calledFunction(names, catalog)};`,
  )
}
