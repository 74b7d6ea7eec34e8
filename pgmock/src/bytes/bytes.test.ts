import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chunk, ROW_RESERVE } from './chunk.ts'
import {
  dateText,
  intervalText,
  parseDuration,
  parseInstant,
  timestampText,
  writeDate,
  writeTime,
  writeTimestampTz,
} from './dates.ts'
import { pick, pickTable, writeWord, zipfDictionary } from './dictionary.ts'
import { writeDecimal, writeInteger, writePadded } from './digits.ts'
import { drawFor, fraction } from './hash.ts'
import { permutation } from './permutation.ts'
import { quantile } from './quantiles.ts'

const out = new Chunk(1024)
const written = (write: (out: Chunk, at: number) => number) => out.bytes.subarray(0, write(out, 0)).toString()

/** Numbers of every length, both signs, and the edges where a branch changes. */
const numbers = [
  0,
  1,
  9,
  10,
  99,
  100,
  999,
  1000,
  9999,
  10_000,
  99_999_999,
  100_000_000,
  1e12,
  Number.MAX_SAFE_INTEGER,
].flatMap((n) => [n, -n, n + 7])

test('a whole number is written as String prints it', () => {
  for (const n of numbers.filter(Number.isSafeInteger))
    assert.equal(
      written((chunk, at) => writeInteger(chunk, at, n)),
      String(n === 0 ? 0 : n),
    )
})

test('a decimal keeps its places', () => {
  assert.equal(
    written((chunk, at) => writeDecimal(chunk, at, 1999, 2)),
    '19.99',
  )
  assert.equal(
    written((chunk, at) => writeDecimal(chunk, at, -5, 2)),
    '-0.05',
  )
  assert.equal(
    written((chunk, at) => writeDecimal(chunk, at, 123_456_789_012, 3)),
    '123456789.012',
  )
  assert.equal(
    written((chunk, at) => writeDecimal(chunk, at, 7, 0)),
    '7',
  )
  assert.equal(
    written((chunk, at) => writePadded(chunk, at, 42, 6)),
    '000042',
  )
})

test('dates and times are what Date says, from year 1 to 9999', () => {
  const draw = drawFor('dates')
  for (let i = 0; i < 2000; i++) {
    const days = Math.floor((fraction(draw(i)) - 0.2) * 2_900_000)
    const expected = new Date(days * 86_400_000)
      .toISOString()
      .slice(0, -14)
      .replace(/^\+0*(?=\d{4}-)/, '')
    if (!/^\d{4}-/.test(expected) || expected < '0001') continue
    assert.equal(dateText(days), expected)
    assert.equal(
      written((chunk, at) => writeDate(chunk, at, days)),
      expected,
    )
  }
  const micros = parseInstant('2026-02-28T23:59:59.120Z')! + 45
  assert.equal(
    written((chunk, at) => writeTimestampTz(chunk, at, micros)),
    '2026-02-28 23:59:59.120045+00',
  )
  assert.equal(timestampText(micros), '2026-02-28 23:59:59.120045')
  assert.equal(
    written((chunk, at) => writeTime(chunk, at, 3_600_500_000)),
    '01:00:00.5',
  )
})

test('durations are read and printed as PostgreSQL prints intervals', () => {
  assert.equal(intervalText(parseDuration('1 day 2 hours')!), '1 day 02:00:00')
  assert.equal(intervalText(parseDuration('-3 days')!), '-3 days')
  assert.equal(intervalText(0), '00:00:00')
  assert.equal(parseDuration('2 fortnights'), undefined)
  assert.equal(parseInstant('yesterday'), undefined)
  assert.equal(parseInstant('2026-02-31T25:00:00Z'), undefined)
})

test('a permutation meets every number once, for small, odd and huge sizes', () => {
  for (const size of [1, 2, 3, 5, 12, 100, 1000, 4097, 65_536]) {
    const index = permutation(size, 'key', size)
    const seen = new Set(Array.from({ length: size }, (_, i) => index(i)))
    assert.equal(seen.size, size)
    assert.ok([...seen].every((at) => at >= 0 && at < size))
  }
  const huge = permutation(10 ** 12, 'huge')
  const some = Array.from({ length: 20_000 }, (_, i) => huge(i))
  assert.equal(new Set(some).size, 20_000)
  assert.ok(some.every((at) => at >= 0 && at < 10 ** 12))
  assert.ok(Math.abs(some.reduce((a, b) => a + b, 0) / 20_000 / 10 ** 12 - 0.5) < 0.02)
})

test('draws are even, and those of two columns know nothing of each other', () => {
  for (let seed = 0; seed < 20; seed++) {
    const [a, b] = [drawFor(seed, 'a'), drawFor(seed, 'b')]
    const cells = new Float64Array(256)
    for (let row = 0; row < 25_600; row++) cells[(a(row) >>> 28) * 16 + (b(row) >>> 28)]!++
    const chiSquare = cells.reduce((sum, seen) => sum + (seen - 100) ** 2 / 100, 0)
    assert.ok(chiSquare < 360, `seed ${seed}: chi-square ${chiSquare} with 255 degrees of freedom`) // p < 0.00002
  }
})

test('a draw is a bijection: no two rows share a number', () => {
  const draw = drawFor(1, 'x')
  assert.equal(new Set(Array.from({ length: 100_000 }, (_, row) => draw(row))).size, 100_000)
})

test('a word is picked by weight and written whole, whatever its length', () => {
  const dictionary = zipfDictionary(['a', 'Grüße', 'exactly8', 'seventeen letters', 'tab\there'])
  assert.equal(
    written((chunk, at) => writeWord(chunk, at, dictionary, 1)),
    'Grüße',
  )
  assert.equal(
    written((chunk, at) => writeWord(chunk, at, dictionary, 3)),
    'seventeen letters',
  )
  assert.equal(
    written((chunk, at) => writeWord(chunk, at, dictionary, 4)),
    String.raw`tab\there`,
  )
  const picks = pickTable([3, 0, 1])
  const counts = [0, 0, 0]
  for (let i = 0; i < 4096; i++) counts[pick(picks, i * 2 ** 20)]!++
  assert.deepEqual(counts, [3072, 0, 1024])
})

test('quantiles stay in their range and meet the mean that was asked', () => {
  for (const shape of ['uniform', 'normal', 'lognormal', 'exponential', 'zipf'] as const) {
    const at = quantile(shape, { min: 10, max: 50 })
    let last = at(0)
    for (let i = 1; i < 1000; i++) {
      const value = at(i / 1000)
      assert.ok(value >= last && value >= 10 && value <= 50, `${shape} at ${i}`)
      last = value
    }
  }
  const normal = quantile('normal', { min: 0, max: 100, mean: 30, stddev: 5 })
  const mean =
    Array.from({ length: 1000 }, (_, i) => normal((i + 0.5) / 1000)).reduce((a, b) => a + b, 0) / 1000
  assert.ok(Math.abs(mean - 30) < 0.1, `mean ${mean}`)
})

test('a chunk grows without losing what is written', () => {
  const chunk = new Chunk(16)
  chunk.bytes.write('kept', 0)
  chunk.reserve(4, 100_000)
  assert.equal(chunk.bytes.subarray(0, 4).toString(), 'kept')
  assert.ok(chunk.bytes.length >= 4 + 100_000 + ROW_RESERVE)
  assert.equal(chunk.view.getUint8(0), 107)
})
