import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as zlib from 'node:zlib'
import type { Kind } from '../schema/pg-type.ts'
import { ArchiveEnd, ArchiveReader, ArchiveWriter } from './archive-bytes.ts'
import type { Archive } from './archive.ts'
import { parseCompression } from './compression.ts'
import { insertCounter } from './count-rows.ts'
import { writeCustom } from './custom.ts'
import { dropStatements } from './drop.ts'
import { entryKey, ownerStatement, type Entry } from './entry.ts'
import { arrayElements, jsonText } from './json-text.ts'
import type { Sink } from './sink.ts'
import { tarChecksum, tarHeader, writeTar } from './tar.ts'
import { decodeToc, encodeToc, NotAnArchive, type Toc, type TocEntry } from './toc.ts'

const entry: TocEntry = {
  dumpId: 7,
  catalog: '1259',
  oid: '16391',
  tag: 'naïve',
  type: 'TABLE DATA',
  section: 'data',
  definition: '',
  drop: undefined,
  copy: 'COPY public."naïve" (a) FROM stdin;\n',
  schema: 'public',
  tablespace: undefined,
  accessMethod: undefined,
  relationKind: undefined,
  owner: 'me',
  dependsOn: [3, 5],
  hasData: true,
  position: 300,
  fileName: undefined,
}

const toc: Toc = {
  minor: 14,
  format: 'custom',
  compression: { method: 'gzip', level: undefined },
  createdAt: new Date('2026-01-02T03:04:05Z'),
  database: 'd',
  serverVersion: '15.20',
  dumpVersion: '15.20',
  entries: [entry],
}

/** The same head of each version, byte by byte, as pg_dump 15, 16 and 18 write it. */
test('heads of 1.14, 1.15 and 1.16 archives differ in version and compression only', () => {
  const int = (value: number) => `00${Buffer.from([value, 0, 0, 0]).toString('hex')}`
  const string = (text: string) => int(text.length) + Buffer.from(text).toString('hex')
  const rest =
    [5, 4, 3, 2, 0, 126, 0].map(int).join('') + ['d', '15.20', '15.20'].map(string).join('') + int(1)
  const heads = [
    [14, '5047444d50010e000408010101000000'], // -1: the level zlib takes by itself
    [15, '5047444d50010f0004080101'],
    [16, '5047444d5001100004080101'],
  ] as const
  for (const [minor, head] of heads)
    assert.equal(
      encodeToc({ ...toc, minor })
        .toString('hex')
        .slice(0, head.length + rest.length),
      head + rest,
    )
  const zstd = encodeToc({ ...toc, minor: 16, compression: { method: 'zstd', level: 3 } })
  assert.equal(zstd[11], 3)
  assert.equal(encodeToc({ ...toc, compression: { method: 'gzip', level: 9 } })[12], 9)
  assert.equal(encodeToc({ ...toc, compression: { method: 'none', level: undefined } })[12], 0)
})

test('1.16 keeps the kind of a relation, older versions have no place for it', () => {
  const kinds = [14, 15, 16].map((minor) => {
    const withKind = { ...entry, relationKind: 'p' }
    return decodeToc(encodeToc({ ...toc, minor, entries: [withKind] })).toc.entries[0]?.relationKind
  })
  assert.deepEqual(kinds, [undefined, undefined, 'p'])
})

test('what is written is read back, with and without a position, in every version', () => {
  const file = { ...entry, position: undefined, fileName: '7.dat' }
  const comment = { ...entry, hasData: false, section: 'none', position: undefined, drop: '' } as const
  for (const minor of [14, 15, 16]) {
    const custom = { ...toc, minor, entries: [entry, comment, { ...entry, position: undefined }] }
    assert.deepEqual(decodeToc(encodeToc(custom)).toc, custom)
    const tar: Toc = { ...toc, minor, format: 'tar', entries: [file, comment] }
    assert.deepEqual(decodeToc(encodeToc(tar)).toc, tar)
  }
})

test('the position of an entry does not change the length of the contents', () => {
  const far = { ...entry, position: 5_000_000_000_000 }
  assert.equal(encodeToc({ ...toc, entries: [far] }).length, encodeToc(toc).length)
  assert.equal(decodeToc(encodeToc({ ...toc, entries: [far] })).toc.entries[0]?.position, 5_000_000_000_000)
})

test('contents cut off anywhere are known as cut off', () => {
  const whole = encodeToc(toc)
  for (let length = 0; length < whole.length; length++)
    assert.throws(() => decodeToc(whole.subarray(0, length)), ArchiveEnd)
  assert.throws(() => decodeToc(Buffer.from('-- PostgreSQL')), NotAnArchive)
  const future = Buffer.from(whole)
  future[6] = 17
  assert.throws(() => decodeToc(future), /version 1\.17-0 is none we know/)
})

