import assert from 'node:assert/strict'
import test from 'node:test'
import { ShopError } from '../../../platform/errors.ts'
import type { PlaceOrder } from '../contracts/api.ts'
import { cancelOrder } from './cancel-order.ts'
import type { OrderEvent } from './order.ts'
import { placeOrder, type Ports } from './place-order.ts'
import { cancelUnpaidOrder, confirmPaidOrder } from './settle-order.ts'

const command: PlaceOrder = {
  orderId: '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44',
  checkoutId: '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d10',
  cartId: '3f1c1a52-9a6e-4c0e-9f0f-6a2f1f0b7c55',
  paymentId: '0197a1c3-0b50-7a10-9c3e-0d2f4b6a8c1e',
  customer: { email: 'a@example.com', name: 'A', street: 'S 1', city: 'C', postcode: '12345', country: 'DE' },
  currency: 'EUR',
  parcels: [
    {
      sellerId: '8d8ac610-566d-4ef0-9c22-186b2a5ed793',
      sellerName: 'Kiln',
      sellerSlug: 'kiln',
      method: 'standard',
      lines: [
        { sku: 'CER-1', name: 'Mug', slug: 'mug', quantity: 1, unitPriceCents: 5000, totalCents: 5000 },
      ],
      goodsCents: 5000,
      shippingCents: 0,
      totalCents: 5000,
    },
  ],
  totals: { goodsCents: 5000, shippingCents: 0, totalCents: 5000, vatCents: 798, vatRateBasisPoints: 1900 },
}
const { orderId, paymentId } = command

// order-service/001#FR-002
test('a second click gets the first order back', async () => {
  const ports = world()
  assert.deepEqual(await placeOrder(ports, command), await placeOrder(ports, command))
  assert.equal(ports.kept.length, 1)
})

test('an order that was confirmed meanwhile is still found by a late retry', async () => {
  const ports = world()
  const first = await placeOrder(ports, command)
  await confirmPaidOrder(ports, { orderId, paymentId })
  assert.deepEqual(await placeOrder(ports, command), first)
})

test('another order under the same id is refused', async () => {
  const ports = world()
  await placeOrder(ports, command)
  await assert.rejects(placeOrder(ports, { ...command, cartId: orderId }), hasCode('order-id-taken'))
})

test('an order that does not add up is refused', async () => {
  const wrong = { ...command, totals: { ...command.totals, totalCents: 4999 } }
  await assert.rejects(placeOrder(world(), wrong), hasCode('totals-do-not-add-up'))
})

// order-service/001#FR-005
test('placing that comes after cancelling is refused', async () => {
  const ports = world()
  await cancelOrder(ports, { orderId, reason: 'service-unavailable' })
  await assert.rejects(placeOrder(ports, command), hasCode('order-cancelled'))
})

test('a capture for an order nobody placed is tried again', async () => {
  await assert.rejects(confirmPaidOrder(world(), { orderId, paymentId }))
})

test('a payment cancelled before placing leaves no trace here', async () => {
  const ports = world()
  await cancelUnpaidOrder(ports)
  assert.equal(ports.kept.length, 0)
})

test('a capture that crosses a cancellation does not revive the order', async () => {
  const ports = world()
  await placeOrder(ports, command)
  await cancelOrder(ports, { orderId, reason: 'sold-out' })
  assert.equal(await confirmPaidOrder(ports, { orderId, paymentId }), false)
  assert.deepEqual(
    ports.kept.map(({ type }) => type),
    ['OrderPlaced', 'OrderCancelled'],
  )
})

test('what has been shipped cannot be cancelled', async () => {
  const ports = world()
  await placeOrder(ports, command)
  const at = ports.now().toISOString()
  await ports.stream.append([
    { type: 'OrderConfirmed', at, data: { paymentId } },
    { type: 'OrderShipped', at, data: {} },
  ])
  await assert.rejects(cancelOrder(ports, { orderId, reason: 'changed-mind' }), hasCode('order-shipped'))
})

function world(): Ports & { kept: OrderEvent[] } {
  const kept: OrderEvent[] = []
  let tokens = 0
  return {
    kept,
    stream: {
      events: () => Promise.resolve([...kept]),
      append: (events) => Promise.resolve(void kept.push(...events)),
    },
    newToken: () => String(++tokens).padStart(32, '0'),
    now: () => new Date('2026-11-20T10:16:02Z'),
  }
}

function hasCode(code: string) {
  return (error: unknown) => error instanceof ShopError && error.code === code
}
