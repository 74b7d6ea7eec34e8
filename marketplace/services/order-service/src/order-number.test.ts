import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../../platform/ids.ts'
import { orderNumber } from './order-number.ts'

test('orders placed in the same millisecond have different numbers', () => {
  const now = Date.UTC(2026, 0, 1)
  const numbers = new Set(Array.from({ length: 10_000 }, () => orderNumber(newId(now))))
  assert.equal(numbers.size, 10_000)
  for (const number of numbers) assert.match(number, /^[0-9A-F]{12}$/)
})
