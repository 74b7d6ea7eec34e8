import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testDatabase } from '../test-database.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { newId } from '../../platform/ids.ts'
import { changePrice } from '../../services/catalog-service/src/change-price.ts'
import { listProducts, type ListRequest } from '../../services/catalog-service/src/list-products.ts'
import { catalogStore, type CatalogStore } from '../../services/catalog-service/src/postgres.ts'

const folder = new URL('../../services/catalog-service/', import.meta.url)
let running: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let store: CatalogStore

before(async () => {
  running = await testDatabase(new URL('src/migrations/', folder))
  db = running.db
  const check = await loadEventSchemas(new URL('contracts/events/', folder))
  store = catalogStore(db, createOutbox({ check, wakeRelay: () => {}, clock: () => new Date() }))
  await fill()
})
after(() => running?.stop())

type Row = {
  sku: string
  name: string
  category: string
  seller: string
  cents: number
  rating: number
  count: number
  day: number | null
}

const rows: Row[] = [
  {
    sku: 'MUG-1',
    name: 'Blue stoneware mug',
    category: 'kitchen',
    seller: 'north',
    cents: 1890,
    rating: 4.8,
    count: 300,
    day: 1,
  },
  {
    sku: 'MUG-2',
    name: 'Red ceramic mug',
    category: 'kitchen',
    seller: 'south',
    cents: 1290,
    rating: 5,
    count: 1,
    day: 5,
  },
  {
    sku: 'BOWL-1',
    name: 'Blue salad bowl',
    category: 'kitchen',
    seller: 'north',
    cents: 3490,
    rating: 4,
    count: 80,
    day: 3,
  },
  {
    sku: 'LAMP-1',
    name: 'Oak desk lamp',
    category: 'home-office',
    seller: 'south',
    cents: 8990,
    rating: 4.4,
    count: 120,
    day: 2,
  },
  {
    sku: 'LAMP-2',
    name: 'Kitchen wall lamp',
    category: 'lighting',
    seller: 'south',
    cents: 4990,
    rating: 4.4,
    count: 120,
    day: 4,
  },
  {
    sku: 'VASE-9',
    name: 'Blue vase, withdrawn',
    category: 'kitchen',
    seller: 'north',
    cents: 990,
    rating: 5,
    count: 999,
    day: null,
  },
]

async function fill(): Promise<void> {
  for (const [position, slug] of ['kitchen', 'home-office', 'lighting', 'garden'].entries())
    await db.query(sql`
      insert into categories values (${slug}, ${slug.toUpperCase()}, 'about', 'mug', 10, ${position})`)
  for (const [slug, rating] of [
    ['north', 4.2],
    ['south', 4.9],
    ['empty', 5],
  ] as const)
    await db.query(sql`
      insert into sellers values (
        ${newId()}, ${slug}, ${slug.toUpperCase()}, 'about', 'Galway', 'IE', 10, '2024-01-01', ${rating}, 10)`)
  // Ids that follow the rows' order: equal scores are listed by id.
  for (const [i, row] of rows.entries())
    await db.query(sql`
      insert into products (product_id, sku, slug, name, description, category_slug, seller_id, price_cents, art_hue,
        art_motif, published_at, rating_average, rating_count)
      select ${newId(Date.UTC(2026, 0, 1) + i)}, ${row.sku}, ${row.sku.toLowerCase()}, ${row.name}, 'A fine thing.', ${row.category}, seller_id,
        ${row.cents}, 10, 'mug', ${row.day === null ? null : new Date(Date.UTC(2026, 0, row.day))}, ${row.rating},
        ${row.count}
      from sellers where slug = ${row.seller}`)
}

async function list(request: ListRequest): Promise<string[]> {
  return (await listProducts(store, request)).data.map(({ sku }) => sku)
}

