import assert from 'node:assert/strict'
import test from 'node:test'
import { bookingOf } from './ledger.ts'
import { apply, withCommission, type News, type Payment, type PaymentStatus } from './payment.ts'
import { newsOf } from './provider-event.ts'
import { publishedEvent } from './published-events.ts'

const sellers = ['8d8ac610-566d-4ef0-9c22-186b2a5ed793', '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d10']

function payment(status: PaymentStatus, amountCents = 3470): Payment {
  return {
    paymentId: '0197a1c3-0b50-7a10-9c3e-0d2f4b6a8c1e',
    orderId: '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44',
    status,
    amountCents,
    refundedCents: 0,
    currency: 'EUR',
    paymentMethod: 'pm_card_visa',
    providerReference: 'pi_1',
    declineCode: undefined,
    splits: withCommission([{ sellerId: sellers[0]!, goodsCents: amountCents - 490, shippingCents: 490 }]),
  }
}

const authorized: News = { type: 'authorized', reference: 'pi_1' }
const declined: News = { type: 'declined', declineCode: 'generic_decline', reference: 'pi_1' }
const captured: News = { type: 'captured' }
const released: News = { type: 'cancelled', refundedCents: 0 }
const refunded: News = { type: 'cancelled', refundedCents: 3470 }

// payment-service/001#FR-006: which news change which status; undefined means they change nothing
const transitions: [PaymentStatus, News, PaymentStatus | undefined][] = [
  ['pending', authorized, 'authorized'],
  ['pending', declined, 'declined'],
  ['pending', captured, undefined],
  ['pending', released, 'cancelled'],
  ['pending', refunded, undefined],
  ['authorized', authorized, undefined],
  ['authorized', declined, undefined],
  ['authorized', captured, 'captured'],
  ['authorized', released, 'cancelled'],
  ['authorized', refunded, undefined],
  ['captured', authorized, undefined],
  ['captured', captured, undefined],
  ['captured', released, undefined],
  ['captured', refunded, 'cancelled'],
  ['cancelled', authorized, undefined],
  ['cancelled', captured, undefined],
  ['cancelled', refunded, undefined],
  ['declined', authorized, undefined],
  ['declined', released, undefined],
]
for (const [status, news, expected] of transitions)
  test(`${news.type}${news === refunded ? ' with a refund' : ''} makes a payment that is ${status} ${expected ?? 'nothing else'}`, () => {
    assert.equal(apply(payment(status), news)?.status, expected)
  })

test('a refund of another amount than was taken is not taken for a cancellation', () => {
  assert.equal(apply(payment('captured'), { type: 'cancelled', refundedCents: 3469 }), undefined)
})

// payment-service/001#FR-003
test('the commission is 12 % of the goods, to the nearest cent, and nothing of the shipping', () => {
  const cents = [2980, 0, 4, 5, 12, 104, 100_000_000]
  assert.deepEqual(
    withCommission(
      cents.map((goodsCents) => ({ sellerId: sellers[0]!, goodsCents, shippingCents: 490 })),
    ).map(({ commissionCents }) => commissionCents),
    [358, 0, 0, 1, 1, 12, 12_000_000],
  )
})

// payment-service/001#FR-007
test('every booking sums to zero, and a refund takes back exactly what the capture booked', () => {
  let seed = 20261120
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
  for (let i = 0; i < 2_000; i++) {
    const splits = withCommission(
      sellers
        .slice(0, 1 + random(2))
        .map((sellerId) => ({ sellerId, goodsCents: random(100_000), shippingCents: random(1_000) })),
    )
    const amountCents = splits.reduce((sum, split) => sum + split.amountCents, 0)
    const paid: Payment = { ...payment('captured', amountCents), splits }
    const taken = bookingOf(paid, captured)
    assert.equal(
      taken.reduce((sum, entry) => sum + entry.amountCents, 0),
      0,
    )
    const back = bookingOf(paid, { type: 'cancelled', refundedCents: amountCents })
    if (amountCents > 0)
      assert.deepEqual(
        back,
        taken.map((entry) => ({ ...entry, amountCents: -entry.amountCents })),
      )
  }
})

test('books that would not balance are never written', () => {
  assert.throws(() => bookingOf({ ...payment('captured'), amountCents: 3471 }, captured), /1 cents off/)
})

test('letting a hold go books nothing', () => {
  assert.deepEqual(bookingOf(payment('cancelled'), released), [])
})

test('every status but pending is told to others, a tombstone is not', () => {
  const at = new Date('2026-11-20T10:00:00Z')
  const types = (['pending', 'authorized', 'captured', 'cancelled', 'declined'] as const).map(
    (status) => publishedEvent(payment(status), at)?.eventType,
  )
  assert.deepEqual(types, [
    undefined,
    'payment.payment.authorized',
    'payment.payment.captured',
    'payment.payment.cancelled',
    'payment.payment.declined',
  ])
  assert.equal(publishedEvent({ ...payment('cancelled'), orderId: undefined }, at), undefined)
})

const intent = { id: 'pi_1', metadata: { paymentId: 'p' }, last_payment_error: { decline_code: 'lost_card' } }
const events: [string, object, unknown][] = [
  ['payment_intent.amount_capturable_updated', intent, [authorized]],
  ['payment_intent.succeeded', intent, [authorized, captured]],
  ['payment_intent.canceled', intent, [released]],
  ['payment_intent.payment_failed', intent, [{ ...declined, declineCode: 'lost_card' }]],
  ['refund.created', { payment_intent: 'pi_1', amount: 3470 }, [refunded]],
  ['payment_intent.created', intent, undefined],
  ['charge.updated', { id: 'ch_1', metadata: {} }, undefined],
]
for (const [type, object, expected] of events)
  test(`a webhook ${type} means ${JSON.stringify(expected) ?? 'nothing to us'}`, () => {
    assert.deepEqual(newsOf({ type, data: { object } })?.news, expected)
  })
