// Hot: numbers as ASCII, four digits per store. `DIGITS[n]` holds "0000" … "9999" as big-endian words.

import type { Chunk } from './chunk.ts'

const DIGITS = new Uint32Array(10_000)
for (let n = 0; n < 10_000; n++) {
  const text = String(n).padStart(4, '0')
  DIGITS[n] =
    ((text.charCodeAt(0) << 24) |
      (text.charCodeAt(1) << 16) |
      (text.charCodeAt(2) << 8) |
      text.charCodeAt(3)) >>>
    0
}

const MINUS = 0x2d
const DOT = 0x2e

/** A whole number, |value| < 2^53. */
export function writeInteger(out: Chunk, at: number, value: number): number {
  if (value >= 0) return writeNatural(out, at, value)
  out.bytes[at] = MINUS
  return writeNatural(out, at + 1, -value)
}

function writeNatural(out: Chunk, at: number, value: number): number {
  if (value < 10_000) return writeUpTo4(out, at, value)
  if (value < 100_000_000) {
    const high = (value / 10_000) | 0
    at = writeUpTo4(out, at, high)
    out.view.setUint32(at, DIGITS[value - high * 10_000]!)
    return at + 4
  }
  const high = Math.floor(value / 100_000_000)
  at = writeNatural(out, at, high)
  return writeEight(out, at, value - high * 100_000_000)
}

/** 0 … 9999. Without a branch for each length, which nobody could predict; stores up to 3 bytes more than it counts. */
function writeUpTo4(out: Chunk, at: number, value: number): number {
  const missing = ((value - 1000) >>> 31) + ((value - 100) >>> 31) + ((value - 10) >>> 31)
  out.view.setUint32(at, DIGITS[value]! << (missing << 3))
  return at + 4 - missing
}

function writeEight(out: Chunk, at: number, value: number): number {
  const high = (value / 10_000) | 0
  out.view.setUint32(at, DIGITS[high]!)
  out.view.setUint32(at + 4, DIGITS[value - high * 10_000]!)
  return at + 8
}

/** Exactly two digits, 0 … 99. */
export function writeTwo(out: Chunk, at: number, value: number): number {
  out.view.setUint16(at, DIGITS[value]! & 0xffff)
  return at + 2
}

/** Exactly four digits, 0 … 9999. */
export function writeFour(out: Chunk, at: number, value: number): number {
  out.view.setUint32(at, DIGITS[value]!)
  return at + 4
}

/** `width` digits with leading zeros, width ≤ 16. */
export function writePadded(out: Chunk, at: number, value: number, width: number): number {
  let rest = value
  let to = at + width
  while (to > at) {
    const next = Math.floor(rest / 10)
    out.bytes[--to] = 48 + (rest - next * 10)
    rest = next
  }
  return at + width
}

/** A decimal held as a whole number of 10^-scale units: 1999 with scale 2 is 19.99. */
export function writeDecimal(out: Chunk, at: number, units: number, scale: number): number {
  if (scale === 0) return writeInteger(out, at, units)
  if (units < 0) {
    out.bytes[at++] = MINUS
    units = -units
  }
  if (scale === 2 && units < 100_000_000) {
    // As 32 bits, so that the division is a multiplication.
    const cents = units | 0
    const whole = (cents / 100) | 0
    at = whole < 10_000 ? writeUpTo4(out, at, whole) : writeNatural(out, at, whole)
    out.bytes[at] = DOT
    return writeTwo(out, at + 1, cents - whole * 100)
  }
  const power = 10 ** scale
  const whole = Math.floor(units / power)
  at = writeNatural(out, at, whole)
  out.bytes[at] = DOT
  return writePadded(out, at + 1, units - whole * power, scale)
}
