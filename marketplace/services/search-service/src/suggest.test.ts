import assert from 'node:assert/strict'
import test from 'node:test'
import { suggest, type SuggestPorts } from './suggest.ts'

const ports: SuggestPorts = {
  wordsBeginning: (beginning) =>
    Promise.resolve(['garden', 'garlic'].filter((word) => word.startsWith(beginning))),
  categories: () =>
    Promise.resolve([
      { slug: 'garden', name: 'Garden' },
      { slug: 'pet-supplies', name: 'Pet Supplies' },
    ]),
  productsWith: (_words, limit) =>
    Promise.resolve(
      Array.from({ length: limit }, (_, i) => ({ slug: `spade-${i}`, name: `Garden Spade ${i}` })),
    ),
}

// search-service/001#FR-007
test('words come first, each text once, eight in all', async () => {
  const found = await suggest(ports, 'Gar')
  assert.deepEqual(
    found.map(({ kind, text }) => `${kind} ${text}`),
    ['word garden', 'word garlic', ...[0, 1, 2, 3, 4, 5].map((i) => `product Garden Spade ${i}`)],
  )
})

test('what was typed before the last word stays', async () => {
  assert.equal((await suggest(ports, 'blue gard'))[0]?.text, 'blue garden')
})

test('a category is found by any of its words', async () => {
  assert.deepEqual((await suggest(ports, 'suppl'))[0], {
    kind: 'category',
    text: 'Pet Supplies',
    slug: 'pet-supplies',
  })
})

test('signs lead nowhere', async () => assert.deepEqual(await suggest(ports, '!?'), []))
