import assert from 'node:assert/strict'
import test from 'node:test'
import type { ProductCard } from '../../catalog-service/contracts/api.ts'
import type { StoredCart } from './cart.ts'
import { createCart, deleteLine, putLine, type ChangePorts } from './change-cart.ts'
import { viewCart } from './view-cart.ts'

const mug: ProductCard = {
  productId: '01930a5e-7c1a-7000-8000-0000000000a1',
  sku: 'MUG-1',
  slug: 'mug-1',
  name: 'Blue mug',
  category: { slug: 'kitchen', name: 'Kitchen' },
  seller: { sellerId: '01930a5e-7c1a-7000-8000-0000000000b1', slug: 'north', name: 'North', rating: 4 },
  priceCents: 1890,
  currency: 'EUR',
  art: { hue: 10, motif: 'mug' },
  publishedAt: '2026-01-01T00:00:00.000Z',
  rating: { average: 4, count: 10 },
}

/** A shop with one product of which three are left. `beforeChange` happens while a change is under way. */
function world({
  beforeChange = () => {},
}: { beforeChange?: (carts: Map<string, StoredCart>) => void } = {}) {
  const carts = new Map<string, StoredCart>()
  const calls: string[] = []
  const ports: ChangePorts = {
    findCart: (cartId) => Promise.resolve(carts.get(cartId)),
    ensureCart: (cartId) => {
      const cart = carts.get(cartId) ?? { cartId, state: 'open', lines: [] }
      carts.set(cartId, cart)
      return Promise.resolve(cart)
    },
    setLine: (cartId, line, mostLines) => {
      beforeChange(carts)
      const cart = carts.get(cartId)
      if (!cart) return Promise.resolve({ outcome: 'not-found' })
      if (cart.state === 'closed') return Promise.resolve({ outcome: 'closed' })
      const others = cart.lines.filter(({ sku }) => sku !== line.sku)
      if (others.length >= mostLines) return Promise.resolve({ outcome: 'full' })
      const changed = { ...cart, lines: [...others, line] }
      carts.set(cartId, changed)
      return Promise.resolve({ outcome: 'changed', cart: changed })
    },
    removeLine: (cartId, sku) => {
      const cart = carts.get(cartId)
      if (!cart) return Promise.resolve({ outcome: 'not-found' })
      if (cart.state === 'closed') return Promise.resolve({ outcome: 'closed' })
      const changed = { ...cart, lines: cart.lines.filter((line) => line.sku !== sku) }
      carts.set(cartId, changed)
      return Promise.resolve({ outcome: 'changed', cart: changed })
    },
    lookUpProducts: (skus) => {
      calls.push(`products ${skus.join(' ')}`)
      return Promise.resolve(skus.includes('MUG-1') ? [mug] : [])
    },
    lookUpStock: (skus) => {
      calls.push(`stock ${skus.join(' ')}`)
      return Promise.resolve(skus.map((sku) => ({ sku, available: sku === 'MUG-1' ? 3 : 0, status: 'low' })))
    },
    newCartId: () => 'chosen by us',
  }
  return { ports, carts, calls }
}

const put = { cartId: 'c', sku: 'MUG-1', quantity: 2 }

// cart-service/001#FR-001
test('a cart gets the id its caller chose, or one of ours, and asks nobody while it is empty', async () => {
  const { ports, calls } = world()
  assert.equal((await createCart(ports, { cartId: 'c' })).cartId, 'c')
  assert.equal((await createCart(ports, {})).cartId, 'chosen by us')
  assert.deepEqual(calls, [])
})

test('creating the same cart again shows what is in it', async () => {
  const { ports } = world()
  await createCart(ports, { cartId: 'c' })
  await putLine(ports, put)
  assert.equal((await createCart(ports, { cartId: 'c' })).itemCount, 2)
})

