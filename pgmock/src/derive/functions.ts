// The functions of `derive`, one entry each: check the arguments' types once, return a closure.

import { createHash } from 'node:crypto'
import { civilFromDays, MICROS_PER_DAY, parseDuration } from '../bytes/dates.ts'
import { below, fraction } from '../bytes/hash.ts'
import { plainText } from '../formats/value-text.ts'
import type { Expression } from '../values/generator.ts'
import { uuidFromText } from '../values/ids.ts'
import { slugOf } from '../values/text.ts'
import {
  BOOL,
  DATE,
  decimal,
  FLOAT,
  INSTANT,
  INT,
  INTERVAL,
  scaleOf,
  TEXT,
  type Value,
  type ValueType,
} from '../values/value-type.ts'
import { commonType, converted, isNumeric, rescaled } from './arithmetic.ts'
import { ExpressionError, type Node } from './expression.ts'
import type { Scope } from './scope.ts'

type Call = {
  readonly name: string
  readonly at: number
  readonly scope: Scope
  readonly args: readonly Expression[]
  /** The same arguments unparsed, for those that must be constants. */
  readonly nodes: readonly Node[]
}
type FunctionMaker = (call: Call) => Expression
type Scalar = Exclude<Value, null>

const HOUR = MICROS_PER_DAY / 24

export const functions: ReadonlyMap<string, FunctionMaker> = new Map<string, FunctionMaker>([
  // text
  ['lower', text((s) => s.toLowerCase())],
  ['upper', text((s) => s.toUpperCase())],
  [
    'initcap',
    text((s) => s.toLowerCase().replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())),
  ],
  ['trim', text((s) => s.trim())],
  ['slug', text(slugOf)],
  ['md5', text((s) => createHash('md5').update(s).digest('hex'))],
  ['reverse', text((s) => Array.from(s).toReversed().join(''))],
  ['length', ofText(INT, (s) => Array.from(s).length)],
  ['left', text((s, n) => Array.from(s).slice(0, Number(n)).join(''), 1)],
  ['right', text((s, n) => (Number(n) === 0 ? '' : Array.from(s).slice(-Number(n)).join('')), 1)],
  [
    'substr',
    text(
      (s, from, n) =>
        Array.from(s)
          .slice(Number(from) - 1, Number(from) - 1 + Number(n))
          .join(''),
      2,
    ),
  ],
  ['replace', text((s, a, b) => s.replaceAll(String(a), String(b)), 2)],
  ['lpad', text((s, n, pad) => s.padStart(Number(n), String(pad)).slice(0, Number(n)), 2)],
  ['rpad', text((s, n, pad) => s.padEnd(Number(n), String(pad)).slice(0, Number(n)), 2)],
  ['text', (call) => map1(call, TEXT, (value, type) => plainText(value, type))],
  ['concat', (call) => ({ type: TEXT, value: (row) => call.args.map((arg) => textOf(arg, row)).join('') })],
  // numbers
  ['abs', (call) => map1(numbers(call), call.args[0]!.type, (value) => Math.abs(Number(value)))],
  ['floor', (call) => toInteger(call, Math.floor)],
  ['ceil', (call) => toInteger(call, Math.ceil)],
  ['int', (call) => toInteger(call, Math.round)],
  ['round', (call) => (call.args.length === 1 ? toInteger(call, Math.round) : toScale(call))],
  ['numeric', toScale],
  ['float', (call) => ({ type: FLOAT, value: converted(numbers(call).args[0]!, FLOAT, call.at) })],
  ['least', (call) => extreme(call, (a, b) => a < b)],
  ['greatest', (call) => extreme(call, (a, b) => a > b)],
  // conditions
  ['coalesce', coalesce],
  ['nullif', nullif],
  // time
  ['now', ({ scope }) => ({ type: INSTANT, value: () => scope.now })],
  ['interval', interval],
  ['days', (call) => map1(numbers(call), INTERVAL, (n, type) => asNumber(n, type) * MICROS_PER_DAY)],
  ['hours', (call) => map1(numbers(call), INTERVAL, (n, type) => asNumber(n, type) * HOUR)],
  ['minutes', (call) => map1(numbers(call), INTERVAL, (n, type) => (asNumber(n, type) * HOUR) / 60)],
  ['seconds', (call) => map1(numbers(call), INTERVAL, (n, type) => (asNumber(n, type) * HOUR) / 3600)],
  ['age_days', (call) => age(call, MICROS_PER_DAY)],
  ['age_hours', (call) => age(call, HOUR)],
  ['date', (call) => map1(times(call), DATE, (value, type) => dayOf(value, type))],
  ['timestamp', (call) => ({ type: INSTANT, value: converted(times(call).args[0]!, INSTANT, call.at) })],
  ['year', (call) => map1(times(call), INT, (value, type) => civilFromDays(dayOf(value, type)).year)],
  ['month', (call) => map1(times(call), INT, (value, type) => civilFromDays(dayOf(value, type)).month)],
  ['day', (call) => map1(times(call), INT, (value, type) => civilFromDays(dayOf(value, type)).day)],
  // Whole seconds since 1970, as Unix counts them.
  [
    'epoch',
    (call) =>
      map1(times(call), INT, (value, type) =>
        type.kind === 'date' ? Number(value) * 86_400 : Math.floor(Number(value) / 1e6),
      ),
  ],
  // chance
  ['random_between', randomBetween],
  ['chance', chance],
  ['weighted', weighted],
  // place
  ['row', () => ({ type: INT, value: (row) => row + 1 })],
  ['ordinal', (call) => place(call, call.scope.ordinal)],
  ['siblings', (call) => place(call, call.scope.siblings)],
  // identifiers
  [
    'uuid',
    (call) => ({
      type: TEXT,
      value: (row) => uuidFromText(call.args.map((arg) => textOf(arg, row)).join('\u0000')),
    }),
  ],
])

