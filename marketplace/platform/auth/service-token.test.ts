import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signServiceToken, verifyServiceToken } from './service-token.ts'

const now = Date.UTC(2026, 0, 1)

test('a token names its caller to its audience only', () => {
  const token = signServiceToken('secret', 'checkout-service', 'order-service', now)
  assert.equal(verifyServiceToken('secret', token, 'order-service', now), 'checkout-service')
  assert.equal(verifyServiceToken('secret', token, 'payment-service', now), undefined)
})

test('a token dies after five minutes', () => {
  const token = signServiceToken('secret', 'a', 'b', now)
  assert.equal(verifyServiceToken('secret', token, 'b', now + 299_000), 'a')
  assert.equal(verifyServiceToken('secret', token, 'b', now + 301_000), undefined)
})

test('another secret, a changed claim and alg none are refused', () => {
  const token = signServiceToken('secret', 'a', 'b', now)
  const [header, payload, signature] = token.split('.') as [string, string, string]
  const forged = Buffer.from(payload, 'base64url').toString().replace('"iss":"a"', '"iss":"z"')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  assert.equal(verifyServiceToken('other', token, 'b', now), undefined)
  assert.equal(
    verifyServiceToken(
      'secret',
      `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`,
      'b',
      now,
    ),
    undefined,
  )
  assert.equal(verifyServiceToken('secret', `${none}.${payload}.`, 'b', now), undefined)
  assert.equal(verifyServiceToken('secret', 'garbage', 'b', now), undefined)
})
