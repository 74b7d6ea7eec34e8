import assert from 'node:assert/strict'
import test from 'node:test'
import { cancel, capture, confirm, createPaymentIntent, declinedError, refund } from './payment-intent.ts'
import { StripeError } from './stripe-error.ts'

const moment = { id: '1', atS: 1_700_000_000 }
const wanted = {
  amount: 3470,
  currency: 'eur',
  captureMethod: 'manual' as const,
  description: null,
  metadata: {},
  paymentMethod: 'pm_card_visa',
  transferGroup: null,
}
const fresh = createPaymentIntent(wanted, moment)
const held = confirm(fresh, null, moment)
const taken = capture(held, undefined)
const nothing = { amount: undefined, reason: null, metadata: {} }

test('a manual intent is held, then taken', () => {
  assert.equal(held.status, 'requires_capture')
  assert.equal(held.amount_capturable, 3470)
  assert.deepEqual([taken.status, taken.amount_received, taken.amount_capturable], ['succeeded', 3470, 0])
})

test('an automatic intent is taken at once', () => {
  const automatic = confirm(
    createPaymentIntent({ ...wanted, captureMethod: 'automatic' }, moment),
    null,
    moment,
  )
  assert.deepEqual([automatic.status, automatic.amount_received], ['succeeded', 3470])
})

test('a declined card leaves an intent that wants another one, and the other one works', () => {
  const declined = confirm(fresh, 'pm_card_visa_chargeDeclinedInsufficientFunds', moment)
  assert.equal(declined.status, 'requires_payment_method')
  assert.equal(declinedError(declined).status, 402)
  assert.equal(declinedError(declined).body.decline_code, 'insufficient_funds')
  assert.equal(confirm(declined, 'pm_card_visa', moment).status, 'requires_capture')
})

test('held money can be let go, taken money cannot', () => {
  assert.equal(cancel(held, null, moment).status, 'canceled')
  assert.throws(() => cancel(taken, null, moment), hasCode('payment_intent_unexpected_state'))
})

test('nothing is taken twice', () => {
  assert.throws(() => capture(taken, undefined), hasCode('payment_intent_unexpected_state'))
})

test('part of the held money can be taken, more than that cannot', () => {
  assert.equal(capture(held, 1000).amount_received, 1000)
  assert.throws(() => capture(held, 3471), hasCode('amount_too_large'))
})

test('refunds stop at what was taken', () => {
  assert.equal(refund(taken, nothing, 0, moment).amount, 3470)
  assert.equal(refund(taken, nothing, 3000, moment).amount, 470)
  assert.throws(() => refund(taken, { ...nothing, amount: 471 }, 3000, moment), StripeError)
  assert.throws(() => refund(taken, nothing, 3470, moment), hasCode('charge_already_refunded'))
})

test('what was never taken cannot be refunded', () => {
  assert.throws(() => refund(held, nothing, 0, moment), hasCode('payment_intent_unexpected_state'))
})

function hasCode(code: string) {
  return (error: unknown) => error instanceof StripeError && error.body.code === code
}
