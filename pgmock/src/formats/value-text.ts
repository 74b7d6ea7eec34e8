// A value as the server would print it, by column type. The obvious version: preview, INSERT and the tests of the byte
// writers use it; COPY goes through the writers.

import { dateText, intervalText, timestampText, timeText } from '../bytes/dates.ts'
import type { PgType } from '../schema/pg-type.ts'
import { scaleOf, valueTypeOf, type Value, type ValueType } from '../values/value-type.ts'

export function valueText(value: Exclude<Value, null>, type: PgType): string {
  switch (type.kind) {
    case 'timestamptz':
      return `${timestampText(Number(value))}+00`
    case 'bool':
      return value === true ? 't' : 'f'
    case 'float4':
      return floatText(Math.fround(Number(value)), 6, shortestFloat4)
    case 'char':
      return String(value).padEnd(type.length ?? 1)
    default:
      return plainText(value, valueTypeOf(type))
  }
}

/** Without a column: what `||` and `concat` make of a value. Booleans are `true` and `false` there, as in SQL. */
export function plainText(value: Exclude<Value, null>, type: ValueType): string {
  switch (type.kind) {
    case 'decimal':
      return decimalText(Number(value), scaleOf(type))
    case 'float':
      return floatText(Number(value), 15, String)
    case 'date':
      return dateText(Number(value))
    case 'time':
      return timeText(Number(value))
    case 'instant':
      return timestampText(Number(value))
    case 'interval':
      return intervalText(Number(value))
    default:
      return String(value)
  }
}

export function decimalText(units: number, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/**
 * Shortest text that reads back, in PostgreSQL's style (float8out with extra_float_digits ≥ 1): exponent form below
 * 1e-4 and from 10^threshold on, with at least two exponent digits.
 */
function floatText(value: number, threshold: number, shortest: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa, exponentText] = Number(shortest(value)).toExponential().split('e')
  const exponent = Number(exponentText)
  const sign = value < 0 ? '-' : ''
  const digits = mantissa!.replace('-', '').replace('.', '')
  if (exponent < -4 || exponent >= threshold) {
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${power}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Fewest digits that read back as the same float4; a tie goes to the even digit, as in the server's Ryu. */
function shortestFloat4(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) !== value) continue
    const longer = value.toPrecision(digits + 1)
    const down = longer.replace(/5(?=e|$)/, '')
    const isTie = down !== longer && Number(longer) === value && /[02468](?=e|$)/.test(down)
    return isTie && Math.fround(Number(down)) === value ? down : text
  }
  return value.toPrecision(9)
}
