import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import test, { after, before } from 'node:test'
import Stripe from 'stripe'
import { openDatabase, type Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testCluster, type TestCluster } from '../test-database.ts'
import { databaseOf, serviceUrl, type Environment } from '../../platform/environment.ts'
import { portOffsets, portsFrom } from '../../installation.ts'
import { client, type Client } from '../../platform/http/client.ts'
import { newId } from '../../platform/ids.ts'
import { migrateService, startService, type RunningService } from '../../platform/service.ts'
import {
  contract,
  type AuthorizePayment,
  type Operations,
} from '../../services/payment-service/contracts/api.ts'
import { paymentService } from '../../services/payment-service/src/service.ts'
import { paymentProvider } from '../../simulators/payment-provider/src/service.ts'
import { freeBasePort } from '../marketplace.ts'

// Service, official SDK, provider and database, all real and talking over HTTP.

let cluster: TestCluster
let environment: Environment
let payments: Client<Operations>
let provider: Stripe
let db: Database
const running: RunningService[] = []

before(async () => {
  const basePort = await freeBasePort()
  const keys = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  cluster = await testCluster({
    ports: portsFrom(basePort),
    authPublicKey: keys.publicKey,
    authPrivateKey: keys.privateKey,
    paymentProvider: {
      url: `http://127.0.0.1:${basePort + portOffsets['payment-provider']}`,
      apiKey: 'sk_test_x',
      webhookSecret: 'whsec_test',
      webhookUrl: `http://127.0.0.1:${basePort + portOffsets['payment-service']}/api/v1/webhooks/payments`,
    },
  })
  environment = cluster.environment
  for (const definition of [paymentProvider, paymentService]) {
    await migrateService(definition, environment)
    running.push(await startService(definition, environment))
  }
  payments = client<Operations>(environment, 'checkout-service', contract)
  provider = new Stripe('sk_test_x', {
    host: '127.0.0.1',
    port: basePort + portOffsets['payment-provider'],
    protocol: 'http',
    telemetry: false,
  })
  db = openDatabase(databaseOf(environment, 'payment'), { size: 2 })
})

after(async () => {
  await db?.close()
  for (const service of running.toReversed()) await service.stop()
  await cluster?.stop()
})

test('a payment is held, taken, booked, and told to others', async () => {
  const command = order()
  const held = await payments.authorizePayment({ body: command })
  assert.equal(held.status, 201)
  const taken = await payments.capturePayment({ params: command })
  assert.ok(taken.status === 200)
  const { entries, splits } = taken.body.data
  assert.deepEqual(
    entries.map(({ amountCents }) => amountCents).toSorted((a, b) => a - b),
    [-3112, -1010, -478, 4600],
  )
  assert.deepEqual(
    splits.map(({ commissionCents }) => commissionCents).toSorted((a, b) => a - b),
    [120, 358],
  )
  await until(async () => (await told(command.paymentId)).includes('payment.payment.captured'))
})

test('eight captures at once take and book once', async () => {
  const command = order()
  await payments.authorizePayment({ body: command })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => payments.capturePayment({ params: command })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array.from({ length: 8 }, () => 200),
  )
  const [row] = await db.query<{ n: number }>(
    sql`select count(distinct transaction_id) as n from ledger_entries where payment_id = ${command.paymentId}`,
  )
  assert.equal(row!.n, 1)
})

test('eight authorisations at once hold once', async () => {
  const command = order()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => payments.authorizePayment({ body: command })),
  )
  const references = answers.map(({ status, body }) =>
    status === 201 ? body.data.providerReference : status,
  )
  assert.equal(new Set(references).size, 1)
  assert.equal(await intentsOf(command.paymentId), 1)
})

test('a declined card is a refusal with the reason of the bank', async () => {
  const command = { ...order(), paymentMethod: 'pm_card_visa_chargeDeclinedInsufficientFunds' }
  const answer = await payments.authorizePayment({ body: command })
  assert.ok(answer.status === 402)
  assert.deepEqual([answer.body.code, answer.body['declineCode']], ['payment-declined', 'insufficient_funds'])
})

test('a method the provider does not know is a refusal too', async () => {
  const answer = await payments.authorizePayment({ body: { ...order(), paymentMethod: 'pm_none' } })
  assert.ok(answer.status === 402)
  assert.equal(answer.body['declineCode'], 'invalid_payment_method')
})

