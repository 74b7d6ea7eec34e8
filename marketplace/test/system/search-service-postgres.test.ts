import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import type { Entry } from '../../services/search-service/src/catalogue-entry.ts'
import { searchStore } from '../../services/search-service/src/postgres.ts'
import {
  countSales,
  putProduct,
  readModel,
  withdrawProduct,
} from '../../services/search-service/src/read-model.ts'
import { searchProducts, type SearchRequest } from '../../services/search-service/src/search-products.ts'
import { testDatabase } from '../test-database.ts'

// The statements of the search on a real database: eight products, so that every expectation can be counted by hand.

let running: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let store: ReturnType<typeof searchStore>
let model: ReturnType<typeof readModel>

const folder = new URL('../../services/search-service/', import.meta.url)
const endOfTime = { after: undefined, upTo: undefined }

before(async () => {
  running = await testDatabase(new URL('src/migrations/', folder))
  db = running.db
  store = searchStore(db)
  model = readModel(db)
  await fill()
})
after(() => running?.stop())

type Row = readonly [
  sku: string,
  name: string,
  category: string,
  seller: string,
  cents: number,
  rating: number,
  count: number,
]
const rows: readonly Row[] = [
  ['HEA-1', 'Wireless Headphones', 'Electronics', 'North', 8_990, 4.8, 300],
  ['HEA-2', 'Studio Headphones, black', 'Electronics', 'South', 12_900, 4.1, 50],
  ['EAR-1', 'Sport Earbuds', 'Electronics', 'North', 3_900, 3.4, 90],
  ['TEA-1', 'Stoneware Teapot', 'Kitchen', 'South', 2_500, 4.5, 40],
  ['TEA-2', 'Glass Teapot', 'Kitchen', 'North', 2_499, 2.2, 80],
  ['MUG-1', 'Blue Ceramic Mug', 'Kitchen', 'South', 1_290, 4.9, 200],
  ['LAM-1', 'Desk Lamp', 'Home Office', 'North', 4_490, 0, 0],
  ['SPA-1', 'Garden Spade', 'Garden', 'West', 900, 3.9, 12],
]

function entry([sku, name, category, seller, cents, average, count]: Row, revision = 1): Entry {
  const n = rows.findIndex(([one]) => one === sku) + 1
  const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z]+/g, '-')
  return {
    revision,
    product: {
      productId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      sku,
      slug: sku.toLowerCase(),
      name,
      category: { slug: slug(category), name: category },
      seller: {
        sellerId: '00000000-0000-4000-8000-0000000000ff',
        slug: slug(seller),
        name: seller,
        rating: 4,
      },
      priceCents: cents,
      currency: 'EUR',
      art: { hue: 10, motif: 'box' },
      publishedAt: new Date(Date.UTC(2026, 0, n)).toISOString(),
      rating: { average, count },
    },
  }
}

async function fill(): Promise<void> {
  await model.putPortion(
    rows.map((row) => entry(row)),
    { ...endOfTime, readAt: await model.now() },
  )
  await model.finish(rows.length)
}

type Wish = Partial<SearchRequest>
const search = (wish: Wish) =>
  searchProducts({ ...store, isFilled: () => Promise.resolve(true) }, { page: 1, pageSize: 24, ...wish })
const skus = async (wish: Wish) => (await search(wish)).data.map(({ sku }) => sku)

