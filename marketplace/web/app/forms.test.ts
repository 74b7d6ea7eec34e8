import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressErrors, readAddress, refusedAddress } from './address-form.ts'
import { refusedRegistration, registrationErrors } from './registration-form.ts'
import { safePath } from './safe-path.ts'

const address = {
  email: 'ada@example.com',
  name: 'Ada',
  street: 'Weg 1',
  city: 'Ulm',
  postcode: '89073',
  country: 'DE',
}
const problem = { type: 'about:blank', title: '', status: 400, code: 'invalid-request', detail: '' }

test('an address is trimmed, postcode and country are capitalised, nothing is lost', () => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    ...address,
    name: ' Ada ',
    postcode: ' sw1a 1aa',
    country: 'de',
  }))
    form.set(name, value)
  assert.deepEqual(readAddress(form), { ...address, postcode: 'SW1A 1AA' })
  assert.equal(readAddress(new FormData()).email, '')
})

test('a good address has no errors', () => {
  assert.deepEqual(addressErrors(address), {})
})

for (const [field, value] of [
  ['email', 'ada@example'],
  ['email', 'a b@example.com'],
  ['name', ''],
  ['street', ''],
  ['city', ''],
  ['postcode', '1'],
  ['postcode', '12#45'],
  ['country', 'Germany'],
] as const)
  test(`"${value}" as ${field} is told at that field alone`, () => {
    assert.deepEqual(Object.keys(addressErrors({ ...address, [field]: value })), [field])
  })

test('what the service refuses is told at its field', () => {
  const errors = [{ pointer: '/body/postcode', message: 'does not match' }]
  assert.deepEqual(Object.keys(refusedAddress({ ...problem, errors })), ['postcode'])
  assert.deepEqual(Object.keys(refusedAddress({ ...problem, code: 'country-not-served' })), ['country'])
  assert.deepEqual(Object.keys(refusedAddress({ ...problem, errors: [{ pointer: '/body/__proto__' }] })), [
    'email',
  ])
})

test('a registration says what is missing', () => {
  assert.deepEqual(registrationErrors({ name: 'A', email: 'a@b.de', password: '0123456789' }), {})
  assert.deepEqual(Object.keys(registrationErrors({ name: '', email: 'a', password: '012345678' })), [
    'name',
    'email',
    'password',
  ])
})

test('a taken e-mail address is told at its field', () => {
  assert.match(refusedRegistration({ ...problem, status: 409, code: 'email-taken' }).email ?? '', /Sign in/)
})

for (const [text, expected] of [
  ['/cart?a=b', '/cart?a=b'],
  ['//evil.example', '/account'],
  ['/\\evil.example', '/account'],
  ['https://evil.example', '/account'],
  ['/\t/evil.example', '/account'],
  [null, '/account'],
] as const)
  test(`after signing in, ${JSON.stringify(text)} leads to ${expected}`, () => {
    assert.equal(safePath(text, '/account'), expected)
  })
