// What the three archive formats share: a table of contents made from the entries of the dump, and the data of each.

import type { DatabasePlan } from '../plan/plan-types.ts'
import { NO_COMPRESSION, type Compression } from './compression.ts'
import { databaseEntry } from './database-entry.ts'
import { dumpEntries, type EntryOptions } from './dump-entries.ts'
import { entryKey, OWNERLESS, type Entry } from './entry.ts'
import { rowPieces, type Piece, type RowSource } from '../rows/row-form.ts'
import { tableData, type DataOptions } from './table-data.ts'
import { archiveMinor, type Target } from './targets.ts'
import type { Toc, TocEntry } from './toc.ts'

export type ArchiveOptions = Omit<EntryOptions, 'major'> &
  DataOptions & {
    readonly target: Target
    /** Only for restore.sql of a tar: archives keep owners, and pg_restore has --no-owner. */
    readonly owner: boolean
    readonly compression: Compression
    readonly createdAt: Date
    /** Called for every piece of data that was taken. */
    readonly onRows: (piece: Piece) => void
    /** Who makes the rows; this thread unless told. */
    readonly source?: RowSource
  }

export type Archive = {
  /** Positions of entries are not known yet. */
  readonly toc: Toc
  /** Entries with data, in order. */
  readonly blocks: readonly Block[]
}

export type Block = {
  readonly dumpId: number
  readonly pieces: () => AsyncIterable<Piece>
}

export function archiveOf(
  plan: DatabasePlan,
  format: 'custom' | 'directory' | 'tar',
  options: ArchiveOptions,
): Archive {
  const { target } = options
  const entries = dumpEntries(plan, { ...options, major: target.major })
  const ids = new Map(entries.map((entry, i) => [entryKey(entry), i + 1]))
  const compression = format === 'tar' ? NO_COMPRESSION : options.compression
  const session = sessionEntries(entries.length, databaseEntry(plan.model, target.major))
  const tables = entries.map((entry, i) => tocEntry(entry, i + 1, ids, options))
  return {
    toc: {
      minor: archiveMinor(target.major),
      format: format === 'custom' ? 'custom' : 'tar',
      compression,
      createdAt: options.createdAt,
      database: plan.model.database,
      serverVersion: target.version,
      dumpVersion: target.version,
      entries: [...session, ...tables],
    },
    blocks: entries.flatMap((entry, i) =>
      entry.data
        ? [
            {
              dumpId: i + 1,
              pieces: () =>
                counted(tableData(entry.data!, options, target.major, options.source ?? rowPieces), options),
            },
          ]
        : [],
    ),
  }
}

async function* counted(pieces: AsyncIterable<Piece>, { onRows }: ArchiveOptions): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    yield piece
    onRows(piece)
  }
}

/** OID of the catalog by kind of entry; the others have none. */
const CATALOGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    826: ['DEFAULT ACL'],
    1247: ['TYPE', 'DOMAIN'],
    1255: ['FUNCTION', 'PROCEDURE', 'AGGREGATE'],
    1259: ['TABLE', 'SEQUENCE', 'INDEX', 'VIEW', 'MATERIALIZED VIEW', 'FOREIGN TABLE'],
    1262: ['DATABASE'],
    2604: ['DEFAULT'],
    2605: ['CAST'],
    2606: ['CONSTRAINT', 'CHECK CONSTRAINT', 'FK CONSTRAINT'],
    1417: ['SERVER'],
    2328: ['FOREIGN DATA WRAPPER'],
    2601: ['ACCESS METHOD'],
    2607: ['CONVERSION'],
    2612: ['PROCEDURAL LANGUAGE'],
    2615: ['SCHEMA'],
    2616: ['OPERATOR CLASS'],
    2753: ['OPERATOR FAMILY'],
    3466: ['EVENT TRIGGER'],
    3576: ['TRANSFORM'],
    3600: ['TEXT SEARCH DICTIONARY'],
    3601: ['TEXT SEARCH PARSER'],
    3602: ['TEXT SEARCH CONFIGURATION'],
    3764: ['TEXT SEARCH TEMPLATE'],
    6100: ['SUBSCRIPTION'],
    6104: ['PUBLICATION'],
    6106: ['PUBLICATION TABLE'],
    6237: ['PUBLICATION TABLES IN SCHEMA'],
    2617: ['OPERATOR'],
    2618: ['RULE'],
    2620: ['TRIGGER'],
    3079: ['EXTENSION'],
    3256: ['POLICY'],
    3381: ['STATISTICS'],
    3456: ['COLLATION'],
  }).flatMap(([oid, types]) => types.map((type) => [type, oid] as const)),
)

/** The first that a user's object can have: ours are made up, and nothing reads them. */
const FIRST_OID = 16_384

function tocEntry(
  entry: Entry,
  dumpId: number,
  ids: ReadonlyMap<string, number>,
  { inserts }: ArchiveOptions,
): TocEntry {
  const catalog = CATALOGS.get(entry.type) ?? '0'
  // Rows, and whether policies count, are of a table and have no catalog of their own.
  const filled = /^ROW SECURITY$| DATA$/.test(entry.type) ? ids.get(entry.dependsOn[0] ?? '') : undefined
  const object = filled ?? (catalog === '0' ? undefined : dumpId)
  return {
    dumpId,
    catalog,
    oid: object === undefined ? '0' : String(FIRST_OID + object),
    tag: entry.tag,
    type: entry.type,
    section: NO_SECTION.test(entry.type) ? 'none' : entry.section,
    definition: entry.definition,
    drop: entry.drop,
    copy: inserts ? undefined : entry.copy,
    schema: entry.schema,
    tablespace: entry.inTablespace ? '' : undefined,
    accessMethod: entry.accessMethod,
    relationKind: entry.relationKind,
    owner: OWNERLESS.test(entry.type) ? undefined : entry.owner,
    dependsOn: entry.dependsOn.flatMap((key) => ids.get(key) ?? []),
    hasData: entry.data !== undefined,
    position: undefined,
    fileName: entry.data ? `${dumpId}.dat` : undefined,
  }
}

/** They are restored when what they belong to is. */
const NO_SECTION = /^(?:COMMENT|ACL|SECURITY LABEL)$/

const NOTHING: Omit<TocEntry, 'dumpId' | 'tag' | 'type' | 'definition'> = {
  catalog: '0',
  oid: '0',
  section: 'pre-data',
  drop: undefined,
  copy: undefined,
  schema: undefined,
  tablespace: undefined,
  accessMethod: undefined,
  relationKind: undefined,
  owner: undefined,
  dependsOn: [],
  hasData: false,
  position: undefined,
  fileName: undefined,
}

/** What every archive starts with; pg_dump numbers them last, too. */
function sessionEntries(count: number, database: Entry): TocEntry[] {
  const setting = (type: string, definition: string) => ({ ...NOTHING, tag: type, type, definition })
  return [
    setting('ENCODING', "SET client_encoding = 'UTF8';\n"),
    setting('STDSTRINGS', "SET standard_conforming_strings = 'on';\n"),
    setting('SEARCHPATH', "SELECT pg_catalog.set_config('search_path', '', false);\n"),
    {
      ...setting('DATABASE', database.definition),
      catalog: CATALOGS.get('DATABASE')!,
      oid: String(FIRST_OID),
      tag: database.tag,
      drop: database.drop,
      owner: database.owner,
    },
  ].map((entry, i) => ({ ...entry, dumpId: count + 1 + i }))
}
