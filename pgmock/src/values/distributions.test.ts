// Distributions against what was asked, by the usual tests at one in a thousand: with fixed seeds they pass or they do
// not, so a change that bends a curve is seen.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '../bytes/dates.ts'
import { fraction, mix } from '../bytes/hash.ts'
import { quantile, type Shape } from '../bytes/quantiles.ts'
import { planOf } from '../../test/plan-of.ts'

const N = 20_000
const DAY = 86_400_000_000

/** The values of one column of N rows. */
async function sample(
  column: Record<string, unknown>,
  more: Record<string, unknown> = {},
  rows = N,
): Promise<number[]> {
  const columns = { id: { type: 'serial', primaryKey: true }, ...more, x: column }
  const { tables } = await planOf({ things: { columns, rowCount: rows } })
  const { cell } = tables[0]!.columns.at(-1)!
  return Array.from({ length: rows }, (_, row) => Number(cell.value(row)))
}

/** Largest difference to a distribution function; 1.95/√n is exceeded once in a thousand. */
function ksDistance(values: readonly number[], cdf: (value: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.max(
    ...sorted.map((value, i) =>
      Math.max(Math.abs(cdf(value) - i / sorted.length), Math.abs(cdf(value) - (i + 1) / sorted.length)),
    ),
  )
}

function chiSquare(counts: readonly number[], weights: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b, 0)
  const sum = weights.reduce((a, b) => a + b, 0)
  return counts.reduce((all, count, i) => {
    const expected = (weights[i]! / sum) * total
    return all + (count - expected) ** 2 / expected
  }, 0)
}

/** Exceeded once in a thousand (Wilson and Hilferty's approximation). */
function chiLimit(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3
}

const counted = (values: readonly number[], size: number, bucket: (value: number) => number) => {
  const counts = Array.from({ length: size }, () => 0)
  for (const value of values) counts[bucket(value)]!++
  return counts
}

const erf = (x: number): number => {
  // Abramowitz and Stegun 7.1.26, good to 1.5e-7.
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const y =
    1 -
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
      t *
      Math.exp(-x * x)
  return x < 0 ? -y : y
}
const normalCdf = (mean: number, deviation: number) => (x: number) =>
  0.5 * (1 + erf((x - mean) / (deviation * Math.SQRT2)))

test('uniform, normal and exponential numbers pass Kolmogorov and Smirnov', async () => {
  const limit = 1.95 / Math.sqrt(N)
  const type = 'double precision'
  const even = await sample({ type, distribution: 'uniform', min: 10, max: 20 })
  assert.ok(ksDistance(even, (x) => (x - 10) / 10) < limit)
  const bell = await sample({ type, distribution: 'normal', mean: 100, stddev: 15, min: 0, max: 200 })
  assert.ok(ksDistance(bell, normalCdf(100, 15)) < limit)
  assert.ok(ksDistance(bell, normalCdf(102, 15)) > limit, 'the test sees a shift of two')
  const waiting = await sample({ type, distribution: 'exponential', min: 0, max: 1000, mean: 50 })
  assert.ok(ksDistance(waiting, (x) => 1 - Math.exp(-x / 50)) < limit * 1.5)
})

test('log-normal numbers have a normal logarithm', () => {
  const shape: Shape = 'lognormal'
  const at = quantile(shape, { min: 1, max: 100_000, mean: 300 })
  const logs = Array.from({ length: N }, (_, i) => Math.log(at(fraction(mix(i, 7, 11)))))
  const mean = logs.reduce((a, b) => a + b, 0) / N
  const deviation = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N)
  assert.ok(ksDistance(logs, normalCdf(mean, deviation)) < 0.02)
  const skew = logs.reduce((sum, x) => sum + ((x - mean) / deviation) ** 3, 0) / N
  assert.ok(Math.abs(skew) < 0.2, String(skew))
})

