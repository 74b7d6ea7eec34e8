import assert from 'node:assert/strict'
import test from 'node:test'
import { signIn, type SignInPorts } from './sign-in.ts'

const now = new Date('2026-11-20T12:00:00Z')
const user = {
  userId: 'user-1',
  email: 'ada@example.com',
  name: 'Ada',
  roles: ['buyer' as const],
  registeredAt: now.toISOString(),
}

function world(passwordHash = 'hash of correct horse battery') {
  const verified: string[] = []
  const replaced: string[] = []
  const ports: SignInPorts = {
    findAccount: (email) => Promise.resolve(email === user.email ? { user, passwordHash } : undefined),
    replaceHash: (_userId, hash) => {
      replaced.push(hash)
      return Promise.resolve()
    },
    hashPassword: (password) => Promise.resolve(`hash of ${password}`),
    verifyPassword: (password, hash) => {
      verified.push(hash)
      return Promise.resolve(hash.endsWith(`hash of ${password}`))
    },
    isOutdated: (hash) => hash.startsWith('old '),
    decoyHash: 'hash of nothing anybody knows',
    saveFamily: () => Promise.resolve(),
    signAccessToken: () => Promise.resolve('token'),
    now: () => now,
  }
  return { ports, verified, replaced }
}

test('the right password signs in, however the address is written', async () => {
  const { ports } = world()
  const session = await signIn(ports, { email: 'ADA@example.com', password: 'correct horse battery' })
  assert.equal(session.user.userId, 'user-1')
  assert.equal(session.expiresIn, 900)
})

// auth-service/001#FR-005
test('wrong password and unknown address get the same answer after one hash computation each', async () => {
  const refused = { code: 'wrong-credentials', status: 401 }
  const wrong = world()
  await assert.rejects(signIn(wrong.ports, { email: user.email, password: 'wrong' }), refused)
  const unknown = world()
  await assert.rejects(signIn(unknown.ports, { email: 'eve@example.com', password: 'wrong' }), refused)
  assert.equal(wrong.verified.length, 1)
  assert.deepEqual(unknown.verified, ['hash of nothing anybody knows'])
})

test('knowing the password of the decoy signs nobody in', async () => {
  const { ports } = world()
  const decoy = { email: 'eve@example.com', password: 'nothing anybody knows' }
  await assert.rejects(signIn(ports, decoy), { code: 'wrong-credentials' })
})

// auth-service/001#FR-004
test('a hash with old parameters is renewed when its owner signs in, and only then', async () => {
  const old = world('old hash of correct horse battery')
  await assert.rejects(signIn(old.ports, { email: user.email, password: 'wrong' }))
  assert.deepEqual(old.replaced, [])
  await signIn(old.ports, { email: user.email, password: 'correct horse battery' })
  assert.deepEqual(old.replaced, ['hash of correct horse battery'])
})
