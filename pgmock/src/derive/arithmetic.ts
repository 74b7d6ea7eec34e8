// Exact where SQL is exact: decimals are whole numbers of 10^-scale units, and a scale is known before the first row.

import { MICROS_PER_DAY } from '../bytes/dates.ts'
import type { Expression } from '../values/generator.ts'
import {
  BOOL,
  DATE,
  decimal,
  FLOAT,
  INSTANT,
  INT,
  INTERVAL,
  NULL,
  scaleOf,
  type Value,
  type ValueType,
} from '../values/value-type.ts'
import { ExpressionError } from './expression.ts'

type Sign = '+' | '-' | '*' | '/' | '%'
type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

/** A quotient keeps six places, like most ratios people write down. */
const QUOTIENT_SCALE = 6
/** Products keep at most this many, so that units stay below 2^53. */
const LARGEST_SCALE = 8

export function isNumeric({ kind }: ValueType): boolean {
  return kind === 'int' || kind === 'decimal' || kind === 'float'
}

export function arithmetic(op: Sign, a: Expression, b: Expression, at: number): Expression {
  if (a.type.kind === 'null' || b.type.kind === 'null') return { type: NULL, value: () => null }
  if (isNumeric(a.type) && isNumeric(b.type)) return numeric(op, a, b)
  return temporal(op, a, b, at)
}

function numeric(op: Sign, a: Expression, b: Expression): Expression {
  if (a.type.kind === 'float' || b.type.kind === 'float') {
    const [x, y] = [converted(a, FLOAT, 0), converted(b, FLOAT, 0)]
    return strict(FLOAT, x, y, floatOperation(op))
  }
  const [p, q] = [scaleOf(a.type), scaleOf(b.type)]
  switch (op) {
    case '*': {
      const scale = Math.min(p + q, LARGEST_SCALE)
      const shrink = 10 ** (p + q - scale)
      return strict(decimal(scale), a.value, b.value, (x, y) =>
        shrink === 1 ? x * y : Math.round((x * y) / shrink),
      )
    }
    case '/': {
      if (p === 0 && q === 0)
        return strict(INT, a.value, b.value, (x, y) => (y === 0 ? null : Math.trunc(x / y)))
      const power = 10 ** (QUOTIENT_SCALE - p + q)
      return strict(decimal(QUOTIENT_SCALE), a.value, b.value, (x, y) =>
        y === 0 ? null : Math.round((x / y) * power),
      )
    }
    default: {
      const scale = Math.max(p, q)
      const [x, y] = [rescaled(a, scale), rescaled(b, scale)]
      if (op === '%') return strict(decimal(scale), x, y, (m, n) => (n === 0 ? null : m % n))
      return strict(decimal(scale), x, y, op === '+' ? (m, n) => m + n : (m, n) => m - n)
    }
  }
}

function floatOperation(op: Sign): (x: number, y: number) => number | null {
  switch (op) {
    case '+':
      return (x, y) => x + y
    case '-':
      return (x, y) => x - y
    case '*':
      return (x, y) => x * y
    case '/':
      return (x, y) => (y === 0 ? null : x / y)
    case '%':
      return (x, y) => (y === 0 ? null : x % y)
  }
}

function temporal(op: Sign, a: Expression, b: Expression, at: number): Expression {
  const shape = `${a.type.kind} ${op} ${b.type.kind}`
  switch (shape) {
    case 'instant + interval':
    case 'interval + instant':
      return strict(INSTANT, a.value, b.value, (x, y) => x + y)
    case 'instant - interval':
      return strict(INSTANT, a.value, b.value, (x, y) => x - y)
    case 'instant - instant':
      return strict(INTERVAL, a.value, b.value, (x, y) => x - y)
    case 'interval + interval':
      return strict(INTERVAL, a.value, b.value, (x, y) => x + y)
    case 'interval - interval':
      return strict(INTERVAL, a.value, b.value, (x, y) => x - y)
    case 'interval * int':
    case 'int * interval':
      return strict(INTERVAL, a.value, b.value, (x, y) => x * y)
    case 'interval / int':
      return strict(INTERVAL, a.value, b.value, (x, y) => (y === 0 ? null : Math.trunc(x / y)))
    case 'date + int':
    case 'int + date':
      return strict(DATE, a.value, b.value, (x, y) => x + y)
    case 'date - int':
      return strict(DATE, a.value, b.value, (x, y) => x - y)
    case 'date - date':
      return strict(INT, a.value, b.value, (x, y) => x - y)
    case 'date + interval':
      return strict(INSTANT, a.value, b.value, (x, y) => x * MICROS_PER_DAY + y)
    case 'date - interval':
      return strict(INSTANT, a.value, b.value, (x, y) => x * MICROS_PER_DAY - y)
    default:
      throw new ExpressionError(
        'expression-type',
        at,
        `${shape} has no meaning`,
        a.type.kind === 'text' || b.type.kind === 'text' ? 'Texts are joined with ||.' : undefined,
      )
  }
}

