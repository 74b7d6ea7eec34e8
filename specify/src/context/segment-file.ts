// A segment on disk, read in one go: numbers are 32 bits, lowest byte first.
//
//   head      length of `about`, files, passages, terms, length of the terms
//   about     JSON: stamp, time, path and state of each file; filled with spaces to a multiple of four bytes
//   numbers   firstPassage (files + 1), lines (passages), words (passages), offsets (terms + 1)
//   terms     the stems, one per line
//   postings  to the end

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { dirname, join } from 'node:path'
import type { IndexedFile, Segment } from './segment.ts'

const HEAD = 5

export type StoredSegment = {
  readonly segment: Segment
  /** When reading the files began, in milliseconds since 1970. */
  readonly writtenMs: number
}

type About = {
  readonly stamp: string
  readonly writtenMs: number
  readonly files: readonly [string, number, number, number, string][]
}

/** The segment in the file; undefined when the file is absent, broken or of another stamp. */
export function readSegment(path: string, stamp: string): StoredSegment | undefined {
  try {
    return endianness() === 'LE' ? decode(readFileSync(path), stamp) : undefined
  } catch {
    return undefined // absent or cut off: the next save makes it whole
  }
}

function decode(bytes: Buffer, stamp: string): StoredSegment | undefined {
  let at = 0
  const [aboutBytes, files, passages, terms, termBytes] = take(HEAD) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ]
  const about = JSON.parse(text(aboutBytes)) as About // we wrote it; the stamp says so
  if (about.stamp !== stamp) return undefined
  const segment = {
    files: about.files.map(([path, size, mtimeMs, ctimeMs, key]): IndexedFile => ({
      path,
      state: { size, mtimeMs, ctimeMs, key },
    })),
    firstPassage: take(files + 1),
    lines: take(passages),
    words: take(passages),
    offsets: take(terms + 1),
    terms: text(termBytes).split('\n'),
    postings: bytes.subarray(at),
  }
  return segment.postings.length === segment.offsets[terms]
    ? { segment, writtenMs: about.writtenMs }
    : undefined

  function take(count: number): Uint32Array {
    const from = bytes.byteOffset + at
    at += count * 4
    return from % 4 === 0
      ? new Uint32Array(bytes.buffer, from, count)
      : new Uint32Array(bytes.buffer.slice(from, from + count * 4))
  }

  function text(length: number): string {
    at += length
    return bytes.toString('utf8', at - length, at)
  }
}

/** Writes the segment whole or not at all; a project that cannot be written is searched as well, only slower. */
export function writeSegment(
  path: string,
  { stamp, writtenMs, segment }: StoredSegment & { readonly stamp: string },
): void {
  if (endianness() !== 'LE') return
  const temporary = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(join(dirname(path), '.gitignore'), '*\n')
    // Not flushed to the disk: an index lost in a power cut costs a second.
    writeFileSync(temporary, encode({ stamp, writtenMs, segment }))
    renameSync(temporary, path)
  } catch {
    rmSync(temporary, { force: true })
  }
}

function encode({ stamp, writtenMs, segment }: StoredSegment & { readonly stamp: string }): Buffer {
  const { files, firstPassage, lines, words, terms, offsets, postings } = segment
  const about: About = {
    stamp,
    writtenMs,
    files: files.map(({ path, state: { size, mtimeMs, ctimeMs, key } }) => [
      path,
      size,
      mtimeMs,
      ctimeMs,
      key,
    ]),
  }
  const json = Buffer.from(JSON.stringify(about))
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4, ' ')
  json.copy(padded)
  const text = Buffer.from(terms.join('\n'))
  return Buffer.concat([
    bytesOf(Uint32Array.of(padded.length, files.length, lines.length, terms.length, text.length)),
    padded,
    ...[firstPassage, lines, words, offsets].map(bytesOf),
    text,
    postings,
  ])
}

function bytesOf(values: Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
