import assert from 'node:assert/strict'
import test from 'node:test'
import { registerUser, type Account, type RegisterPorts } from './register-user.ts'

const now = new Date('2026-11-20T12:00:00Z')
const ada = { email: 'Ada@Example.com', password: 'correct horse battery', name: ' Ada Lovelace ' }

function world(): RegisterPorts & { accounts: Map<string, Account>; families: string[] } {
  const accounts = new Map<string, Account>()
  const families: string[] = []
  let ids = 0
  return {
    accounts,
    families,
    findAccount: (email) => Promise.resolve(accounts.get(email)),
    addAccount: (account) => {
      if (accounts.has(account.user.email)) return Promise.resolve(false)
      accounts.set(account.user.email, account)
      return Promise.resolve(true)
    },
    hashPassword: (password) => Promise.resolve(`hash of ${password}`),
    verifyPassword: (password, hash) => Promise.resolve(hash === `hash of ${password}`),
    saveFamily: (userId) => {
      families.push(userId)
      return Promise.resolve()
    },
    signAccessToken: (user) => Promise.resolve(`token of ${user.userId}`),
    newId: () => `user-${++ids}`,
    now: () => now,
  }
}

// auth-service/001#FR-001 FR-002
test('registering opens an account under the address in lower case and signs it in', async () => {
  const ports = world()
  const session = await registerUser(ports, ada)
  assert.deepEqual(session.user, {
    userId: 'user-1',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    roles: ['buyer'],
    registeredAt: now.toISOString(),
  })
  assert.equal(session.accessToken, 'token of user-1')
  assert.equal(ports.accounts.get('ada@example.com')?.passwordHash, 'hash of correct horse battery')
  assert.deepEqual(ports.families, ['user-1'])
})

// auth-service/001#FR-003
test('a repeated registration gets the same account', async () => {
  const ports = world()
  const first = await registerUser(ports, ada)
  const second = await registerUser(ports, { ...ada, email: 'ada@example.com' })
  assert.deepEqual(second.user, first.user)
  assert.equal(ports.accounts.size, 1)
})

for (const [what, change] of [
  ['another password', { password: 'a different password' }],
  ['another name', { name: 'Mallory' }],
] as const)
  test(`registering a taken address with ${what} is refused and opens no session`, async () => {
    const ports = world()
    await registerUser(ports, ada)
    await assert.rejects(registerUser(ports, { ...ada, ...change }), { code: 'email-taken', status: 409 })
    assert.equal(ports.families.length, 1)
  })

test('of two registrations at the same moment both get the one account', async () => {
  const ports = world()
  const [first, second] = await Promise.all([registerUser(ports, ada), registerUser(ports, ada)])
  assert.deepEqual(first.user, second.user)
  assert.equal(ports.accounts.size, 1)
})
