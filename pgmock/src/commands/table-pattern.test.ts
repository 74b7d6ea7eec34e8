import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matches, tablePattern } from './table-pattern.ts'

test('patterns mean what pg_dump means by them', () => {
  const cases = [
    ['orders', 'orders', true],
    ['public.orders', 'orders', true],
    ['order*', 'order_lines', true],
    ['order?', 'orders', true],
    ['order', 'orders', false],
    ['*', 'sales.orders', false],
    ['s*.*', 'sales.orders', true],
    ['sales.orders', 'sales.orders', true],
    ['"Order Lines"', 'Order Lines', true],
    ['"a*"', 'ab', false],
    ['"a*"', 'a*', true],
    ['a+b', 'a+b', true],
  ] as const
  for (const [pattern, name, isMatch] of cases)
    assert.equal(matches(pattern, name), isMatch, `${pattern} ${name}`)
})

test('what is excluded is not included, and without patterns everything is', () => {
  assert.equal(tablePattern(['o*'], ['orders'])('orders'), false)
  assert.equal(tablePattern(['o*'], ['orders'])('offers'), true)
  assert.equal(tablePattern([], [])('sales.orders'), true)
})
