import assert from 'node:assert/strict'
import test from 'node:test'
import { addsUp, cancel, confirm, evolve, fold, type OrderDetails, type OrderEvent } from './order.ts'
import { publishedEvent } from './published-events.ts'
import { summaryOf } from './summary.ts'

const details: OrderDetails = {
  orderId: '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44',
  orderToken: '7b0f0c9c8c4f4b6e9d7f1a2b3c4d5e6f',
  checkoutId: '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d10',
  cartId: '3f1c1a52-9a6e-4c0e-9f0f-6a2f1f0b7c55',
  paymentId: '0197a1c3-0b50-7a10-9c3e-0d2f4b6a8c1e',
  customer: {
    email: 'ada@example.com',
    name: 'Ada Blum',
    street: 'Lindenweg 7',
    city: 'Freiburg',
    postcode: '79102',
    country: 'DE',
  },
  currency: 'EUR',
  parcels: [
    {
      sellerId: '8d8ac610-566d-4ef0-9c22-186b2a5ed793',
      sellerName: 'Kiln & Co',
      sellerSlug: 'kiln-and-co',
      method: 'standard',
      lines: [
        { sku: 'CER-00042', name: 'Mug', slug: 'mug', quantity: 2, unitPriceCents: 1490, totalCents: 2980 },
      ],
      goodsCents: 2980,
      shippingCents: 490,
      totalCents: 3470,
    },
  ],
  totals: { goodsCents: 2980, shippingCents: 490, totalCents: 3470, vatCents: 554, vatRateBasisPoints: 1900 },
}
const at = '2026-11-20T10:16:02.000Z'
const { paymentId } = details

const placed: OrderEvent = { type: 'OrderPlaced', at, data: details }
const confirmed: OrderEvent = { type: 'OrderConfirmed', at, data: { paymentId } }
const shipped: OrderEvent = { type: 'OrderShipped', at, data: {} }
const delivered: OrderEvent = { type: 'OrderDelivered', at, data: {} }
const cancelled: OrderEvent = { type: 'OrderCancelled', at, data: { reason: 'no-stock' } }
const voided: OrderEvent = { type: 'OrderVoided', at, data: { reason: 'no-stock' } }

type Case = [given: OrderEvent[], expected: OrderEvent[] | string]

// given these events, when the payment is captured, then these events or this outcome (order-service/001#FR-004)
const confirmations: Case[] = [
  [[placed], [confirmed]],
  [[placed, confirmed], []],
  [[placed, confirmed, shipped], []],
  [[], 'not-placed'],
  [[placed, cancelled], 'cancelled-before'],
  [[voided], 'cancelled-before'],
]
for (const [given, expected] of confirmations)
  test(`given ${names(given)}, when the payment is captured, then ${named(expected)}`, () => {
    const decision = confirm(fold(given), { paymentId, at })
    assert.deepEqual(decision.outcome === 'confirmed' ? decision.events : decision.outcome, expected)
  })

// given these events, when it is cancelled, then these events or this outcome (order-service/001#FR-005)
const cancellations: Case[] = [
  [[], [voided]],
  [[voided], []],
  [[placed], [cancelled]],
  [[placed, confirmed], [cancelled]],
  [[placed, cancelled], []],
  [[placed, confirmed, shipped], 'too-late'],
  [[placed, confirmed, shipped, delivered], 'too-late'],
]
for (const [given, expected] of cancellations)
  test(`given ${names(given)}, when it is cancelled, then ${named(expected)}`, () => {
    const decision = cancel(fold(given), { reason: 'no-stock', at })
    assert.deepEqual(decision.outcome === 'cancelled' ? decision.events : decision.outcome, expected)
  })

test('the version is the number of events', () => {
  const order = fold([placed, confirmed, shipped, delivered])
  assert.ok('version' in order)
  assert.deepEqual([order.version, order.status, order.deliveredAt], [4, 'delivered', at])
})

test('an event that cannot happen is an error, not a guess', () => {
  assert.throws(() => fold([confirmed]), /OrderConfirmed cannot follow the state none/)
  assert.throws(() => fold([voided, confirmed]), /voided/)
})

const wrongSums: [string, Partial<OrderDetails>][] = [
  [
    'a line',
    {
      parcels: [{ ...details.parcels[0]!, lines: [{ ...details.parcels[0]!.lines[0]!, totalCents: 2979 }] }],
    },
  ],
  ['a parcel', { parcels: [{ ...details.parcels[0]!, totalCents: 3469 }] }],
  ['the goods', { parcels: [{ ...details.parcels[0]!, goodsCents: 2979, totalCents: 3469 }] }],
  ['the total', { totals: { ...details.totals, totalCents: 3471 } }],
  ['the shipping', { totals: { ...details.totals, shippingCents: 0, totalCents: 2980 } }],
]
for (const [what, change] of wrongSums)
  test(`an order does not add up when ${what} is a cent off`, () => {
    assert.equal(addsUp(details), true)
    assert.equal(addsUp({ ...details, ...change }), false)
  })

test('others hear of placing, confirming and cancelling, and whether the buyer had a confirmation', () => {
  const one = evolve({ status: 'none' }, placed)
  const two = evolve(one, confirmed)
  assert.ok('version' in one && 'version' in two)
  assert.equal(publishedEvent(undefined, placed, one)?.eventType, 'order.order.placed')
  assert.equal(publishedEvent(one, confirmed, two)?.eventType, 'order.order.confirmed')
  const told = [one, two].map((before) => publishedEvent(before, cancelled, before)?.data)
  assert.deepEqual(
    told.map((data) => data && 'wasConfirmed' in data && data.wasConfirmed),
    [false, true],
  )
  assert.equal(publishedEvent(two, shipped, two), undefined)
})

test('the history reads as sentences', () => {
  assert.deepEqual([placed, confirmed, shipped, delivered, cancelled].map(summaryOf), [
    '2 items from 1 seller for €34.70',
    'Payment received',
    'Handed to the carrier',
    'Delivered',
    'Cancelled: no stock',
  ])
})

function names(events: readonly OrderEvent[]): string {
  return events.length === 0 ? 'nothing' : events.map(({ type }) => type).join(', ')
}

function named(expected: OrderEvent[] | string): string {
  return typeof expected === 'string' ? `the outcome is ${expected}` : names(expected)
}