// catalog-service/001#FR-002
const orders: readonly [what: string, request: ListRequest, skus: string[]][] = [
  [
    'many good ratings beat a single best one',
    { sort: 'featured' },
    ['MUG-1', 'LAMP-1', 'LAMP-2', 'BOWL-1', 'MUG-2'],
  ],
  ['the cheapest first', { sort: 'price-asc' }, ['MUG-2', 'MUG-1', 'BOWL-1', 'LAMP-2', 'LAMP-1']],
  ['the dearest first', { sort: 'price-desc' }, ['LAMP-1', 'LAMP-2', 'BOWL-1', 'MUG-1', 'MUG-2']],
  ['the latest first', { sort: 'newest' }, ['MUG-2', 'LAMP-2', 'BOWL-1', 'LAMP-1', 'MUG-1']],
  ['by name', { sort: 'name' }, ['BOWL-1', 'MUG-1', 'LAMP-2', 'LAMP-1', 'MUG-2']],
  ['one category', { category: 'kitchen', sort: 'price-asc' }, ['MUG-2', 'MUG-1', 'BOWL-1']],
  ['one seller', { seller: 'south', sort: 'price-asc' }, ['MUG-2', 'LAMP-2', 'LAMP-1']],
  [
    'category and seller and words at once',
    { category: 'kitchen', seller: 'north', query: 'mug' },
    ['MUG-1'],
  ],
  ['an unknown category is empty', { category: 'nowhere' }, []],
]
for (const [what, request, skus] of orders)
  test(`a list: ${what}`, async () => assert.deepEqual(await list(request), skus))

test('pages do not overlap, and one beyond the end is empty with the right total', async () => {
  const pages = [1, 2, 3].map((page) => list({ sort: 'price-asc', pageSize: 2, page }))
  assert.deepEqual(await Promise.all(pages), [['MUG-2', 'MUG-1'], ['BOWL-1', 'LAMP-2'], ['LAMP-1']])
  const beyond = await listProducts(store, { pageSize: 2, page: 9 })
  assert.deepEqual(beyond, { data: [], page: { number: 9, size: 2, total: 5 } })
})

// catalog-service/001#FR-004 US2.4
const searches: readonly [what: string, query: string, skus: string[]][] = [
  ['every word must fit', 'blue mug', ['MUG-1']],
  ['the beginning of a word is enough', 'stonew', ['MUG-1']],
  ['a beginning that is no stem is enough, too', 'cerami', ['MUG-2']],
  ['a plural finds the singular', 'mugs', ['MUG-1', 'MUG-2']],
  ['the category counts, the name counts more', 'kitchen', ['LAMP-2', 'MUG-1', 'BOWL-1', 'MUG-2']],
  ['a category of two words is found by each', 'office', ['LAMP-1']],
  ['case does not matter', 'OAK', ['LAMP-1']],
  ['what is not on sale is not found', 'withdrawn', []],
  ['the end of a word is not enough', 'ware', []],
  ['words in the description do not count', 'fine', []],
]
for (const [what, query, skus] of searches)
  test(`a search: ${what}`, async () => assert.deepEqual(await list({ query }), skus))

test('signs of every search language are only text', async () => {
  for (const query of [
    "'; drop table products; --",
    'mug:*',
    '!mug',
    'mug | lamp',
    '"mug"',
    'mug\\',
    '100%_',
  ])
    await list({ query })
  assert.deepEqual(await list({ query: 'mug & lamp' }), [])
  assert.deepEqual(await list({ query: '!mug' }), ['MUG-1', 'MUG-2'])
})

// catalog-service/001#FR-001
test('categories come in display order with the number of products on sale', async () => {
  assert.deepEqual(
    (await store.listCategories()).map(({ slug, productCount }) => [slug, productCount]),
    [
      ['kitchen', 3],
      ['home-office', 1],
      ['lighting', 1],
      ['garden', 0],
    ],
  )
})

// catalog-service/001#FR-005 FR-008
test('sellers with something on sale are listed, best rated first; any is found by its slug', async () => {
  const { sellers, total } = await store.listSellers({ offset: 0, limit: 10 })
  assert.deepEqual(
    sellers.map(({ slug, productCount }) => [slug, productCount]),
    [
      ['south', 3],
      ['north', 2],
    ],
  )
  assert.equal(total, 2)
  assert.equal((await store.findSeller('empty'))?.productCount, 0)
  assert.equal(await store.findSeller('nobody'), undefined)
})

