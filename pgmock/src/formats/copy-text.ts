// COPY text fields, written straight into the chunk being built. Every writer takes (out, at) and returns the next
// free position. Short text goes in byte by byte; longer text is cheaper in one native write (bench/copy-text.ts).

import type { Chunk } from '../bytes/chunk.ts'

const BACKSLASH = 0x5c
const NEEDS_ESCAPE = /[\b\t\n\v\f\r\\]/g
const LOOP_LIMIT = 20

const ESCAPE = new Uint8Array(128) // byte → escape letter; 0 means the byte stands for itself
for (let i = 0; i < 7; i++) ESCAPE['\b\t\n\v\f\r\\'.charCodeAt(i)] = 'btnvfr\\'.charCodeAt(i)

export const TAB = 0x09
export const NEWLINE = 0x0a

/** Any text, escaped; makes room by itself: UTF-8 needs at most 3 bytes per UTF-16 unit. */
export function writeText(out: Chunk, at: number, text: string): number {
  if (text.length > LOOP_LIMIT) return writeLongText(out, at, text)
  const bytes = out.bytes
  let to = at
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 127) return writeLongText(out, at, text) // start over: half a surrogate pair cannot be encoded alone
    const letter = ESCAPE[unit]!
    if (letter !== 0) bytes[to++] = BACKSLASH
    bytes[to++] = letter || unit
  }
  return to
}

function writeLongText(out: Chunk, at: number, text: string): number {
  const escaped = copyEscaped(text)
  out.reserve(at, escaped.length * 3)
  // UTF-8 never reuses ASCII bytes inside a longer character, so escaping first and encoding second is safe.
  return at + out.bytes.write(escaped, at)
}

export function copyEscaped(text: string): string {
  return text.replace(NEEDS_ESCAPE, (char) => `\\${String.fromCharCode(ESCAPE[char.charCodeAt(0)]!)}`)
}

/** `\N` */
export function writeNull(out: Chunk, at: number): number {
  out.bytes[at] = BACKSLASH
  out.bytes[at + 1] = 0x4e
  return at + 2
}
