import assert from 'node:assert/strict'
import test from 'node:test'
import { summaryOf } from './summary.ts'

// review-service/001#FR-006
test('the average has two places', () => {
  assert.deepEqual(summaryOf([1, 0, 0, 0, 2]), { average: 3.67, count: 3, histogram: [1, 0, 0, 0, 2] })
})

test('without reviews the average is 0', () => {
  assert.deepEqual(summaryOf([0, 0, 0, 0, 0]), { average: 0, count: 0, histogram: [0, 0, 0, 0, 0] })
})
