import assert from 'node:assert/strict'
import test from 'node:test'
import Stripe from 'stripe'
import { webhookSignature } from './webhook-signature.ts'

const stripe = new Stripe('sk_test_1')
const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' })

test('the official SDK accepts the signature', () => {
  const nowS = Math.floor(Date.now() / 1000)
  const event = stripe.webhooks.constructEvent(payload, webhookSignature(payload, 'whsec_1', nowS), 'whsec_1')
  assert.equal(event.id, 'evt_1')
})

test('the official SDK refuses another secret, a changed byte and an old time', () => {
  const nowS = Math.floor(Date.now() / 1000)
  const good = webhookSignature(payload, 'whsec_1', nowS)
  const old = webhookSignature(payload, 'whsec_1', nowS - 301)
  assert.throws(() => stripe.webhooks.constructEvent(payload, good, 'whsec_2'))
  assert.throws(() => stripe.webhooks.constructEvent(payload.replace('evt_1', 'evt_2'), good, 'whsec_1'))
  assert.throws(() => stripe.webhooks.constructEvent(payload, old, 'whsec_1'))
})
