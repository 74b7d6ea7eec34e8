// PostgreSQL's types as the schema spells them → the spelling pg_dump prints, and what a value of them is to us.

import { qualifiedName } from '../formats/names.ts'

export type Kind =
  | 'int2'
  | 'int4'
  | 'int8'
  | 'numeric'
  | 'float4'
  | 'float8'
  | 'text'
  | 'varchar'
  | 'char'
  | 'bool'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'jsonb'
  | 'bytea'
  | 'inet'
  | 'cidr'
  | 'macaddr'
  | 'enum'
  | 'array'
  /** A type we can name but not fill: its columns hold NULL. */
  | 'other'

export type PgType = {
  readonly kind: Kind
  /** As pg_dump prints it: `character varying(255)`. */
  readonly text: string
  /** The suffix of a typed literal, without length: `character varying`. */
  readonly castText: string
  /** Characters, for varchar(n) and char(n). */
  readonly length?: number
  /** Digits in all, and after the point; for numeric(p,s). Fraction digits of times are in `scale` too. */
  readonly precision?: number
  readonly scale?: number
  readonly element?: PgType
  readonly labels?: readonly string[]
  /** The base type's castText, for a domain. */
  readonly domainOf?: string
  /** serial types: an integer with a sequence of its own. */
  readonly serial?: true
  /** Stands for a type that could not be read, so that its column does not vanish and cause more findings. */
  readonly unknown?: true
}

export const UNKNOWN_TYPE: PgType = { kind: 'text', text: 'text', castText: 'text', unknown: true }

const SIMPLE: Readonly<Record<string, readonly [Kind, string]>> = {
  smallint: ['int2', 'smallint'],
  int2: ['int2', 'smallint'],
  integer: ['int4', 'integer'],
  int: ['int4', 'integer'],
  int4: ['int4', 'integer'],
  bigint: ['int8', 'bigint'],
  int8: ['int8', 'bigint'],
  smallserial: ['int2', 'smallint'],
  serial2: ['int2', 'smallint'],
  serial: ['int4', 'integer'],
  serial4: ['int4', 'integer'],
  bigserial: ['int8', 'bigint'],
  serial8: ['int8', 'bigint'],
  real: ['float4', 'real'],
  float4: ['float4', 'real'],
  'double precision': ['float8', 'double precision'],
  float8: ['float8', 'double precision'],
  float: ['float8', 'double precision'],
  numeric: ['numeric', 'numeric'],
  decimal: ['numeric', 'numeric'],
  text: ['text', 'text'],
  varchar: ['varchar', 'character varying'],
  'character varying': ['varchar', 'character varying'],
  char: ['char', 'character'],
  character: ['char', 'character'],
  bpchar: ['char', 'character'],
  boolean: ['bool', 'boolean'],
  bool: ['bool', 'boolean'],
  date: ['date', 'date'],
  time: ['time', 'time without time zone'],
  'time without time zone': ['time', 'time without time zone'],
  timestamp: ['timestamp', 'timestamp without time zone'],
  'timestamp without time zone': ['timestamp', 'timestamp without time zone'],
  timestamptz: ['timestamptz', 'timestamp with time zone'],
  'timestamp with time zone': ['timestamptz', 'timestamp with time zone'],
  interval: ['interval', 'interval'],
  uuid: ['uuid', 'uuid'],
  json: ['json', 'json'],
  jsonb: ['jsonb', 'jsonb'],
  bytea: ['bytea', 'bytea'],
  inet: ['inet', 'inet'],
  cidr: ['cidr', 'cidr'],
  macaddr: ['macaddr', 'macaddr'],
}

/** Printed by the name they have; those in brackets take a length. */
const OTHER: ReadonlySet<string> = new Set(
  `money,xml,jsonpath,tsvector,tsquery,point,line,lseg,box,path,polygon,circle,int4range,int8range,numrange,tsrange,
tstzrange,daterange,int4multirange,int8multirange,nummultirange,tsmultirange,tstzmultirange,datemultirange,name,oid,
regclass,regproc,regtype,regconfig,regdictionary,regoper,regoperator,regprocedure,regnamespace,regrole,regcollation,
xid,xid8,cid,tid,pg_snapshot,txid_snapshot,int2vector,oidvector,aclitem,refcursor,macaddr8,pg_lsn,bit,bit varying,time with time zone,"char"`.split(
    /,\s*/,
  ),
)

export const typeNames: readonly string[] = [...Object.keys(SIMPLE), ...OTHER]

/** The file's own types. */
export type OwnTypes = {
  readonly enums: ReadonlyMap<string, readonly string[]>
  readonly domains: ReadonlyMap<string, PgType>
  /** Types of `objects`: composite, range and what extensions bring. */
  readonly named: ReadonlySet<string>
  readonly schemas: ReadonlySet<string>
}

export const NO_TYPES: OwnTypes = {
  enums: new Map(),
  domains: new Map(),
  named: new Set(),
  schemas: new Set(),
}

