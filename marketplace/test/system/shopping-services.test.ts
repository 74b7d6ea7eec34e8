// Catalogue, stock, carts and the gateway as processes of the real thing: what the specs promise between services, where
// no scenario block can reach because the gateway lets nobody in.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { after, before } from 'node:test'
import { signServiceToken } from '../../platform/auth/service-token.ts'
import { client, type Client } from '../../platform/http/client.ts'
import { newId } from '../../platform/ids.ts'
import {
  contract as cartContract,
  type CartLine,
  type Operations as CartOperations,
} from '../../services/cart-service/contracts/api.ts'
import {
  contract as catalogContract,
  type Operations as CatalogOperations,
  type ProductCard,
} from '../../services/catalog-service/contracts/api.ts'
import {
  contract as inventoryContract,
  type Operations as InventoryOperations,
} from '../../services/inventory-service/contracts/api.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'

const SERVICES = ['auth-service', 'catalog-service', 'inventory-service', 'cart-service', 'gateway']
let shop: TestMarketplace
let catalog: Client<CatalogOperations>
let inventory: Client<InventoryOperations>
let cart: Client<CartOperations>
let products: ProductCard[]

before(async () => {
  shop = await startMarketplace({ services: SERVICES })
  const as = 'checkout-service'
  catalog = client<CatalogOperations>(shop.environment, as, catalogContract)
  inventory = client<InventoryOperations>(shop.environment, as, inventoryContract)
  cart = client<CartOperations>(shop.environment, as, cartContract)
  const { status, body } = await catalog.listProducts({ query: { pageSize: 10 } })
  assert.equal(status, 200)
  products = body.data
})
after(() => shop?.stop())

async function cartWith(product: ProductCard, quantity: number): Promise<string> {
  const cartId = randomUUID()
  await cart.createCart({ body: { cartId } })
  const { status } = await cart.putLine({ params: { cartId, sku: product.sku }, body: { quantity } })
  assert.equal(status, 200)
  return cartId
}

async function lineOf(cartId: string): Promise<CartLine> {
  const { status, body } = await cart.getCart({ params: { cartId } })
  assert.equal(status, 200)
  return body.data.groups[0]!.lines[0]!
}

// inventory-service/001#FR-002 FR-005 FR-006, over HTTP and through the contract
test('a reservation is made, read, confirmed and given back, each call twice', async () => {
  const { sku } = products[0]!
  await inventory.setStock({ params: { sku }, body: { onHand: 10 } })
  const reservationId = newId()
  const reservation = { reservationId, lines: [{ sku, quantity: 3 }] }
  const params = { reservationId }
  for (const [call, state, available] of [
    [() => inventory.reserveStock({ body: reservation }), 'held', 7],
    [() => inventory.confirmReservation({ params }), 'confirmed', 7],
    [() => inventory.releaseReservation({ params }), 'released', 10],
  ] as const)
    for (let i = 0; i < 2; i++) {
      const answer = await call()
      assert.ok(answer.status === 200 || answer.status === 201)
      assert.equal(answer.body.data.state, state)
      const stock = await inventory.getStock({ query: { skus: sku } })
      assert.ok(stock.status === 200)
      assert.equal(stock.body.data[0]?.available, available)
    }
  const read = await inventory.getReservation({ params })
  assert.ok(read.status === 200)
  assert.deepEqual(read.body.data.lines, reservation.lines)
})

test('refusals between services carry their codes and details', async () => {
  const { sku } = products[0]!
  await inventory.setStock({ params: { sku }, body: { onHand: 1 } })
  const soldOut = await inventory.reserveStock({
    body: { reservationId: newId(), lines: [{ sku, quantity: 2 }] },
  })
  assert.ok(soldOut.status === 409)
  assert.deepEqual([soldOut.body.code, soldOut.body['skus']], ['sold-out', [sku]])
  const absent = await inventory.confirmReservation({ params: { reservationId: newId() } })
  assert.ok(absent.status === 404)
  assert.equal(absent.body.code, 'reservation-not-found')
  await inventory.reserveStock({ body: { reservationId: newId(), lines: [{ sku, quantity: 1 }] } })
  const held = await inventory.setStock({ params: { sku }, body: { onHand: 0 } })
  assert.ok(held.status === 409)
  assert.deepEqual([held.body.code, held.body['reserved']], ['units-held', 1])
})