test('values come by their weights, booleans by their rate, NULL by its rate', async () => {
  const weights = [50, 30, 15, 5]
  const picked = await sample({ type: 'integer', values: [0, 1, 2, 3], weights })
  assert.ok(
    chiSquare(
      counted(picked, 4, (x) => x),
      weights,
    ) < chiLimit(3),
  )
  assert.ok(
    chiSquare(
      counted(picked, 4, (x) => x),
      [1, 1, 1, 1],
    ) > chiLimit(3),
  )
  const flags = await sample({ type: 'boolean', generator: { name: 'boolean', rate: 0.2 } })
  assert.ok(
    chiSquare(
      counted(flags, 2, (x) => x),
      [0.8, 0.2],
    ) < chiLimit(1),
  )
  const { tables } = await planOf({
    t: { columns: { x: { type: 'integer', nullRate: 0.3 } }, rowCount: N },
  })
  const nulls = Array.from({ length: N }, (_, row) => tables[0]!.columns[0]!.cell.value(row)).filter(
    (x) => x === null,
  )
  assert.ok(chiSquare([nulls.length, N - nulls.length], [0.3, 0.7]) < chiLimit(1))
})

const HOURS = [
  1.2, 0.7, 0.4, 0.3, 0.3, 0.5, 1.1, 2.2, 3.6, 4.7, 5.4, 5.6, 5.7, 5.4, 5.2, 5.1, 5.2, 5.5, 6, 6.9, 7.6, 7.3,
  5.3, 2.8,
]
const WEEKDAYS = [1.1, 1.08, 1.05, 1.03, 1, 0.84, 0.92]
const year = { from: '2024-01-01T00:00:00Z', to: '2025-01-01T00:00:00Z', growth: 1 }
const stamps = (options: object) =>
  sample({ type: 'timestamptz', generator: { name: 'timestamp', ...year, ...options } })
const dayOf = (micros: number) => Math.floor(micros / DAY) - Math.floor(parseInstant('2024-01-01')! / DAY)
const perDay = (values: readonly number[]) => counted(values, 367, dayOf).slice(0, 366)

test('a year of instants has its weekdays, its seasons and its hours', async () => {
  const values = await stamps({ order: 'random' })
  const weekday = (micros: number) => (Math.floor(micros / DAY) + 3) % 7
  // 2024 has 53 Mondays and Tuesdays.
  assert.ok(
    chiSquare(
      counted(values, 7, weekday),
      WEEKDAYS.map((weight, i) => weight * (i < 2 ? 53 : 52)),
    ) <
      chiLimit(6) * 1.5,
  )
  assert.ok(
    chiSquare(
      counted(values, 7, weekday),
      WEEKDAYS.map(() => 1),
    ) > chiLimit(6),
  )
  const hour = (micros: number) => Math.floor((micros % DAY) / 3_600_000_000)
  // Between the full hours the rate is a straight line, so an hour has half of its own and half of the next one's.
  const smooth = HOURS.map((weight, i) => (weight + HOURS[(i + 1) % 24]!) / 2)
  assert.ok(chiSquare(counted(values, 24, hour), smooth) < chiLimit(23))
  const month = counted(values, 12, (micros) => new Date(micros / 1000).getUTCMonth())
  assert.ok(month[11]! > 1.3 * month[1]!, 'December over February')
})

test('growth is the rate at the end over the rate at the beginning', async () => {
  const values = await stamps({ growth: 4, weekly: false, order: 'random' })
  const days = perDay(values)
  const sum = (from: number, to: number) => days.slice(from, to).reduce((a, b) => a + b, 0)
  const ratio = sum(336, 366) / sum(0, 30)
  assert.ok(ratio > 3 && ratio < 4.4, String(ratio))
})

test('gaps are days without any event, bursts days with many, noise makes days differ', async () => {
  const quiet = perDay(await stamps({ weekly: false }))
  assert.equal(quiet.filter((n) => n === 0).length, 0)
  const gaps = perDay(await stamps({ weekly: false, gaps: 0.1 }))
  const empty = gaps.filter((n) => n === 0).length
  assert.ok(empty > 20 && empty < 56, `${empty} days`)
  const bursts = perDay(await stamps({ weekly: false, bursts: 0.05 }))
  const median = bursts.toSorted((a, b) => a - b)[183]!
  const many = bursts.filter((n) => n > 5 * median).length
  assert.ok(many > 6 && many < 33, `${many} days`)
  const spread = (days: readonly number[]) => {
    const logs = days.filter((n) => n > 0).map(Math.log)
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length
    return Math.sqrt(logs.reduce((all, x) => all + (x - mean) ** 2, 0) / logs.length)
  }
  const noisy = spread(perDay(await stamps({ weekly: false, noise: 0.5 })))
  assert.ok(noisy > 0.42 && noisy < 0.6, String(noisy))
  assert.ok(spread(quiet) < 0.1)
})