function fail({ name, at }: Call, message: string, hint?: string): never {
  throw new ExpressionError('expression-type', at, `${name}: ${message}`, hint)
}

function arity(call: Call, wanted: number): Call {
  if (call.args.length !== wanted)
    fail(call, `takes ${wanted} value${wanted === 1 ? '' : 's'}, not ${call.args.length}`)
  return call
}

function textOf({ type, value }: Expression, row: number): string {
  const is = value(row)
  return is === null ? '' : plainText(is, type)
}

/** A function of a text and `more` further values; NULL in, NULL out. */
function text(change: (s: string, ...more: Scalar[]) => string, more = 0): FunctionMaker {
  return ofText(TEXT, change, more)
}

function ofText(type: ValueType, change: (s: string, ...more: Scalar[]) => Value, more = 0): FunctionMaker {
  return (call) => {
    const [first, ...rest] = arity(call, more + 1).args
    return {
      type,
      value: (row) => {
        const is = first!.value(row)
        if (is === null) return null
        const others: Scalar[] = []
        for (const other of rest) {
          const value = other.value(row)
          if (value === null) return null
          others.push(value)
        }
        return change(plainText(is, first!.type), ...others)
      },
    }
  }
}

function map1(call: Call, type: ValueType, change: (value: Scalar, type: ValueType) => Value): Expression {
  const [of] = arity(call, 1).args
  return {
    type,
    value: (row) => {
      const is = of!.value(row)
      return is === null ? null : change(is, of!.type)
    },
  }
}

function numbers(call: Call): Call {
  const wrong = call.args.find(
    ({ type }) => !isNumeric(type) && type.kind !== 'interval' && type.kind !== 'null',
  )
  if (wrong) fail(call, `needs numbers, not ${wrong.type.kind}`)
  return call
}

function times(call: Call): Call {
  const kind = arity(call, 1).args[0]!.type.kind
  if (kind !== 'instant' && kind !== 'date' && kind !== 'null')
    fail(call, `needs a date or a time, not ${kind}`)
  return call
}

function asNumber(value: Scalar, type: ValueType): number {
  return Number(value) / 10 ** scaleOf(type)
}

function dayOf(value: Scalar, type: ValueType): number {
  return type.kind === 'date' ? Number(value) : Math.floor(Number(value) / MICROS_PER_DAY)
}

function toInteger(call: Call, cut: (x: number) => number): Expression {
  return map1(numbers(call), INT, (value, type) => cut(asNumber(value, type)))
}

function toScale(call: Call): Expression {
  const [of, places] = numbers(arity(call, 2)).args
  const scale = constant(call, 1, places!)
  if (!Number.isInteger(scale) || scale < 0 || scale > 8) fail(call, 'the number of places must be 0 to 8')
  if (of!.type.kind === 'float')
    return { type: decimal(scale), value: converted(of!, decimal(scale), call.at) }
  return { type: decimal(scale), value: rescaled(of!, scale) }
}

