import assert from 'node:assert/strict'
import test from 'node:test'
import { reviewErrors } from './review-form.ts'

const good = { rating: 5, title: 'Good', text: 'Works well.' }

test('a complete review has no errors', () => {
  assert.deepEqual(reviewErrors(good), {})
})

for (const [what, form, field] of [
  ['no stars', { ...good, rating: Number.NaN }, 'rating'],
  ['six stars', { ...good, rating: 6 }, 'rating'],
  ['no title', { ...good, title: '' }, 'title'],
  ['a title of 121 characters', { ...good, title: 'x'.repeat(121) }, 'title'],
  ['no text', { ...good, text: '' }, 'text'],
  ['a text of 4,001 characters', { ...good, text: 'x'.repeat(4001) }, 'text'],
] as const)
  test(`${what} is told at its field`, () => assert.deepEqual(Object.keys(reviewErrors(form)), [field]))
