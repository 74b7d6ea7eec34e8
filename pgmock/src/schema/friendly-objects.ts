// Extensions, types, collations, views, functions, triggers, policies … in short spelling → the objects a dump writes.

import { isRecord, pointer } from '@specwright/json-schema/json-pointer.ts'
import { qualifiedName, quoteName, quoteText, splitSchema } from '../formats/names.ts'
import { EXTENSIONS } from '../import/extensions.ts'
import type { TextObject } from './model.ts'
import { parseType } from './parse-column.ts'
import { MAJOR, textObjectOf, type ObjectContext } from './object-of.ts'
import { text, texts } from './parse-details.ts'
import { publicationObjects, tableObjects } from './table-objects.ts'
import { parsePgType, type OwnTypes } from './pg-type.ts'

type Json = Record<string, unknown>

export function friendlyObjects(root: Json, context: ObjectContext): TextObject[] {
  return [
    ...listOf(root['extensions']).map((given, i) => extension(given, `/extensions/${i}`, context)),
    ...entries(root, 'types').flatMap(([name, given, at]) => type(name, given, at, context)),
    ...entries(root, 'collations').map(([name, given, at]) => collation(name, given, at, context)),
    ...entries(root, 'functions').map(([name, given, at]) => functionOf(name, given, at, context)),
    ...entries(root, 'views').map(([name, given, at]) => view('VIEW', name, given, at, context)),
    ...entries(root, 'materializedViews').map(([name, given, at]) =>
      view('MATERIALIZED VIEW', name, given, at, context),
    ),
    ...entries(root, 'tables').flatMap(([name, given, at]) => tableObjects(name, given, at, context)),
    ...entries(root, 'publications').flatMap(([name, given, at]) =>
      publicationObjects(name, given, at, context),
    ),
  ]
}

/** Names of the file that other objects may use: for `uses`, and for columns of own types. */
export function namesOf(root: Json): { names: string[]; types: string[] } {
  const keys = (key: string) => (isRecord(root[key]) ? Object.keys(root[key]) : [])
  const relations = ['enums', 'domains', 'sequences', 'tables', 'views', 'materializedViews', 'functions']
  const types = [
    ...keys('types'),
    ...listOf(root['extensions']).flatMap((one) => (isRecord(one) ? texts(one['types']) : [])),
    ...listOf(root['extensions']).flatMap((one) => TYPES_BROUGHT[nameOf(one)] ?? []),
  ]
  // A table's or a view's name is the type of its rows, too.
  const rows = ['tables', 'views', 'materializedViews'].flatMap(keys)
  return { names: [...relations.flatMap(keys), ...types], types: [...types, ...rows] }
}

/** What the usual extensions are installed for. */
const TYPES_BROUGHT: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  hstore: ['hstore'],
  ltree: ['ltree', 'lquery'],
  cube: ['cube'],
  vector: ['vector', 'halfvec'],
  postgis: ['geometry', 'geography'],
}

function extension(given: unknown, at: string, context: ObjectContext): TextObject {
  const name = nameOf(given)
  const schema = isRecord(given) ? (text(given['schema']) ?? 'public') : 'public'
  const quoted = quoteName(name, MAJOR)
  const brought =
    isRecord(given) && Array.isArray(given['types']) ? texts(given['types']) : TYPES_BROUGHT[name]
  const object = textObjectOf('EXTENSION', name, given, at, context, {
    sql: `CREATE EXTENSION IF NOT EXISTS ${quoted} WITH SCHEMA ${quoteName(schema, MAJOR)};`,
    drop: `EXTENSION ${quoted}`,
    provides: [...(brought ?? [])],
  })
  return { ...object, uses: [], comment: object.comment ?? EXTENSIONS[name]?.comment }
}

function nameOf(given: unknown): string {
  return isRecord(given) ? (text(given['name']) ?? '') : (text(given) ?? '')
}

/** `{ "attributes": { "street": "text" } }`, or `{ "subtype": "float8" }` of a range. */
function type(name: string, given: Json, at: string, context: ObjectContext): TextObject[] {
  const { own, list } = context
  const sql = qualifiedName(name, own.schemas, MAJOR)
  const usedTypes: string[] = []
  const printed = (typeText: unknown, place: string) => {
    if (typeof typeText === 'string') usedTypes.push(typeText.replace(/\[\d*\]$/, ''))
    return parseType(typeText, place, own, list)?.text ?? 'text'
  }
  if (isRecord(given['attributes'])) {
    const attributes = Object.entries(given['attributes']).map(
      ([attribute, one]) =>
        `\t${quoteName(attribute, MAJOR)} ${printed(one, `${at}/attributes${pointer(attribute)}`)}`,
    )
    const created = `CREATE TYPE ${sql} AS (${attributes.length === 0 ? '' : `\n${attributes.join(',\n')}`}\n);`
    return [{ ...textObjectOf('TYPE', name, given, at, context, { sql: created }), uses: usedTypes }]
  }
  const { schema, local } = splitSchema(name, own.schemas)
  const multirange =
    text(given['multirange']) ??
    (local.includes('range') ? local.replace('range', 'multirange') : `${local}_multirange`)
  const lines = [
    `subtype = ${printed(given['subtype'], `${at}/subtype`)}`,
    `multirange_type_name = ${quoteName(schema, MAJOR)}.${quoteName(multirange, MAJOR)}`,
    ...(text(given['collation']) === undefined ? [] : [`collation = ${text(given['collation'])}`]),
    ...(text(given['subtypeDiff']) === undefined ? [] : [`subtype_diff = ${text(given['subtypeDiff'])}`]),
  ]
  const created = `CREATE TYPE ${sql} AS RANGE (\n${lines.map((line) => `    ${line}`).join(',\n')}\n);`
  return [{ ...textObjectOf('TYPE', name, given, at, context, { sql: created }), uses: usedTypes }]
}

