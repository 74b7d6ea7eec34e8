import { align, commonMultiple, compareDecimals, isMultiple, ONE, toNumber, type Decimal } from './decimal.ts'
import { holds } from './evaluate.ts'
import type { Literal, Solution } from './solution.ts'

const MOST_TRIES = 20_000

/** A number that satisfies all literals: limits, divisors, and the negation of each. */
export function solveNumber(literals: readonly Literal[]): Solution {
  let [low, high]: (Bound | undefined)[] = []
  let step: Decimal | undefined
  const notSteps: Decimal[] = []
  const excluded = literals.filter(({ formula, isTrue }) => formula.op === 'values' && !isTrue)
  for (const { formula, isTrue } of literals) {
    if (formula.op === 'integer' || formula.op === 'multiple') {
      const of = formula.op === 'integer' ? ONE : formula.of
      if (isTrue) step = step === undefined ? of : commonMultiple(step, of)
      else notSteps.push(of)
    } else if (formula.op === 'low' || formula.op === 'high') {
      const isLow = (formula.op === 'low') === isTrue
      const bound = { limit: formula.limit, isOpen: isTrue ? formula.isOpen : !formula.isOpen }
      if (isLow) low = low === undefined || isTighter(bound, low, 1) ? bound : low
      else high = high === undefined || isTighter(bound, high, -1) ? bound : high
    }
  }
  const accepts = (value: Decimal): boolean =>
    isWithin(value, low, high) &&
    !notSteps.some((of) => isMultiple(value, of)) &&
    excluded.every(({ formula }) => holds(formula, toNumber(value)) === false)
  const { candidates, isComplete } =
    step === undefined
      ? between(low, high, notSteps, excluded.length)
      : multiples(step, low, high, notSteps, excluded)
  for (const value of candidates) if (accepts(value)) return { outcome: 'witness', value: toNumber(value) }
  return isComplete ? { outcome: 'empty' } : { outcome: 'unknown', why: 'divisors too far apart' }
}

type Bound = { readonly limit: Decimal; readonly isOpen: boolean }

function isTighter(bound: Bound, than: Bound, sign: 1 | -1): boolean {
  const order = compareDecimals(bound.limit, than.limit) * sign
  return order > 0 || (order === 0 && bound.isOpen)
}

function isWithin(value: Decimal, low: Bound | undefined, high: Bound | undefined): boolean {
  if (low !== undefined) {
    const order = compareDecimals(value, low.limit)
    if (order < 0 || (order === 0 && low.isOpen)) return false
  }
  if (high === undefined) return true
  const order = compareDecimals(value, high.limit)
  return order < 0 || (order === 0 && !high.isOpen)
}

/** Multiples of `step` from the one nearest to zero on. What is no multiple of others repeats itself: one period is enough. */
function multiples(
  step: Decimal,
  low: Bound | undefined,
  high: Bound | undefined,
  notSteps: readonly Decimal[],
  excluded: readonly Literal[],
): { candidates: Decimal[]; isComplete: boolean } {
  const times = (factor: bigint): Decimal => ({ digits: step.digits * factor, scale: step.scale })
  const quotient = (limit: Decimal): bigint => {
    const { a, b } = align(limit, step)
    return a / b
  }
  let period = 1n
  for (const of of notSteps) {
    const { a, b } = align(commonMultiple(step, of), step)
    const own = a / b
    period = own > period ? own * period : period * own
  }
  const dropped = excluded.reduce(
    (sum, { formula }) => sum + (formula.op === 'values' ? formula.values.length : 0),
    0,
  )
  const wanted = Number(period > BigInt(MOST_TRIES) ? BigInt(MOST_TRIES) : period) + dropped + 3
  let start =
    low === undefined ? (high === undefined ? 0n : quotient(high.limit) + 1n) : quotient(low.limit) - 1n
  let direction = low === undefined && high !== undefined ? -1n : 1n
  // Zero and what follows it reads best, where the limits let it.
  if (
    (low === undefined || low.limit.digits < 0n) &&
    (high === undefined || high.limit.digits > BigInt(wanted) * step.digits)
  ) {
    start = 0n
    direction = 1n
  }
  const candidates: Decimal[] = []
  for (let i = 0n; i < BigInt(wanted); i++) candidates.push(times(start + direction * i))
  return { candidates, isComplete: period <= BigInt(MOST_TRIES) }
}

/** Enough numbers of an interval: what is excluded or divides is a set of isolated points. */
function between(
  low: Bound | undefined,
  high: Bound | undefined,
  notSteps: readonly Decimal[],
  excluded: number,
): { candidates: Decimal[]; isComplete: boolean } {
  const candidates: Decimal[] = [0, 1, 5, 15].map((n) => ({ digits: BigInt(n), scale: n > 1 ? 1 : 0 }))
  if (low !== undefined) candidates.push(low.limit)
  if (high !== undefined) candidates.push(high.limit)
  if (low !== undefined && high !== undefined) {
    const { a, b, scale } = align(low.limit, high.limit)
    if (a > b) return { candidates: [], isComplete: true }
    const parts = 7n + BigInt(excluded) + BigInt(notSteps.length)
    for (let i = 1n; i < parts; i++)
      candidates.push({
        digits: a * 1000n + ((b - a) * 1000n * i) / parts + (b > a ? 1n : 0n),
        scale: scale + 3,
      })
  } else {
    const edge = low?.limit ?? high?.limit ?? { digits: 0n, scale: 0 }
    const sign = low === undefined && high !== undefined ? -1n : 1n
    for (let i = 1n; i < 20n + BigInt(excluded); i++) {
      const { a, b, scale } = align(edge, { digits: sign * i, scale: 0 })
      candidates.push({ digits: a + b, scale })
      candidates.push({ digits: (a + b) * 1000n + sign * 137n, scale: scale + 3 })
    }
  }
  return { candidates, isComplete: true }
}
