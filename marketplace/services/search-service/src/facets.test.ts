import assert from 'node:assert/strict'
import test from 'node:test'
import { priceFacet, ratingFacet } from './facets.ts'

// search-service/001#FR-005
test('ranges of prices touch, the last is open, empty ones are left out', () => {
  assert.deepEqual(priceFacet([3, 0, 2, 0, 0, 1]), [
    { priceMin: 0, priceMax: 1_000, count: 3 },
    { priceMin: 2_500, priceMax: 5_000, count: 2 },
    { priceMin: 25_000, count: 1 },
  ])
})

test('ratings nobody reached are left out', () => {
  assert.deepEqual(ratingFacet([0, 4, 9]), [
    { rating: 3, count: 4 },
    { rating: 2, count: 9 },
  ])
})
