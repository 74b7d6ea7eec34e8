import assert from 'node:assert/strict'
import test from 'node:test'
import { listProducts, type ListPorts, type Order, type ProductFilter, type Slice } from './list-products.ts'

function world() {
  const found: { filter: ProductFilter; order: Order; slice: Slice }[] = []
  const ports: ListPorts = {
    findProducts: (filter, order, slice) => {
      found.push({ filter, order, slice })
      return Promise.resolve([])
    },
    countProducts: () => Promise.resolve(321),
  }
  return { ports, found }
}

const nothing = { category: undefined, seller: undefined, words: undefined }

// catalog-service/001#FR-002 FR-003
test('without wishes the first 24 featured products are shown', async () => {
  const { ports, found } = world()
  const { page } = await listProducts(ports, {})
  assert.deepEqual(found, [{ filter: nothing, order: 'featured', slice: { offset: 0, limit: 24 } }])
  assert.deepEqual(page, { number: 1, size: 24, total: 321 })
})

test('the third page of ten begins at the twenty-first product', async () => {
  const { ports, found } = world()
  await listProducts(ports, { page: 3, pageSize: 10 })
  assert.deepEqual(found[0]?.slice, { offset: 20, limit: 10 })
})

test('a search shows better matches first, unless another order is asked for', async () => {
  const { ports, found } = world()
  await listProducts(ports, { query: 'Blue mug' })
  await listProducts(ports, { query: 'Blue mug', sort: 'price-asc' })
  assert.deepEqual(
    found.map(({ order }) => order),
    ['relevance', 'price-asc'],
  )
  assert.deepEqual(found[0]?.filter.words, ['blue', 'mug'])
})

test('a search for nothing but signs finds nothing and asks nobody', async () => {
  const { ports, found } = world()
  assert.deepEqual(await listProducts(ports, { query: '!!!' }), {
    data: [],
    page: { number: 1, size: 24, total: 0 },
  })
  assert.deepEqual(found, [])
})