/** `undefined` when the name is unknown or its modifiers do not fit. */
export function parsePgType(text: string, own: OwnTypes): PgType | undefined {
  const spelled = text.trim().replaceAll(/\s+/g, ' ')
  const array = /^(.*?)\s*((?:\[\d*\])+)$/.exec(spelled)
  if (array) return arrayOf(parsePgType(array[1]!, own))
  const labels = own.enums.get(spelled)
  const ownName = qualifiedName(spelled, own.schemas, 18)
  if (labels) return { kind: 'enum', text: ownName, castText: ownName, labels }
  const domain = own.domains.get(spelled)
  if (domain) return { ...domain, text: ownName, castText: ownName, domainOf: domain.castText }
  if (own.named.has(spelled) && /(^|\.)citext$/.test(spelled))
    return { kind: 'text', text: ownName, castText: ownName }
  if (own.named.has(spelled)) return { kind: 'other', text: ownName, castText: ownName }
  const fields = INTERVAL.exec(spelled)
  if (fields) return { ...intervalOf(fields), text: spelled.toLowerCase() }
  const bare = spelled.replace(/\(\d+\)/, '')
  if (OTHER.has(bare)) return { kind: 'other', text: spelled === 'bit' ? 'bit(1)' : spelled, castText: bare }

  // The modifier may stand in the middle: `timestamp(3) with time zone`.
  const [, before, modifiers, after] =
    /^([a-z0-9 ]+?)\s*(?:\(([-\d\s,]+)\)\s*([a-z ]*))?$/i.exec(spelled) ?? []
  const name = `${before ?? ''} ${after ?? ''}`.trim().toLowerCase()
  const known = SIMPLE[name]
  if (before === undefined || !known) return undefined
  const numbers = modifiers?.split(',').map(Number) ?? []
  const type = withModifiers(known[0], known[1], numbers)
  return type && /serial/.test(name) ? { ...type, serial: true } : type
}

/** `interval day to second(3)`: the fields are kept. */
const INTERVAL =
  /^interval (?:year|month|day|hour|minute|second)(?: to (?:month|hour|minute|second))?(?:\((\d)\))?$/i

function intervalOf(fields: RegExpExecArray): PgType {
  // Others cut off what they have no place for, so that our values would come back changed.
  const holdsAll = /^interval day to second/i.test(fields[0])
  const kind = holdsAll ? 'interval' : 'other'
  return { kind, text: 'interval', castText: 'interval', scale: Number(fields[1] ?? 6) }
}

function arrayOf(element: PgType | undefined): PgType | undefined {
  if (!element || element.serial || element.kind === 'array') return undefined
  return { kind: 'array', text: `${element.text}[]`, castText: `${element.castText}[]`, element }
}

function withModifiers(kind: Kind, text: string, numbers: readonly number[]): PgType | undefined {
  const [first, second = 0] = numbers
  const plain: PgType = { kind, text, castText: kind === 'char' ? 'bpchar' : text }
  switch (kind) {
    case 'varchar':
      if (numbers.length > 1 || first === 0) return undefined
      return first === undefined ? plain : { ...plain, text: `${text}(${first})`, length: first }
    case 'char':
      if (numbers.length > 1 || first === 0) return undefined
      return { ...plain, text: `${text}(${first ?? 1})`, length: first ?? 1 }
    case 'numeric':
      if (first === undefined) return { ...plain, scale: 2 }
      if (numbers.length > 2 || first < 1 || first > 1000 || second > first) return undefined
      return { ...plain, text: `numeric(${first},${second})`, precision: first, scale: second }
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval': {
      if (first === undefined) return { ...plain, scale: 6 }
      if (numbers.length > 1 || first > 6) return undefined
      const [head, ...tail] = text.split(' ')
      return { ...plain, text: [`${head}(${first})`, ...tail].join(' '), scale: first }
    }
    default:
      return numbers.length === 0 ? plain : undefined
  }
}

const TEXT_KINDS: ReadonlySet<Kind> = new Set(['text', 'varchar', 'char'])
const NUMBER_KINDS: ReadonlySet<Kind> = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'])

export function isText({ kind }: PgType): boolean {
  return TEXT_KINDS.has(kind)
}

export function isNumber({ kind }: PgType): boolean {
  return NUMBER_KINDS.has(kind)
}

export function isInteger({ kind }: PgType): boolean {
  return kind === 'int2' || kind === 'int4' || kind === 'int8'
}

export function isInstant({ kind }: PgType): boolean {
  return kind === 'timestamp' || kind === 'timestamptz'
}

/** The largest whole number a column of this type takes from us: 2^53-1 for bigint, since cells are plain numbers. */
export function largestInteger({ kind, precision, scale }: PgType): number {
  switch (kind) {
    case 'int2':
      return 32_767
    case 'int4':
      return 2_147_483_647
    case 'numeric':
      return precision === undefined ? 1e12 : Math.min(10 ** (precision - (scale ?? 0)) - 1, 1e12)
    default:
      return Number.MAX_SAFE_INTEGER
  }
}