// search-service/001#FR-001 FR-002 FR-003 FR-004 FR-006
const searches: readonly [what: string, wish: Wish, found: string[]][] = [
  ['every word must fit', { q: 'studio headphones' }, ['HEA-2']],
  ['the beginning of a word is enough', { q: 'headph' }, ['HEA-1', 'HEA-2']],
  ['a plural finds the singular', { q: 'mugs' }, ['MUG-1']],
  ['the category counts', { q: 'office' }, ['LAM-1']],
  ['the seller counts', { q: 'west' }, ['SPA-1']],
  ['a synonym finds what sellers call otherwise', { q: 'headset' }, ['HEA-1', 'HEA-2']],
  ['a missing letter is forgiven', { q: 'hedphones' }, ['HEA-1', 'HEA-2']],
  ['swapped letters are forgiven', { q: 'teapto' }, ['TEA-1', 'TEA-2']],
  ['a wrong letter in a short word is forgiven', { q: 'mog' }, ['MUG-1']],
  ['a typo in a second word is forgiven', { q: 'glass teepot' }, ['TEA-2']],
  ['a mistyped synonym is forgiven', { q: 'haedset' }, ['HEA-1', 'HEA-2']],
  ['nonsense finds nothing', { q: 'xylophonquartz' }, []],
  ['signs are only text', { q: "'; drop table products; --" }, []],
  ['one category', { category: ['kitchen'], sort: 'price-asc' }, ['MUG-1', 'TEA-2', 'TEA-1']],
  ['several values mean any', { category: ['garden', 'home-office'], sort: 'name' }, ['LAM-1', 'SPA-1']],
  [
    'several filters mean all',
    { category: ['kitchen'], seller: ['south'], rating: 4, sort: 'name' },
    ['MUG-1', 'TEA-1'],
  ],
  [
    'a price is from the lowest and below the highest',
    { priceMin: 2_500, priceMax: 4_490 },
    ['TEA-1', 'EAR-1'],
  ],
  ['the dearest first', { q: 'headphones', sort: 'price-desc' }, ['HEA-2', 'HEA-1']],
  ['the latest first', { category: ['electronics'], sort: 'newest' }, ['EAR-1', 'HEA-2', 'HEA-1']],
  ['pages do not overlap', { sort: 'price-asc', pageSize: 3, page: 2 }, ['TEA-1', 'EAR-1', 'LAM-1']],
  ['an unknown category is empty', { category: ['nowhere'] }, []],
]
for (const [what, wish, found] of searches)
  test(`a search: ${what}`, async () => assert.deepEqual(await skus(wish), found))

test('what was looked for instead is told, and only then', async () => {
  assert.equal((await search({ q: 'hedphones for sport' })).correctedQuery, 'headphones sport')
  assert.equal((await search({ q: 'headphones' })).correctedQuery, undefined)
  assert.equal((await search({ q: 'xylophonquartz' })).correctedQuery, undefined)
})

// search-service/001#FR-005
test('the counts of each facet nobody chose in add up to the total', async () => {
  for (const wish of [{}, { q: 'teapot' }, { q: 'headphones' }]) {
    const { facets, page } = await search(wish)
    for (const values of [facets.categories, facets.sellers, facets.prices])
      assert.equal(
        values.reduce((sum, { count }) => sum + count, 0),
        page.total,
      )
  }
})

test('choosing a value shows as many products as the facet said, for every value of every facet', async () => {
  const base: Wish = { category: ['kitchen', 'electronics'], seller: ['north', 'south'], priceMin: 1_000 }
  const { facets } = await search(base)
  assert.ok(facets.categories.length >= 3 && facets.sellers.length >= 2)
  for (const { slug, count } of facets.categories)
    assert.equal((await search({ ...base, category: [slug] })).page.total, count, slug)
  for (const { slug, count } of facets.sellers)
    assert.equal((await search({ ...base, seller: [slug] })).page.total, count, slug)
  for (const { count, ...price } of facets.prices)
    assert.equal((await search({ ...base, ...price })).page.total, count, JSON.stringify(price))
  for (const { rating, count } of facets.ratings)
    assert.equal((await search({ ...base, rating })).page.total, count, `${rating} stars`)
})

test('a chosen value stays to be seen although nothing is left of it', async () => {
  const { facets, page } = await search({ q: 'teapot', category: ['garden'] })
  assert.equal(page.total, 0)
  assert.deepEqual(facets.categories, [
    { slug: 'kitchen', name: 'Kitchen', count: 2 },
    { slug: 'garden', name: 'Garden', count: 0 },
  ])
})