/** In the order of dumpCollation. */
function collation(name: string, given: Json, at: string, context: ObjectContext): TextObject {
  const parts = [
    `provider = ${text(given['provider']) ?? 'icu'}`,
    ...(given['deterministic'] === false ? ['deterministic = false'] : []),
    `locale = ${quoteText(text(given['locale']) ?? '')}`,
    ...(text(given['rules']) === undefined ? [] : [`rules = ${quoteText(text(given['rules'])!)}`]),
  ]
  const sql = `CREATE COLLATION ${qualifiedName(name, context.own.schemas, MAJOR)} (${parts.join(', ')});`
  return { ...textObjectOf('COLLATION', name, given, at, context, { sql }), uses: [] }
}

/** `"SELECT …"`, or `{ "query": "SELECT …" }`. */
function view(kind: string, name: string, given: unknown, at: string, context: ObjectContext): TextObject {
  const query = (isRecord(given) ? (text(given['query']) ?? '') : String(given)).trim().replace(/;$/, '')
  const created = `CREATE ${kind} ${qualifiedName(name, context.own.schemas, MAJOR)}`
  const options = isRecord(given) && text(given['with']) !== undefined ? ` WITH (${text(given['with'])})` : ''
  const end = kind === 'VIEW' ? '' : '\n  WITH NO DATA'
  return textObjectOf(kind, name, given, at, context, {
    sql: `${created}${options} AS\n ${query}${end};`,
  })
}

/** `{ "arguments": ["a integer"], "returns": "integer", "language": "sql", "body": "SELECT a + 1" }` */
function functionOf(name: string, given: Json, at: string, context: ObjectContext): TextObject {
  const { own, list } = context
  const kind = given['procedure'] === true ? 'PROCEDURE' : 'FUNCTION'
  const types: string[] = []
  const signature = texts(given['arguments']).map((argument, i) => {
    const [, mode = '', argumentName = '', typeText = ''] =
      /^\s*((?:inout|out|variadic)\s+)?(?:([a-z_]\w*|"[^"]+")\s+)?(.+?)\s*$/i.exec(argument) ?? []
    const whole = parsesAlone(`${argumentName} ${typeText}`.trim(), own)
    const printed = whole ?? parseType(typeText, `${at}/arguments/${i}`, own, list)?.text ?? typeText
    // A procedure names the mode of every argument.
    const shownMode = mode.trim().toUpperCase() || (kind === 'PROCEDURE' ? 'IN' : '')
    if (shownMode !== 'OUT') types.push(shownMode === 'VARIADIC' ? `VARIADIC ${printed}` : printed)
    return [shownMode, whole === undefined ? argumentName : '', printed]
      .filter((part) => part !== '')
      .join(' ')
  })
  const sql = `${qualifiedName(name, own.schemas, MAJOR)}(${signature.join(', ')})`
  const language = text(given['language']) ?? 'plpgsql'
  const volatility = (text(given['volatility']) ?? 'volatile').toUpperCase()
  const returned = kind === 'FUNCTION' ? ` RETURNS ${returnsText(given['returns'], own)}` : ''
  const attributes = [
    volatility === 'VOLATILE' ? '' : ` ${volatility}`,
    given['strict'] === true ? ' STRICT' : '',
    given['securityDefiner'] === true ? ' SECURITY DEFINER' : '',
  ].join('')
  return textObjectOf(kind, name, given, at, context, {
    sql: `CREATE ${kind} ${sql}${returned}\n    LANGUAGE ${quoteName(language, MAJOR)}${attributes}\n    AS ${dollarQuoted(text(given['body']) ?? '')};`,
    tag: `${splitSchema(name, own.schemas).local}(${types.join(', ')})`,
    drop: `${kind} ${sql}`,
    // Bodies are read when they run, so they ask for nothing before them.
    uses: [],
  })
}

function returnsText(given: unknown, own: OwnTypes): string {
  const [, setof = '', name = 'void'] = /^(setof\s+)?(.*)$/i.exec(text(given) ?? 'void') ?? []
  return `${setof === '' ? '' : 'SETOF '}${parsesAlone(name, own) ?? name}`
}

function parsesAlone(spelled: string, own: OwnTypes): string | undefined {
  return parsePgType(spelled, own)?.text
}

/** appendStringLiteralDQ: the delimiter grows until the body does not hold it. */
function dollarQuoted(body: string): string {
  const suffixes = '_XXXXXXX'
  let delimiter = '$'
  for (let i = 0; body.includes(delimiter); i++) delimiter += suffixes[i % suffixes.length]!
  return `${delimiter}$${body}${delimiter}$`
}

function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : []
}

/** Members with their place; a text stands for itself. */
function entries(root: Json, key: string): (readonly [string, Json, string])[] {
  if (!isRecord(root[key])) return []
  return Object.entries(root[key]).map(
    ([name, given]) => [name, given as Json, pointer(key, name)] as const, // checked by the JSON Schema
  )
}
