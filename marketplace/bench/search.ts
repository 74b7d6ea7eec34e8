// Searches with facets over 100,000 made-up products, one at a time: node marketplace/bench/search.ts. Figures go to search-results.md.

import { testDatabase } from '../test/test-database.ts'
import { sql } from '../platform/db/sql.ts'
import { searchStore } from '../services/search-service/src/postgres.ts'
import { readModel } from '../services/search-service/src/read-model.ts'
import { searchProducts, type SearchRequest } from '../services/search-service/src/search-products.ts'

const PRODUCTS = 100_000
const ROUNDS = 60

const { db, stop } = await testDatabase(
  new URL('../services/search-service/src/migrations/', import.meta.url),
)
const words = [
  'blue red green classic modern oak ceramic linen copper slate felt walnut nordic coastal alpine studio'.split(
    ' ',
  ),
  'small large slim foldable woven glazed brushed quilted cordless solar heavy light travel garden desk wall'.split(
    ' ',
  ),
  'mug lamp kettle blanket headphones speaker notebook backpack teapot planter knife clock puzzle chair shirt candle'.split(
    ' ',
  ),
]
for (let from = 1; from <= PRODUCTS; from += 10_000)
  await db.query(sql`
    insert into products (product_id, sku, revision, name, category_slug, seller_slug, price_cents, rating_average,
      rating_count, published_at, units_sold, card)
    select gen_random_uuid(), 'SKU-' || n, 1, name, 'category-' || n % 12, 'seller-' || n % 997,
      500 + (n * 7919) % 40000, (20 + n % 31) / 10.0, n % 300, now() - n * interval '1 minute', n % 50,
      jsonb_build_object('name', name, 'category', jsonb_build_object('name', 'Category ' || n % 12),
        'seller', jsonb_build_object('name', 'Seller ' || n % 997))
    from generate_series(${from}::integer, ${from + 9_999}::integer) n
    cross join lateral (
      select concat_ws(' ', (${words[0]}::text[])[1 + hashint4(n) & 15], (${words[1]}::text[])[1 + (hashint4(n) >> 4) & 15],
        (${words[2]}::text[])[1 + (hashint4(n) >> 8) & 15], 'M' || n % 900) as name) named`)
await readModel(db).finish(PRODUCTS)
await db.query(sql`analyze`)

const store = { ...searchStore(db), isFilled: () => Promise.resolve(true) }
const requests: Record<string, Partial<SearchRequest>> = {
  'one word': { q: 'kettle' },
  'two words': { q: 'blue mug' },
  'three words': { q: 'nordic travel lamp' },
  'one typo': { q: 'blue hedphones' },
  'words, two filters': { q: 'lamp', category: ['category-3'], priceMin: 2_500, priceMax: 5_000 },
  'one category': { category: ['category-3'] },
  everything: {},
}
for (const [what, request] of Object.entries(requests)) {
  const times: number[] = []
  let total = 0
  for (let i = 0; i < ROUNDS + 10; i++) {
    const start = performance.now()
    total = (await searchProducts(store, { page: 1, pageSize: 24, ...request })).page.total
    if (i >= 10) times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1)
  process.stdout.write(`| ${what} | ${total} | ${at(0.5)} | ${at(0.99)} |\n`)
}
await stop()
