import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { withArticle } from './article.ts'
import { markovChain, proseOf } from './markov.ts'
import { chainOf } from './prose.ts'
import { corpora, type Domain } from './words/corpora.ts'

const DOMAINS = Object.keys(corpora) as Domain[]
const seeds = Array.from({ length: 400 }, (_, i) => Math.imul(i + 1, 0x9e3779b9) >>> 0)

for (const domain of DOMAINS)
  test(`sentences of the domain ${domain} begin and end as sentences do, and many are new`, () => {
    const chain = chainOf(domain)
    const corpus: readonly string[] = corpora[domain]
    const told = new Set(seeds.map((seed) => chain(seed)))
    for (const sentence of told) assert.match(sentence, /^[A-Z{].{8,220}[.?!]$/)
    const fresh = [...told].filter((sentence) => !corpus.includes(sentence))
    if (domain !== 'lorem') assert.ok(fresh.length > 40, `${fresh.length} of ${told.size}`)
    assert.deepEqual(new Set(seeds.map((seed) => chain(seed))), told)
  })

test('every three words of a sentence stand side by side in the corpus, save where clauses are joined', () => {
  const chain = markovChain(corpora.ticket)
  const pairs = new Set(
    corpora.ticket.flatMap((line) =>
      line.split(' ').map((word, i, words) => `${word} ${words[i + 1] ?? ''}`),
    ),
  )
  for (const seed of seeds) {
    const words = chain(seed).split(' ')
    for (const [i, word] of words.entries()) assert.ok(pairs.has(`${word} ${words[i + 1] ?? ''}`), word)
  }
})

test('prose keeps to the length of its column and says nothing twice', () => {
  const chain = chainOf('comment')
  for (const seed of seeds)
    for (const most of [12, 60, 200, Infinity]) {
      const text = proseOf(chain, seed, 4, most)
      assert.ok(text.length <= most && text.length > 0, `${most}: ${text}`)
      const said = text.split(/(?<=[.?!]) /)
      assert.equal(new Set(said).size, said.length, text)
    }
})

test('reviews praise with five stars and complain with one', async () => {
  const { tables } = await planOf({
    reviews: {
      columns: {
        id: { type: 'serial', primaryKey: true },
        rating: { type: 'smallint', generator: 'rating' },
        body: { type: 'text', generator: 'review_text' },
      },
      rowCount: 400,
    },
  })
  const [, rating, body] = tables[0]!.columns.map(({ cell }) => cell)
  for (let row = 0; row < 400; row++) {
    const text = String(body!.value(row))
    assert.doesNotMatch(text, /[{}]/)
    if (rating!.value(row) === 5) assert.doesNotMatch(text, /broke|refund|cheap/)
    if (rating!.value(row) === 1) assert.doesNotMatch(text, /recommended|Perfect for|well made/)
  }
})

test('an article looks at its noun', async () => {
  for (const [noun, said] of [
    ['Island', 'An Island'],
    ['Orchard', 'An Orchard'],
    ['kettle', 'A kettle'],
    ['hour glass', 'An hour glass'],
    ['unicycle', 'A unicycle'],
    ['umbrella', 'An umbrella'],
    ['uninvited guest', 'An uninvited guest'],
    ['biscuits', 'Biscuits'],
    ['dress', 'A dress'],
    ['Compass', 'A Compass'],
  ])
    assert.equal(withArticle(noun!), said)
  const { tables } = await planOf({
    books: { columns: { title: { type: 'text', generator: 'book_title' } }, rowCount: 3000 },
  })
  const titles = Array.from({ length: 3000 }, (_, row) => String(tables[0]!.columns[0]!.cell.value(row)))
  assert.ok(titles.some((title) => title.startsWith('An Orchard in')))
  assert.ok(titles.every((title) => !/^(A [AEIOU]|An [^AEIOU])/.test(title)))
})
