import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMoney, splitProportionally } from './money.ts'

test('parts sum to the total for any weights', () => {
  let state = 12345
  const next = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  for (let round = 0; round < 2_000; round++) {
    const weights = Array.from({ length: 1 + next(6) }, () => next(1_000))
    const total = next(100_000)
    const parts = splitProportionally(total, weights)
    assert.equal(
      parts.reduce((a, b) => a + b, 0),
      total,
      `total ${total}, weights ${weights.join(', ')}`,
    )
    assert.ok(parts.every((part) => part >= 0))
  }
})

test('the odd cent goes to the largest remainder, ties to the first', () => {
  assert.deepEqual(splitProportionally(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(splitProportionally(10, [1, 3]), [3, 7])
  assert.deepEqual(splitProportionally(7, [0, 0]), [7, 0])
  assert.deepEqual(splitProportionally(7, []), [])
})

test('money is written for people', () => {
  assert.equal(formatMoney(123_450, 'EUR'), '€1,234.50')
})
