// Identifiers. Hot: UUIDs are written sixteen bits at a time.

import type { Chunk } from '../bytes/chunk.ts'
import { hashText, mix } from '../bytes/hash.ts'
import type { Writer } from '../rows/stitch.ts'
import { plainCell, type Cell } from './cell.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { TEXT } from './value-type.ts'
import { calendarQuantile } from './time.ts'
import { fraction } from '../bytes/hash.ts'
import { MICROS_PER_DAY } from '../bytes/dates.ts'

/** Four hexadecimal digits for every 16 bits, as bytes. Made without texts: this runs at every start. */
const HEX = new Uint32Array(65_536)
const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
for (let n = 0; n < 65_536; n++)
  HEX[n] =
    DIGITS[n >>> 12]! * 0x1000000 +
    DIGITS[(n >>> 8) & 15]! * 0x10000 +
    DIGITS[(n >>> 4) & 15]! * 0x100 +
    DIGITS[n & 15]!

function quad(bits: number): string {
  return bits.toString(16).padStart(4, '0')
}

const DASH = 0x2d

type Words = (row: number) => number

/** Four 32-bit words with version and variant already set. */
function uuidCell(a: Words, b: Words, c: Words, d: Words): Cell {
  const write: Writer = (out, at, row) => writeUuid(out, at, a(row), b(row), c(row), d(row))
  return { type: TEXT, maxChars: 36, value: (row) => uuidText(a(row), b(row), c(row), d(row)), write }
}

function writeUuid({ view, bytes }: Chunk, at: number, a: number, b: number, c: number, d: number): number {
  view.setUint32(at, HEX[a >>> 16]!)
  view.setUint32(at + 4, HEX[a & 0xffff]!)
  bytes[at + 8] = DASH
  view.setUint32(at + 9, HEX[b >>> 16]!)
  bytes[at + 13] = DASH
  view.setUint32(at + 14, HEX[b & 0xffff]!)
  bytes[at + 18] = DASH
  view.setUint32(at + 19, HEX[c >>> 16]!)
  bytes[at + 23] = DASH
  view.setUint32(at + 24, HEX[c & 0xffff]!)
  view.setUint32(at + 28, HEX[d >>> 16]!)
  view.setUint32(at + 32, HEX[d & 0xffff]!)
  return at + 36
}

function uuidText(a: number, b: number, c: number, d: number): string {
  const [c1, d1, d2] = [quad(c & 0xffff), quad(d >>> 16), quad(d & 0xffff)]
  return `${quad(a >>> 16)}${quad(a & 0xffff)}-${quad(b >>> 16)}-${quad(b & 0xffff)}-${quad(c >>> 16)}-${c1}${d1}${d2}`
}

/** Version 4 from four draws; the first is a bijection of the row, so no two rows share a UUID. */
function uuid4(context: GeneratorContext): Cell {
  const [a, b, c, d] = [context.draw(), context.draw('b'), context.draw('c'), context.draw('d')]
  return {
    type: TEXT,
    maxChars: 36,
    value: (row) =>
      uuidText(a(row), (b(row) & 0xffff0fff) | 0x4000, (c(row) & 0x3fffffff) | 0x80000000, d(row)),
    write: (out, at, row) =>
      writeUuid(
        out,
        at,
        mix(row, a.before, a.between),
        (mix(row, b.before, b.between) & 0xffff0fff) | 0x4000,
        (mix(row, c.before, c.between) & 0x3fffffff) | 0x80000000,
        mix(row, d.before, d.between),
      ),
  }
}

/** Version 7 (RFC 9562): milliseconds of the row's own creation time, then chance; the last word is a bijection. */
function uuid7(context: GeneratorContext): Cell {
  const created = context.context('created_at') ?? context.context('placed_at')
  const [b, c, d] = [context.draw('b'), context.draw('c'), context.draw()]
  const jitter = context.draw('time')
  const at = calendarQuantile({
    from: context.now - 730 * MICROS_PER_DAY,
    to: context.now,
    growth: 2,
    weekly: true,
    daily: true,
  })
  const ms =
    created?.type.kind === 'instant'
      ? (row: number) => Math.floor(Number(created.value(row) ?? 0) / 1000)
      : (row: number) => Math.floor(at((row + fraction(jitter(row))) / context.rows) / 1000)
  return uuidCell(
    (row) => Math.floor(ms(row) / 65_536),
    (row) => ((ms(row) % 65_536) * 65_536 + (0x7000 | (b(row) & 0xfff))) >>> 0,
    (row) => (c(row) & 0x3fffffff) | 0x80000000,
    d,
  )
}

/** The same text gives the same UUID everywhere (version 8: our own derivation). */
export function uuidFromText(text: string): string {
  const [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344].map((salt) => hashText(text, salt))
  return uuidText(a!, (b! & 0xffff0fff) | 0x8000, (c! & 0x3fffffff) | 0x80000000, d!)
}

export const idGenerators: readonly Generator[] = [
  {
    name: 'uuid',
    family: 'identifiers',
    summary: 'Random UUID (version 4)',
    fits: ['uuid', 'text', 'varchar', 'char'],
    uniqueness: 'self',
    make: uuid4,
  },
  {
    name: 'uuid_v7',
    family: 'identifiers',
    summary: "UUID that sorts by time (version 7), from the row's created_at or placed_at",
    fits: ['uuid', 'text', 'varchar', 'char'],
    uniqueness: 'self',
    make: uuid7,
  },
  {
    name: 'code',
    family: 'identifiers',
    summary: 'Short code of capital letters and digits without look-alikes',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: { length: { kind: 'number', summary: 'default 6, or what fits' } },
    make: (context) => {
      const length = Math.max(1, Math.min(context.number('length') ?? 6, context.maxChars, 9))
      const size = CODE_LETTERS.length ** length
      if (context.unique && context.rows > size)
        context.refuse(
          'unique-space-too-small',
          `${size} different values of ${length} characters cannot fill ${context.rows} unique rows`,
        )
      const index = context.permuted(size)
      return plainCell(TEXT, (row) => codeOf(index(row), length), length)
    },
  },
]

/** Without look-alikes. */
export const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Different numbers below 32 ** length give different codes. */
export function codeOf(index: number, length: number): string {
  let [rest, text] = [index, '']
  for (let i = 0; i < length; i++) {
    text += CODE_LETTERS[rest % CODE_LETTERS.length]!
    rest = Math.floor(rest / CODE_LETTERS.length)
  }
  return text
}
