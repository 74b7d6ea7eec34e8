// CREATE COLLATION, OPERATOR, TEXT SEARCH …: what the grammar calls definitions, lists of names and values.

import type { AlterStatsStmt, DefineStmt, Node } from 'libpg-query'
import { namedType, stringOf } from '../deparse/type-name.ts'
import { quoteText } from '../formats/names.ts'
import { aggregate } from './aggregates.ts'
import type { Catalog, TextObject } from './catalog.ts'
import { createdName, LeftOut, MAJOR, scopeOf, providedSchema } from './lookup.ts'
import { optionText } from './options.ts'
import { calledFunction, full, functionUse, plainObject, quoted } from './printed-names.ts'

export function definedObject(node: Node, catalog: Catalog): readonly TextObject[] | undefined {
  if ('AlterTSConfigurationStmt' in node) {
    mapTokens(node.AlterTSConfigurationStmt, catalog)
    return []
  }
  if ('AlterStatsStmt' in node) {
    setTarget(node.AlterStatsStmt, catalog)
    return []
  }
  if (!('DefineStmt' in node)) return undefined
  const { kind } = node.DefineStmt
  if (kind === 'OBJECT_AGGREGATE') return [aggregate(node.DefineStmt, catalog)]
  if (kind === 'OBJECT_COLLATION') return [collation(node.DefineStmt, catalog)]
  if (kind === 'OBJECT_OPERATOR') return [operator(node.DefineStmt, catalog)]
  if (kind === 'OBJECT_TSDICTIONARY') return [dictionary(node.DefineStmt, catalog)]
  if (kind === 'OBJECT_TSCONFIGURATION') return [configuration(node.DefineStmt, catalog)]
  return undefined
}

/** ALTER STATISTICS … SET STATISTICS stands behind the statement that makes them. */
function setTarget({ defnames = [], stxstattarget: target }: AlterStatsStmt, catalog: Catalog): void {
  const name = createdName(defnames, catalog)
  const object = catalog.objects.find((one) => one.kind === 'STATISTICS' && one.name === name.name)
  const value = target && 'Integer' in target ? (target.Integer.ival ?? 0) : -1
  if (!object) throw new LeftOut('sql-left-out', `the statistics ${name.name} are not created before`)
  const plain = object.sql.replace(/\nALTER STATISTICS [^\n]*$/, '')
  object.sql = value < 0 ? plain : `${plain}\nALTER STATISTICS ${full(object)} SET STATISTICS ${value};`
}

function settings({ definition = [] }: DefineStmt): Map<string, Node | undefined> {
  return new Map(
    definition.flatMap((node) =>
      'DefElem' in node ? [[(node.DefElem.defname ?? '').toLowerCase(), node.DefElem.arg] as const] : [],
    ),
  )
}

function textOf(arg: Node | undefined): string | undefined {
  return arg === undefined ? undefined : optionText({ arg })
}

/** In the order of dumpCollation. */
function collation(statement: DefineStmt, catalog: Catalog): TextObject {
  const name = createdName(statement.defnames ?? [], catalog)
  const given = settings(statement)
  const from = given.get('from')
  if (from) return plainObject('COLLATION', name, `CREATE COLLATION ${full(name)} (${copied(from)});`)
  const provider = textOf(given.get('provider')) ?? 'libc'
  const locale = textOf(given.get('locale'))
  const [collate, ctype] = [
    textOf(given.get('lc_collate')) ?? locale,
    textOf(given.get('lc_ctype')) ?? locale,
  ]
  const deterministic = textOf(given.get('deterministic'))
  const rules = textOf(given.get('rules'))
  const parts = [
    `provider = ${provider}`,
    ...(deterministic !== undefined && /^(?:false|off|0|no)$/i.test(deterministic)
      ? ['deterministic = false']
      : []),
    ...(provider !== 'libc' || collate === ctype
      ? [`locale = ${quoteText(locale ?? collate ?? '')}`]
      : [`lc_collate = ${quoteText(collate ?? '')}`, `lc_ctype = ${quoteText(ctype ?? '')}`]),
    ...(rules === undefined ? [] : [`rules = ${quoteText(rules)}`]),
  ]
  return plainObject('COLLATION', name, `CREATE COLLATION ${full(name)} (${parts.join(', ')});`)
}

