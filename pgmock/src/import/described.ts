// The object a COMMENT, a GRANT or an ALTER … OWNER speaks about.

import type { Node, ObjectType, RangeVar } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { keyOf, type Catalog, type Described, type Name, type TextObject } from './catalog.ts'
import { relationName } from './lookup.ts'
import { ownSequence } from './serial-sequences.ts'

/** Kinds of text objects by the word of the statement; the first that fits is taken. */
const TEXT_KINDS: Readonly<Record<string, readonly string[]>> = {
  OBJECT_ACCESS_METHOD: ['ACCESS METHOD'],
  OBJECT_AGGREGATE: ['AGGREGATE'],
  OBJECT_CAST: ['CAST'],
  OBJECT_COLLATION: ['COLLATION'],
  OBJECT_CONVERSION: ['CONVERSION'],
  OBJECT_EVENT_TRIGGER: ['EVENT TRIGGER'],
  OBJECT_EXTENSION: ['EXTENSION'],
  OBJECT_FDW: ['FOREIGN DATA WRAPPER'],
  OBJECT_FOREIGN_SERVER: ['SERVER'],
  OBJECT_FOREIGN_TABLE: ['FOREIGN TABLE'],
  OBJECT_FUNCTION: ['FUNCTION', 'AGGREGATE'],
  OBJECT_LANGUAGE: ['PROCEDURAL LANGUAGE'],
  OBJECT_MATVIEW: ['MATERIALIZED VIEW'],
  OBJECT_OPCLASS: ['OPERATOR CLASS'],
  OBJECT_OPERATOR: ['OPERATOR'],
  OBJECT_OPFAMILY: ['OPERATOR FAMILY'],
  OBJECT_POLICY: ['POLICY'],
  OBJECT_PROCEDURE: ['PROCEDURE'],
  OBJECT_PUBLICATION: ['PUBLICATION'],
  OBJECT_ROUTINE: ['FUNCTION', 'PROCEDURE', 'AGGREGATE'],
  OBJECT_RULE: ['RULE'],
  OBJECT_STATISTIC_EXT: ['STATISTICS'],
  OBJECT_SUBSCRIPTION: ['SUBSCRIPTION'],
  OBJECT_TABLE: ['VIEW', 'MATERIALIZED VIEW', 'FOREIGN TABLE'],
  OBJECT_TRIGGER: ['TRIGGER'],
  OBJECT_TSCONFIGURATION: ['TEXT SEARCH CONFIGURATION'],
  OBJECT_TSDICTIONARY: ['TEXT SEARCH DICTIONARY'],
  OBJECT_TSPARSER: ['TEXT SEARCH PARSER'],
  OBJECT_TSTEMPLATE: ['TEXT SEARCH TEMPLATE'],
  OBJECT_TYPE: ['TYPE'],
  OBJECT_VIEW: ['VIEW'],
}

/** Triggers, policies and rules are named with their table, which stands before their own name. */
const OF_TABLES: ReadonlySet<string> = new Set(['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'])

export function describedObject(
  type: ObjectType | undefined,
  object: Node | undefined,
  catalog: Catalog,
): Described | undefined {
  const kind = String(type)
  const parts = namesOf(object)
  if (kind === 'OBJECT_CAST') {
    const types = object && 'List' in object ? (object.List.items ?? []) : []
    const name = types.map((type) => namesOf(type).at(-1)).join(' ')
    return catalog.objects.find((one) => one.kind === 'CAST' && one.name === name)
  }
  if (kind === 'OBJECT_SCHEMA') return schemaDetails(parts.at(-1) ?? '', catalog)
  if (OF_TABLES.has(kind)) {
    const table = relationNamed(parts.slice(0, -1), catalog)
    return catalog.objects.find(
      (one) =>
        TEXT_KINDS[kind]!.includes(one.kind) &&
        one.name === parts.at(-1) &&
        one.table !== undefined &&
        keyOf(one.table) === keyOf(table),
    )
  }
  const name = relationNamed(parts, catalog)
  const known = relation(kind, name, catalog) ?? ownType(kind, parts, catalog)
  return known ?? textObject(kind, object, parts, catalog)
}

