// Head and table of contents of an archive: the start of a custom file, and toc.dat of a directory or tar.
//
//   PGDMP  major minor rev  intSize offSize format  compression
//   sec min hour mday mon year isdst (local time)   database  server version  pg_dump version   entries
//   each entry: see writeEntry
//
// Up to version 1.14 the compression is a level (int), from 1.15 a method (byte). 1.16 adds relkind to entries.

import { ArchiveReader, ArchiveWriter, INT_BYTES, OFFSET_BYTES } from './archive-bytes.ts'
import type { Compression, Method } from './compression.ts'

export type Toc = {
  /** 14, 15, 16: the major version is always 1. */
  readonly minor: number
  /** `tar` also stands in the toc.dat of a directory. */
  readonly format: 'custom' | 'tar'
  readonly compression: Compression
  /** Its UTC parts are written as pg_dump writes local ones: an archive must not depend on where it was made. */
  readonly createdAt: Date
  readonly database: string
  readonly serverVersion: string
  readonly dumpVersion: string
  readonly entries: readonly TocEntry[]
}

export type TocEntry = {
  readonly dumpId: number
  /** OID of the catalog, and of the object in it, as text. */
  readonly catalog: string
  readonly oid: string
  readonly tag: string
  readonly type: string
  readonly section: 'none' | 'pre-data' | 'data' | 'post-data'
  readonly definition: string
  readonly drop: string | undefined
  readonly copy: string | undefined
  readonly schema: string | undefined
  readonly tablespace: string | undefined
  readonly accessMethod: string | undefined
  readonly relationKind: string | undefined
  readonly owner: string | undefined
  readonly dependsOn: readonly number[]
  readonly hasData: boolean
  /** Custom: where its block starts, when known. */
  readonly position: number | undefined
  /** Directory and tar: without the suffix of the compression. */
  readonly fileName: string | undefined
}

const FORMATS = { custom: 1, tar: 3 } as const
const SECTIONS = ['none', 'pre-data', 'data', 'post-data'] as const
const METHODS: readonly Method[] = ['none', 'gzip', 'lz4', 'zstd']

/** The positions of entries do not change its length, so it can be written again over itself. */
export function encodeToc(toc: Toc): Buffer {
  const out = new ArchiveWriter()
  out.ascii('PGDMP')
  for (const byte of [1, toc.minor, 0, INT_BYTES, OFFSET_BYTES, FORMATS[toc.format]]) out.byte(byte)
  const { method, level } = toc.compression
  if (toc.minor >= 15) out.byte(METHODS.indexOf(method))
  else out.int(method === 'none' ? 0 : (level ?? -1))
  const at = toc.createdAt
  for (const part of [at.getUTCSeconds(), at.getUTCMinutes(), at.getUTCHours()]) out.int(part)
  for (const part of [at.getUTCDate(), at.getUTCMonth(), at.getUTCFullYear() - 1900, 0]) out.int(part)
  for (const text of [toc.database, toc.serverVersion, toc.dumpVersion]) out.string(text)
  out.int(toc.entries.length)
  for (const entry of toc.entries) writeEntry(out, entry, toc)
  return out.bytes()
}

function writeEntry(out: ArchiveWriter, entry: TocEntry, { minor, format }: Toc): void {
  out.int(entry.dumpId)
  out.int(entry.hasData ? 1 : 0)
  for (const text of [entry.catalog, entry.oid, entry.tag, entry.type]) out.string(text)
  out.int(SECTIONS.indexOf(entry.section) + 1)
  for (const text of [entry.definition, entry.drop, entry.copy]) out.string(text)
  for (const text of [entry.schema, entry.tablespace, entry.accessMethod]) out.string(text)
  if (minor >= 16) out.int(entry.relationKind?.charCodeAt(0) ?? 0)
  out.string(entry.owner)
  out.string('false') // WITH OIDS, gone since 12
  for (const id of entry.dependsOn) out.string(String(id))
  out.string(undefined)
  if (format === 'custom') out.offset(entry.hasData ? entry.position : 'no-data')
  else out.string(entry.fileName ?? '')
}

export class NotAnArchive extends Error {}

/** Reads versions 1.12 (PostgreSQL 9.0) to 1.16. Throws NotAnArchive, or ArchiveEnd when `bytes` stop too soon. */
export function decodeToc(bytes: Buffer): { toc: Toc; length: number } {
  const from = new ArchiveReader(bytes)
  if (from.ascii(5) !== 'PGDMP') throw new NotAnArchive('It does not start with PGDMP.')
  const [major, minor, revision] = [from.byte(), from.byte(), from.byte()]
  if (major !== 1 || minor < 12 || minor > 16)
    throw new NotAnArchive(`Archive version ${major}.${minor}-${revision} is none we know (1.12 to 1.16).`)
  from.intBytes = from.byte()
  from.offsetBytes = from.byte()
  const format = from.byte() === FORMATS.custom ? 'custom' : 'tar'
  const compression = minor >= 15 ? methodOf(from.byte()) : levelOf(from.int())
  const [sec, min, hour, day, month, year] = Array.from({ length: 7 }, () => from.int())
  const createdAt = new Date(Date.UTC(year! + 1900, month, day, hour, min, sec))
  const [database, serverVersion, dumpVersion] = Array.from({ length: 3 }, () => from.string() ?? '')
  const count = from.int()
  const entries: TocEntry[] = []
  while (entries.length < count) entries.push(readEntry(from, minor, format))
  const head = { minor, format, compression, createdAt, database: database! } as const
  return {
    toc: { ...head, serverVersion: serverVersion!, dumpVersion: dumpVersion!, entries },
    length: from.at,
  }
}

function methodOf(byte: number): Compression {
  return { method: METHODS[byte] ?? 'none', level: undefined }
}

function levelOf(level: number): Compression {
  if (level === 0) return { method: 'none', level: undefined }
  return { method: 'gzip', level: level < 0 ? undefined : level }
}

function readEntry(from: ArchiveReader, minor: number, format: Toc['format']): TocEntry {
  const dumpId = from.int()
  const hasData = from.int() !== 0
  const [catalog, oid, tag, type] = Array.from({ length: 4 }, () => from.string() ?? '')
  const section = SECTIONS[from.int() - 1] ?? 'none'
  const [definition, drop, copy, schema, tablespace] = Array.from({ length: 5 }, () => from.string())
  const accessMethod = minor >= 14 ? from.string() : undefined
  const kind = minor >= 16 ? from.int() : 0
  const owner = from.string()
  from.string() // WITH OIDS
  const dependsOn: number[] = []
  for (let id = from.string(); id !== undefined; id = from.string()) dependsOn.push(Number(id))
  const offset = format === 'custom' ? from.offset() : undefined
  const fileName = format === 'tar' ? from.string() : undefined
  return {
    dumpId,
    hasData,
    catalog: catalog!,
    oid: oid!,
    tag: tag!,
    type: type!,
    section,
    definition: definition ?? '',
    drop,
    copy,
    schema,
    tablespace,
    accessMethod,
    owner,
    dependsOn,
    relationKind: kind === 0 ? undefined : String.fromCharCode(kind),
    position: typeof offset === 'number' ? offset : undefined,
    fileName: fileName === '' ? undefined : fileName,
  }
}
