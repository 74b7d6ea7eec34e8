import assert from 'node:assert/strict'
import test from 'node:test'
import { ShopError } from '../../../platform/errors.ts'
import type { Cart, CartLine } from '../../cart-service/contracts/api.ts'
import type { Address } from '../contracts/api.ts'
import { checkoutBody, withAddress, withShipping, type Checkout } from './checkout.ts'
import { placeCheckout, type Ports as PlacePorts } from './place-checkout.ts'
import type { Saga } from './place-order-saga.ts'
import { startCheckout, type Ports as StartPorts } from './start-checkout.ts'

const sellerId = '8d8ac610-566d-4ef0-9c22-186b2a5ed793'
const address: Address = {
  email: 'ada@example.com',
  name: 'Ada Blum',
  street: 'Lindenweg 7',
  city: 'Freiburg',
  postcode: '79102',
  country: 'DE',
}
const start = { checkoutId: 'checkout', cartId: 'cart' }
const visa = { paymentMethod: 'pm_card_visa', expectedTotalCents: 3470 }

// checkout-service/001#FR-001
test('a second start finds the first checkout, whatever happened to the cart since', async () => {
  const shop = world()
  const first = await startCheckout(shop, start, undefined)
  shop.cartNow = { ...shop.cartNow!, state: 'closed' }
  assert.deepEqual(await startCheckout(shop, start, undefined), first)
  await assert.rejects(
    startCheckout(shop, { ...start, cartId: 'other' }, undefined),
    hasCode('checkout-id-taken', 422),
  )
})

const carts: [string, Partial<Cart> | undefined, string, number][] = [
  ['no cart', undefined, 'cart-not-found', 404],
  ['an ordered cart', { state: 'closed' }, 'cart-closed', 409],
  ['an empty cart', { groups: [] }, 'cart-empty', 409],
  ['a cart with a sold-out line', { groups: [groupOf({ status: 'sold-out' })] }, 'sold-out', 409],
  ['a cart that wants more than there is', { groups: [groupOf({ status: 'not-enough' })] }, 'sold-out', 409],
  ['a cart with a product that is gone', { groups: [groupOf({ status: 'gone' })] }, 'sold-out', 409],
]
for (const [what, change, code, status] of carts)
  test(`${what} starts no checkout: ${code}`, async () => {
    const shop = world()
    shop.cartNow = change === undefined ? undefined : { ...shop.cartNow!, ...change }
    await assert.rejects(startCheckout(shop, start, undefined), hasCode(code, status))
  })

test('a new checkout says what it costs and what is missing', async () => {
  const body = checkoutBody(await startCheckout(world(), start, undefined))
  assert.deepEqual(
    [body.totals, body.missing],
    [{ goodsCents: 2980, shippingCents: 490, totalCents: 3470 }, ['address']],
  )
})

// checkout-service/001#FR-003
test('an address outside the countries we serve is refused with the list of those', () => {
  assert.throws(
    () => withAddress(checkout(), { ...address, country: 'US' }),
    hasCode('country-not-served', 422),
  )
  assert.deepEqual(checkoutBody(withAddress(checkout(), address)).missing, [])
})

test('a shipping method of a seller who sells nothing here is refused', () => {
  const choice = { sellerId: 'somebody', method: 'express' as const }
  assert.throws(() => withShipping(checkout(), { choices: [choice] }), hasCode('unknown-seller', 422))
  const chosen = withShipping(checkout(), { choices: [{ sellerId, method: 'express' }] })
  assert.equal(checkoutBody(chosen).totals.shippingCents, 990)
})

test('a checkout that is being placed cannot be changed', () => {
  const busy: Checkout = { ...checkout(), status: 'processing' }
  assert.throws(() => withAddress(busy, address), hasCode('checkout-not-open', 409))
  assert.throws(() => withShipping(busy, { choices: [] }), hasCode('checkout-not-open', 409))
})

// checkout-service/001#FR-005
test('placing begins one attempt with the price that was shown', async () => {
  const shop = world(checkout())
  assert.deepEqual(await placeCheckout(shop, 'checkout', visa, 'buyer'), {
    outcome: 'processing',
    attempt: 1,
  })
  const [saga] = shop.begun
  assert.deepEqual([saga!.totals.totalCents, saga!.buyerId, saga!.attempt], [3470, 'buyer', 1])
  assert.equal(new Set([saga!.orderId, saga!.paymentId, saga!.reservationId]).size, 3)
})

test('a second click joins the attempt of the first, and after the end finds its order', async () => {
  const shop = world(checkout())
  const clicks = [
    placeCheckout(shop, 'checkout', visa, undefined),
    placeCheckout(shop, 'checkout', visa, undefined),
  ]
  assert.deepEqual(
    await Promise.all(clicks),
    Array.from({ length: 2 }, () => ({ outcome: 'processing', attempt: 1 })),
  )
  const order = { orderId: 'order', orderToken: 'token' }
  shop.checkoutNow = { ...shop.checkoutNow!, status: 'completed', order }
  assert.deepEqual(await placeCheckout(shop, 'checkout', visa, undefined), { outcome: 'completed', ...order })
  assert.equal(shop.begun.length, 1)
})