/** FROM a collation whose definition its name tells. */
function copied(from: Node): string {
  const name = 'List' in from ? stringOf((from.List.items ?? []).at(-1)!) : (textOf(from) ?? '')
  const icu = /^(.*)-x-icu$/.exec(name)?.[1]
  if (icu !== undefined) return `provider = icu, locale = ${quoteText(icu === 'und' ? 'und' : icu)}`
  if (name === 'C' || name === 'POSIX') return `provider = libc, locale = ${quoteText(name)}`
  throw new LeftOut(
    'sql-left-out',
    `a collation made from "${name}" is left out: what that is, only its server knows`,
  )
}

function operator(statement: DefineStmt, catalog: Catalog): TextObject {
  const name = createdName(statement.defnames ?? [], catalog)
  const given = settings(statement)
  const scope = scopeOf(undefined, catalog)
  const typeAt = (key: string) => {
    const arg = given.get(key)
    return arg && 'TypeName' in arg ? namedType(arg.TypeName, MAJOR, scope.typeSchema) : undefined
  }
  const names = (key: string): Node[] => {
    const arg = given.get(key)
    if (!arg) return []
    return 'TypeName' in arg ? (arg.TypeName.names ?? []) : 'List' in arg ? (arg.List.items ?? []) : [arg]
  }
  const operatorAt = (key: string): string | undefined => {
    const parts = names(key).map(stringOf)
    if (parts.length === 0) return undefined
    const schema = parts.length > 1 ? parts.at(-2)! : name.schema
    return `OPERATOR(${quoted(schema)}.${parts.at(-1)})`
  }
  const called = (key: string) => (names(key).length === 0 ? undefined : calledFunction(names(key), catalog))
  const [left, right] = [typeAt('leftarg'), typeAt('rightarg')]
  const procedure = names('function').length > 0 ? 'function' : 'procedure'
  const lines = [
    ['FUNCTION', called(procedure)],
    ['LEFTARG', left?.text],
    ['RIGHTARG', right?.text],
    ['COMMUTATOR', operatorAt('commutator')],
    ['NEGATOR', operatorAt('negator')],
    ['MERGES', given.has('merges') ? '' : undefined],
    ['HASHES', given.has('hashes') ? '' : undefined],
    ['RESTRICT', called('restrict')],
    ['JOIN', called('join')],
  ].flatMap(([key, value]) =>
    value === undefined ? [] : [value === '' ? `    ${key}` : `    ${key} = ${value}`],
  )
  const signature = `${quoted(name.schema)}.${name.name} (${left?.text ?? 'NONE'}, ${right?.text ?? 'NONE'})`
  return plainObject(
    'OPERATOR',
    name,
    `CREATE OPERATOR ${quoted(name.schema)}.${name.name} (\n${lines.join(',\n')}\n);`,
    {
      drop: `OPERATOR ${signature}`,
      uses: [
        ...functionUse(names(procedure), catalog),
        ...[left, right].flatMap((type) =>
          type?.own?.schema === undefined ? [] : [{ schema: type.own.schema, name: type.own.name }],
        ),
      ],
    },
  )
}

/** A template or parser of the server's own is known by its schema. */
function serverName(parts: readonly string[]): string {
  return [parts.length > 1 ? parts.at(-2)! : 'pg_catalog', parts.at(-1) ?? ''].map(quoted).join('.')
}

function namesAt(arg: Node | undefined): string[] {
  if (!arg) return []
  if ('TypeName' in arg) return (arg.TypeName.names ?? []).map(stringOf)
  return 'List' in arg ? (arg.List.items ?? []).map(stringOf) : [stringOf(arg)]
}

function dictionary(statement: DefineStmt, catalog: Catalog): TextObject {
  const name = createdName(statement.defnames ?? [], catalog)
  const given = settings(statement)
  const template = serverName(namesAt(given.get('template')))
  const options = [...given].flatMap(([key, arg]) =>
    key === 'template' ? [] : [`${quoted(key)} = ${quoteText(textOf(arg) ?? '')}`],
  )
  const lines = [`    TEMPLATE = ${template}`, ...(options.length === 0 ? [] : [`    ${options.join(', ')}`])]
  return plainObject(
    'TEXT SEARCH DICTIONARY',
    name,
    `CREATE TEXT SEARCH DICTIONARY ${full(name)} (\n${lines.join(',\n')} );`,
  )
}

