import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { after, before } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testDatabase } from '../test-database.ts'
import type { SeenProduct } from '../../services/cart-service/src/cart.ts'
import { cartStore, type CartStore } from '../../services/cart-service/src/postgres.ts'
import { subscriptions } from '../../services/cart-service/src/subscriptions.ts'

const start = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 24 * 3_600_000
let now = start
let running: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let store: CartStore

before(async () => {
  running = await testDatabase(new URL('../../services/cart-service/src/migrations/', import.meta.url))
  db = running.db
  store = cartStore(db, () => now)
})
after(() => running?.stop())

const seen: SeenProduct = {
  slug: 'mug-1',
  name: 'Blue mug',
  seller: { sellerId: randomUUID(), slug: 'north', name: 'North' },
  art: { hue: 10, motif: 'mug' },
  priceCents: 1890,
  currency: 'EUR',
}

async function newCart(): Promise<string> {
  return (await store.ensureCart(randomUUID())).cartId
}

// cart-service/001#FR-001 SC-001
test('eight calls at once make one cart', async () => {
  const cartId = randomUUID()
  const carts = await Promise.all(Array.from({ length: 8 }, () => store.ensureCart(cartId)))
  assert.deepEqual(new Set(carts.map((cart) => JSON.stringify(cart))).size, 1)
})

test('a line is kept with the product as it was seen, and lines in the order they came in', async () => {
  const cartId = await newCart()
  await store.setLine(cartId, { sku: 'MUG-1', quantity: 1, seen }, 50)
  await store.setLine(cartId, { sku: 'BOWL-1', quantity: 2, seen }, 50)
  await store.setLine(cartId, { sku: 'MUG-1', quantity: 3, seen: { ...seen, priceCents: 1990 } }, 50)
  assert.deepEqual(await store.findCart(cartId), {
    cartId,
    state: 'open',
    lines: [
      { sku: 'MUG-1', quantity: 3, seen: { ...seen, priceCents: 1990 } },
      { sku: 'BOWL-1', quantity: 2, seen },
    ],
  })
})

// cart-service/001#FR-002: the limit holds for tabs that do not know of each other.
test('of ten different products put in at once into a cart for five, five get in', async () => {
  const cartId = await newCart()
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, i) => store.setLine(cartId, { sku: `SKU-${i}`, quantity: 1, seen }, 5)),
  )
  assert.equal(results.filter(({ outcome }) => outcome === 'changed').length, 5)
  assert.equal((await store.findCart(cartId))?.lines.length, 5)
})

test('a full cart still lets the quantity of what is in it change', async () => {
  const cartId = await newCart()
  await store.setLine(cartId, { sku: 'MUG-1', quantity: 1, seen }, 1)
  assert.equal((await store.setLine(cartId, { sku: 'MUG-1', quantity: 2, seen }, 1)).outcome, 'changed')
  assert.equal((await store.setLine(cartId, { sku: 'BOWL-1', quantity: 1, seen }, 1)).outcome, 'full')
})

// cart-service/001#FR-007 SC-003
test('the confirmed order closes its cart and no other, twice no more than once', async () => {
  const [ordered, other] = [await newCart(), await newCart()]
  const confirmed = subscriptions.find(({ eventType }) => eventType === 'order.order.confirmed')!
  const event = (cartId: string) => ({
    eventId: randomUUID(),
    eventType: 'order.order.confirmed',
    eventVersion: 'v1',
    timestamp: start.toISOString(),
    data: { cartId },
  })
  for (const cartId of [ordered, ordered, randomUUID()])
    await db.transaction((tx) => confirmed.handle(event(cartId), tx))
  assert.equal((await store.findCart(ordered))?.state, 'closed')
  assert.equal((await store.findCart(other))?.state, 'open')
  assert.deepEqual(await store.setLine(ordered, { sku: 'MUG-1', quantity: 1, seen }, 50), {
    outcome: 'closed',
  })
  assert.deepEqual(await store.removeLine(ordered, 'MUG-1'), { outcome: 'closed' })
})

test('a cart nobody made cannot be changed', async () => {
  const cartId = randomUUID()
  assert.deepEqual(await store.setLine(cartId, { sku: 'MUG-1', quantity: 1, seen }, 50), {
    outcome: 'not-found',
  })
  assert.equal(await store.findCart(cartId), undefined)
})

// cart-service/001#FR-008
test('carts nobody touched are deleted with their lines, ordered and touched ones stay', async () => {
  const [idle, touched, ordered] = [await newCart(), await newCart(), await newCart()]
  await store.setLine(idle, { sku: 'MUG-1', quantity: 1, seen }, 50)
  await db.query(sql`update carts set state = 'closed' where cart_id = ${ordered}`)
  now = new Date(start.getTime() + DAY_MS)
  await store.setLine(touched, { sku: 'MUG-1', quantity: 1, seen }, 50)
  await store.deleteIdle(new Date(start.getTime() + DAY_MS / 2))
  now = start
  assert.equal(await store.findCart(idle), undefined)
  assert.equal((await store.findCart(touched))?.lines.length, 1)
  assert.equal((await store.findCart(ordered))?.state, 'closed')
})
