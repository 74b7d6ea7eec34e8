// Every service with a contract is held to it by "specify verify", all of them running together on demo data.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { demoAccounts } from '../../demo-accounts.ts'
import type { ProcessName } from '../../installation.ts'
import { signServiceToken } from '../../platform/auth/service-token.ts'
import { services } from '../../services.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'
import { call, prepare, productsOnSale } from '../shopper.ts'

const marketplace = fileURLToPath(new URL('../..', import.meta.url))
const specify = fileURLToPath(new URL('../../../specify/bin/specify.js', import.meta.url))
const withContract = Object.keys(services).filter((name) =>
  existsSync(new URL(`../../services/${name}/contracts/api-spec.yaml`, import.meta.url)),
)

let shop: TestMarketplace
let buyerToken: string
/** What a service cannot learn from its own answers: names of things that others hold. */
let known: Readonly<Record<string, readonly string[]>>

before(async () => {
  shop = await startMarketplace({ services: Object.keys(services).filter((name) => name !== 'web') })
  const { email, password } = demoAccounts[0]
  const session = await call(`${shop.gatewayUrl}/api/v1/auth/login`, 'POST', { email, password })
  buyerToken = session.body.data.accessToken as string
  // Prices and stock of some are changed on the way; a checkout must find the others as they were.
  const onSale = await productsOnSale(shop.gatewayUrl)
  const [products, bought] = [onSale.slice(4, 8), onSale.slice(0, 4)]
  const lines = bought.map(({ sku }) => ({ sku, quantity: 1 }))
  const prepared = []
  for (let i = 0; i < 8; i++) prepared.push(await prepare(shop.gatewayUrl, lines))
  const skus = products.map(({ sku }) => `sku=${sku}`)
  const carts = prepared.map(({ cartId }) => `cartId=${cartId}`)
  known = {
    'auth-service': [`email=${email}`, `password=${password}`, `token=${buyerToken}`],
    'cart-service': [...skus, ...carts.slice(0, 1)],
    'catalog-service': [...skus, ...products.map(({ slug }) => `productSlug=${slug}`)],
    'inventory-service': skus,
    'checkout-service': [
      ...carts.slice(1),
      ...prepared.slice(1).map(({ checkoutId }) => `checkoutId=${checkoutId}`),
      'paymentMethod=pm_card_visa',
      `expectedTotalCents=${prepared[0]!.totalCents}`,
    ],
    'review-service': await purchased(),
  }
})
after(async () => await shop.stop())

/** A line of an order that the buyer made. */
async function purchased(): Promise<string[]> {
  const answer = await fetch(`${shop.url('order-service')}/api/v1/orders`, {
    headers: { authorization: `Bearer ${buyerToken}` },
  })
  const { data } = (await answer.json()) as {
    data: { orderId: string; status: string; lines: { sku: string }[] }[]
  }
  const order = data.find(({ status }) => status === 'delivered' || status === 'confirmed')
  return order === undefined ? [] : [`orderId=${order.orderId}`, `sku=${order.lines[0]!.sku}`]
}

type Report = {
  data: { requests: number; operations: { method: string; path: string; succeeded: boolean }[] }
  findings: { code: string; severity: string; message: string; hint?: string }[]
}

function verify(service: string): Promise<{ exitCode: number | null; report: Report }> {
  const serviceToken = signServiceToken(
    shop.environment.serviceSecret,
    'checkout-service',
    service,
    Date.now(),
  )
  const args = [
    'verify',
    '--service',
    service,
    '--url',
    shop.url(service as ProcessName),
    '--json',
    '--max-examples',
    '10',
  ]
  const contract = readFileSync(`${marketplace}/services/${service}/contracts/api-spec.yaml`, 'utf8')
  for (const [scheme, token] of Object.entries({ serviceToken, buyerToken }))
    if (contract.includes(`${scheme}:`)) args.push('--auth', `${scheme}=${token}`)
  for (const value of known[service] ?? []) args.push('--known', value)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [specify, ...args], {
      cwd: marketplace,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, report: JSON.parse(out) as Report }))
  })
}

/** Requests only the payment provider can make. */
const SIGNED_BY_OTHERS = new Set(['POST /api/v1/webhooks/payments'])

for (const service of withContract)
  test(`${service} keeps to its contract`, async () => {
    const { exitCode, report } = await verify(service)
    assert.deepEqual(
      report.findings.filter(({ severity }) => severity !== 'info'),
      [],
    )
    assert.equal(exitCode, 0)
    const { operations } = report.data
    const silent = operations
      .filter(({ succeeded }) => !succeeded)
      .map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(
      silent.filter((name) => !SIGNED_BY_OTHERS.has(name)),
      [],
      'operations without a good answer',
    )
  })
