import assert from 'node:assert/strict'
import test from 'node:test'
import { priceRange, priceText, searchWish } from './search-wish.ts'

const nothing = searchWish(new URLSearchParams())

test('an address without wishes asks for the first page of everything', () => {
  assert.deepEqual(nothing, {
    q: '',
    categories: [],
    sellers: [],
    price: undefined,
    rating: undefined,
    sort: undefined,
    page: 1,
  })
})

test('an address holds several values of one filter', () => {
  const wish = searchWish(
    new URLSearchParams(
      'q=+mug+&category=kitchen&category=garden&category=kitchen&seller=north&price=1000-2500&rating=4&sort=price-asc&page=3',
    ),
  )
  assert.deepEqual(wish, {
    q: 'mug',
    categories: ['kitchen', 'garden'],
    sellers: ['north'],
    price: { min: 1_000, max: 2_500 },
    rating: 4,
    sort: 'price-asc',
    page: 3,
  })
})

for (const text of [
  'category=No+Slug',
  'rating=6',
  'rating=x',
  'price=cheap',
  'price=5-1',
  'sort=luck',
  'page=-1',
  'page=201',
])
  test(`"${text}" counts as absent`, () => assert.deepEqual(searchWish(new URLSearchParams(text)), nothing))

test('a range of prices is read as it is written', () => {
  for (const text of ['0-1000', '25000-']) assert.equal(priceText(priceRange(text)!), text)
})