test('on a holiday hardly anything happens, every year or in one', async () => {
  const days = perDay(await stamps({ weekly: false, holidays: ['12-25', '2024-05-09', '2023-05-10'] }))
  const usual = N / 366
  assert.ok(days[359]! < usual / 8, 'Christmas')
  assert.ok(days[129]! < usual / 8, 'Ascension')
  assert.ok(days[130]! > usual / 2, 'another year')
})

test('rows stay in the order of time with noise, gaps, bursts and holidays', async () => {
  const values = await stamps({ noise: 0.4, gaps: 0.2, bursts: 0.1, holidays: ['01-01'] })
  for (let row = 1; row < N; row++) assert.ok(values[row]! >= values[row - 1]!)
})

test('late arrivals are the share that was asked, and nothing arrives before it happened', async () => {
  const happened = { type: 'timestamptz', generator: { name: 'timestamp', ...year } }
  const options = { name: 'arrival', of: 'happened_at', late: 0.1, max: '2 days' }
  const arrived = await sample({ type: 'timestamptz', generator: options }, { happened_at: happened })
  const { tables } = await planOf({
    things: { columns: { id: { type: 'serial', primaryKey: true }, happened_at: happened }, rowCount: N },
  })
  const before = tables[0]!.columns.at(-1)!.cell
  const delays = arrived.map((at, row) => at - Number(before.value(row)))
  assert.ok(Math.min(...delays) >= 0 && Math.max(...delays) <= 2 * DAY)
  const late = delays.filter((delay) => delay > 60_000_000).length
  assert.ok(chiSquare([late, N - late], [0.1, 0.9]) < chiLimit(1))
})

test('what is no share, and no day, is refused', async () => {
  for (const [options, message] of [
    [{ gaps: 2 }, /gaps is a number from 0 to 0\.9/],
    [{ noise: -1 }, /noise is a number from 0 to 3/],
    [{ holidays: ['Christmas'] }, /holidays: "Christmas" is no day/],
  ] as const)
    await assert.rejects(stamps(options), message)
})

test('by default the most popular fifth of parents has half of the children: Gini 0.3 to 0.6, some without any', async () => {
  const { tables } = await planOf({
    parents: { columns: { id: { type: 'serial', primaryKey: true } }, rowCount: 2000 },
    children: {
      columns: {
        id: { type: 'serial', primaryKey: true },
        parent_id: { type: 'integer', references: 'parents.id' },
      },
      rowCount: N,
    },
  })
  const { cell } = tables[1]!.columns[1]!
  const counts = counted(
    Array.from({ length: N }, (_, row) => Number(cell.value(row)) - 1),
    2000,
    (x) => x,
  ).sort((a, b) => a - b)
  const gini = counts.reduce((sum, n, i) => sum + (2 * (i + 1) - 2001) * n, 0) / (2000 * N)
  assert.ok(gini > 0.3 && gini < 0.6, String(gini))
  const top = counts.slice(-400).reduce((a, b) => a + b, 0) / N
  assert.ok(top > 0.4 && top < 0.7, String(top))
})

test('an enum of states is mostly where things end well; another enum is even', async () => {
  const labels = ['open', 'paid', 'cancelled']
  const document = {
    orders: {
      columns: {
        id: { type: 'serial', primaryKey: true },
        status: { type: 'mood' },
        colour: { type: 'mood' },
        told: { type: 'text', values: labels },
      },
      rowCount: N,
    },
  }
  const { tables } = await planOf(document, {}, { mood: labels })
  const counts = (i: number) =>
    counted(
      Array.from({ length: N }, (_, row) => labels.indexOf(String(tables[0]!.columns[i]!.cell.value(row)))),
      3,
      (x) => x,
    )
  assert.ok(chiSquare(counts(1), [3, 12, 1]) < chiLimit(2))
  for (const i of [2, 3]) assert.ok(chiSquare(counts(i), [1, 1, 1]) < chiLimit(2))
})
