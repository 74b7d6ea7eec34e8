import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { openAuditor } from '../audit.ts'
import { startMarketplace } from '../marketplace.ts'
import { call, place, prepare, productsOnSale, settled } from '../shopper.ts'

const RUN = fileURLToPath(new URL('../../run.ts', import.meta.url))
let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'specwright-test-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('a purchase outlives a restart, and the demo data is made once', async () => {
  const services = [
    'payment-provider',
    'mailbox',
    'auth-service',
    'catalog-service',
    'inventory-service',
    'cart-service',
  ]
  services.push('payment-service', 'order-service', 'checkout-service', 'notification-service', 'gateway')
  const first = await startMarketplace({ folder, services })
  const [product] = await productsOnSale(first.gatewayUrl)
  const purchase = await prepare(first.gatewayUrl, [{ sku: product!.sku, quantity: 1 }])
  const placed = await place(first.gatewayUrl, purchase)
  assert.equal(placed.status, 200, JSON.stringify(placed.body))
  await first.stop()

  const second = await startMarketplace({ folder, services })
  assert.doesNotMatch(second.output(), /demo data loaded/)
  const { orderId, orderToken } = await settled(second.gatewayUrl, purchase)
  const order = await call(`${second.gatewayUrl}/api/v1/orders/${orderId}?token=${orderToken}`)
  assert.equal(order.body.data.totals.totalCents, purchase.totalCents)
  const auditor = await openAuditor(second)
  assert.deepEqual(await auditor.violations(), [])
  await auditor.close()

  const third = spawnSync(process.execPath, [RUN, `--data=${folder}`, '--port=61000'], { encoding: 'utf8' })
  assert.equal(third.status, 2)
  assert.match(third.stderr, /already running.*\nhint: .*MARKETPLACE_DATA/)
  await second.stop()
})

test('seeded orders, payments, stock and the provider agree, and events fold to what is read', async () => {
  const shop = await startMarketplace({ services: ['gateway'], scale: 0.1 })
  const auditor = await openAuditor(shop)
  assert.deepEqual(await auditor.violations(), [])
  const [count] = await auditor.query<{ orders: string; skus: string }>(
    'orders',
    'select count(*) as orders, (select count(distinct sku) from order_lines) as skus from orders',
  )
  assert.equal(Number(count!.orders), 2_000)
  assert.ok(Number(count!.skus) > 50)
  await auditor.close()
  await shop.stop()
})

for (const [flag, answer] of [
  ['--port=80', /1024 to 65000/],
  ['--services=oder-service', /no service "oder-service".*\nhint: .*order-service/],
  ['--scale=big', /--scale 0\.1/],
  ['--nonsense', /--help/],
] as const) {
  test(`${flag} is answered with what to do`, () => {
    const refused = spawnSync(process.execPath, [RUN, flag, `--data=${join(folder, 'never')}`], {
      encoding: 'utf8',
    })
    assert.equal(refused.status, 2)
    assert.match(refused.stderr, answer)
  })
}
