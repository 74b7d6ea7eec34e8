import assert from 'node:assert/strict'
import test from 'node:test'
import { searchProducts, type Filter, type Order, type SearchPorts } from './search-products.ts'

const facets = { categories: [], sellers: [], prices: [], ratings: [] }

function world({ isFilled = true } = {}) {
  const asked: { filter: Filter; order: Order; offset: number }[] = []
  const ports: SearchPorts = {
    isFilled: () => Promise.resolve(isFilled),
    lookAtWords: (words) =>
      Promise.resolve(
        words.map((word) => ({
          word,
          synonyms: word === 'cup' ? ['mug'] : [],
          isKnown: word !== 'teapto' && word !== 'zzz',
        })),
      ),
    wordsLike: () => Promise.resolve([{ word: 'teapot', uses: 3 }]),
    findProducts: (filter, order, { offset }) => {
      asked.push({ filter, order, offset })
      return Promise.resolve([])
    },
    countFacets: () => Promise.resolve({ total: 7, facets }),
  }
  return { ports, asked }
}
const firstPage = { page: 1, pageSize: 24 }

// search-service/001#FR-001 FR-006
test('words put the better matches first, no words what is popular, and a wish goes before both', async () => {
  const { ports, asked } = world()
  await searchProducts(ports, { ...firstPage, q: 'blue mug' })
  await searchProducts(ports, firstPage)
  await searchProducts(ports, { ...firstPage, q: 'mug', sort: 'price-asc', page: 3 })
  assert.deepEqual(
    asked.map(({ order, offset }) => [order, offset]),
    [
      ['relevance', 0],
      ['featured', 0],
      ['price-asc', 48],
    ],
  )
})

// search-service/001#FR-004
test('a word nothing carries is replaced by the nearest, which is told', async () => {
  const { ports, asked } = world()
  const answer = await searchProducts(ports, { ...firstPage, q: 'Blue teapto' })
  assert.equal(answer.correctedQuery, 'blue teapot')
  assert.deepEqual(
    asked[0]?.filter.terms.map(({ word }) => word),
    ['blue', 'teapot'],
  )
})

test('a word that is far from all words stays, and nothing is told', async () => {
  const { ports, asked } = world()
  const answer = await searchProducts(ports, { ...firstPage, q: 'zzz' })
  assert.equal('correctedQuery' in answer, false)
  assert.equal(asked[0]?.filter.terms[0]?.word, 'zzz')
})

// search-service/001#FR-003
test('synonyms go along with their word', async () => {
  const { ports, asked } = world()
  await searchProducts(ports, { ...firstPage, q: 'cup' })
  assert.deepEqual(asked[0]?.filter.terms, [{ word: 'cup', synonyms: ['mug'] }])
})

test('synonyms of the word that was meant go along, too', async () => {
  const { ports, asked } = world()
  await searchProducts(
    { ...ports, wordsLike: () => Promise.resolve([{ word: 'cup', uses: 1 }]) },
    { ...firstPage, q: 'zzz' },
  )
  assert.deepEqual(asked[0]?.filter.terms, [{ word: 'zzz', synonyms: [] }]) // too far away
  const near: SearchPorts = {
    ...ports,
    lookAtWords: async (words) =>
      (await ports.lookAtWords(words)).map((facts) => ({ ...facts, isKnown: facts.word !== 'cpu' })),
    wordsLike: () => Promise.resolve([{ word: 'cup', uses: 1 }]),
  }
  await searchProducts(near, { ...firstPage, q: 'cpu' })
  assert.deepEqual(asked[1]?.filter.terms, [{ word: 'cup', synonyms: ['mug'] }])
})

test('a query of signs finds nothing and asks nobody', async () => {
  const { ports, asked } = world()
  const { page } = await searchProducts(ports, { ...firstPage, q: '!!!' })
  assert.equal(page.total, 0)
  assert.deepEqual(asked, [])
})

// search-service/001#FR-009
test('before the catalogue was copied, the search says that it is not ready', async () => {
  await assert.rejects(searchProducts(world({ isFilled: false }).ports, firstPage), {
    code: 'search-not-ready',
    status: 503,
  })
})
