// = <> < <= > >= and their lists: a side that can be written gets a value on the right side of the other.

import { commonType, compare, converted, isNumeric } from '../derive/arithmetic.ts'
import { MICROS_PER_DAY } from '../bytes/dates.ts'
import { jsonbText } from '../values/literal-value.ts'
import { INT, scaleOf, type Value, type ValueType } from '../values/value-type.ts'
import { literalAs } from './literals.ts'
import { condition, makeNull, shuffled, type Comparison, type Term, type Trial } from './term.ts'

const TURNED = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const
const OPPOSITE = { '=': '<>', '<>': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

export function comparison(op: Comparison, a: Term, b: Term, trial: Trial): Term {
  const [one, two] = alike(a, b)
  const labels = one.pg?.labels ?? two.pg?.labels
  const [left, right] =
    labels && op !== '=' && op !== '<>' ? [placeOf(one, labels), placeOf(two, labels)] : [one, two]
  const test = compare(op, left, right, 0)
  const aim = (wanted: Comparison): boolean => {
    const sides = shuffled(
      [
        { to: left, from: right, wanted },
        { to: right, from: left, wanted: TURNED[wanted] },
      ],
      trial,
    )
    // A column that equals an expression is its result: `total = net + tax` changes the total.
    if (wanted === '=' && trial.random() < 0.97)
      sides.sort((x, y) => (x.to.slot === undefined ? 1 : 0) - (y.to.slot === undefined ? 1 : 0))
    return sides.some(({ to, from, wanted: how }) => moveTo(to, from, how, trial))
  }
  return condition(
    () => test.value(0),
    (to) => aim(to ? op : OPPOSITE[op]),
    {
      parts: [left, right],
      shape: { kind: 'compare', op, left, right },
    },
  )
}

/** Labels of an enum are ordered by their place. */
function placeOf(of: Term, labels: readonly string[]): Term {
  const place = (value: Value): Value => (value === null ? null : labels.indexOf(String(value)))
  const { constant } = of
  return {
    type: INT,
    parts: [of],
    value: () => place(of.value()),
    constant: constant && { value: place(constant.value) },
    write: of.write && ((to) => labels[Number(to)] !== undefined && of.write!(labels[Number(to)]!)),
  }
}

/** A quoted literal takes the type of what it stands beside. */
export function alike(a: Term, b: Term): [Term, Term] {
  if (a.constant && !b.constant) return [literalAs(a, b), b]
  if (b.constant && !a.constant) return [a, literalAs(b, a)]
  return [a, b]
}

function moveTo(to: Term, from: Term, wanted: Comparison, trial: Trial): boolean {
  if (!to.write) return false
  if (from.value() === null) return makeNull(from, false) || makeNull(to, true)
  const type = commonType(to.type, from.type, 0)
  const other = converted(from, type, 0)(0)
  if (other === null) return false
  const target = beside(other, wanted, type, to, trial)
  if (target === undefined) return false
  // Rounding on the way to a coarser type must not cross the border: the caller looks again.
  return to.write(converted({ type, value: () => target }, to.type, 0)(0))
}

/** A value that compares with `other` as wanted, near it. */
function beside(
  other: Value,
  wanted: Comparison,
  type: ValueType,
  to: Term,
  trial: Trial,
): Value | undefined {
  if (wanted === '=') return other
  if (typeof other === 'boolean') return wanted === '<>' ? !other : undefined
  if (typeof other === 'string') return besideText(other, wanted, type, to, trial)
  const distance = () =>
    stepOf(type, to) * (1 + Math.floor(trial.random() ** 2 * reach(Number(other), type, to)))
  const value = Number(other)
  if (wanted === '<>') return trial.random() < 0.5 ? value + distance() : value - distance()
  if (wanted.startsWith('>')) return wanted === '>=' && trial.random() < 0.1 ? value : value + distance()
  if (wanted === '<=' && trial.random() < 0.1) return value
  // Below a positive number: mostly still positive.
  if (isNumeric(type) && value > 0 && trial.random() < 0.9) {
    const step = stepOf(type, to)
    const room = Math.ceil(value / step)
    const below = Math.floor(trial.random() * (room + (wanted === '<=' ? 1 : 0))) * step
    return type.kind === 'float' ? below : Math.round(below)
  }
  return value - distance()
}

/** The least difference the written side can show, in units of `type`. */
function stepOf(type: ValueType, to: Term): number {
  switch (type.kind) {
    case 'float':
      return 0.25
    case 'int':
      return 1
    case 'decimal':
      return 10 ** Math.max(0, scaleOf(type) - (isNumeric(to.type) ? scaleOf(to.type) : 0))
    case 'instant':
      return to.type.kind === 'date' ? MICROS_PER_DAY : 1_000_000
    case 'interval':
    case 'time':
      return 60_000_000
    default:
      return 1
  }
}

/** How many steps away is still natural. */
function reach(value: number, type: ValueType, to: Term): number {
  if (type.kind === 'date' || to.type.kind === 'date') return 60
  if (type.kind === 'instant') return 14 * 86_400
  if (type.kind === 'time') return 180
  if (type.kind === 'interval') return 7 * 1440
  return Math.max(10, Math.abs(value) / stepOf(type, to) / 3)
}

function besideText(
  other: string,
  wanted: Comparison,
  type: ValueType,
  to: Term,
  trial: Trial,
): Value | undefined {
  if (type.kind === 'json')
    return wanted === '<>' ? (other === '{}' ? jsonbText({ note: 'none' }) : '{}') : undefined
  const labels = to.pg?.labels
  if (labels) {
    const at = labels.indexOf(other)
    const fitting = labels.filter((_, i) =>
      wanted === '<>'
        ? i !== at
        : wanted === '<'
          ? i < at
          : wanted === '<='
            ? i <= at
            : wanted === '>'
              ? i > at
              : i >= at,
    )
    return fitting[Math.floor(trial.random() * fitting.length)]
  }
  if (wanted === '<>')
    return other === '' ? 'none' : `${other.slice(0, -1)}${other.endsWith('x') ? 'y' : 'x'}`
  // In any collation a text sorts behind its own beginning.
  if (wanted.startsWith('>')) return `${other}a`
  return other === '' ? undefined : other.slice(0, -1)
}

/** `x IN (…)`: any of the list that can be written. */
export function membership(of: Term, list: readonly Term[], negated: boolean, trial: Trial): Term {
  const tests = list.map((item) => comparison('=', of, item, trial))
  const listed = list.map((item) => alike(of, item)[1])
  const value = (): Value => {
    let unknown = false
    for (const test of tests) {
      const is = test.value()
      if (is === true) return !negated
      if (is === null) unknown = true
    }
    return unknown ? null : negated
  }
  return condition(
    value,
    (to) => {
      if (to !== negated) return shuffled(tests, trial).some((test) => test.write!(true))
      return tests.every((test) => test.value() !== true || test.write!(false))
    },
    negated ? { parts: [of] } : { parts: [of], shape: { kind: 'in', of, list: listed } },
  )
}

/** IS [NOT] DISTINCT FROM: NULL is a value like others. */
export function distinct(a: Term, b: Term, negated: boolean, trial: Trial): Term {
  const [left, right] = alike(a, b)
  const equal = comparison('=', left, right, trial)
  const isDistinct = (): boolean => {
    const [x, y] = [left.value(), right.value()]
    return x === null || y === null ? x !== y : equal.value() !== true
  }
  return condition(
    () => isDistinct() !== negated,
    (to) => {
      const differ = to !== negated
      const [x, y] = [left.value(), right.value()]
      if (x === null && y === null) return !differ || makeNull(left, false) || makeNull(right, false)
      if (x === null || y === null) {
        if (differ) return true
        const [without, other] = x === null ? [left, right] : [right, left]
        return makeNull(other, true) || makeNull(without, false)
      }
      return equal.write!(!differ)
    },
  )
}
