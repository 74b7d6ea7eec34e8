import assert from 'node:assert/strict'
import test from 'node:test'
import type { ProductCard } from '../../catalog-service/contracts/api.ts'
import type { Stock } from '../../inventory-service/contracts/api.ts'
import { priceCart, seenNow, type Facts, type StoredCart } from './cart.ts'

function productNamed(sku: string, { seller = 'north', priceCents = 1000 } = {}): ProductCard {
  return {
    productId: `id of ${sku}`,
    sku,
    slug: sku.toLowerCase(),
    name: `The ${sku}`,
    category: { slug: 'kitchen', name: 'Kitchen' },
    seller: { sellerId: `id of ${seller}`, slug: seller, name: seller.toUpperCase(), rating: 4 },
    priceCents,
    currency: 'EUR',
    art: { hue: 10, motif: 'mug' },
    publishedAt: '2026-01-01T00:00:00.000Z',
    rating: { average: 4, count: 10 },
  }
}

function stockOf(sku: string, available: number): Stock {
  return { sku, available, status: available === 0 ? 'sold-out' : available <= 5 ? 'low' : 'in-stock' }
}

function facts(products: readonly ProductCard[], stock: readonly Stock[]): Facts {
  return {
    asked: new Set(products.map(({ sku }) => sku)),
    products: new Map(products.map((product) => [product.sku, product])),
    stock: new Map(stock.map((level) => [level.sku, level])),
  }
}

function cartOf(...lines: [product: ProductCard, quantity: number][]): StoredCart {
  return {
    cartId: 'c',
    state: 'open',
    lines: lines.map(([product, quantity]) => ({ sku: product.sku, quantity, seen: seenNow(product) })),
  }
}

const mug = productNamed('MUG-1', { priceCents: 1890 })
const bowl = productNamed('BOWL-1', { priceCents: 3333 })
const lamp = productNamed('LAMP-1', { seller: 'south', priceCents: 8990 })
const plenty = [mug, bowl, lamp].map(({ sku }) => stockOf(sku, 99))

// cart-service/001#US2.1 FR-004 SC-002
test('lines are grouped by seller in the order they came in, and the sums agree', () => {
  const cart = priceCart(cartOf([mug, 2], [lamp, 1], [bowl, 3]), facts([mug, bowl, lamp], plenty))
  assert.deepEqual(
    cart.groups.map(({ seller, subtotalCents, lines }) => [
      seller.slug,
      subtotalCents,
      lines.map(({ sku }) => sku),
    ]),
    [
      ['north', 2 * 1890 + 3 * 3333, ['MUG-1', 'BOWL-1']],
      ['south', 8990, ['LAMP-1']],
    ],
  )
  assert.equal(cart.subtotalCents, 2 * 1890 + 3 * 3333 + 8990)
  assert.equal(cart.itemCount, 6)
})

test('an empty cart has a currency and no groups', () => {
  const empty = priceCart({ cartId: 'c', state: 'open', lines: [] }, facts([], []))
  assert.deepEqual(empty, {
    cartId: 'c',
    state: 'open',
    currency: 'EUR',
    itemCount: 0,
    subtotalCents: 0,
    groups: [],
  })
})

// cart-service/001#US2.2 FR-005
test('a changed price counts, says so and names the earlier one', () => {
  const dearer = { ...mug, priceCents: 1990 }
  const line = priceCart(cartOf([mug, 2]), facts([dearer], plenty)).groups[0]!.lines[0]!
  assert.equal(line.priceChanged, true)
  assert.equal(line.unitPriceCents, 1990)
  assert.equal(line.lineTotalCents, 3980)
  assert.equal(line.previousUnitPriceCents, 1890)
})

test('an unchanged price names no earlier one', () => {
  const line = priceCart(cartOf([mug, 1]), facts([mug], plenty)).groups[0]!.lines[0]!
  assert.equal(line.priceChanged, false)
  assert.equal('previousUnitPriceCents' in line, false)
})

// cart-service/001#US2.3
for (const [available, status] of [
  [6, 'in-stock'],
  [5, 'low'],
  [3, 'low'],
  [2, 'not-enough'],
  [0, 'sold-out'],
] as const)
  test(`three wanted and ${available} left: ${status}`, () => {
    const cart = priceCart(cartOf([mug, 3]), facts([mug], [stockOf('MUG-1', available)]))
    const line = cart.groups[0]!.lines[0]!
    assert.deepEqual([line.status, line.available], [status, available])
    assert.equal(cart.subtotalCents, 3 * 1890)
  })

// cart-service/001#US2.4 FR-006
test('a product that is gone stays visible as it was seen and counts nothing', () => {
  const cart = priceCart(cartOf([mug, 2], [bowl, 1]), facts([bowl], plenty))
  const line = cart.groups[0]!.lines[0]!
  assert.deepEqual(
    [line.name, line.unitPriceCents, line.lineTotalCents, line.available, line.status],
    ['The MUG-1', 1890, 0, 0, 'gone'],
  )
  assert.equal(cart.subtotalCents, 3333)
  assert.equal(cart.itemCount, 1)
})

test('new names and pictures are shown, the seller stays the one it was put in under', () => {
  const renamed = { ...mug, name: 'A better name', slug: 'a-better-name', art: { hue: 99, motif: 'cup' } }
  const line = priceCart(cartOf([mug, 1]), facts([renamed], plenty)).groups[0]!.lines[0]!
  assert.deepEqual([line.name, line.slug, line.art.hue], ['A better name', 'a-better-name', 99])
})
