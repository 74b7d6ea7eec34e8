import assert from 'node:assert/strict'
import test from 'node:test'
import { stockOf } from './routes.ts'

// inventory-service/001#FR-001
for (const [onHand, reserved, available, status] of [
  [20, 0, 20, 'in-stock'],
  [20, 14, 6, 'in-stock'],
  [20, 15, 5, 'low'],
  [1, 0, 1, 'low'],
  [7, 7, 0, 'sold-out'],
] as const)
  test(`${onHand} on hand and ${reserved} held: ${available} can be bought, ${status}`, () =>
    assert.deepEqual(stockOf({ sku: 'MUG-01', onHand, reserved }), { sku: 'MUG-01', available, status }))