test('a product is found by its slug while it is on sale', async () => {
  assert.equal((await store.findProduct('mug-1'))?.description, 'A fine thing.')
  assert.equal(await store.findProduct('vase-9'), undefined)
})

// catalog-service/001#FR-006
test('a look-up answers in the order asked for, each once, without the unknown and the withdrawn', async () => {
  const found = await store.lookupProducts(['LAMP-1', 'VASE-9', 'NO-SUCH-1', 'MUG-1', 'LAMP-1'])
  assert.deepEqual(
    found.map(({ sku }) => sku),
    ['LAMP-1', 'MUG-1'],
  )
})

// catalog-service/001#US4.2 US4.3 FR-007
test('a new price is seen at once and published once; the same price again is no news', async () => {
  const publishedBefore = await published()
  assert.equal((await changePrice(store, 'LAMP-1', 7990)).priceCents, 7990)
  assert.equal((await changePrice(store, 'LAMP-1', 7990)).priceCents, 7990)
  const [product] = await store.lookupProducts(['LAMP-1'])
  assert.equal(product?.priceCents, 7990)
  assert.deepEqual((await published()).slice(publishedBefore.length), [
    {
      eventType: 'catalog.product.repriced',
      data: {
        sku: 'LAMP-1',
        previousPriceCents: 8990,
        priceCents: 7990,
        currency: 'EUR',
        revision: 2,
        product,
      },
    },
  ])
  await changePrice(store, 'LAMP-1', 8990)
})

// catalog-service/001#US4.4 FR-009
test('a product taken off sale is in no list until it is put back; each is published once', async () => {
  const publishedBefore = await published()
  const [product] = await store.lookupProducts(['BOWL-1'])
  for (const onSale of [false, false, true, true]) {
    assert.equal((await store.setOnSale('BOWL-1', onSale))?.onSale, onSale)
    assert.equal((await store.lookupProducts(['BOWL-1'])).length, onSale ? 1 : 0)
  }
  const [withdrawn, again, ...more] = (await published()).slice(publishedBefore.length)
  assert.deepEqual(withdrawn, {
    eventType: 'catalog.product.withdrawn',
    data: { sku: 'BOWL-1', revision: 2, productId: product?.productId },
  })
  const [asItIs] = await store.lookupProducts(['BOWL-1'])
  assert.deepEqual(again, {
    eventType: 'catalog.product.published',
    data: { sku: 'BOWL-1', revision: 3, product: asItIs },
  })
  assert.deepEqual(more, [])
  assert.equal(await store.setOnSale('NO-SUCH-1', true), undefined)
})

// catalog-service/001#US4.5 FR-010
test('the catalogue read in portions has every product on sale once, with its revision', async () => {
  const found: string[] = []
  for (let after: string | undefined; ;) {
    const portion = await store.readCatalogue(after, 2)
    found.push(...portion.map(({ product, revision }) => `${product.sku} ${revision >= 1}`))
    after = portion.at(-1)?.product.productId
    if (portion.length < 2) break
  }
  assert.deepEqual(
    found.toSorted(),
    ['BOWL-1', 'LAMP-1', 'LAMP-2', 'MUG-1', 'MUG-2'].map((sku) => `${sku} true`),
  )
})

test('what is not on sale has no price to change', async () => {
  for (const sku of ['VASE-9', 'NO-SUCH-1'])
    await assert.rejects(changePrice(store, sku, 100), { code: 'product-not-found', status: 404 })
})

async function published(): Promise<{ eventType: string; data: object }[]> {
  const events = await db.query<{ event_type: string; payload: { data: object } }>(sql`
    select event_type, payload from outbox order by position`)
  return events.map(({ event_type, payload }) => ({ eventType: event_type, data: payload.data }))
}