// search-service/001#FR-007
test('suggestions are words and products of the catalogue', async () => {
  assert.deepEqual(await store.wordsBeginning('tea', 4), ['teapot'])
  assert.deepEqual(
    (await store.productsWith(['head'], 8)).map(({ slug }) => slug),
    ['hea-1', 'hea-2'],
  )
  assert.deepEqual(
    (await store.categories()).map(({ name }) => name),
    ['Electronics', 'Garden', 'Home Office', 'Kitchen'],
  )
})

// search-service/001#FR-008
test('what sells becomes popular, also when it sold before it was known', async () => {
  const first = async () => (await store.popularProducts(1))[0]?.sku
  assert.equal(await first(), 'MUG-1')
  await db.transaction((tx) =>
    countSales(tx, [
      { sku: 'TEA-2', quantity: 20 },
      { sku: 'NEW-1', quantity: 200_000 },
    ]),
  )
  assert.equal(await first(), 'MUG-1')
  await db.transaction((tx) => countSales(tx, [{ sku: 'TEA-2', quantity: 200_000 }]))
  assert.equal(await first(), 'TEA-2')
  const late: Row = ['NEW-1', 'Late Vase', 'Garden', 'West', 1_000, 5, 500]
  const { product } = entry(late)
  const productId = '00000000-0000-4000-8000-0000000000aa'
  await db.transaction((tx) => putProduct(tx, { revision: 1, product: { ...product, productId } }))
  assert.equal(await first(), 'NEW-1')
  assert.deepEqual(await skus({ q: 'vsae' }), ['NEW-1']) // its words can be meant at once
  await db.transaction((tx) => withdrawProduct(tx, productId, 2))
})

// search-service/001#FR-010
test('news replaces what is older, never what is newer', async () => {
  const price = async () => (await search({ q: 'spade' })).data[0]?.priceCents
  const spade = rows.find(([sku]) => sku === 'SPA-1')!
  const repriced = (cents: number, revision: number) =>
    db.transaction((tx) =>
      putProduct(tx, entry([...spade.slice(0, 4), cents, ...spade.slice(5)] as unknown as Row, revision)),
    )
  await repriced(1_100, 3)
  await repriced(1_000, 2) // came late
  assert.equal(await price(), 1_100)
  assert.deepEqual(await skus({ priceMin: 1_100, priceMax: 1_101 }), ['SPA-1'])
  await fill() // a portion read before the change
  assert.equal(await price(), 1_100)
})

test('what is withdrawn is gone, stays gone when an old portion arrives, and can come back', async () => {
  const lamp = rows.find(([sku]) => sku === 'LAM-1')!
  const { productId } = entry(lamp).product
  await db.transaction((tx) => withdrawProduct(tx, productId, 2))
  assert.deepEqual(await skus({ q: 'lamp' }), [])
  await fill()
  assert.deepEqual(await skus({ q: 'lamp' }), [])
  await db.transaction((tx) => putProduct(tx, entry(lamp, 3)))
  assert.deepEqual(await skus({ q: 'lamp' }), ['LAM-1'])
})

test('a copy takes out what the catalogue has no more, but not what came while it was read', async () => {
  const readAt = await model.now()
  const mug = rows.find(([sku]) => sku === 'MUG-1')!
  await db.transaction((tx) => putProduct(tx, entry(mug, 7)))
  const rest = rows.filter(([sku]) => sku !== 'MUG-1' && sku !== 'EAR-1').map((row) => entry(row))
  await model.putPortion(rest, { ...endOfTime, readAt })
  assert.deepEqual(await skus({ q: 'mug' }), ['MUG-1'])
  assert.deepEqual(await skus({ q: 'sport earbuds' }), [])
})