/** Token types of the default parser, in its order. */
const TOKENS =
  `asciiword word numword email url host sfloat version hword_numpart hword_part hword_asciipart blank tag
protocol numhword asciihword hword url_path file float int uint entity`.split(/\s+/)

/** Maps of the configurations a copy may come from: Snowball dictionaries for words, simple for the rest. */
function copiedMap(name: string): Map<string, string[]> {
  const map = new Map<string, string[]>()
  const stem = name === 'simple' ? 'simple' : `${name}_stem`
  const words = new Set(['asciiword', 'word', 'hword_part', 'hword_asciipart', 'asciihword', 'hword'])
  for (const token of TOKENS)
    if (!['blank', 'tag', 'protocol', 'entity'].includes(token))
      map.set(token, [words.has(token) ? stem : 'simple'])
  return map
}

const maps = new WeakMap<TextObject, { parser: string; map: Map<string, string[]> }>()

function configuration(statement: DefineStmt, catalog: Catalog): TextObject {
  const name = createdName(statement.defnames ?? [], catalog)
  const given = settings(statement)
  const copy = namesAt(given.get('copy')).at(-1)
  const known = catalog.objects.find((one) => one.kind === 'TEXT SEARCH CONFIGURATION' && one.name === copy)
  const parser = known
    ? maps.get(known)!.parser
    : copy === undefined
      ? serverName(namesAt(given.get('parser')))
      : 'pg_catalog."default"'
  const map = known
    ? new Map(maps.get(known)!.map)
    : copy === undefined
      ? new Map<string, string[]>()
      : copiedMap(copy)
  const object = plainObject('TEXT SEARCH CONFIGURATION', name, '')
  maps.set(object, { parser, map })
  print(object)
  return object
}

function mapTokens(
  {
    kind,
    cfgname = [],
    tokentype = [],
    dicts = [],
    replace,
  }: NonNullable<Extract<Node, { AlterTSConfigurationStmt: unknown }>['AlterTSConfigurationStmt']>,
  catalog: Catalog,
): void {
  const name = createdName(cfgname, catalog)
  const object = catalog.objects.find(
    (one) => one.kind === 'TEXT SEARCH CONFIGURATION' && one.name === name.name,
  )
  const map = object && maps.get(object)?.map
  if (!object || !map)
    throw new LeftOut('sql-left-out', `text search configuration ${name.name} is not created before`)
  const names = dicts.map((node) => dictionaryName(namesAt(node), catalog))
  const tokens = tokentype.length === 0 ? [...map.keys()] : tokentype.map(stringOf)
  for (const token of tokens) {
    if (kind === 'ALTER_TSCONFIG_DROP_MAPPING') map.delete(token)
    else if (replace && names.length === 2)
      map.set(
        token,
        (map.get(token) ?? []).map((one) => (one === names[0] ? names[1]! : one)),
      )
    else map.set(token, names)
  }
  print(object)
}

function dictionaryName(parts: readonly string[], catalog: Catalog): string {
  const own = catalog.objects.find(
    (one) => one.kind === 'TEXT SEARCH DICTIONARY' && one.name === parts.at(-1),
  )
  if (parts.length > 1 && parts.at(-2) !== 'pg_catalog') return parts.map(quoted).join('.')
  const name = parts.at(-1) ?? ''
  const schema = own?.schema ?? providedSchema(name, catalog)
  return schema === undefined ? quoted(name) : full({ schema, name })
}

function print(object: TextObject): void {
  const { parser, map } = maps.get(object)!
  const lines = TOKENS.flatMap((token) => {
    const dictionaries = map.get(token)
    return dictionaries
      ? [
          `\nALTER TEXT SEARCH CONFIGURATION ${full(object)}\n    ADD MAPPING FOR ${quoted(token)} WITH ${dictionaries.join(', ')};\n`,
        ]
      : []
  })
  object.sql =
    `CREATE TEXT SEARCH CONFIGURATION ${full(object)} (\n    PARSER = ${parser} );\n${lines.join('')}`.trimEnd()
}
