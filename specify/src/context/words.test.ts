import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryWords, stem, stems } from './words.ts'

test('the forms of a word share a stem', () => {
  for (const forms of [
    'order orders ordered ordering',
    'policy policies',
    'create created creates creating creation creator',
    'stop stopped stopping stops',
    'access accesses accessed',
    'validate validation validator validating',
    'payment payments',
  ])
    assert.equal(new Set(forms.split(' ').map(stem)).size, 1, forms)
})

test('a stem is always a prefix of its word', () => {
  for (const word of 'policies stopped creation address carries lies ied s ss is status this events données größe'.split(
    ' ',
  ))
    assert.ok(word.startsWith(stem(word)) && stem(word) !== '', word)
})

test('names in code are cut at their capitals and kept whole', () => {
  assert.deepEqual(stems('placeOrder HTTPServer'), ['plac', 'order', 'placeord', 'http', 'serv', 'httpserv'])
})

test('ids are one word', () => {
  assert.deepEqual(stems('see FR-003, SC-001a and NFR-2'), ['see', 'fr-003', 'sc-001a', 'and', 'nfr-2'])
})

test('text without spaces is read in pairs of characters', () => {
  assert.deepEqual(stems('用户登录'), ['用户', '户登', '登录'])
})

test('a question keeps its telling words, and its stop words if it has no others', () => {
  assert.deepEqual(queryWords('where is the order of the order'), ['order'])
  assert.deepEqual(queryWords('the who'), ['the', 'who'])
})
