// The values a column can count through: its list, its range, days, hours, tiles of time.

import { dateText, MICROS_PER_DAY, MICROS_PER_SECOND, timestampText } from '../bytes/dates.ts'
import type { Column } from '../schema/model.ts'
import { isInteger, isText, type PgType } from '../schema/pg-type.ts'
import { literalValue } from '../values/literal-value.ts'
import { valueTypeOf, type Value } from '../values/value-type.ts'
import { PlanProblem, type TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

export type DigitDomain = {
  /** Infinity: as many as are asked for. */
  readonly size: number
  readonly valueAt: (index: number, size: number) => Value
}

export function digitDomain(planning: Planning, node: TableNode, column: Column): DigitDomain {
  const { type, settings } = column
  const hints = planning.checks(node)?.hints(column) ?? {}
  const listed = Array.isArray(settings['values']) ? settings['values'] : hints.values
  const values = listed ?? type.labels ?? (type.kind === 'bool' ? [true, false] : undefined)
  if (values) {
    const known = values.map((item: unknown) => literalValue(item, type) ?? null)
    return { size: known.length, valueAt: (index) => known[index]! }
  }
  const least = numberOf(settings['min']) ?? numberOf(hints.min)
  const most = numberOf(settings['max']) ?? numberOf(hints.max)
  if (isInteger(type) || type.kind === 'numeric') {
    const power = 10 ** (valueTypeOf(type).kind === 'decimal' ? (type.scale ?? 0) : 0)
    const from = least ?? (most === undefined ? 1 : Math.min(1, most))
    return {
      size: most === undefined ? Infinity : Math.floor(most - from) + 1,
      valueAt: (index) => (from + index) * power,
    }
  }
  const { now } = planning.options
  const today = Math.floor(now / MICROS_PER_DAY)
  switch (type.kind) {
    case 'date':
      return { size: Infinity, valueAt: (index, size) => today - size + index }
    case 'timestamp':
    case 'timestamptz':
      return { size: Infinity, valueAt: (index, size) => (Math.floor(now / 3.6e9) - size + index) * 3.6e9 }
    case 'time':
      return { size: 96, valueAt: (index) => index * 15 * 60 * MICROS_PER_SECOND }
    default:
  }
  if (isText(type)) {
    const length = Math.min(type.length ?? 8, hints.maxLength ?? 8, 8)
    return { size: 26 ** length, valueAt: (index) => letters(index, length) }
  }
  throw new PlanProblem(
    'unique-unproven',
    `${node.table.name}.${column.name} is part of a unique set, and pgmock cannot count through ${type.text}`,
    'Give it "values", or bring a unique column into the set.',
  )
}

function numberOf(given: unknown): number | undefined {
  return typeof given === 'number' ? given : undefined
}

function letters(index: number, length: number): string {
  let [text, rest] = ['', index]
  for (let i = 0; i < length; i++) {
    text = String.fromCharCode(97 + (rest % 26)) + text
    rest = Math.floor(rest / 26)
  }
  return text
}

/** Columns that can be digits: everything digitDomain counts through. */
export function isCountable({ type, derive, generator }: Column): boolean {
  if (derive || generator) return false
  return (
    isInteger(type) ||
    isText(type) ||
    ['numeric', 'bool', 'enum', 'date', 'time', 'timestamp', 'timestamptz'].includes(type.kind)
  )
}

/** A stretch of its own for each index: no two touch. */
export type Tile = { readonly start: number; readonly end: number }

/** Days or microseconds for times, else whole numbers. */
export function tile(index: number, size: number, kind: 'day' | 'time' | 'number', now: number): Tile {
  if (kind === 'number') return { start: index * 10, end: index * 10 + 4 + (index % 5) }
  if (kind === 'day') {
    const days = size > 1500 ? 2 : 7
    const start = Math.floor(now / MICROS_PER_DAY) - Math.ceil(size * 0.8) * days + index * days
    return { start, end: start + (days === 2 ? 1 : 2 + (index % 4)) }
  }
  const minute = 60 * MICROS_PER_SECOND
  const slot = Math.max(2, Math.min(1440, Math.floor((3 * 365 * 1440) / size))) * minute
  const start = Math.floor(now / slot) * slot - Math.ceil(size * 0.8) * slot + index * slot
  const used = Math.max(minute, Math.floor((slot * (5 + (index % 4))) / 10 / minute) * minute)
  return { start, end: start + used }
}

/** The text of a tile in a column of an excluding type; undefined for types that we have no tiles of. */
export function tileText(type: PgType, now: number): ((index: number, size: number) => string) | undefined {
  const [, base, multi] = /^(int4|int8|num|date|ts|tstz)(multi)?range$/.exec(type.castText) ?? []
  if (base !== undefined) {
    const kind = base === 'date' ? 'day' : base.startsWith('ts') ? 'time' : 'number'
    const print =
      base === 'date' ? dateText : base === 'ts' ? quoted('') : base === 'tstz' ? quoted('+00') : String
    return (index, size) => {
      const { start, end } = tile(index, size, kind, now)
      const text = `[${print(start)},${print(end)})`
      return multi === undefined ? text : `{${text}}`
    }
  }
  switch (type.castText) {
    case 'box':
      return (index) => `(${index}.75,0.75),(${index},0)`
    case 'circle':
      return (index) => `<(${index},0),0.25>`
    case 'inet':
    case 'cidr':
      return (index) => `10.${(index >> 8) & 255}.${index & 255}.0/24`
    default:
      return undefined
  }
}

function quoted(zone: string): (micros: number) => string {
  return (micros) => `"${timestampText(micros)}${zone}"`
}
