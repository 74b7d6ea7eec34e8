// One entry of a dump: what every format writes, each in its own clothes. dump-entries.ts makes the list.

import type { TablePlan } from '../plan/plan-types.ts'

export type Section = 'pre-data' | 'data' | 'post-data'

export type Entry = {
  /** `users`, `users users_pkey`: stands behind "Name:". */
  readonly tag: string
  /** `TABLE`, `FK CONSTRAINT`: stands behind "Type:". */
  readonly type: string
  /** Comments and privileges have the section of what they belong to. */
  readonly section: Section
  /** undefined for what lives in no schema, such as a schema. */
  readonly schema: string | undefined
  /** Empty for what has none, such as an extension. */
  readonly owner: string
  /** The statement with its semicolon and newline; empty for table data. */
  readonly definition: string
  /**
   * What --clean runs, with semicolon and newline. Empty when it goes with something else (an identity's sequence),
   * undefined when there is nothing to drop (a comment). Entries of kinds that have owners get their ALTER … OWNER TO
   * made from it, as pg_dump does.
   */
  readonly drop: string | undefined
  /** `COPY … FROM stdin;` with its newline: only of table data. */
  readonly copy?: string
  /** Keys (entryKey) of entries that must be restored before; others may be named that are not in the list. */
  readonly dependsOn: readonly string[]
  /** Rows that follow. */
  readonly data?: TablePlan
  /** Needs the SET for the table space before it: tables, materialized views, indexes, keys. */
  readonly inTablespace?: true
  /** Needs the SET for the access method before it: tables and materialized views that store rows. */
  readonly accessMethod?: 'heap'
  /** pg_class.relkind, which 17 and later keep for tables and views: r, p, v, m. */
  readonly relationKind?: 'r' | 'p' | 'v' | 'm' | 'f'
}

/** What tells an entry from all others of its dump. */
export function entryKey({ type, schema, tag }: Pick<Entry, 'type' | 'schema' | 'tag'>): string {
  return `${type} ${schema ?? '-'} ${tag}`
}

/** Kinds without an owner; their comments have one, an empty one. */
export const OWNERLESS = /^(?:EXTENSION|CAST|TRANSFORM|ACCESS METHOD)$/

/** Kinds with an owner of their own (_printTocEntry in pg_backup_archiver.c). */
const OWNED = new Set(
  `AGGREGATE,COLLATION,CONVERSION,DATABASE,DOMAIN,EVENT TRIGGER,FOREIGN DATA WRAPPER,FOREIGN TABLE,FUNCTION,
MATERIALIZED VIEW,OPERATOR,OPERATOR CLASS,OPERATOR FAMILY,PROCEDURAL LANGUAGE,PROCEDURE,PUBLICATION,SCHEMA,SEQUENCE,
SERVER,STATISTICS,SUBSCRIPTION,TABLE,TEXT SEARCH CONFIGURATION,TEXT SEARCH DICTIONARY,TYPE,VIEW`.split(
    /,\s*/,
  ),
)

/** `ALTER TABLE public.users OWNER TO`, without the role; undefined when the entry has no owner statement. */
export function ownerStatement({ type, drop, owner }: Entry, major: number): string | undefined {
  if (!drop || owner === '' || !OWNED.has(type)) return undefined
  const object = drop.slice('DROP '.length, drop.lastIndexOf(';'))
  // Up to 15 every relation is altered as a table.
  const altered = major < 16 ? object.replace(/^(?:SEQUENCE|MATERIALIZED VIEW|VIEW) /, 'TABLE ') : object
  return `ALTER ${altered} OWNER TO`
}
