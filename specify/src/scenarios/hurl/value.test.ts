import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeValue, isEqual, readJson, toJson, WholeFloat } from './value.ts'

test('numbers keep what JSON says of them', () => {
  assert.deepEqual(readJson('[1, 2.0, 1e2, 2.50]'), [1, new WholeFloat(2), new WholeFloat(100), 2.5])
  assert.deepEqual(readJson('{"id": 9007199254740993}'), { id: 9007199254740993n })
  assert.deepEqual(readJson('{"id": -123456789012345678901}'), { id: -123456789012345678901n })
  assert.deepEqual(readJson('["2.0", "1e5"]'), ['2.0', '1e5'])
})

test('what was read is written again as it was', () => {
  const text = '{"a":[2.0,9007199254740993,1.5,null,true],"b":{"c":"\\u0001\\""}}'
  assert.equal(toJson(readJson(text)), text)
})

test('2 is 2.0, and large numbers differ by their last digit', () => {
  assert.ok(isEqual(2, new WholeFloat(2)))
  assert.ok(isEqual(2n, 2))
  assert.ok(!isEqual(readJson('9007199254740993'), readJson('9007199254740992')))
})

test('reports say which kind of number came', () => {
  assert.deepEqual([2, new WholeFloat(2), 2.5, 9007199254740993n].map(describeValue), [
    'integer <2>',
    'float <2.0>',
    'float <2.5>',
    'integer <9007199254740993>',
  ])
})
