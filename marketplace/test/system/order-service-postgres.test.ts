import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testDatabase } from '../test-database.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import { newId } from '../../platform/ids.ts'
import type { PlaceOrder } from '../../services/order-service/contracts/api.ts'
import { cancelOrder } from '../../services/order-service/src/cancel-order.ts'
import { placeOrder } from '../../services/order-service/src/place-order.ts'
import { openStream, readOrder } from '../../services/order-service/src/postgres.ts'
import { findOrder, listOrders } from '../../services/order-service/src/projection.ts'
import { confirmPaidOrder } from '../../services/order-service/src/settle-order.ts'

const folder = new URL('../../services/order-service/', import.meta.url)
let db: Database
let running: Awaited<ReturnType<typeof testDatabase>> | undefined
const now = () => new Date()
const outbox = createOutbox({
  check: await loadEventSchemas(new URL('contracts/events/', folder)),
  wakeRelay() {},
  clock: now,
})

before(async () => {
  running = await testDatabase(new URL('src/migrations/', folder))
  db = running.db
})
after(async () => {
  await running?.stop()
})

test('the read model is what the events fold to, whatever happened', async () => {
  const buyerId = newId()
  const [confirmed, cancelled, fresh] = [order(buyerId), order(buyerId), order(buyerId)]
  for (const command of [confirmed, cancelled, fresh]) await place(command)
  await confirm(confirmed)
  await confirm(cancelled)
  await cancel(cancelled.orderId)
  for (const { orderId } of [confirmed, cancelled, fresh])
    assert.deepEqual(await findOrder(db, orderId), await readOrder(db, orderId))
  const { orders, total } = await listOrders(db, { buyerId, page: 1, pageSize: 2 })
  assert.deepEqual([total, orders.length, orders[0]?.orderId], [3, 2, fresh.orderId])
})

test('eight clicks at once open one stream and publish one event', async () => {
  const command = order()
  const answers = await Promise.all(Array.from({ length: 8 }, () => place(command)))
  assert.equal(new Set(answers.map(({ orderToken }) => orderToken)).size, 1)
  assert.deepEqual(await published(command.orderId), ['order.order.placed'])
})

test('placing and cancelling at once end with a cancelled or a voided order, never with both alive', async () => {
  for (let i = 0; i < 10; i++) {
    const command = order()
    const [placed] = await Promise.allSettled([place(command), cancel(command.orderId)])
    const found = await findOrder(db, command.orderId)
    assert.equal(found?.status, placed.status === 'fulfilled' ? 'cancelled' : undefined)
  }
})

test('a transaction that fails leaves neither event, nor row, nor news', async () => {
  const command = order()
  await assert.rejects(
    db.transaction(async (tx) => {
      await placeOrder({ stream: await openStream(tx, outbox, command.orderId), newToken, now }, command)
      throw new Error('power cut')
    }),
  )
  assert.equal(await readOrder(db, command.orderId), undefined)
  assert.equal(await findOrder(db, command.orderId), undefined)
  assert.deepEqual(await published(command.orderId), [])
})

function place(command: PlaceOrder) {
  return db.transaction(async (tx) =>
    placeOrder({ stream: await openStream(tx, outbox, command.orderId), newToken, now }, command),
  )
}

function confirm({ orderId, paymentId }: PlaceOrder) {
  return db.transaction(async (tx) =>
    confirmPaidOrder({ stream: await openStream(tx, outbox, orderId), now }, { orderId, paymentId }),
  )
}

function cancel(orderId: string) {
  return db.transaction(async (tx) =>
    cancelOrder({ stream: await openStream(tx, outbox, orderId), now }, { orderId, reason: 'sold-out' }),
  )
}

async function published(orderId: string): Promise<string[]> {
  const rows = await db.query<{ event_type: string }>(
    sql`select event_type from outbox where key = ${orderId} order by position`,
  )
  return rows.map(({ event_type: type }) => type)
}

function newToken(): string {
  return newId().replaceAll('-', '')
}

function order(buyerId?: string): PlaceOrder {
  const [first, second] = [parcel('Kiln', ['CER-1', 'CER-2'], 490), parcel('Loom', ['WOV-1'], 990)]
  const goodsCents = first.goodsCents + second.goodsCents
  const totalCents = goodsCents + 1480
  return {
    orderId: newId(),
    checkoutId: newId(),
    cartId: newId(),
    paymentId: newId(),
    ...(buyerId !== undefined && { buyerId }),
    customer: {
      email: 'a@example.com',
      name: "A 'B",
      street: 'S 1',
      city: 'C',
      postcode: '12345',
      country: 'DE',
    },
    currency: 'EUR',
    parcels: [first, second],
    totals: { goodsCents, shippingCents: 1480, totalCents, vatCents: 700, vatRateBasisPoints: 1900 },
  }
}

function parcel(name: string, skus: string[], shippingCents: number): PlaceOrder['parcels'][number] {
  const lines = skus.map((sku, i) => ({
    sku,
    name: `${name} ${sku}`,
    slug: sku.toLowerCase(),
    quantity: i + 1,
    unitPriceCents: 1250,
    totalCents: (i + 1) * 1250,
  }))
  const goodsCents = lines.reduce((sum, { totalCents }) => sum + totalCents, 0)
  return {
    sellerId: newId(),
    sellerName: name,
    sellerSlug: name.toLowerCase(),
    method: 'standard',
    lines,
    goodsCents,
    shippingCents,
    totalCents: goodsCents + shippingCents,
  }
}
