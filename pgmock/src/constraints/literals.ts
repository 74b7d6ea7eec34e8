// Quoted literals of SQL as values: what `'2024-01-01'` is depends on what it stands beside.

import { MICROS_PER_DAY, parseInstant } from '../bytes/dates.ts'
import type { PgType } from '../schema/pg-type.ts'
import { jsonbText } from '../values/literal-value.ts'
import {
  BOOL,
  DATE,
  decimal,
  FLOAT,
  INSTANT,
  INTERVAL,
  JSON_TEXT,
  TEXT,
  TIME,
  type Value,
  type ValueType,
} from '../values/value-type.ts'
import { constantOf, NotUnderstood, type Term } from './term.ts'

/** The constant read as the other's type; unchanged when it is no text. */
export function literalAs(constant: Term, other: Term): Term {
  const { value } = constant.constant!
  if (typeof value !== 'string' || constant.type.kind !== 'text' || other.type.kind === 'text')
    return constant
  return literal(value, other.type, other.pg)
}

export function literal(text: string, type: ValueType, pg?: PgType): Term {
  const [kind, value] = parsed(text.trim(), text, type, pg)
  if (value === undefined) throw new NotUnderstood(`'${text}' as ${pg?.text ?? type.kind}`)
  return { ...constantOf(kind, value), pg }
}

function parsed(
  text: string,
  whole: string,
  type: ValueType,
  pg: PgType | undefined,
): [ValueType, Value | undefined] {
  switch (type.kind) {
    case 'int':
    case 'decimal':
    case 'float':
      return number(text)
    case 'bool':
      return [
        BOOL,
        /^(t|true|yes|on|1|y)$/i.test(text) ? true : /^(f|false|no|off|0|n)$/i.test(text) ? false : undefined,
      ]
    case 'date': {
      const micros = instant(text)
      return [DATE, micros === undefined ? undefined : Math.floor(micros / MICROS_PER_DAY)]
    }
    case 'instant':
      return [INSTANT, instant(text)]
    case 'time': {
      const micros = parseInstant(`1970-01-01T${text.replace(/[+-]\d+$/, '')}`)
      return [TIME, micros]
    }
    case 'interval':
      return [INTERVAL, interval(text)]
    case 'json':
      try {
        const value: unknown = JSON.parse(text)
        return [JSON_TEXT, pg?.kind === 'json' ? text : jsonbText(value)]
      } catch {
        return [JSON_TEXT, undefined]
      }
    default:
      return [TEXT, whole]
  }
}

/** Decimals as units of their own scale, as derive's numbers are. */
export function number(text: string): [ValueType, Value | undefined] {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return [FLOAT, undefined]
  if (/e/i.test(text)) {
    const value = Number(text)
    return Number.isSafeInteger(value) ? [decimal(0), value] : [FLOAT, value]
  }
  const scale = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
  return scale > 8 ? [FLOAT, Number(text)] : [decimal(scale), Number(text.replace('.', ''))]
}

function instant(text: string): number | undefined {
  if (/^-?infinity$/i.test(text)) return text.startsWith('-') ? -2e17 : 2e17
  if (/^epoch$/i.test(text)) return 0
  const [, day, clock, zone] =
    /^(\d{4,}-\d\d?-\d\d?)(?:[ T](\d\d?:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i.exec(
      text,
    ) ?? []
  if (day === undefined) return undefined
  const [year, month, date] = day.split('-')
  const time = clock === undefined ? '00:00:00' : clock.length < 6 ? `${clock.padStart(5, '0')}:00` : clock
  const micros = parseInstant(`${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}T${time}Z`)
  if (micros === undefined || zone === undefined || /^[a-z]/i.test(zone)) return micros
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)!
  return micros - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000_000
}

const UNITS: Readonly<Record<string, number>> = {
  microsecond: 1,
  millisecond: 1e3,
  second: 1e6,
  sec: 1e6,
  minute: 6e7,
  min: 6e7,
  hour: 3.6e9,
  hr: 3.6e9,
  day: MICROS_PER_DAY,
  week: 7 * MICROS_PER_DAY,
  // As PostgreSQL compares intervals.
  mon: 30 * MICROS_PER_DAY,
  month: 30 * MICROS_PER_DAY,
  year: 360 * MICROS_PER_DAY,
}

/** `1 day 02:00:00`, `3 mons`. */
export function interval(text: string): number | undefined {
  let [rest, micros] = [text.toLowerCase(), 0]
  const clock = /(-?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?/.exec(rest)
  if (clock) {
    const sign = clock[1] === '-' ? -1 : 1
    micros += sign * (Number(clock[2]) * 3.6e9 + Number(clock[3]) * 6e7 + Number(clock[4] ?? 0) * 1e6)
    rest = rest.replace(clock[0], '')
  }
  for (const [whole, amount, unit] of rest.matchAll(/(-?\d+(?:\.\d+)?)\s*([a-z]*?)s?(?=\s|$|-?\d)/g)) {
    const size = UNITS[unit === '' ? 'second' : unit!]
    if (size === undefined) return undefined
    micros += Number(amount) * size
    rest = rest.replace(whole, '')
  }
  return rest.trim() === '' ? micros : undefined
}
