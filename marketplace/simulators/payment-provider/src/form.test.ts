import assert from 'node:assert/strict'
import test from 'node:test'
import { parseForm } from './form.ts'

const cases: [string, unknown][] = [
  ['amount=100&currency=eur', { amount: '100', currency: 'eur' }],
  ['metadata[orderId]=a%26b&metadata[x]=1', { metadata: { orderId: 'a&b', x: '1' } }],
  ['expand[]=charges&expand[]=customer', { expand: { 0: 'charges', 1: 'customer' } }],
  ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
  ['', {}],
  ['__proto__[polluted]=1&a[constructor]=2', {}],
  ['a[b][c][d][e][f]=too-deep', {}],
]
for (const [text, expected] of cases)
  test(`the form "${text}" reads as ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(parseForm(text))), expected)
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  })
