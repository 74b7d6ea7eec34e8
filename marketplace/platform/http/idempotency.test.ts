import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShopError } from '../errors.ts'
import { claimOf } from './idempotency.ts'

const request = { caller: { kind: 'guest' } as const, operationId: 'placeOrder', input: { body: { a: 1 } } }
const claim = (header: string | undefined, changes: object = {}) =>
  claimOf(header, { ...request, ...changes })

test('without the header there is no claim', () => {
  assert.equal(claim(undefined), undefined)
})

test('quotes around the key are the form of the standard, not part of the key', () => {
  assert.equal(claim('"8e03978e-40d5"')!.key, '8e03978e-40d5')
  assert.equal(claim('8e03978e-40d5')!.key, '8e03978e-40d5')
})

for (const bad of ['short', 'with a space in it', 'x'.repeat(201), 'tab\tinside-it'])
  test(`${JSON.stringify(bad.slice(0, 20))} is no key`, () => {
    assert.throws(
      () => claim(bad),
      (error: ShopError) => error.code === 'bad-idempotency-key' && error.status === 400,
    )
  })

test('another operation, body or parameter is another request; another caller has keys of its own', () => {
  const first = claim('8e03978e-40d5')!
  assert.ok(!first.requestHash.equals(claim('8e03978e-40d5', { operationId: 'cancelOrder' })!.requestHash))
  assert.ok(!first.requestHash.equals(claim('8e03978e-40d5', { input: { body: { a: 2 } } })!.requestHash))
  const ada = claim('8e03978e-40d5', { caller: { kind: 'buyer', userId: 'ada', roles: [] } })!
  assert.notEqual(ada.caller, first.caller)
})
