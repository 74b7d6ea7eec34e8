import type { Node, TypeName } from 'libpg-query'
import { quoteName } from '../formats/names.ts'

/** How format_type prints a type, with its modifier and without: `numeric(10,2)` and `numeric`. */
export type NamedType = {
  readonly text: string
  /** The suffix of a typed literal; `bpchar` for character(n). */
  readonly bare: string
  readonly serial: boolean
  /** Set for types that are not PostgreSQL's own, as they stand in the SQL. */
  readonly own: { readonly schema: string | undefined; readonly name: string } | undefined
}

/** Types of pg_catalog whose printed name differs from the internal one. */
const PRINTED: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  bpchar: 'character',
  time: 'time without time zone',
  timetz: 'time with time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  varbit: 'bit varying',
  char: '"char"',
}

const SERIAL: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
}

/** Types of pg_catalog that are printed by the name they are known under. */
const PLAIN: ReadonlySet<string> = new Set(
  `numeric text date interval uuid json jsonb jsonpath xml bytea inet cidr macaddr macaddr8 bit money name oid regclass
regproc regtype tsvector tsquery point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange
daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange pg_lsn record trigger
void anyelement anyarray event_trigger txid_snapshot xid cid tid internal cstring xid8 pg_snapshot regconfig
regdictionary regoper regoperator regprocedure regnamespace regrole regcollation int2vector oidvector aclitem`.split(
    /\s+/,
  ),
)

/** `major` decides which words are quoted. Undefined modifiers print none. */
export function namedType(type: TypeName, major: number, schemaOf: SchemaOf): NamedType {
  const parts = (type.names ?? []).map(stringOf)
  const name = parts.at(-1) ?? ''
  const schema = parts.length > 1 ? parts.at(-2) : undefined
  const brackets = '[]'.repeat(Math.min(1, type.arrayBounds?.length ?? 0))
  const isOurs = schema === undefined || schema === 'pg_catalog'
  const serial = schema === undefined ? SERIAL[name] : undefined
  if (serial) return { text: serial, bare: serial, serial: true, own: undefined }
  const printed = isOurs ? (PRINTED[name] ?? (PLAIN.has(name) ? name : undefined)) : undefined
  // The type "char" has one byte and no modifier; the keyword char comes as bpchar.
  if (printed === undefined || (name === 'char' && schema !== 'pg_catalog' && printed !== '"char"')) {
    const where = schema ?? schemaOf(name)
    const full = `${where === undefined ? '' : `${quoteName(where, major)}.`}${quoteName(name, major)}`
    const modified = withModifiers(full, numbers(type))
    return { text: modified + brackets, bare: full + brackets, serial: false, own: { schema: where, name } }
  }
  const bare = name === 'bpchar' ? 'bpchar' : printed
  const modifiers = numbers(type)
  const text = name === 'interval' ? intervalText(type) : modifiedText(name, printed, modifiers)
  return { text: text + brackets, bare: bare + brackets, serial: false, own: undefined }
}

/** The schema a bare type name is found in, in the search path of the file. */
export type SchemaOf = (name: string) => string | undefined

function modifiedText(name: string, printed: string, modifiers: readonly number[]): string {
  if (name === 'bpchar' && modifiers.length === 0) return 'bpchar'
  if (name === 'numeric' && modifiers.length === 1) return `numeric(${modifiers[0]},0)`
  return withModifiers(printed, modifiers)
}

/** The modifier stands behind the first word of the times: `timestamp(3) with time zone`. */
function withModifiers(printed: string, modifiers: readonly number[]): string {
  if (modifiers.length === 0) return printed
  const [, head, tail = ''] = /^(time|timestamp)( with.*)$/.exec(printed) ?? [printed, printed]
  return `${head}(${modifiers.join(',')})${tail}`
}

/** Bits of INTERVAL_MASK, and the fields they stand for in order. */
const FIELDS = [
  [4, 'year'],
  [2, 'month'],
  [8, 'day'],
  [1024, 'hour'],
  [2048, 'minute'],
  [4096, 'second'],
] as const
const FULL_RANGE = 0x7f_ff

/** `interval day to second(3)`: the first modifier is a mask of fields, the second a precision. */
function intervalText(type: TypeName): string {
  const [mask = FULL_RANGE, precision] = numbers(type)
  const named = mask === FULL_RANGE ? [] : FIELDS.filter(([bit]) => (mask & bit) !== 0)
  const [first, last] = [named[0]?.[1], named.at(-1)?.[1]]
  const fields = first === undefined ? '' : ` ${first}${first === last ? '' : ` to ${last}`}`
  return `interval${fields}${precision === undefined ? '' : `(${precision})`}`
}

function numbers(type: TypeName): number[] {
  return (type.typmods ?? []).flatMap((node) =>
    'A_Const' in node && node.A_Const.ival ? [node.A_Const.ival.ival ?? 0] : [],
  )
}

export function stringOf(node: Node): string {
  return 'String' in node ? (node.String.sval ?? '') : ''
}
