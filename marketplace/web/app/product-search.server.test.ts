import assert from 'node:assert/strict'
import test from 'node:test'
import type { ProductCard, SearchAnswer } from '../../services/search-service/contracts/api.ts'
import type { Gateway } from './gateway.server.ts'
import { pageProblem } from './page-problem.ts'
import { productSearch } from './product-search.server.ts'
import { searchWish } from './search-wish.ts'

const mug = { sku: 'MUG-1' } as ProductCard // nothing else of it is looked at
const page = { number: 1, size: 24, total: 1 }
const found: SearchAnswer = {
  data: [mug],
  page,
  facets: { categories: [], sellers: [], prices: [], ratings: [] },
}

/** Only what the search page asks for. */
function shop(searchProducts: () => Promise<unknown>) {
  const asked: object[] = []
  const gateway = {
    search: {
      searchProducts: ({ query }: { query: object }) => {
        asked.push(query)
        return searchProducts()
      },
      listPopular: () => Promise.reject(pageProblem(503, 'shop-unavailable')),
    },
    catalog: {
      listProducts: ({ query }: { query: object }) => {
        asked.push(query)
        return Promise.resolve({ status: 200, body: { data: [mug], page } })
      },
    },
  }
  return { gateway: gateway as unknown as Gateway, asked }
}

const wish = (text: string) => searchWish(new URLSearchParams(text))

test('what the address wishes is what the search is asked for', async () => {
  const { gateway, asked } = shop(() => Promise.resolve({ status: 200, body: found }))
  await productSearch(gateway, wish('q=mug&category=a&category=b&price=2500-&sort=name'), '/search')
  assert.deepEqual(asked, [
    { page: 1, pageSize: 24, q: 'mug', category: ['a', 'b'], priceMin: 2_500, sort: 'name' },
  ])
})

const away: readonly [what: string, answer: () => Promise<unknown>][] = [
  ['does not answer', () => Promise.reject(pageProblem(503, 'shop-unavailable'))],
  ['is getting ready', () => Promise.resolve({ status: 503, body: { code: 'search-not-ready' } })],
]
for (const [what, answer] of away)
  test(`while the search ${what}, the catalogue's plain list is shown`, async () => {
    const { gateway, asked } = shop(answer)
    const { products, facets } = await productSearch(
      gateway,
      wish('q=mug&category=kitchen&seller=a&seller=b&rating=4'),
      '/search',
    )
    assert.deepEqual(products, [mug])
    assert.equal(facets, undefined)
    assert.deepEqual(asked[1], { page: 1, pageSize: 24, query: 'mug', category: 'kitchen' })
  })

test('a visitor who asks too often is told so, not served from elsewhere', async () => {
  const { gateway, asked } = shop(() => Promise.reject(pageProblem(429, 'too-many-requests')))
  await assert.rejects(
    productSearch(gateway, wish('q=mug'), '/search'),
    (thrown: { init?: { status?: number } }) => thrown.init?.status === 429,
  )
  assert.equal(asked.length, 1)
})

test('when nothing is found and nothing is popular either, the page is still there; beyond the last page it is not', async () => {
  const nothing = { ...found, data: [], page: { ...page, total: 0 } }
  const { gateway } = shop(() => Promise.resolve({ status: 200, body: nothing }))
  assert.deepEqual((await productSearch(gateway, wish('q=mug'), '/search')).popular, [])
  await assert.rejects(
    productSearch(gateway, wish('q=mug&page=2'), '/search'),
    (thrown: { init?: { status?: number } }) => thrown.init?.status === 404,
  )
})