// cart-service/001#FR-002
test('putting a product in twice sets its quantity and asks catalogue and stock once each', async () => {
  const { ports, calls } = world()
  await createCart(ports, { cartId: 'c' })
  await putLine(ports, put)
  calls.length = 0
  const cart = await putLine(ports, { ...put, quantity: 3 })
  assert.equal(cart.itemCount, 3)
  assert.equal(cart.subtotalCents, 3 * 1890)
  assert.deepEqual(calls, ['products MUG-1', 'stock MUG-1'])
})

test('a line that another tab adds meanwhile is priced, too', async () => {
  let tab: StoredCart['lines'] = []
  const { ports, carts } = world({
    beforeChange: (all) => all.set('c', { cartId: 'c', state: 'open', lines: tab }),
  })
  await createCart(ports, { cartId: 'c' })
  await putLine(ports, put)
  tab = carts.get('c')!.lines.map((line) => ({ ...line, sku: 'OTHER-1' }))
  const { calls, ports: fresh } = world({
    beforeChange: (all) => all.set('c', { cartId: 'c', state: 'open', lines: tab }),
  })
  await createCart(fresh, { cartId: 'c' })
  const cart = await putLine(fresh, put)
  assert.deepEqual(calls.slice(-2), ['products OTHER-1 MUG-1', 'stock OTHER-1 MUG-1'])
  assert.equal(cart.groups[0]?.lines.length, 2)
})

// cart-service/001#US3.4 FR-003
test('more than is left is refused and says how many there are', async () => {
  const { ports, carts } = world()
  await createCart(ports, { cartId: 'c' })
  await assert.rejects(putLine(ports, { ...put, quantity: 4 }), {
    code: 'not-enough-stock',
    status: 409,
    details: { sku: 'MUG-1', available: 3 },
    hint: 'Only 3 are left.',
  })
  assert.deepEqual(carts.get('c')?.lines, [])
})

test('a product that is not on sale is refused', async () => {
  const { ports } = world()
  await createCart(ports, { cartId: 'c' })
  await assert.rejects(putLine(ports, { ...put, sku: 'NO-SUCH-1' }), {
    code: 'product-not-found',
    status: 404,
  })
})

test('an unknown cart is refused wherever it is used', async () => {
  const { ports } = world()
  const absent = { code: 'cart-not-found', status: 404 }
  await assert.rejects(viewCart(ports, 'c'), absent)
  await assert.rejects(putLine(ports, put), absent)
  await assert.rejects(deleteLine(ports, 'c', 'MUG-1'), absent)
})

// cart-service/001#US3.5 FR-007
test('an ordered cart refuses changes, also when it is ordered during one, and can still be read', async () => {
  const { ports, carts } = world()
  carts.set('c', { cartId: 'c', state: 'closed', lines: [] })
  const closed = { code: 'cart-closed', status: 409 }
  await assert.rejects(putLine(ports, put), closed)
  await assert.rejects(deleteLine(ports, 'c', 'MUG-1'), closed)
  assert.equal((await viewCart(ports, 'c')).state, 'closed')

  const racing = world({ beforeChange: (all) => all.set('c', { cartId: 'c', state: 'closed', lines: [] }) })
  await createCart(racing.ports, { cartId: 'c' })
  await assert.rejects(putLine(racing.ports, put), closed)
})

test('a fifty-first product is refused', async () => {
  const { ports, carts } = world()
  await createCart(ports, { cartId: 'c' })
  await putLine(ports, put)
  const [line] = carts.get('c')!.lines
  const full = Array.from({ length: 50 }, (_, i) => ({ ...line!, sku: `OTHER-${i}` }))
  carts.set('c', { cartId: 'c', state: 'open', lines: full })
  await assert.rejects(putLine(ports, put), { code: 'cart-full', status: 422 })
})

test('taking a product out twice is no error', async () => {
  const { ports } = world()
  await createCart(ports, { cartId: 'c' })
  await putLine(ports, put)
  assert.equal((await deleteLine(ports, 'c', 'MUG-1')).itemCount, 0)
  assert.equal((await deleteLine(ports, 'c', 'MUG-1')).itemCount, 0)
})