// cart-service/001#US2.2 catalog-service/001#US4.2
test('a cart shows a price that changed behind its back, and putting the line again accepts it', async () => {
  const product = products[1]!
  await inventory.setStock({ params: { sku: product.sku }, body: { onHand: 10 } })
  const cartId = await cartWith(product, 2)
  const priceCents = product.priceCents + 100
  await catalog.changePrice({ params: { sku: product.sku }, body: { priceCents } })
  const line = await lineOf(cartId)
  assert.equal(line.unitPriceCents, priceCents)
  assert.equal(line.previousUnitPriceCents, product.priceCents)
  assert.equal(line.priceChanged, true)
  await cart.putLine({ params: { cartId, sku: product.sku }, body: { quantity: 2 } })
  assert.equal((await lineOf(cartId)).priceChanged, false)
})

// cart-service/001#US2.3 US3.4
test('a cart says how many are left when fewer are than wanted, and refuses to take more', async () => {
  const product = products[2]!
  const { sku } = product
  await inventory.setStock({ params: { sku }, body: { onHand: 5 } })
  const cartId = await cartWith(product, 4)
  await inventory.setStock({ params: { sku }, body: { onHand: 3 } })
  const { status, available } = await lineOf(cartId)
  assert.deepEqual([status, available], ['not-enough', 3])
  const refused = await cart.putLine({ params: { cartId, sku }, body: { quantity: 4 } })
  assert.ok(refused.status === 409)
  assert.deepEqual([refused.body.code, refused.body['available']], ['not-enough-stock', 3])
})

// cart-service/001#SC-001
test('eight identical clicks at once leave one line with the quantity asked for', async () => {
  const product = products[3]!
  await inventory.setStock({ params: { sku: product.sku }, body: { onHand: 10 } })
  const cartId = await cartWith(product, 1)
  const click = { params: { cartId, sku: product.sku }, body: { quantity: 2 } }
  const clicks = await Promise.all(Array.from({ length: 8 }, () => cart.putLine(click)))
  assert.deepEqual(new Set(clicks.map(({ status }) => status)), new Set([200]))
  assert.equal((await lineOf(cartId)).quantity, 2)
})

// gateway/001#US2.4 FR-008, inventory-service/001#US4.3: neither through the gateway nor at the door of the service
test('operations between services are absent outside and closed inside', async () => {
  const { sku } = products[0]!
  const outside = await fetch(`${shop.gatewayUrl}/api/v1/stock/${sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"onHand":1000}',
  })
  assert.equal(outside.status, 404)
  assert.equal(((await outside.json()) as { code: string }).code, 'not-found')
  const inside = await fetch(`${shop.url('inventory-service')}/api/v1/stock/${sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"onHand":1000}',
  })
  assert.equal(inside.status, 401)
})

test('a token for one service opens no other', async () => {
  const { serviceSecret } = shop.environment
  const token = signServiceToken(serviceSecret, 'checkout-service', 'inventory-service', Date.now())
  const answer = await catalog.changePrice({
    params: { sku: products[0]!.sku },
    body: { priceCents: 1 },
    authorization: `Bearer ${token}`,
  })
  assert.equal(answer.status, 401)
})

// gateway/001#SC-002
test('while services of the checkout are down, browsing goes on and their operations say so', async () => {
  const browsing = await fetch(`${shop.gatewayUrl}/api/v1/products?pageSize=1`)
  assert.equal(browsing.status, 200)
  const checkout = await fetch(`${shop.gatewayUrl}/api/v1/checkouts/${randomUUID()}`)
  assert.equal(checkout.status, 502)
  assert.equal(((await checkout.json()) as { code: string }).code, 'service-unreachable')
})