/** NULL if either side is; otherwise the operation on numbers. */
function strict(
  type: ValueType,
  a: (row: number) => Value,
  b: (row: number) => Value,
  operation: (x: number, y: number) => number | null,
): Expression {
  return {
    type,
    value: (row) => {
      const x = a(row)
      if (x === null) return null
      const y = b(row)
      return y === null ? null : operation(x as number, y as number)
    },
  }
}

export function compare(op: Comparison, a: Expression, b: Expression, at: number): Expression {
  const type = commonType(a.type, b.type, at)
  const [x, y] = [converted(a, type, at), converted(b, type, at)]
  const holds = comparison(op)
  return {
    type: BOOL,
    value: (row) => {
      const left = x(row)
      if (left === null) return null
      const right = y(row)
      return right === null ? null : holds(left, right)
    },
  }
}

type Scalar = Exclude<Value, null>

function comparison(op: Comparison): (a: Scalar, b: Scalar) => boolean {
  switch (op) {
    case '=':
      return (a, b) => a === b
    case '<>':
      return (a, b) => a !== b
    case '<':
      return (a, b) => a < b
    case '<=':
      return (a, b) => a <= b
    case '>':
      return (a, b) => a > b
    case '>=':
      return (a, b) => a >= b
  }
}

/** The type both can be read as; throws when there is none. */
export function commonType(a: ValueType, b: ValueType, at: number): ValueType {
  if (a.kind === 'null') return b
  if (b.kind === 'null') return a
  if (isNumeric(a) && isNumeric(b)) {
    if (a.kind === 'float' || b.kind === 'float') return FLOAT
    return decimal(Math.max(scaleOf(a), scaleOf(b)))
  }
  if (a.kind === b.kind) return a
  if ((a.kind === 'instant' && b.kind === 'date') || (a.kind === 'date' && b.kind === 'instant'))
    return INSTANT
  throw new ExpressionError('expression-type', at, `${a.kind} and ${b.kind} do not mix`)
}

/** The expression's values as `type`, which commonType found. */
export function converted(of: Expression, type: ValueType, at: number): (row: number) => Value {
  const { value } = of
  if (of.type.kind === 'null' || type.kind === 'null') return value
  switch (type.kind) {
    case 'int':
    case 'decimal':
      if (of.type.kind === 'float') return mapped(value, (x) => rounded(x * 10 ** scaleOf(type)))
      return rescaled(of, scaleOf(type))
    case 'float': {
      const power = 10 ** scaleOf(of.type)
      return power === 1 ? value : mapped(value, (x) => x / power)
    }
    case 'instant':
      return of.type.kind === 'date' ? mapped(value, (days) => days * MICROS_PER_DAY) : value
    case 'date':
      return of.type.kind === 'instant'
        ? mapped(value, (micros) => Math.floor(micros / MICROS_PER_DAY))
        : value
    default:
      if (of.type.kind !== type.kind)
        throw new ExpressionError('expression-type', at, `${of.type.kind} is no ${type.kind}`)
      return value
  }
}

/** Units of another scale. */
export function rescaled({ type, value }: Expression, scale: number): (row: number) => Value {
  const from = scaleOf(type)
  if (from === scale) return value
  if (from < scale) {
    const power = 10 ** (scale - from)
    return mapped(value, (x) => x * power)
  }
  const power = 10 ** (from - scale)
  return mapped(value, (x) => rounded(x / power))
}

/** Half away from zero, as numeric rounds. */
export function rounded(x: number): number {
  return Math.sign(x) * Math.round(Math.abs(x))
}

function mapped(value: (row: number) => Value, change: (x: number) => number): (row: number) => Value {
  return (row) => {
    const is = value(row)
    return is === null ? null : change(is as number)
  }
}
