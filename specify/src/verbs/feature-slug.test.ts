import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanSlug, featureId, featureSlug, nextNumber, timestamp } from './feature-slug.ts'

for (const [description, slug] of [
  ['Add OAuth2 login for users', 'oauth2-login-users'], // as Spec Kit names it
  ['I want to add a UI for the shop', 'ui-shop'],
  ['go to it', 'go-to-it'],
  ['Refund paid orders partially', 'refund-paid-orders-partially'],
  ['Refund paid orders partially today', 'refund-paid-orders'],
  ['Añadir búsqueda rápida', 'anadir-busqueda-rapida'],
  ['사용자 로그인 추가', '사용자-로그인-추가'],
  ['!!!', 'feature'],
] as const) {
  test(`"${description}" is called ${slug}`, () => {
    assert.equal(featureSlug(description), slug)
  })
}

test('numbers go on from the highest, whatever stands between; dates are no numbers', () => {
  assert.equal(nextNumber([]), 1)
  assert.equal(nextNumber(['001-a', '007-b', 'notes', '12-short', '20260102-030405-c']), 8)
  assert.equal(nextNumber(['999-a']), 1000)
})

test('a name longer than a branch may be is cut at a whole character', () => {
  const id = featureId('001', cleanSlug('é'.repeat(10) + '로'.repeat(200)))
  assert.ok(Buffer.byteLength(id) <= 244)
  assert.match(id, /로$/)
})

test('a time stamp sorts as time does', () => {
  assert.equal(timestamp(new Date(2026, 0, 2, 3, 4, 5)), '20260102-030405')
})
