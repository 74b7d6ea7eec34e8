// Our own reader of the three archive formats: the table of contents, then the data of each table in turn.

import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { ArchiveEnd, ArchiveReader, INT_BYTES } from './archive-bytes.ts'
import { decompressed, SUFFIXES, type Method } from './compression.ts'
import { copyCounter, insertCounter, measure, type DataSize } from './count-rows.ts'
import { FileCursor } from './file-cursor.ts'
import { tarChecksum } from './tar.ts'
import { decodeToc, NotAnArchive, type Toc } from './toc.ts'

export type ArchiveFormat = 'custom' | 'directory' | 'tar'

export type OpenedArchive = {
  readonly format: ArchiveFormat
  readonly toc: Toc
  /** Measures the data of every table in the order of the file. Stops at the first that cannot be read. */
  readonly measure: (found: (dumpId: number, size: DataSize) => void) => Promise<Damage | undefined>
  /** The text of one entry with data; each piece is good until the next. */
  readonly textOf: (dumpId: number) => AsyncGenerator<Uint8Array>
  /** Only a tar has it. */
  readonly restoreScript: () => Promise<string>
}

export type Damage = { readonly dumpId: number | undefined; readonly reason: string }

/** undefined when the file is no archive (it may be a plain dump). Throws NotAnArchive for one that cannot be read. */
export async function openArchive(path: string): Promise<OpenedArchive | undefined> {
  if ((await stat(path)).isDirectory()) return await openDirectory(path)
  return await withFile(path, async (file) => {
    const head = Buffer.alloc(BLOCK)
    const { bytesRead } = await file.read(head, 0, BLOCK, 0)
    if (head.toString('latin1', 0, 5) === 'PGDMP') return await openCustom(path, file)
    const isTar = bytesRead === BLOCK && head.toString('latin1', 257, 262) === 'ustar'
    return isTar ? await openTar(path, file) : undefined
  })
}

const BLOCK = 512

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

async function openDirectory(path: string): Promise<OpenedArchive> {
  const names = new Set(await readdir(path))
  if (!names.has('toc.dat')) throw new NotAnArchive('The folder has no toc.dat.')
  const { toc } = await withFile(join(path, 'toc.dat'), (file) => tocAt(file, 0))
  return {
    format: 'directory',
    toc,
    measure: (found) =>
      untilDamage(async (at) => {
        for (const { dumpId, fileName, hasData, copy } of toc.entries) {
          if (!hasData || fileName === undefined) continue
          at(dumpId)
          const method = METHODS.find((one) => names.has(`${fileName}${SUFFIXES[one]}`))
          if (!method) throw new NotAnArchive(`${fileName} is missing`)
          const chunks = createReadStream(join(path, `${fileName}${SUFFIXES[method]}`))
          found(dumpId, await measure(chunks, method, 'gzip', counterFor(copy)))
        }
      }),
    async *textOf(dumpId) {
      const name = toc.entries.find((entry) => entry.dumpId === dumpId)?.fileName ?? ''
      const method = METHODS.find((one) => names.has(`${name}${SUFFIXES[one]}`))
      if (!method) throw new NotAnArchive(`${name} is missing.`)
      yield* decompressed(createReadStream(join(path, `${name}${SUFFIXES[method]}`)), method, 'gzip')
    },
    restoreScript: noScript,
  }
}

async function noScript(): Promise<string> {
  return ''
}

const METHODS: readonly Method[] = ['none', 'gzip', 'lz4', 'zstd']

function counterFor(copy: string | undefined) {
  return copy ? copyCounter() : insertCounter()
}

/** Nobody knows how long a table of contents is before it is read: twice as much is taken until it fits. */
async function tocAt(file: FileHandle, position: number): Promise<{ toc: Toc; length: number }> {
  const { size } = await file.stat()
  for (let length = 1024 * 1024; ; length *= 2) {
    const bytes = Buffer.alloc(Math.min(length, size - position))
    await file.read(bytes, 0, bytes.length, position)
    try {
      return decodeToc(bytes)
    } catch (error) {
      if (!(error instanceof ArchiveEnd)) throw error
      if (length >= size - position) throw new NotAnArchive('Its table of contents is cut off.')
    }
  }
}

async function untilDamage(
  read: (at: (dumpId: number | undefined) => void) => Promise<void>,
): Promise<Damage | undefined> {
  let current: number | undefined
  try {
    await read((dumpId) => (current = dumpId))
    return undefined
  } catch (error) {
    const reason =
      error instanceof ArchiveEnd
        ? 'the file ends too soon'
        : error instanceof Error
          ? error.message
          : String(error)
    return { dumpId: current, reason }
  }
}