export function schemaDetails(
  name: string,
  { schemas, schemaDetails: details }: Catalog,
): Described | undefined {
  if (name !== 'public' && !schemas.has(name)) return undefined
  const known = details.get(name) ?? {}
  details.set(name, known)
  return known
}

export function namesOf(object: Node | undefined): string[] {
  if (!object) return []
  if ('List' in object) return (object.List.items ?? []).map(stringOf)
  if ('ObjectWithArgs' in object) return (object.ObjectWithArgs.objname ?? []).map(stringOf)
  if ('TypeName' in object) return (object.TypeName.names ?? []).map(stringOf)
  if ('RangeVar' in object)
    return [object.RangeVar.schemaname, object.RangeVar.relname].flatMap((part) => part ?? [])
  return 'String' in object ? [stringOf(object)] : []
}

export function relationNamed(parts: readonly string[], catalog: Catalog): Name {
  const range: RangeVar = { relname: parts.at(-1) ?? '' }
  return relationName(parts.length > 1 ? { ...range, schemaname: parts.at(-2)! } : range, catalog)
}

/** GRANT ON TABLE and ALTER TABLE take every kind of relation. */
function relation(kind: string, name: Name, catalog: Catalog): Described | undefined {
  const key = keyOf(name)
  if (kind === 'OBJECT_SEQUENCE') return ownSequence(name, catalog)
  return kind === 'OBJECT_TABLE' ? (catalog.tables.get(key) ?? ownSequence(name, catalog)) : undefined
}

function ownType(kind: string, parts: readonly string[], catalog: Catalog): Described | undefined {
  if (kind !== 'OBJECT_TYPE' && kind !== 'OBJECT_DOMAIN') return undefined
  const schemas = parts.length > 1 ? [parts.at(-2)!] : [...catalog.searchPath, 'public']
  for (const schema of schemas) {
    const key = keyOf({ schema, name: parts.at(-1) ?? '' })
    const found = catalog.enums.get(key) ?? catalog.domains.get(key)
    if (found) return found
  }
  return undefined
}

function textObject(
  kind: string,
  object: Node | undefined,
  parts: readonly string[],
  catalog: Catalog,
): TextObject | undefined {
  const kinds = TEXT_KINDS[kind] ?? []
  const count = object && 'ObjectWithArgs' in object ? argumentsOf(object.ObjectWithArgs.objargs) : undefined
  const found = catalog.objects.filter(
    (one) =>
      kinds.includes(one.kind) &&
      one.name === parts.at(-1) &&
      (parts.length < 2 ||
        one.schema === parts.at(-2) ||
        kind === 'OBJECT_OPCLASS' ||
        kind === 'OBJECT_OPFAMILY'),
  )
  if (found.length < 2 || count === undefined) return found[0]
  return (
    found.find(({ tag }) => tag !== undefined && sameArguments(tag, count)) ??
    found.find(({ tag }) => tag !== undefined && splitArguments(tag).length === count.length) ??
    found[0]
  )
}

function argumentsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map((node) =>
    'TypeName' in node
      ? stringOf(node.TypeName.names!.at(-1)!) + (node.TypeName.arrayBounds ? '[]' : '')
      : '',
  )
}

/** The names the grammar gives to types that are printed otherwise. */
const INTERNAL: Readonly<Record<string, string>> = {
  integer: 'int4',
  bigint: 'int8',
  smallint: 'int2',
  boolean: 'bool',
  real: 'float4',
  'double precision': 'float8',
  'character varying': 'varchar',
  character: 'bpchar',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
}

function sameArguments(tag: string, wanted: readonly string[]): boolean {
  const given = splitArguments(tag).map((type) => {
    const [, base = '', brackets = ''] = /^(?:VARIADIC )?(.*?)((?:\[\])?)$/.exec(type) ?? []
    return (INTERNAL[base] ?? base.replace(/^.*\./, '').replaceAll('"', '')) + brackets
  })
  return given.join(',') === wanted.join(',')
}

/** `f(integer, text)` → integer, text. */
function splitArguments(tag: string): string[] {
  const inside = tag.slice(tag.indexOf('(') + 1, -1).trim()
  return inside === '' || inside === '*' ? [] : inside.split(',').map((one) => one.trim())
}
