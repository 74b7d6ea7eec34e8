import assert from 'node:assert/strict'
import { it } from 'node:test'
import { didYouMean, nearest } from './nearest.ts'

it('a slip of the keyboard finds its word', () => {
  const words = ['orders', 'users', 'products', 'id']
  const cases: [word: string, match: string | undefined][] = [
    ['oders', 'orders'],
    ['ordres', 'orders'],
    ['Ordersx', 'orders'],
    ['prodcuts', 'products'],
    ['di', 'id'],
    ['payments', undefined],
    ['xy', undefined],
    ['', undefined],
  ]
  for (const [word, match] of cases) assert.equal(nearest(word, words), match, word)
})

it('the first of equally near words is taken', () => assert.equal(nearest('cat', ['bat', 'rat']), 'bat'))

it('the hint is a question, or nothing', () => {
  assert.equal(didYouMean('oders', ['orders']), 'Did you mean "orders"?')
  assert.equal(didYouMean('zebra', ['orders']), undefined)
})
