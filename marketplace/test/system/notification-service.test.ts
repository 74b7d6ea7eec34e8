import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import test, { after, before } from 'node:test'
import { openDatabase } from '../../platform/db/database.ts'
import { testCluster, type TestCluster } from '../test-database.ts'
import { databaseOf, serviceUrl } from '../../platform/environment.ts'
import { portOffsets, portsFrom } from '../../installation.ts'
import { postgresEventLog } from '../../platform/events/event-log.ts'
import { client } from '../../platform/http/client.ts'
import { newId } from '../../platform/ids.ts'
import { migrateService, startService, type RunningService } from '../../platform/service.ts'
import { contract, type Operations } from '../../services/notification-service/contracts/api.ts'
import { notificationService } from '../../services/notification-service/src/service.ts'
import { mailbox } from '../../simulators/mailbox/src/service.ts'
import { freeBasePort } from '../marketplace.ts'

// From the event log to the inbox: the service, its database, SMTP and the mailbox, all real.

let cluster: TestCluster
const running = new Map<string, RunningService>()
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

before(async () => {
  const basePort = await freeBasePort()
  const keys = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  cluster = await testCluster({
    ports: portsFrom(basePort),
    authPublicKey: keys.publicKey,
    smtp: { host: '127.0.0.1', port: basePort + portOffsets['mailbox-smtp'] },
    publicUrl: 'https://shop.example',
  })
  for (const definition of [mailbox, notificationService]) {
    await migrateService(definition, cluster.environment)
    running.set(definition.name, await startService(definition, cluster.environment))
  }
})

after(async () => {
  for (const service of [...running.values()].toReversed()) await service.stop()
  await cluster?.stop()
})

test('two events about one order are one e-mail, with a link to the order', async () => {
  const orderId = newId()
  await append(confirmed(orderId, 'ada@example.com'), confirmed(orderId, 'ada@example.com'))
  await until(async () => (await inbox('ada@example.com')).length > 0)
  await append(registered('last@example.com'))
  await until(async () => (await inbox('last@example.com')).length === 1) // everything before it was handled
  const [message, ...others] = await inbox('ada@example.com')
  assert.deepEqual(others, [])
  const shown = await fetch(`${url('mailbox')}/api/messages/${message!.id}`)
  const { text } = ((await shown.json()) as { data: { text: string } }).data
  assert.match(text, new RegExp(`https://shop.example/orders/${orderId}\\?token=secret`))
})

test('what was sent about an order can be asked by other services only', async () => {
  const orderId = newId()
  await append(confirmed(orderId, 'eve@example.com'))
  const messages = client<Operations>(cluster.environment, 'order-service', contract)
  const sent = async () => {
    const answer = await messages.listMessages({ query: { orderId } })
    return answer.status === 200 ? answer.body.data : []
  }
  await until(async () => (await sent())[0]?.status === 'sent')
  assert.deepEqual(
    (await sent()).map(({ kind, to, attempts }) => [kind, to, attempts]),
    [['order-confirmed', 'eve@example.com', 1]],
  )
  const stranger = await fetch(`${url('notification-service')}/api/v1/messages?orderId=${orderId}`)
  assert.equal(stranger.status, 401)
})

test('a message waits while the mail server is away and arrives once after its return', async () => {
  await running.get('mailbox')!.stop()
  await append(registered('bob@example.com'))
  await new Promise((resolve) => setTimeout(resolve, 500))
  running.set('mailbox', await startService(mailbox, cluster.environment))
  await until(async () => (await inbox('bob@example.com')).length > 0)
  assert.equal((await inbox('bob@example.com'))[0]!.deliveries, 1)
})

async function append(...payloads: { eventId: string; eventType: string; data: object }[]): Promise<void> {
  const connection = databaseOf(cluster.environment, 'orders', 'event_log')
  const db = openDatabase(connection, { size: 1 })
  await postgresEventLog(db, connection, log).append(
    payloads.map(({ eventId, eventType, data }) => ({
      eventId,
      eventType,
      key: eventId,
      payload: {
        eventId,
        eventType,
        eventVersion: 'v1',
        timestamp: new Date().toISOString(),
        data: { ...data },
      },
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    })),
  )
  await db.close()
}

function registered(email: string) {
  return {
    eventId: newId(),
    eventType: 'auth.user.registered',
    data: { userId: newId(), email, name: 'Bob' },
  }
}

function confirmed(orderId: string, email: string) {
  const line = { sku: 'CER-1', name: 'Mug', slug: 'mug', quantity: 1, unitPriceCents: 5000, totalCents: 5000 }
  const parcel = {
    sellerId: newId(),
    sellerName: 'Kiln',
    sellerSlug: 'kiln',
    method: 'standard',
    lines: [line],
  }
  const data = {
    orderId,
    orderNumber: '5F7F2B1D3C44',
    orderToken: 'secret',
    cartId: newId(),
    customer: { email, name: 'Ada', street: 'S 1', city: 'C', postcode: '12345', country: 'DE' },
    currency: 'EUR',
    parcels: [{ ...parcel, goodsCents: 5000, shippingCents: 0, totalCents: 5000 }],
    totals: { goodsCents: 5000, shippingCents: 0, totalCents: 5000, vatCents: 798, vatRateBasisPoints: 1900 },
    placedAt: '2026-11-20T10:00:00.000Z',
    confirmedAt: '2026-11-20T10:00:01.000Z',
  }
  return { eventId: newId(), eventType: 'order.order.confirmed', data }
}

async function inbox(to: string): Promise<{ id: number; deliveries: number }[]> {
  const response = await fetch(`${url('mailbox')}/api/messages?to=${encodeURIComponent(to)}`)
  return ((await response.json()) as { data: { id: number; deliveries: number }[] }).data
}

function url(name: string): string {
  return serviceUrl(cluster.environment, name)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 s.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
