// The search as a process of the real thing: how it is filled at the first start and follows what the catalogue and the
// orders say, where no scenario block can reach because the gateway lets nobody in.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { after, before } from 'node:test'
import { databaseOf } from '../../platform/environment.ts'
import { openDatabase, type Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { client, type Client } from '../../platform/http/client.ts'
import {
  contract as catalogContract,
  type Operations as CatalogOperations,
} from '../../services/catalog-service/contracts/api.ts'
import {
  contract as searchContract,
  type Operations as SearchOperations,
  type ProductCard,
  type SearchAnswer,
} from '../../services/search-service/contracts/api.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'

const PATIENCE_MS = 10_000
let shop: TestMarketplace
let catalog: Client<CatalogOperations>
let search: Client<SearchOperations>
let db: Database

before(async () => {
  shop = await startMarketplace({ services: ['catalog-service', 'search-service', 'gateway'] })
  catalog = client<CatalogOperations>(shop.environment, 'seller-service', catalogContract)
  search = client<SearchOperations>(shop.environment, 'seller-service', searchContract)
  db = openDatabase(databaseOf(shop.environment, 'search'), { size: 2 })
  await until('the copy is made', async () => (await db.query(sql`select from fillings`)).length > 0)
})
after(async () => {
  await db?.close()
  await shop?.stop()
})

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    assert.ok(Date.now() < end, `not after ${PATIENCE_MS} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

async function found(query: Partial<SearchOperations['searchProducts']['query']>): Promise<SearchAnswer> {
  const { status, body } = await search.searchProducts({ query })
  assert.ok(status === 200)
  return body
}

async function aProduct(): Promise<ProductCard> {
  return (await found({ sort: 'newest', pageSize: 1 })).data[0]!
}

// search-service/001#US4.4 FR-009
test('after the first start everything the catalogue lists is found, with the same facts', async () => {
  const { status, body } = await catalog.listProducts({ query: { sort: 'name', pageSize: 48 } })
  assert.ok(status === 200)
  const { data, page } = await found({ sort: 'name', pageSize: 48 })
  assert.equal(page.total, body.page.total)
  assert.deepEqual(data, body.data)
})

// search-service/001#US4.1 SC-003
test('a new price is found', async () => {
  const { sku, name, priceCents } = await aProduct()
  await catalog.changePrice({ params: { sku }, body: { priceCents: priceCents + 17 } })
  const now = async () => (await found({ q: name })).data.find((product) => product.sku === sku)?.priceCents
  await until('the new price', async () => (await now()) === priceCents + 17)
})

// search-service/001#US4.2
test('what is taken off sale is found no more, and again when it is put back', async () => {
  const { sku, name } = await aProduct()
  const isFound = async () => (await found({ q: name })).data.some((product) => product.sku === sku)
  await catalog.setOnSale({ params: { sku }, body: { onSale: false } })
  await until('it is gone', async () => !(await isFound()))
  await catalog.setOnSale({ params: { sku }, body: { onSale: true } })
  await until('it is back', isFound)
})

// search-service/001#US3.4 FR-008
test('a confirmed order makes its products more popular, once', async () => {
  const { sku } = await aProduct()
  const eventId = randomUUID()
  const log = openDatabase(databaseOf(shop.environment, 'orders', 'event_log'), { size: 1 })
  const payload = JSON.stringify({
    eventId,
    eventType: 'order.order.confirmed',
    data: { parcels: [{ lines: [{ sku, quantity: 3 }] }] },
  })
  const units = async () =>
    (await db.query<{ units_sold: number }>(sql`select units_sold from products where sku = ${sku}`))[0]
      ?.units_sold
  const before = (await units())!
  for (let i = 0; i < 2; i++)
    await log.query(sql`
      insert into events (event_id, event_type, key, payload, traceparent)
      values (${eventId}, 'order.order.confirmed', ${sku}, ${payload}, '') on conflict do nothing`)
  await log.close()
  await until('the units are counted', async () => (await units())! > before)
  assert.equal(await units(), before + 3)
})
