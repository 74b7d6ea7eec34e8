// A cell is one column of a table, ready to run: for a row number it gives the value, or writes the value's COPY text.
// Both come from the same draws, so that an expression that reads the column sees what the file says.

import type { Chunk } from '../bytes/chunk.ts'
import { writeDate, writeTime, writeTimestamp, writeTimestampTz } from '../bytes/dates.ts'
import { pick, writeWord, type Dictionary } from '../bytes/dictionary.ts'
import { writeDecimal, writeInteger, writePadded } from '../bytes/digits.ts'
import { mix, type Draw } from '../bytes/hash.ts'
import { writeNull, writeText } from '../formats/copy-text.ts'
import { valueText } from '../formats/value-text.ts'
import { stitch, type Writer } from '../rows/stitch.ts'
import { isInteger, type PgType } from '../schema/pg-type.ts'
import { scaleOf, TEXT, type Value, type ValueType } from './value-type.ts'

export type Cell = {
  readonly type: ValueType
  /** Longest text in characters; Infinity when unknown. */
  readonly maxChars: number
  readonly value: (row: number) => Value
  /** The fast way, when there is one: must write what `value` says. */
  readonly write?: Writer | undefined
}

/** A piece of composed text, in both forms. */
export type Part = {
  readonly maxChars: number
  readonly text: (row: number) => string
  readonly write: Writer
}

/** A word by weight. */
export function word(dictionary: Dictionary, draw: Draw): Part {
  const { picks } = dictionary
  const { before, between } = draw
  return {
    maxChars: dictionary.maxChars,
    text: (row) => dictionary.words[pick(picks, mix(row, before, between))]!,
    write: (out, at, row) => writeWord(out, at, dictionary, pick(picks, mix(row, before, between))),
  }
}

export function wordAt(dictionary: Dictionary, indexOf: (row: number) => number): Part {
  return {
    maxChars: dictionary.maxChars,
    text: (row) => dictionary.words[indexOf(row)]!,
    write: (out, at, row) => writeWord(out, at, dictionary, indexOf(row)),
  }
}

export function literal(text: string): Part {
  const bytes = Buffer.from(text)
  if (bytes.length === 1) {
    const byte = bytes[0]!
    return {
      maxChars: 1,
      text: () => text,
      write: (out, at) => {
        out.bytes[at] = byte
        return at + 1
      },
    }
  }
  return {
    maxChars: text.length,
    text: () => text,
    write: (out, at) => {
      for (let i = 0; i < bytes.length; i++) out.bytes[at + i] = bytes[i]!
      return at + bytes.length
    },
  }
}

/** A whole number without leading zeros. */
export function number(valueOf: (row: number) => number, maxDigits: number): Part {
  return {
    maxChars: maxDigits,
    text: (row) => String(valueOf(row)),
    write: (out, at, row) => writeInteger(out, at, valueOf(row)),
  }
}

/** A whole number with leading zeros to `width` digits. */
export function padded(valueOf: (row: number) => number, width: number): Part {
  return {
    maxChars: width,
    text: (row) => String(valueOf(row)).padStart(width, '0'),
    write: (out, at, row) => writePadded(out, at, valueOf(row), width),
  }
}

/** Parts side by side. Literals and dictionaries are free of COPY's special bytes, so the bytes need no escape. */
export function textOf(...parts: readonly Part[]): Cell {
  return {
    type: TEXT,
    maxChars: parts.reduce((sum, part) => sum + part.maxChars, 0),
    value: (row) => {
      let text = ''
      for (const part of parts) text += part.text(row)
      return text
    },
    write: parts.length === 1 ? parts[0]!.write : stitch(parts.map((part) => part.write)),
  }
}

/** Any text function; goes through the escape. */
export function plainCell(type: ValueType, value: (row: number) => Value, maxChars = Infinity): Cell {
  return { type, value, maxChars }
}

/**
 * Whole numbers, or units of a decimal, never NULL. `valueOf` is written down at its one call site here for each
 * generator, so V8 inlines it; through the general writer below it would be one of many and return boxed numbers.
 */
export function numberCell(type: ValueType, pgType: PgType, valueOf: (row: number) => number): Cell {
  const scale = scaleOf(type)
  const whole = type.kind === 'int' && isInteger(pgType)
  return {
    type,
    maxChars: Infinity,
    value: valueOf,
    write: whole
      ? (out, at, row) => writeInteger(out, at, valueOf(row))
      : (out, at, row) => writeDecimal(out, at, valueOf(row), scale),
  }
}

/** The COPY writer of a cell in a column of `type`: the cell's own, or one that fits its values. */
export function writerOf(cell: Cell, type: PgType): Writer {
  if (cell.write) return cell.write
  const { value } = cell
  switch (cell.type.kind) {
    case 'int':
      if (type.kind === 'int2' || type.kind === 'int4' || type.kind === 'int8')
        return nullable(value, writeInteger)
      break
    case 'decimal': {
      const { scale } = cell.type
      return nullable(value, (out, at, units) => writeDecimal(out, at, units, scale))
    }
    case 'date':
      return nullable(value, writeDate)
    case 'time':
      return nullable(value, writeTime)
    case 'instant':
      return nullable(value, type.kind === 'timestamptz' ? writeTimestampTz : writeTimestamp)
    default:
  }
  return (out, at, row) => {
    const is = value(row)
    return is === null ? writeNull(out, at) : writeText(out, at, valueText(is, type))
  }
}

function nullable(
  value: (row: number) => Value,
  write: (out: Chunk, at: number, value: number) => number,
): Writer {
  return (out, at, row) => {
    const is = value(row)
    // The cell's type says number; only a derived column can also be null.
    return is === null ? writeNull(out, at) : write(out, at, is as number)
  }
}