test('numbers keep their sign, and NULL is not the empty string', () => {
  const out = new ArchiveWriter()
  for (const value of [0, -1, 255, 65_536, -2_000_000_000, 4_000_000_000]) out.int(value)
  for (const text of ['', undefined, 'é']) out.string(text)
  const from = new ArchiveReader(out.bytes())
  assert.deepEqual(
    Array.from({ length: 6 }, () => from.int()),
    [0, -1, 255, 65_536, -2_000_000_000, 4_000_000_000],
  )
  assert.deepEqual(
    Array.from({ length: 3 }, () => from.string()),
    ['', undefined, 'é'],
  )
})

test('a tar header is the one pg_dump writes', () => {
  const header = tarHeader('toc.dat', 0o41322, 0o15300070656)
  assert.equal(header.toString('latin1', 0, 8), 'toc.dat\0')
  assert.equal(header.toString('latin1', 100, 124), '0000600 0004000 0002000 ')
  assert.equal(header.toString('latin1', 124, 148), '00000041322 15300070656 ')
  assert.equal(header.toString('latin1', 148, 157), '0014443 0')
  assert.equal(header.toString('latin1', 257, 273), 'ustar\x0000postgres')
  assert.equal(tarChecksum(header), 0o14443)
})

test('a tar member of more than 8 GB has its size in base 256', () => {
  const header = tarHeader('1.dat', 8 ** 11, 0)
  assert.equal(header[124], 0x80)
  assert.equal(header.readBigUInt64BE(128), 8n ** 11n)
})

test('a chunk of a custom archive holds one zstd frame, never two', async () => {
  // pg_restore drops every frame but the first of a chunk without a word.
  const text = Buffer.from(
    Array.from({ length: 200_000 }, (_, i) => `${(i * 2_654_435_761) % 4_294_967_296}\t${i}\n`).join(''),
  )
  const archive: Archive = {
    toc: { ...toc, minor: 16, compression: parseCompression('zstd:1') },
    blocks: [{ dumpId: 7, pieces: () => pieces(text, 100_000) }],
  }
  const out = memory()
  await writeCustom(out, archive)
  const { toc: read, length } = decodeToc(out.bytes())
  assert.equal(read.entries[0]?.position, length)
  const from = new ArchiveReader(out.bytes())
  from.at = length
  assert.deepEqual([from.byte(), from.int()], [1, 7])
  const chunks: Buffer[] = []
  for (let size = from.int(); size > 0; size = from.int())
    chunks.push(Buffer.from(from.ascii(size), 'latin1'))
  assert.ok(chunks.length > 1)
  for (const chunk of chunks) assert.equal(chunk.toString('latin1').split('\x28\xb5\x2f\xfd').length - 1, 1)
  assert.deepEqual(Buffer.concat(chunks.map((chunk) => zlib.zstdDecompressSync(chunk))), text)
})

test('into a pipe an archive has no positions, and is else the same', async () => {
  const archive: Archive = {
    toc: { ...toc, entries: [{ ...entry, position: undefined }] },
    blocks: [{ dumpId: 7, pieces: () => pieces(Buffer.from('1\n'), 2) }],
  }
  const [file, pipe] = [memory(), memory()]
  await writeCustom(file, archive)
  await writeCustom({ write: async (bytes) => pipe.write(bytes), position: 0 }, archive)
  const { length } = decodeToc(file.bytes())
  assert.equal(decodeToc(pipe.bytes()).toc.entries[0]?.position, undefined)
  assert.deepEqual(pipe.bytes().subarray(length), file.bytes().subarray(length))
})

test('a tar is the same in a pipe, where sizes are counted before', async () => {
  const archive: Archive = {
    toc: { ...toc, format: 'tar', entries: [{ ...entry, position: undefined, fileName: '7.dat' }] },
    blocks: [{ dumpId: 7, pieces: () => pieces(Buffer.alloc(1300, 'x'), 100) }],
  }
  const [file, pipe] = [memory(), memory()]
  await writeTar(file, archive, 'SELECT 1;\n')
  const { write } = pipe
  await writeTar(
    {
      write,
      get position() {
        return pipe.position
      },
    },
    archive,
    'SELECT 1;\n',
  )
  assert.deepEqual(pipe.bytes(), file.bytes())
})

const tableEntry: Entry = {
  tag: 'users',
  type: 'TABLE',
  section: 'pre-data',
  schema: 'public',
  owner: 'me',
  definition: '',
  drop: 'DROP TABLE public.users;\n',
  dependsOn: [],
}