test('a refund reverses the books to the cent', async () => {
  const command = order()
  await payments.authorizePayment({ body: command })
  await payments.capturePayment({ params: command })
  const cancelled = await payments.cancelPayment({ params: command })
  assert.ok(cancelled.status === 200)
  assert.equal(cancelled.body.data.refundedCents, 4600)
  const [open] = await db.query<{ accounts: number }>(sql`
    select count(*) as accounts from (
      select account from ledger_entries where payment_id = ${command.paymentId}
      group by account having sum(amount_cents) <> 0) as unbalanced`)
  assert.equal(open!.accounts, 0)
})

test('a capture whose answer we never saw is found by the webhook', async () => {
  const command = order()
  const held = await payments.authorizePayment({ body: command })
  assert.ok(held.status === 201)
  await provider.paymentIntents.capture(held.body.data.providerReference!)
  await until(async () => (await payment(command.paymentId)).status === 'captured')
  assert.equal((await payment(command.paymentId)).entries.length, 4)
})

test('a webhook that comes twice has one effect, a forged or old one has none', async () => {
  const command = order()
  const held = await payments.authorizePayment({ body: command })
  assert.ok(held.status === 201)
  const body = JSON.stringify({
    id: `evt_${newId()}`,
    object: 'event',
    type: 'payment_intent.succeeded',
    data: { object: { id: held.body.data.providerReference, metadata: { paymentId: command.paymentId } } },
  })
  const nowS = Math.floor(Date.now() / 1000)
  const sign = (secret: string, timestamp: number) =>
    provider.webhooks.generateTestHeaderString({ payload: body, secret, timestamp })
  assert.equal(await post(body, sign('whsec_other', nowS)), 400)
  assert.equal(await post(body, sign('whsec_test', nowS - 400)), 400)
  assert.equal(await post(body.replace('succeeded', 'Succeeded'), sign('whsec_test', nowS)), 400)
  assert.equal(await post(body, undefined), 400)
  assert.equal((await payment(command.paymentId)).status, 'authorized')
  assert.equal(await post(body, sign('whsec_test', nowS)), 200)
  assert.equal(await post(body, sign('whsec_test', nowS)), 200)
  assert.equal((await payment(command.paymentId)).entries.length, 4)
})

test('no transaction of the whole ledger is off balance', async () => {
  const off = await db.query(sql`
    select transaction_id from ledger_entries group by transaction_id, currency having sum(amount_cents) <> 0`)
  assert.deepEqual(off, [])
})

test('strangers and buyers have no business here', async () => {
  const url = `${serviceUrl(environment, 'payment-service')}/api/v1/payments/${newId()}`
  assert.equal((await fetch(url)).status, 401)
})

test('while the provider is away the answer is 503, and the same request succeeds once it is back', async () => {
  const command = order()
  const simulator = running[0]!
  await simulator.stop()
  await assert.rejects(payments.authorizePayment({ body: command }), {
    code: 'service-unavailable',
    status: 503,
  })
  running[0] = await startService(paymentProvider, environment)
  assert.equal((await payments.authorizePayment({ body: command })).status, 201)
})

function order(): AuthorizePayment {
  return {
    paymentId: newId(),
    orderId: newId(),
    amountCents: 4600,
    currency: 'EUR',
    paymentMethod: 'pm_card_visa',
    splits: [
      { sellerId: newId(), goodsCents: 2980, shippingCents: 490 },
      { sellerId: newId(), goodsCents: 1000, shippingCents: 130 },
    ],
  }
}

async function payment(paymentId: string) {
  const answer = await payments.getPayment({ params: { paymentId } })
  assert.ok(answer.status === 200)
  return answer.body.data
}

async function told(paymentId: string): Promise<string[]> {
  const eventLog = openDatabase(databaseOf(environment, 'payment', 'event_log'), { size: 1 })
  const rows = await eventLog.query<{ event_type: string }>(
    sql`select event_type from events where payload -> 'data' ->> 'paymentId' = ${paymentId}`,
  )
  await eventLog.close()
  return rows.map(({ event_type: type }) => type)
}

async function intentsOf(paymentId: string): Promise<number> {
  let found = 0
  for await (const intent of provider.paymentIntents.list({ limit: 100 }))
    if (intent.metadata['paymentId'] === paymentId) found++
  return found
}

async function post(body: string, signature: string | undefined): Promise<number> {
  const response = await fetch(`${serviceUrl(environment, 'payment-service')}/api/v1/webhooks/payments`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(signature !== undefined && { 'stripe-signature': signature }),
    },
  })
  return response.status
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 s.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
