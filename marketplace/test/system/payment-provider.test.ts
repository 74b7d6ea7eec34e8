import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { after, before } from 'node:test'
import Stripe from 'stripe'
import { freePort, testCluster, type TestCluster } from '../test-database.ts'
import { type Environment } from '../../platform/environment.ts'
import { portOffsets, portsFrom } from '../../installation.ts'
import { migrateService, startService, type RunningService } from '../../platform/service.ts'
import { paymentProvider } from '../../simulators/payment-provider/src/service.ts'

// The simulator is tested as it is used: by the official SDK, over HTTP, with a real webhook receiver.

let cluster: TestCluster
let environment: Environment
let provider: RunningService
let receiver: Server
let stripe: Stripe
const received: Stripe.Event[] = []
const refusedOnce = new Set<string>()

before(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const signature = request.headers['stripe-signature']!
      const event = stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, 'whsec_test')
      if (event.type === 'payment_intent.canceled' && !refusedOnce.has(event.id)) {
        refusedOnce.add(event.id)
        response.writeHead(503).end()
        return
      }
      received.push(event)
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  cluster = await testCluster({
    ports: portsFrom((await freePort()) - portOffsets['payment-provider']),
    paymentProvider: { url: '', apiKey: 'sk_test_x', webhookSecret: 'whsec_test', webhookUrl },
  })
  environment = cluster.environment
  await migrateService(paymentProvider, environment)
  provider = await startService(paymentProvider, environment)
  stripe = sdk('sk_test_x')
})

after(async () => {
  await provider?.stop()
  await cluster?.stop()
  receiver?.close()
})

const amount = 3470
const held: Stripe.PaymentIntentCreateParams = {
  amount,
  currency: 'eur',
  capture_method: 'manual',
  confirm: true,
  payment_method: 'pm_card_visa',
  allowed_payment_method_types: ['card'],
  metadata: { orderId: 'a&b=c [1]' },
}

test('money is held, taken and given back', async () => {
  const intent = await stripe.paymentIntents.create(held)
  assert.deepEqual([intent.status, intent.amount_capturable], ['requires_capture', amount])
  assert.equal(intent.metadata['orderId'], 'a&b=c [1]')
  const taken = await stripe.paymentIntents.capture(intent.id)
  assert.deepEqual([taken.status, taken.amount_received], ['succeeded', amount])
  const part = await stripe.refunds.create({ payment_intent: intent.id, amount: 1000 })
  const rest = await stripe.refunds.create({ payment_intent: intent.id })
  assert.deepEqual([part.amount, rest.amount], [1000, 2470])
  await assert.rejects(stripe.refunds.create({ payment_intent: intent.id }), {
    code: 'charge_already_refunded',
  })
})

test('a declined card is a card error that names the reason', async () => {
  const attempt = stripe.paymentIntents.create({
    ...held,
    payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  })
  await assert.rejects(attempt, (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError)
    assert.deepEqual(
      [error.statusCode, error.code, error.decline_code],
      [402, 'card_declined', 'insufficient_funds'],
    )
    assert.equal(error.payment_intent?.status, 'requires_payment_method')
    return true
  })
})

test('the same idempotency key gets the first answer, also a decline, also at the same moment', async () => {
  const key = { idempotencyKey: 'same-1' }
  const both = await Promise.all([
    stripe.paymentIntents.create(held, key),
    stripe.paymentIntents.create(held, key),
  ])
  assert.equal(both[0].id, both[1].id)
  const declined = { ...held, payment_method: 'pm_card_visa_chargeDeclined' }
  const ids: (string | undefined)[] = []
  for (let i = 0; i < 2; i++)
    await stripe.paymentIntents
      .create(declined, { idempotencyKey: 'same-2' })
      .catch((error: Stripe.errors.StripeCardError) => ids.push(error.payment_intent?.id))
  assert.equal(ids.length, 2)
  assert.equal(ids[0], ids[1])
})

