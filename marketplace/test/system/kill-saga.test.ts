import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { failPoints as checkoutPoints } from '../../services/checkout-service/src/fail-points.ts'
import { failPoints as inventoryPoints } from '../../services/inventory-service/src/fail-points.ts'
import { failPoints as notificationPoints } from '../../services/notification-service/src/fail-points.ts'
import { failPoints as orderPoints } from '../../services/order-service/src/fail-points.ts'
import { failPoints as paymentPoints } from '../../services/payment-service/src/fail-points.ts'
import type { ProcessName } from '../../installation.ts'
import { services } from '../../services.ts'
import { openAuditor, type Auditor } from '../audit.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'
import { call, place, prepare, productsOnSale, settled, type Purchase } from '../shopper.ts'

// Kills the real process at every point of the way from the last click to the e-mail, lets the supervisor start it
// again, and looks whether orders, stock, money and mail agree.

const platformPoints = [
  'relay:after-append',
  'order-service:before-event-commit',
  'order-service:after-event-commit',
  'notification-service:before-event-commit',
  'notification-service:after-event-commit',
  'cart-service:before-event-commit',
] as const

const succeeding = [
  ...checkoutPoints,
  ...inventoryPoints,
  ...orderPoints,
  ...paymentPoints,
  ...notificationPoints,
  ...platformPoints,
].filter((point) => point !== 'inventory:after-release')

const names = Object.keys(services).filter((name) => name !== 'web')

let shop: TestMarketplace
let auditor: Auditor
let folder: string
let armed: string
let products: { sku: string }[]

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'specwright-fail-'))
  armed = join(folder, 'fail-point')
  shop = await startMarketplace({
    split: true,
    services: names,
    env: { MARKETPLACE_FAIL_POINT_FILE: armed },
  })
  auditor = await openAuditor(shop)
  products = await productsOnSale(shop.gatewayUrl)
})
after(async () => {
  await auditor?.close()
  await shop?.stop()
  rmSync(folder, { recursive: true, force: true })
})

let turn = 0
/** Two products, other ones each time, so that no case leans on the stock of another. */
function nextLines(): Purchase['lines'] {
  const at = (turn++ * 2) % (products.length - 1)
  return [
    { sku: products[at]!.sku, quantity: 2 },
    { sku: products[at + 1]!.sku, quantity: 1 },
  ]
}

async function onHand(lines: Purchase['lines']): Promise<number[]> {
  const rows = await auditor.query<{ sku: string; on_hand: number; reserved: number }>(
    'inventory',
    'select sku, on_hand, reserved from stock where sku = any($1)',
    [lines.map(({ sku }) => sku)],
  )
  return lines.map(({ sku }) => rows.find((row) => row.sku === sku)!.on_hand)
}

async function eventually<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    const found = await find()
    if (found !== undefined) return found
  }
  throw new Error(
    `${what} did not happen within 20 s.\n${shop.output().slice(-1_500)}\n${shop.log().slice(-3_000)}`,
  )
}

async function confirmedOrder({ checkoutId }: Purchase) {
  return await eventually('the confirmation of the order', async () => {
    const rows = await auditor.query<{ order_id: string; status: string; total_cents: string }>(
      'orders',
      'select order_id, status, total_cents from orders where checkout_id = $1',
      [checkoutId],
    )
    assert.ok(rows.length <= 1, 'one checkout made two orders')
    return rows.find(({ status }) => status === 'confirmed')
  })
}

async function mailsTo(email: string): Promise<number> {
  const [row] = await auditor.query<{ n: string }>(
    'mailbox',
    'select count(*) as n from messages where $1 = any(recipients)',
    [email],
  )
  return Number(row!.n)
}

/** The process that the case before has killed may still be starting again. */
async function everyServiceReady(): Promise<void> {
  for (const name of names)
    await eventually(`${name} being ready`, async () =>
      (await call(`${shop.url(name as ProcessName)}/ready`)).status === 200 ? true : undefined,
    )
}

for (const point of succeeding) {
  test(`killed at ${point}: one order, paid once, stock and mail right`, async () => {
    await everyServiceReady()
    const lines = nextLines()
    const before = await onHand(lines)
    const purchase = await prepare(shop.gatewayUrl, lines)
    writeFileSync(armed, point)
    await place(shop.gatewayUrl, purchase) // whatever it answers: the connection may have died with the process
    await eventually(`reaching ${point}`, async () => (existsSync(armed) ? undefined : true))
    let checkout = await settled(shop.gatewayUrl, purchase)
    if (checkout.status === 'open') {
      // The saga gave up on a service that was away and undid everything. The shopper clicks again.
      assert.deepEqual(await onHand(lines), before)
      await eventually('placing again', async () =>
        (await place(shop.gatewayUrl, purchase)).status === 200 ? true : undefined,
      )
      checkout = await settled(shop.gatewayUrl, purchase)
    }
    assert.equal(checkout.status, 'completed')
    const order = await confirmedOrder(purchase)
    assert.equal(order.order_id, checkout.orderId)
    assert.equal(Number(order.total_cents), purchase.totalCents)
    assert.deepEqual(
      await onHand(lines),
      before.map((units, i) => units - lines[i]!.quantity),
    )
    await eventually('the confirmation e-mail', async () =>
      (await mailsTo(purchase.email)) > 0 ? true : undefined,
    )
    assert.equal(await mailsTo(purchase.email), 1)
    assert.deepEqual(await auditor.violations(), [])
  })
}

test('killed while a declined purchase is undone: no order, no money, all stock back', async () => {
  await everyServiceReady()
  const lines = nextLines()
  const before = await onHand(lines)
  const purchase = await prepare(shop.gatewayUrl, lines)
  writeFileSync(armed, 'inventory:after-release')
  await place(shop.gatewayUrl, purchase, 'pm_card_visa_chargeDeclined')
  await eventually('reaching inventory:after-release', async () => (existsSync(armed) ? undefined : true))
  const checkout = await settled(shop.gatewayUrl, purchase)
  assert.equal(checkout.status, 'open')
  assert.deepEqual(await onHand(lines), before)
  assert.deepEqual(await auditor.violations(), [])
})

test('PostgreSQL killed in the middle: the purchase is completed after its return', async () => {
  await everyServiceReady()
  const lines = nextLines()
  const before = await onHand(lines)
  const purchase = await prepare(shop.gatewayUrl, lines)
  const placing = place(shop.gatewayUrl, purchase)
  await sleep(5)
  const pid = Number(readFileSync(join(shop.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGQUIT')
  await placing
  await auditor.close()
  await eventually('PostgreSQL coming back', async () => {
    auditor = await openAuditor(shop)
    return await auditor.query('orders', 'select 1').catch(() => undefined)
  })
  let checkout = await settled(shop.gatewayUrl, purchase)
  if (checkout.status === 'open') {
    await eventually('placing again', async () =>
      (await place(shop.gatewayUrl, purchase)).status === 200 ? true : undefined,
    )
    checkout = await settled(shop.gatewayUrl, purchase)
  }
  assert.equal(checkout.status, 'completed')
  await confirmedOrder(purchase)
  assert.deepEqual(
    await onHand(lines),
    before.map((units, i) => units - lines[i]!.quantity),
  )
  await eventually('the books agreeing', async () =>
    (await auditor.violations()).length === 0 ? true : undefined,
  )
})
