import assert from 'node:assert/strict'
import { test } from 'node:test'
import { search, type SearchFile } from './search.ts'

test('a rare word counts more than a common one', () => {
  const common = Array.from({ length: 8 }, (_, i) => file(`notes/${i}.md`, 'An order is an order.'))
  const { hits } = search('order refund', [...common, file('z.md', 'A refund.')])
  assert.equal(hits[0]!.path, 'z.md')
})

test('a heading counts more than the text, and a path alone is enough to be found', () => {
  const { hits } = search('refund', [
    file('a.md', '# Money\n\nA refund.'),
    file('b.md', '# Refund\n\nMoney.'),
    file('refund/c.md', '# Money\n\nMoney.'),
    file('d.md', '# Money\n\nMoney.'),
  ])
  assert.deepEqual(
    hits.map(({ path, line }) => `${path}:${line}`),
    ['b.md:1', 'a.md:3', 'refund/c.md:1'],
  )
})

test('what should be read first wins among equals, then the path decides', () => {
  const { hits } = search('refund', [
    file('b.md', 'refund'),
    file('a.md', 'refund'),
    { ...file('c.md', 'refund'), weight: 1.2 },
  ])
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['c.md', 'a.md', 'b.md'],
  )
})

test('a short word in a long text counts less than in a short one', () => {
  const { hits } = search('refund', [file('a.md', `refund ${'word '.repeat(2000)}`), file('b.md', 'refund')])
  assert.deepEqual(
    hits.map(({ path }) => path),
    ['b.md', 'a.md'],
  )
})

test('relevance stays below one', () => {
  const { hits } = search('refund', [
    { ...file('refund.md', '# refund refund\n'.repeat(50)), weight: 1.2 },
    file('b.md', ''),
  ])
  assert.ok(hits[0]!.relevance <= 0.99)
})

function file(path: string, text: string): SearchFile {
  return { path, text, weight: 1 }
}