async function openCustom(path: string, file: FileHandle): Promise<OpenedArchive> {
  const { toc, length } = await tocAt(file, 0)
  const head = Buffer.alloc(9)
  await file.read(head, 0, 9, 0)
  const intBytes = head[8] ?? INT_BYTES
  const copies = new Map(toc.entries.map(({ dumpId, copy }) => [dumpId, copy]))
  const read = async (at: (dumpId: number) => void, found: (id: number, size: DataSize) => void) =>
    withFile(path, async (again) => {
      const from = new FileCursor(again, length)
      // pg_dump 17 writes its contents a second time behind the data when stdout was redirected: neither 1 nor 3.
      while (!(await from.isAtEnd())) {
        const kind = (await from.read(1))[0]
        if (kind !== TABLE_DATA && kind !== LARGE_OBJECTS) return
        const dumpId = await int(from, intBytes)
        at(dumpId)
        if (kind === LARGE_OBJECTS) await skipLargeObjects(from, intBytes)
        else
          found(
            dumpId,
            await measure(
              chunks(from, intBytes),
              toc.compression.method,
              'zlib',
              counterFor(copies.get(dumpId)),
            ),
          )
      }
    })
  return {
    format: 'custom',
    toc,
    measure: (found) => untilDamage((at) => read(at, found)),
    async *textOf(dumpId) {
      const again = await open(path)
      try {
        const from = await blockOf(dumpId, again, toc, length, intBytes)
        yield* decompressed(chunks(from, intBytes), toc.compression.method, 'zlib')
      } finally {
        await again.close()
      }
    },
    restoreScript: noScript,
  }
}

/** A cursor behind the head of the entry's block. Where positions are unknown, the blocks before it are walked over. */
async function blockOf(
  wanted: number,
  file: FileHandle,
  { entries }: Toc,
  start: number,
  intBytes: number,
): Promise<FileCursor> {
  const position = entries.find(({ dumpId }) => dumpId === wanted)?.position
  const from = new FileCursor(file, position ?? start)
  while (!(await from.isAtEnd())) {
    const kind = (await from.read(1))[0]
    const dumpId = await int(from, intBytes)
    if (dumpId === wanted) return from
    if (kind === LARGE_OBJECTS) await skipLargeObjects(from, intBytes)
    else for await (const _ of chunks(from, intBytes));
  }
  throw new NotAnArchive(`The data of entry ${wanted} is missing.`)
}

const TABLE_DATA = 1
const LARGE_OBJECTS = 3

async function int(from: FileCursor, intBytes: number): Promise<number> {
  const reader = new ArchiveReader(await from.read(1 + intBytes))
  reader.intBytes = intBytes
  return reader.int()
}

async function* chunks(from: FileCursor, intBytes: number): AsyncGenerator<Uint8Array> {
  for (let length = await int(from, intBytes); length > 0; length = await int(from, intBytes))
    yield* from.take(length)
}

async function skipLargeObjects(from: FileCursor, intBytes: number): Promise<void> {
  while ((await int(from, intBytes)) !== 0) for await (const _ of chunks(from, intBytes));
}

async function openTar(path: string, file: FileHandle): Promise<OpenedArchive> {
  const first = await tarMember(new FileCursor(file, 0))
  if (first?.name !== 'toc.dat')
    throw new NotAnArchive('It is a tar, but not of pg_dump: toc.dat does not come first.')
  const { toc } = await tocAt(file, BLOCK)
  const byFile = new Map(toc.entries.flatMap((entry) => (entry.fileName ? [[entry.fileName, entry]] : [])))
  const read = async (
    at: (dumpId: number | undefined) => void,
    found: (id: number, size: DataSize) => void,
  ) =>
    withFile(path, async (again) => {
      const from = new FileCursor(again, 0)
      for (let member = await tarMember(from); member; member = await tarMember(from)) {
        const { name, size } = member
        const entry = byFile.get(name)
        at(entry?.dumpId)
        const data = from.take(size)
        if (entry) found(entry.dumpId, await measure(data, 'none', 'gzip', counterFor(entry.copy)))
        else for await (const _ of data);
        await from.read((BLOCK - (size % BLOCK)) % BLOCK)
      }
    })
  async function* member(wanted: string): AsyncGenerator<Uint8Array> {
    const again = await open(path)
    try {
      for (let at = 0; ;) {
        const from = new FileCursor(again, at)
        const found = await tarMember(from)
        if (!found) throw new NotAnArchive(`${wanted} is missing.`)
        if (found.name === wanted) return yield* from.take(found.size)
        at += BLOCK + Math.ceil(found.size / BLOCK) * BLOCK
      }
    } finally {
      await again.close()
    }
  }
  return {
    format: 'tar',
    toc,
    measure: (found) => untilDamage((at) => read(at, found)),
    textOf: (dumpId) => member(toc.entries.find((entry) => entry.dumpId === dumpId)?.fileName ?? ''),
    async restoreScript() {
      const parts: Buffer[] = []
      for await (const bytes of member('restore.sql')) parts.push(Buffer.from(bytes))
      return Buffer.concat(parts).toString()
    },
  }
}

/** undefined at the zeros that end a tar. */
async function tarMember(from: FileCursor): Promise<{ name: string; size: number } | undefined> {
  const header = await from.read(BLOCK)
  if (header[0] === 0) return undefined
  if (octal(header, 148, 8) !== tarChecksum(header))
    throw new NotAnArchive('the checksum of a tar header is wrong')
  const end = header.indexOf(0)
  const size = header[124]! >= 0x80 ? Number(header.readBigUInt64BE(128)) : octal(header, 124, 12)
  return { name: header.toString('utf8', 0, Math.min(end, 100)), size }
}

function octal(header: Buffer, at: number, width: number): number {
  return Number.parseInt(header.toString('latin1', at, at + width).replaceAll('\0', ' '), 8)
}