test('the same idempotency key with another body is refused', async () => {
  await stripe.paymentIntents.create(held, { idempotencyKey: 'other-1' })
  const again = stripe.paymentIntents.create({ ...held, amount: amount + 1 }, { idempotencyKey: 'other-1' })
  await assert.rejects(again, (error) => error instanceof Stripe.errors.StripeIdempotencyError)
})

test('a refused request leaves its key free', async () => {
  const key = { idempotencyKey: 'free-1' }
  await assert.rejects(stripe.paymentIntents.create({ ...held, amount: 1 }, key), {
    code: 'amount_too_small',
  })
  assert.equal((await stripe.paymentIntents.create(held, key)).status, 'requires_capture')
})

test('every change is told to the webhook with a valid signature, again until it is accepted', async () => {
  const intent = await stripe.paymentIntents.create(held)
  await stripe.paymentIntents.cancel(intent.id)
  const types = () =>
    received
      .filter((event) => (event.data.object as { id?: string }).id === intent.id)
      .map(({ type }) => type)
      .sort()
  await until(() => types().length === 3)
  assert.deepEqual(types(), [
    'payment_intent.amount_capturable_updated',
    'payment_intent.canceled',
    'payment_intent.created',
  ])
  assert.equal(refusedOnce.size, 1)
})

test('what was taken cannot be cancelled, and the error carries the intent', async () => {
  const intent = await stripe.paymentIntents.create({ ...held, capture_method: 'automatic' })
  await assert.rejects(stripe.paymentIntents.cancel(intent.id), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError)
    assert.equal(error.code, 'payment_intent_unexpected_state')
    assert.equal(error.payment_intent?.status, 'succeeded')
    return true
  })
})

test('lists are paged by the SDK without a gap', async () => {
  const ids: string[] = []
  for await (const intent of stripe.paymentIntents.list({ limit: 2 })) ids.push(intent.id)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.length > 4)
  const events = await stripe.events.list({ type: 'payment_intent.canceled', limit: 100 })
  assert.equal(events.data.length, 1)
})

test('all of it is still there after a restart', async () => {
  const intent = await stripe.paymentIntents.create(held, { idempotencyKey: 'restart-1' })
  await provider.stop()
  provider = await startService(paymentProvider, environment)
  assert.equal((await stripe.paymentIntents.retrieve(intent.id)).status, 'requires_capture')
  assert.equal((await stripe.paymentIntents.create(held, { idempotencyKey: 'restart-1' })).id, intent.id)
})

const refusals: [string, () => Promise<unknown>, object][] = [
  ['a wrong API key', () => sdk('sk_test_y').paymentIntents.list(), { statusCode: 401 }],
  [
    'an unknown card',
    () => stripe.paymentIntents.create({ ...held, payment_method: 'pm_card_gold' }),
    { statusCode: 404, code: 'resource_missing' },
  ],
  [
    'an unknown intent',
    () => stripe.paymentIntents.retrieve('pi_none'),
    { statusCode: 404, code: 'resource_missing' },
  ],
  [
    'a misspelt parameter',
    () => stripe.paymentIntents.create({ ...held, amuont: 1 } as Stripe.PaymentIntentCreateParams),
    { statusCode: 400, code: 'parameter_unknown' },
  ],
  [
    'a currency that is none',
    () => stripe.paymentIntents.create({ ...held, currency: 'euro' }),
    { statusCode: 400, param: 'currency' },
  ],
]
for (const [what, attempt, expected] of refusals)
  test(`${what} is refused in Stripe's form`, async () => {
    await assert.rejects(attempt(), expected)
  })

test('people see the payments on a page', async () => {
  const intent = await stripe.paymentIntents.create(held)
  const list = await (await fetch(provider.url)).text()
  assert.match(list, new RegExp(`/payments/${intent.id}`))
  const one = await (await fetch(`${provider.url}/payments/${intent.id}`)).text()
  assert.match(one, /a&amp;b=c \[1\]/)
  assert.equal((await fetch(`${provider.url}/payments/pi_none`)).status, 404)
})

function sdk(apiKey: string): Stripe {
  const { hostname, port } = new URL(provider.url)
  return new Stripe(apiKey, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 s.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