test('an attempt after a refused one has ids of its own', async () => {
  const shop = world(checkout())
  await placeCheckout(shop, 'checkout', visa, undefined)
  shop.checkoutNow = { ...shop.checkoutNow!, status: 'open' }
  await placeCheckout(shop, 'checkout', visa, undefined)
  const [first, second] = shop.begun
  assert.deepEqual([first!.attempt, second!.attempt], [1, 2])
  assert.notEqual(first!.paymentId, second!.paymentId)
})

test('a price that changed since is refused with the new total, and accepted with it', async () => {
  const shop = world(checkout())
  shop.pricesNow = new Map([['CER-1', 1500]])
  await assert.rejects(placeCheckout(shop, 'checkout', visa, undefined), (error) => {
    assert.ok(error instanceof ShopError)
    assert.deepEqual([error.code, error.details], ['price-changed', { totalCents: 3490 }])
    return true
  })
  const agreed = { ...visa, expectedTotalCents: 3490 }
  assert.equal((await placeCheckout(shop, 'checkout', agreed, undefined)).outcome, 'processing')
})

test('prices that change so that the total happens to fit an old page are still shown first', async () => {
  const shop = world(checkout())
  shop.pricesNow = new Map([['CER-1', 1500]])
  await assert.rejects(
    placeCheckout(shop, 'checkout', { ...visa, expectedTotalCents: 3490 }, undefined),
    hasCode('price-changed', 409),
  )
})

const refusals: [string, (shop: ReturnType<typeof world>) => void, string, number][] = [
  ['an unknown checkout', (shop) => (shop.checkoutNow = undefined), 'checkout-not-found', 404],
  ['no address', (shop) => (shop.checkoutNow = { ...checkout(), address: undefined }), 'not-ready', 409],
  ['a product that is not on sale any more', (shop) => (shop.pricesNow = new Map()), 'sold-out', 409],
  ['a cart bought in another window', (shop) => (shop.cartTaken = true), 'cart-closed', 409],
]
for (const [what, prepare, code, status] of refusals)
  test(`${what} cannot be placed: ${code}`, async () => {
    const shop = world(checkout())
    prepare(shop)
    await assert.rejects(placeCheckout(shop, 'checkout', visa, undefined), hasCode(code, status))
    assert.equal(shop.begun.length, 0)
  })

function checkout(): Checkout {
  const line = { sku: 'CER-1', name: 'Mug', slug: 'mug', quantity: 2, unitPriceCents: 1490 }
  return {
    ...start,
    buyerId: undefined,
    status: 'open',
    currency: 'EUR',
    groups: [{ sellerId, sellerName: 'Kiln', sellerSlug: 'kiln', lines: [line] }],
    address,
    methods: {},
    attempts: 0,
    failure: undefined,
    order: undefined,
    createdAt: '2026-11-20T10:15:00.000Z',
  }
}

function groupOf(change: Partial<CartLine>): Cart['groups'][number] {
  const line: CartLine = {
    sku: 'CER-1',
    slug: 'mug',
    name: 'Mug',
    art: { hue: 20, motif: 'mug' },
    quantity: 2,
    unitPriceCents: 1490,
    lineTotalCents: 2980,
    priceChanged: false,
    available: 12,
    status: 'in-stock',
    ...change,
  }
  return { seller: { sellerId, slug: 'kiln', name: 'Kiln' }, subtotalCents: 2980, lines: [line] }
}

type World = StartPorts &
  PlacePorts & {
    checkoutNow: Checkout | undefined
    cartNow: Cart | undefined
    pricesNow: Map<string, number>
    cartTaken: boolean
    begun: Saga[]
  }

/** The ports as object literals over a few variables. */
function world(checkoutNow?: Checkout): World {
  let ids = 0
  const shop: World = {
    checkoutNow,
    cartNow: {
      cartId: 'cart',
      state: 'open',
      currency: 'EUR',
      itemCount: 2,
      subtotalCents: 2980,
      groups: [groupOf({})],
    },
    pricesNow: new Map([['CER-1', 1490]]),
    cartTaken: false,
    begun: [],
    find: () => Promise.resolve(shop.checkoutNow),
    create: (created) => Promise.resolve((shop.checkoutNow ??= created)),
    cart: () => Promise.resolve(shop.cartNow),
    now: () => new Date('2026-11-20T10:15:00Z'),
    prices: () => Promise.resolve(shop.pricesNow),
    keepPrices: (changed) => Promise.resolve(void (shop.checkoutNow = changed)),
    begin(saga) {
      if (shop.cartTaken) return Promise.resolve('cart-taken')
      if (shop.checkoutNow!.status !== 'open') return Promise.resolve('busy')
      shop.checkoutNow = { ...shop.checkoutNow!, status: 'processing', attempts: saga.attempt }
      shop.begun.push(saga)
      return Promise.resolve('begun')
    },
    newId: () => `id-${++ids}`,
  }
  return shop
}

function hasCode(code: string, status: number) {
  return (error: unknown) => {
    assert.ok(error instanceof ShopError)
    assert.deepEqual([error.code, error.status], [code, status])
    return true
  }
}
