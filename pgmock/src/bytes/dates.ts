// Dates are whole days and times whole microseconds since 1970-01-01 UTC, in plain numbers: microseconds stay
// exact until the year 2255. Calendar arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

import type { Chunk } from './chunk.ts'
import { writeFour, writeTwo } from './digits.ts'

export const MICROS_PER_SECOND = 1_000_000
export const MICROS_PER_DAY = 86_400_000_000

const DASH = 0x2d
const SPACE = 0x20

export type Civil = { readonly year: number; readonly month: number; readonly day: number }

/** Days since 1970-01-01 → proleptic Gregorian date. */
export function civilFromDays(days: number): Civil {
  const packed = packedDate(days)
  return { year: Math.floor(packed / 512), month: (packed >> 5) & 15, day: packed & 31 }
}

/** year * 512 + month * 32 + day: one number instead of an object, for the hot path. */
function packedDate(days: number): number {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra =
    ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0))
  const shifted = ((5 * dayOfYear + 2) / 153) | 0
  const day = dayOfYear - (((153 * shifted + 2) / 5) | 0) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0)) * 512 + month * 32 + day
}

export function daysFromCivil(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000
}

/** Days from 1970 to 2079 as text, 16 bytes each, filled when first met. */
const KNOWN_DAYS = 40_000
const dayTexts = new DataView(new ArrayBuffer(KNOWN_DAYS * 16))
const dayIsKnown = new Uint8Array(KNOWN_DAYS)

/** `2026-01-31`, years 1 to 9999. Stores up to 6 bytes more than it counts. */
export function writeDate(out: Chunk, at: number, days: number): number {
  if (days < 0 || days >= KNOWN_DAYS) return writeAnyDate(out, at, days)
  if (dayIsKnown[days] === 0) learnDay(days)
  const from = days * 16
  out.view.setFloat64(at, dayTexts.getFloat64(from, true), true)
  out.view.setFloat64(at + 8, dayTexts.getFloat64(from + 8, true), true)
  return at + 10
}

function learnDay(days: number): void {
  const text = dateText(days)
  for (let i = 0; i < text.length; i++) dayTexts.setUint8(days * 16 + i, text.charCodeAt(i))
  dayIsKnown[days] = 1
}

function writeAnyDate(out: Chunk, at: number, days: number): number {
  const packed = packedDate(days)
  at = writeFour(out, at, packed >> 9)
  out.bytes[at++] = DASH
  at = writeTwo(out, at, (packed >> 5) & 15)
  out.bytes[at++] = DASH
  return writeTwo(out, at, packed & 31)
}

/** `2026-01-31 12:00:00.5`: the fraction without trailing zeros, as the server prints it. */
export function writeTimestamp(out: Chunk, at: number, micros: number): number {
  const days = Math.floor(micros / MICROS_PER_DAY) | 0
  return writeDayAndTime(out, at, days, micros - days * MICROS_PER_DAY)
}

/** A timestamp from its day and the microseconds of that day. */
export function writeDayAndTime(out: Chunk, at: number, days: number, micros: number): number {
  at = writeDate(out, at, days)
  out.bytes[at] = SPACE
  return writeTime(out, at + 1, micros)
}

/** The same with `+00`: the file is written for a session in UTC. */
export function writeTimestampTz(out: Chunk, at: number, micros: number): number {
  return writeUtc(out, writeTimestamp(out, at, micros))
}

/** `+00` */
export function writeUtc(out: Chunk, at: number): number {
  out.view.setUint32(at, 0x2b303000)
  return at + 3
}

/** `12:34:` and two more bytes for each minute of a day, and for 24:00. */
const MINUTES = new DataView(new ArrayBuffer(1441 * 8))
for (let minute = 0; minute <= 1440; minute++) {
  const text = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`
  for (let i = 0; i < text.length; i++) MINUTES.setUint8(minute * 8 + i, text.charCodeAt(i))
}

/** Microseconds of a day as `12:00:00.5`. */
export function writeTime(out: Chunk, at: number, micros: number): number {
  const seconds = Math.floor(micros / MICROS_PER_SECOND) | 0
  const fraction = (micros - seconds * MICROS_PER_SECOND) | 0
  const minutes = (seconds / 60) | 0
  const { bytes } = out
  out.view.setFloat64(at, MINUTES.getFloat64(minutes * 8, true), true)
  writeTwo(out, at + 6, seconds - minutes * 60)
  if (fraction === 0) return at + 8
  const upper = (fraction / 100) | 0
  bytes[at + 8] = 0x2e
  writeFour(out, at + 9, upper)
  at = writeTwo(out, at + 13, fraction - upper * 100)
  while (bytes[at - 1] === 0x30) at--
  return at
}

export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

export function timestampText(micros: number): string {
  const days = Math.floor(micros / MICROS_PER_DAY)
  return `${dateText(days)} ${timeText(micros - days * MICROS_PER_DAY)}`
}

export function timeText(micros: number): string {
  const seconds = Math.floor(micros / MICROS_PER_SECOND)
  const fraction = micros - seconds * MICROS_PER_SECOND
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
}

/** Microseconds as PostgreSQL prints an interval without months: `3 days 04:05:06.7`. */
export function intervalText(micros: number): string {
  const days = Math.trunc(micros / MICROS_PER_DAY)
  const rest = micros - days * MICROS_PER_DAY
  const dayText = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}`
  if (rest === 0) return dayText === '' ? '00:00:00' : dayText
  const sign = rest < 0 ? '-' : days < 0 ? '+' : ''
  return `${dayText}${dayText === '' ? '' : ' '}${sign}${timeText(Math.abs(rest))}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** ISO 8601 (`2026-01-01`, `2026-01-01T00:00:00Z`) → microseconds, or undefined. A time without zone is UTC. */
export function parseInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text))
    return undefined
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || text.length === 10
  const ms = Date.parse(zoned ? text : `${text.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? undefined : ms * 1000
}

const UNITS: Readonly<Record<string, number>> = {
  microsecond: 1,
  millisecond: 1000,
  second: MICROS_PER_SECOND,
  minute: 60 * MICROS_PER_SECOND,
  hour: 3600 * MICROS_PER_SECOND,
  day: MICROS_PER_DAY,
  week: 7 * MICROS_PER_DAY,
  month: 30 * MICROS_PER_DAY,
  year: 365 * MICROS_PER_DAY,
}

/** `2 days`, `1 hour 30 minutes`, `-2 years` → microseconds, or undefined; a month counts 30 days, a year 365. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/([+-]?\d+(?:\.\d+)?)\s*([a-z]+)\s*/gi)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined
  let micros = 0
  for (const [, amount, unit] of parts) {
    const size = UNITS[unit!.toLowerCase().replace(/s$/, '')]
    if (size === undefined) return undefined
    micros += Number(amount) * size
  }
  return Math.round(micros)
}
