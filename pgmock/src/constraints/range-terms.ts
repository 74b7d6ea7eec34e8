// Ranges as the text the server prints, taken apart when a check looks at their bounds.

import { dateText, parseInstant, timestampText, MICROS_PER_DAY } from '../bytes/dates.ts'
import { BOOL, DATE, INSTANT, INT, type Value, type ValueType } from '../values/value-type.ts'
import { literal } from './literals.ts'
import { condition, type Term } from './term.ts'

type Kind = {
  readonly type: ValueType
  readonly discrete: boolean
  read(text: string): Value
  print(value: Value): string
}

const whole: Kind = { type: INT, discrete: true, read: (text) => Number(text), print: String }
const KINDS: Readonly<Record<string, Kind>> = {
  int4range: whole,
  int8range: whole,
  numrange: { type: { kind: 'float' }, discrete: false, read: (text) => Number(text), print: String },
  daterange: {
    type: DATE,
    discrete: true,
    read: (text) => Math.floor((parseInstant(text) ?? 0) / MICROS_PER_DAY),
    print: (value) => dateText(Number(value)),
  },
  tsrange: moments(''),
  tstzrange: moments('+00'),
}

function moments(zone: string): Kind {
  return {
    type: INSTANT,
    discrete: false,
    read: (text) => literal(text, INSTANT).value(),
    print: (value) => `"${timestampText(Number(value))}${zone}"`,
  }
}

export type Bounds = { readonly low: Value; readonly high: Value }

function kindOf(term: Term | undefined): Kind | undefined {
  return term?.pg && Object.hasOwn(KINDS, term.pg.castText) ? KINDS[term.pg.castText] : undefined
}

/** undefined for `empty`. A missing bound is NULL, as lower() and upper() say. */
function bounds(text: string, kind: Kind): Bounds | undefined {
  const [, low, high] = /^[[(]"?([^",]*)"?,"?([^",]*)"?[\])]$/.exec(text) ?? []
  if (low === undefined || high === undefined) return undefined
  return { low: low === '' ? null : kind.read(low), high: high === '' ? null : kind.read(high) }
}

function printed({ low, high }: Bounds, kind: Kind): string {
  return `${low === null ? '(' : '['}${low === null ? '' : kind.print(low)},${high === null ? '' : kind.print(high)})`
}

function boundsOf(term: Term, kind: Kind): Bounds | undefined | null {
  const is = term.value()
  return is === null ? null : bounds(String(is), kind)
}

/** Functions of ranges; undefined when it is none. */
export function rangeCall(name: string, args: readonly Term[]): Term | undefined {
  const [of] = args
  const kind = kindOf(of)
  if (!of || !kind) return undefined
  const moved = (change: (is: Bounds) => Bounds): boolean => {
    const is = boundsOf(of, kind)
    if (is === null) return false
    const next = change(is ?? { low: kind.read('1'), high: null })
    return of.write?.(printed(next, kind)) ?? false
  }
  switch (name) {
    case 'lower':
    case 'upper': {
      const side = name === 'lower' ? 'low' : 'high'
      return {
        type: kind.type,
        parts: [of],
        value: () => boundsOf(of, kind)?.[side] ?? null,
        write: (to) =>
          moved((is) => {
            const next = { ...is, [side]: to }
            if (to === null || next.low === null || next.high === null || next.low < next.high) return next
            const gap = kind.type.kind === 'instant' ? 3_600_000_000 : 1
            return side === 'low' ? { low: to, high: Number(to) + gap } : { low: Number(to) - gap, high: to }
          }),
        becomeNull: (isNull) =>
          moved((is) => ({
            ...is,
            [side]: isNull ? null : side === 'high' ? Number(is.low ?? 0) + 1 : Number(is.high ?? 1) - 1,
          })),
      }
    }
    case 'isempty':
      return condition(
        () => (boundsOf(of, kind) === null ? null : boundsOf(of, kind) === undefined),
        (to) => (to ? of.write?.('empty') : moved((is) => is)) ?? false,
        { parts: [of] },
      )
    case 'lower_inf':
    case 'upper_inf': {
      const side = name === 'lower_inf' ? 'low' : 'high'
      return condition(
        () => {
          const is = boundsOf(of, kind)
          return is === null ? null : is !== undefined && is[side] === null
        },
        (to) =>
          moved((is) => ({
            ...is,
            [side]: to ? null : side === 'high' ? Number(is.low ?? 0) + 1 : Number(is.high ?? 1) - 1,
          })),
        { parts: [of] },
      )
    }
    case 'lower_inc':
      return { type: BOOL, parts: [of], value: () => (boundsOf(of, kind)?.low ?? null) !== null }
    case 'upper_inc':
      return { type: BOOL, parts: [of], value: () => (of.value() === null ? null : false) }
    default:
      return undefined
  }
}

/** `<@`, `@>`, `&&` of ranges and elements; undefined when neither side is a range. */
export function rangeOperator(op: string, a: Term, b: Term): Term | undefined {
  const kind = kindOf(a) ?? kindOf(b)
  if (!kind) return undefined
  const sideOf = (term: Term): Bounds | undefined | null => {
    if (kindOf(term) ?? (term.constant && term.type.kind === 'text')) return boundsOf(term, kind)
    const is = term.value()
    return is === null ? null : { low: is, high: is }
  }
  const [inner, outer] = op === '@>' ? [b, a] : [a, b]
  return condition(
    () => {
      const [small, large] = [sideOf(inner), sideOf(outer)]
      if (small === null || large === null) return null
      if (small === undefined || large === undefined) return op !== '&&' && small === undefined
      const low = (x: Value) => (x === null ? -Infinity : Number(x))
      const high = (x: Value) => (x === null ? Infinity : Number(x))
      if (op === '&&') return low(small.low) < high(large.high) && low(large.low) < high(small.high)
      const isPoint = small.low !== null && small.low === small.high
      return (
        low(small.low) >= low(large.low) &&
        (isPoint ? high(small.high) < high(large.high) : high(small.high) <= high(large.high))
      )
    },
    (to) => {
      const large = sideOf(outer)
      if (!to || !large) return false
      if (kindOf(inner)) return inner.write?.(printed(large, kind)) ?? false
      return (
        inner.write?.(large.low ?? (large.high === null ? kind.read('1') : Number(large.high) - 1)) ?? false
      )
    },
    { parts: [a, b] },
  )
}

/** Whether the type is a range we can take apart. */
export function isRange(castText: string): boolean {
  return Object.hasOwn(KINDS, castText)
}
