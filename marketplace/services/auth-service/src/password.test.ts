import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import test from 'node:test'
import { hashPassword, isOutdated, verifyPassword } from './password.ts'

// auth-service/001#FR-004
test('a hash says how it was made, in PHC format', async () => {
  const phc = await hashPassword('correct horse battery', Buffer.alloc(16, 7))
  assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$BwcHBwcHBwcHBwcHBwcHBw\$[A-Za-z0-9+/]{43}$/)
})

test('the right password fits its hash and a wrong one does not', async () => {
  const phc = await hashPassword('correct horse battery')
  assert.equal(await verifyPassword('correct horse battery', phc), true)
  assert.equal(await verifyPassword('correct horse batterz', phc), false)
})

test('two hashes of one password differ, because each has a salt of its own', async () => {
  assert.notEqual(await hashPassword('correct horse battery'), await hashPassword('correct horse battery'))
})

test('a password fits however its accents were typed', async () => {
  const composed = 'caf\u00e9 au lait'
  const decomposed = 'cafe\u0301 au lait'
  assert.equal(await verifyPassword(decomposed, await hashPassword(composed)), true)
})

const weaker: readonly [what: string, parameters: { memory: number; passes: number; parallelism: number }][] =
  [
    ['less memory', { memory: 64, passes: 2, parallelism: 1 }],
    ['fewer passes', { memory: 19_456, passes: 1, parallelism: 1 }],
    ['other lanes', { memory: 19_456, passes: 2, parallelism: 2 }],
  ]
for (const [what, parameters] of weaker)
  test(`a hash made with ${what} still fits, and counts as outdated`, async () => {
    const salt = Buffer.alloc(16, 1)
    const { memory, passes, parallelism } = parameters
    const hash = argon2Sync('argon2id', {
      message: 'an old password',
      nonce: salt,
      tagLength: 32,
      ...parameters,
    })
    const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
    const phc = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
    assert.equal(await verifyPassword('an old password', phc), true)
    assert.equal(isOutdated(phc), true)
  })

test('a hash of today is not outdated', async () =>
  assert.equal(isOutdated(await hashPassword('a new password')), false))

test('a stored hash that is not ours is an error, not a wrong password', async () => {
  await assert.rejects(verifyPassword('x', '$2b$10$abcdefghijklmnopqrstuv'), /not an argon2id PHC string/)
})
