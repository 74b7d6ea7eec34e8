// A plain dump read by the comments pg_dump puts before every entry.

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { decompressed, type Method } from './compression.ts'
import { insertCounter, type RowCounter } from './count-rows.ts'

export type PlainContents = {
  readonly compression: Method
  readonly serverVersion: string
  readonly dumpVersion: string
  /** Set when the dump creates its database. */
  readonly database: string
  readonly entries: readonly PlainEntry[]
  /** The closing comment is there. */
  readonly isComplete: boolean
}

export type PlainEntry = {
  readonly tag: string
  readonly type: string
  readonly schema: string | undefined
  readonly owner: string | undefined
  readonly hasData: boolean
  /** Of the entry's whole text. */
  readonly textBytes: number
  readonly rows: number | undefined
}

const ENTRY = /^-- (Data for )?Name: (.*); Type: (.*); Schema: (.*); Owner: (.*?)(?:; Tablespace: .*)?$/

/** undefined when it does not start as pg_dump's plain dumps do. Throws what a damaged compressed file throws. */
export async function readPlain(path: string): Promise<PlainContents | undefined> {
  const compression = await methodOf(path)
  const reader = plainReader()
  const input = createReadStream(path, { highWaterMark: 256 * 1024 })
  for await (const bytes of decompressed(input, compression, 'gzip')) {
    reader.add(Buffer.from(bytes))
    if (reader.isForeign()) break
  }
  return reader.isForeign() || !reader.isStarted() ? undefined : { compression, ...reader.contents() }
}

/** How a plain dump is compressed, by its first bytes. */
export async function methodOf(path: string): Promise<Method> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (buffer.readUInt16BE(0) === 0x1f8b) return 'gzip'
    const magic = buffer.readUInt32LE(0)
    return magic === 0xfd2fb528 ? 'zstd' : magic === 0x184d2204 ? 'lz4' : 'none'
  } finally {
    await file.close()
  }
}

const NEWLINE = 0x0a
const FIRST_LINES = ['--', '-- PostgreSQL database dump']

type OpenEntry = Omit<PlainEntry, 'textBytes' | 'rows'> & {
  textBytes: number
  /** Lines of COPY; undefined until it starts. */
  copied: number | undefined
  readonly inserted: RowCounter
}

/** Lines are cut from chunks as they come; lines of COPY data are only counted. */
function plainReader() {
  const entries: OpenEntry[] = []
  const facts = { serverVersion: '', dumpVersion: '', database: '', isComplete: false }
  let rest = Buffer.alloc(0)
  let lines = 0
  const verdict = { isForeign: false }
  let isCopy = false
  let previous = ''

  const addLine = (line: Buffer) => {
    const entry = entries.at(-1)
    if (entry) entry.textBytes += line.length + 1
    if (isCopy) {
      if (line.length === 2 && line.toString('latin1') === String.raw`\.`) isCopy = false
      else entry!.copied!++
      return
    }
    const text = line.toString()
    if (lines < 2 && text !== FIRST_LINES[lines]) verdict.isForeign = true
    lines++
    if (previous === '--' && text === '-- PostgreSQL database dump complete') facts.isComplete = true
    const found = previous === '--' ? ENTRY.exec(text) : null
    previous = text
    if (found) entries.push(openEntry(found))
    else if (entry?.hasData && /^COPY .* FROM stdin;$/.test(text)) {
      entry.copied = 0
      isCopy = true
    } else if (entry?.hasData && entry.copied === undefined)
      entry.inserted.add(Buffer.concat([line, ONE_LINE]))
    else if (entries.length === 0) {
      facts.serverVersion ||= /^-- Dumped from database version (.*)$/.exec(text)?.[1] ?? ''
      facts.dumpVersion ||= /^-- Dumped by pg_dump version (.*)$/.exec(text)?.[1] ?? ''
    } else if (entry?.type === 'DATABASE') facts.database ||= entry.tag
  }

  return {
    add(bytes: Buffer) {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      let from = 0
      for (let at = all.indexOf(NEWLINE); at >= 0 && !verdict.isForeign; at = all.indexOf(NEWLINE, from)) {
        addLine(all.subarray(from, at))
        from = at + 1
      }
      rest = Buffer.from(all.subarray(from))
    },
    // A first line that never ends is no dump's.
    isForeign: () => verdict.isForeign || (lines === 0 && rest.length > 1000),
    isStarted: () => lines >= FIRST_LINES.length,
    contents: () => ({
      ...facts,
      entries: entries.map(({ copied, inserted, ...entry }) => ({
        ...entry,
        rows: entry.hasData ? (copied ?? inserted.rows()) : undefined,
      })),
    }),
  }
}

const ONE_LINE = Buffer.from('\n')

function openEntry([, data, tag, type, schema, owner]: RegExpExecArray): OpenEntry {
  return {
    tag: tag!,
    type: type!,
    schema: schema === '-' ? undefined : schema,
    owner: owner === '-' || owner === '' ? undefined : owner,
    hasData: data !== undefined,
    textBytes: 0,
    copied: undefined,
    inserted: insertCounter(),
  }
}
