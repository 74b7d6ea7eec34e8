import assert from 'node:assert/strict'
import test from 'node:test'
import type { OrderOrderCancelled, OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import { messageFor } from './message.ts'

const shopUrl = 'http://127.0.0.1:4000'
const envelope = { eventId: 'e', eventVersion: 'v1' as const, timestamp: '2026-11-20T10:16:02.120Z' }
const orderId = '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44'
const parcel = {
  sellerId: '8d8ac610-566d-4ef0-9c22-186b2a5ed793',
  sellerName: 'Kiln & <Co>',
  sellerSlug: 'kiln',
  method: 'standard' as const,
  lines: [
    { sku: 'CER-1', name: 'Mug "Ørsted"', slug: 'mug', quantity: 2, unitPriceCents: 1490, totalCents: 2980 },
  ],
  goodsCents: 2980,
  shippingCents: 490,
  totalCents: 3470,
}
const confirmed: OrderOrderConfirmed = {
  ...envelope,
  eventType: 'order.order.confirmed',
  data: {
    orderId,
    orderNumber: '5F7F2B1D3C44',
    orderToken: 'abc/def',
    cartId: 'c',
    customer: {
      email: 'ada@example.com',
      name: 'Ada Blum',
      street: 'Lindenweg 7',
      city: 'Freiburg',
      postcode: '79102',
      country: 'DE',
    },
    currency: 'EUR',
    parcels: [parcel],
    totals: {
      goodsCents: 2980,
      shippingCents: 490,
      totalCents: 3470,
      vatCents: 554,
      vatRateBasisPoints: 1900,
    },
    placedAt: envelope.timestamp,
    confirmedAt: envelope.timestamp,
  },
}
const cancelled: OrderOrderCancelled = {
  ...envelope,
  eventType: 'order.order.cancelled',
  data: {
    orderId,
    orderNumber: '5F7F2B1D3C44',
    orderToken: 'abc',
    wasConfirmed: true,
    reason: 'sold-out',
    customer: { email: 'ada@example.com', name: 'Ada Blum' },
    totalCents: 3470,
    currency: 'EUR',
    cancelledAt: envelope.timestamp,
  },
}

// notification-service/001#FR-001
test('a confirmation says what was bought, what it cost, where it goes and where to follow it', () => {
  const message = messageFor(confirmed, shopUrl)!
  assert.equal(message.subject, 'Your order 5F7F2B1D3C44 is confirmed')
  assert.deepEqual(message.to, { name: 'Ada Blum', address: 'ada@example.com' })
  const facts = ['€34.70', '€29.80', '€4.90', '€5.54 VAT (19 %)', '2 × ', 'Lindenweg 7', '79102 Freiburg, DE']
  for (const fact of [...facts, `${shopUrl}/orders/${orderId}?token=abc%2Fdef`])
    for (const part of [message.html, message.text]) assert.ok(part.includes(fact), `${fact} is missing`)
})

test('names are escaped in the HTML part and plain in the other', () => {
  const message = messageFor(confirmed, shopUrl)!
  assert.ok(message.html.includes('Kiln &amp; &lt;Co&gt;') && message.html.includes('Mug &quot;Ørsted&quot;'))
  assert.ok(!message.html.includes('<Co>'))
  assert.ok(message.text.includes('Kiln & <Co>'))
})

test('free shipping and several parcels are said in words', () => {
  const free = { ...parcel, shippingCents: 0, totalCents: 2980 }
  const totals = { ...confirmed.data.totals, goodsCents: 5960, shippingCents: 0, totalCents: 5960 }
  const { text } = messageFor(
    { ...confirmed, data: { ...confirmed.data, parcels: [free, free], totals } },
    shopUrl,
  )!
  assert.match(text, /It comes in 2 parcels from 2 sellers\./)
  assert.match(text, /Shipping {3}free/)
})

// notification-service/001#FR-002
test('a cancellation is told only to those who had a confirmation', () => {
  const message = messageFor(cancelled, shopUrl)
  assert.equal(message?.subject, 'Your order 5F7F2B1D3C44 was cancelled')
  assert.match(message?.text ?? '', /€34\.70 goes back to the card/)
  assert.equal(
    messageFor({ ...cancelled, data: { ...cancelled.data, wasConfirmed: false } }, shopUrl),
    undefined,
  )
})

// notification-service/001#FR-003
test('a new account is welcomed by its first name', () => {
  const data = { userId: 'u', email: 'ada@example.com', name: 'Ada Blum' }
  const message = messageFor({ ...envelope, eventType: 'auth.user.registered', data }, shopUrl)!
  assert.deepEqual(
    [message.kind, message.subjectId, message.subject],
    ['welcome', 'u', 'Welcome to Colonnade'],
  )
  assert.match(message.text, /Welcome, Ada\./)
})