function constant(call: Call, index: number, { value, type }: Expression): number {
  const node = call.nodes[index]
  if (node?.kind !== 'number') fail(call, 'needs a plain number there')
  return asNumber(value(0) ?? 0, type)
}

function extreme(call: Call, better: (a: Scalar, b: Scalar) => boolean): Expression {
  if (call.args.length < 2) fail(call, 'takes two or more values')
  const type = call.args.map((arg) => arg.type).reduce((a, b) => commonType(a, b, call.at))
  const values = call.args.map((arg) => converted(arg, type, call.at))
  return {
    type,
    value: (row) => {
      let best: Value = null
      for (const value of values) {
        const is = value(row)
        if (is !== null && (best === null || better(is, best))) best = is
      }
      return best
    },
  }
}

function coalesce(call: Call): Expression {
  if (call.args.length < 1) fail(call, 'takes one or more values')
  const type = call.args.map((arg) => arg.type).reduce((a, b) => commonType(a, b, call.at))
  const values = call.args.map((arg) => converted(arg, type, call.at))
  return {
    type,
    value: (row) => {
      for (const value of values) {
        const is = value(row)
        if (is !== null) return is
      }
      return null
    },
  }
}

function nullif(call: Call): Expression {
  const [a, b] = arity(call, 2).args
  const type = commonType(a!.type, b!.type, call.at)
  const [x, y] = [converted(a!, type, call.at), converted(b!, type, call.at)]
  return {
    type,
    value: (row) => {
      const is = x(row)
      return is === y(row) ? null : is
    },
  }
}

function interval(call: Call): Expression {
  const [node] = arity(call, 1).nodes
  const micros = node?.kind === 'text' ? parseDuration(node.value) : undefined
  if (micros === undefined) fail(call, "needs a duration such as '2 days' or '1 hour 30 minutes'")
  return { type: INTERVAL, value: () => micros }
}

function age(call: Call, unit: number): Expression {
  const { now } = call.scope
  return map1(times(call), INT, (value, type) => {
    const micros = type.kind === 'date' ? Number(value) * MICROS_PER_DAY : Number(value)
    return Math.floor((now - micros) / unit)
  })
}

/** A whole number from a to b; the same cell always gets the same one. */
function randomBetween(call: Call): Expression {
  const [a, b] = numbers(arity(call, 2)).args
  const draw = call.scope.draw(`random_between ${call.at}`)
  return {
    type: INT,
    value: (row) => {
      const [low, high] = [a!.value(row), b!.value(row)]
      if (low === null || high === null) return null
      const from = Math.ceil(asNumber(low, a!.type))
      return from + below(draw(row), Math.max(1, Math.floor(asNumber(high, b!.type)) - from + 1))
    },
  }
}

function chance(call: Call): Expression {
  const [share] = numbers(arity(call, 1)).args
  const draw = call.scope.draw(`chance ${call.at}`)
  return { type: BOOL, value: (row) => fraction(draw(row)) < asNumber(share!.value(row) ?? 0, share!.type) }
}

/** weighted(value, weight, value, weight …) */
function weighted(call: Call): Expression {
  if (call.args.length < 2 || call.args.length % 2 !== 0) fail(call, 'takes pairs of value and weight')
  const choices = call.args.filter((_, i) => i % 2 === 0)
  const weights = call.args
    .filter((_, i) => i % 2 === 1)
    .map((weight, i) => constant(call, i * 2 + 1, weight))
  const type = choices.map((choice) => choice.type).reduce((a, b) => commonType(a, b, call.at))
  const values = choices.map((choice) => converted(choice, type, call.at))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0) fail(call, 'needs a weight above zero')
  const draw = call.scope.draw(`weighted ${call.at}`)
  return {
    type,
    value: (row) => {
      let left = fraction(draw(row)) * total
      for (let i = 0; i < values.length - 1; i++) {
        left -= weights[i]!
        if (left < 0) return values[i]!(row)
      }
      return values.at(-1)!(row)
    },
  }
}

function place(call: Call, of: ((row: number) => number) | undefined): Expression {
  arity(call, 0)
  if (!of)
    fail(
      call,
      `table ${call.scope.table} has no "rowCount" per parent`,
      'Write "rowCount": "3 per orders" or use row().',
    )
  return { type: INT, value: of }
}