test('owners are changed by the kind of the object, relations as tables up to 15', () => {
  const view = { ...tableEntry, type: 'MATERIALIZED VIEW', drop: 'DROP MATERIALIZED VIEW public.v;\n' }
  assert.equal(ownerStatement(view, 15), 'ALTER TABLE public.v OWNER TO')
  assert.equal(ownerStatement(view, 17), 'ALTER MATERIALIZED VIEW public.v OWNER TO')
  const routine = { ...tableEntry, type: 'FUNCTION', drop: 'DROP FUNCTION public.f(a integer);\n' }
  assert.equal(ownerStatement(routine, 15), 'ALTER FUNCTION public.f(a integer) OWNER TO')
  const constraint = {
    ...tableEntry,
    type: 'CONSTRAINT',
    drop: 'ALTER TABLE ONLY public.t DROP CONSTRAINT c;\n',
  }
  for (const entry of [constraint, { ...tableEntry, owner: '' }, { ...tableEntry, drop: '' }])
    assert.equal(ownerStatement(entry, 18), undefined)
})

test('IF EXISTS stands behind the kind, and what has nothing to drop is passed over', () => {
  const key = {
    ...tableEntry,
    type: 'FK CONSTRAINT',
    drop: 'ALTER TABLE ONLY public.t DROP CONSTRAINT "DROP TABLE";\n',
  }
  const comment = { ...tableEntry, type: 'COMMENT', drop: undefined }
  assert.equal(
    dropStatements([tableEntry, comment, key], true),
    'ALTER TABLE IF EXISTS ONLY public.t DROP CONSTRAINT IF EXISTS "DROP TABLE";\nDROP TABLE IF EXISTS public.users;\n',
  )
  assert.equal(dropStatements([tableEntry], false), 'DROP TABLE public.users;\n')
})

test('entries of one name and different kinds are told apart', () => {
  assert.notEqual(entryKey(tableEntry), entryKey({ ...tableEntry, type: 'TABLE DATA' }))
  assert.notEqual(entryKey(tableEntry), entryKey({ ...tableEntry, schema: 'sales' }))
})

test('rows of INSERTs are counted, not lines of their texts', () => {
  const count = (text: string, size: number) => {
    const counter = insertCounter()
    for (const { bytes } of cut(Buffer.from(text), size)) counter.add(bytes)
    return counter.rows()
  }
  const single =
    "INSERT INTO t VALUES (1, 'a\nINSERT INTO t VALUES (9);\nit''s\n\t(2)');\nINSERT INTO t VALUES (2, '');\n\n\n"
  const several =
    "INSERT INTO t VALUES\n\t(1, 'x'),\n\t(2, '\n\t(3)');\nINSERT INTO t VALUES\n\t(3, NULL);\n\n\n\n"
  for (const size of [1, 3, 1000]) assert.deepEqual([count(single, size), count(several, size)], [2, 3])
})

test('array literals and values become the JSON that to_json makes of them', () => {
  assert.deepEqual(arrayElements('{}'), [])
  assert.deepEqual(arrayElements(String.raw`{a,"b c","",NULL,"NULL","q\"\\",-1.5}`), [
    'a',
    'b c',
    '',
    null,
    'NULL',
    'q"\\',
    '-1.5',
  ])
  const json = (kind: Kind, value: number | string | boolean | null) =>
    jsonText(value, { kind, text: kind, castText: kind })
  assert.equal(json('int4', 5), '5')
  assert.equal(json('float8', Number.NaN), '"NaN"')
  assert.equal(json('bool', true), 'true')
  assert.equal(json('text', 'a"\n'), String.raw`"a\"\n"`)
  assert.equal(json('text', null), 'null')
})

function* cut(bytes: Uint8Array, size: number): Generator<{ bytes: Uint8Array; rows: number }> {
  for (let at = 0; at < bytes.length; at += size) yield { bytes: bytes.subarray(at, at + size), rows: 0 }
}

async function* pieces(bytes: Uint8Array, size: number) {
  yield* cut(bytes, size)
}

function memory(): Required<Sink> & { bytes(): Buffer } {
  const parts: Buffer[] = []
  let position = 0
  return {
    get position() {
      return position
    },
    async write(bytes) {
      parts.push(Buffer.from(bytes))
      position += bytes.length
    },
    async patch(at, bytes) {
      const whole = Buffer.concat(parts)
      whole.set(bytes, at)
      parts.splice(0, parts.length, whole)
    },
    bytes: () => Buffer.concat(parts),
  }
}
