import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testDatabase } from '../test-database.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { newId } from '../../platform/ids.ts'
import type { User } from '../../services/auth-service/contracts/api.ts'
import { authStore, type AuthStore } from '../../services/auth-service/src/postgres.ts'
import { hashOf, newRefreshToken } from '../../services/auth-service/src/refresh-token.ts'
import { refreshSession, type RefreshPorts } from '../../services/auth-service/src/refresh-session.ts'

const folder = new URL('../../services/auth-service/', import.meta.url)
const start = new Date('2026-11-20T12:00:00Z')
let running: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let store: AuthStore

before(async () => {
  running = await testDatabase(new URL('src/migrations/', folder))
  db = running.db
  const check = await loadEventSchemas(new URL('contracts/events/', folder))
  store = authStore(db, createOutbox({ check, wakeRelay: () => {}, clock: () => start }))
})
after(() => running?.stop())

function newUser(): User {
  const userId = newId()
  const email = `${userId}@example.com`
  return { userId, email, name: 'Ada', roles: ['buyer'], registeredAt: start.toISOString() }
}

async function signedIn(): Promise<{ user: User; token: string }> {
  const user = newUser()
  await store.addAccount({ user, passwordHash: 'x' })
  const refresh = newRefreshToken(start, start)
  await store.saveFamily(user.userId, refresh, start)
  return { user, token: refresh.token }
}

function portsAt(now: Date): RefreshPorts {
  return { ...store, signAccessToken: () => Promise.resolve('access'), now: () => now }
}

const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)

// auth-service/001#FR-012
test('an account and its event are written together, and of ten at once one is written', async () => {
  const user = newUser()
  const added = await Promise.all(
    Array.from({ length: 10 }, () =>
      store.addAccount({ user: { ...user, userId: newId() }, passwordHash: 'x' }),
    ),
  )
  assert.equal(added.filter(Boolean).length, 1)
  const account = await store.findAccount(user.email)
  const events = await db.query<{ payload: { data: object } }>(sql`
    select payload from outbox where payload->'data'->>'email' = ${user.email}`)
  assert.deepEqual(
    events.map(({ payload }) => payload.data),
    [{ userId: account?.user.userId, email: user.email, name: 'Ada' }],
  )
})

test('a user is read back as it was written', async () => {
  const { user } = await signedIn()
  assert.deepEqual(await store.findUser(user.userId), user)
  assert.equal(await store.findUser(newId()), undefined)
})

// auth-service/001#FR-008
test('a chain of refreshes works, and the first token used again ends all of it', async () => {
  const { token: first } = await signedIn()
  const second = (await refreshSession(portsAt(later(1)), first)).refreshToken
  const third = (await refreshSession(portsAt(later(2)), second)).refreshToken
  await assert.rejects(refreshSession(portsAt(later(3)), first), { code: 'refresh-refused' })
  await assert.rejects(refreshSession(portsAt(later(3)), third), { code: 'refresh-refused' })
})

test('two tabs that refresh with one token at the same moment both get tokens that work', async () => {
  const { token } = await signedIn()
  const tabs = await Promise.all([
    refreshSession(portsAt(later(1)), token),
    refreshSession(portsAt(later(1)), token),
  ])
  assert.notEqual(tabs[0].refreshToken, tabs[1].refreshToken)
  for (const { refreshToken } of tabs) await refreshSession(portsAt(later(2)), refreshToken)
})

// auth-service/001#FR-010
test('signing out refuses the token afterwards, and signing out twice keeps the first moment', async () => {
  const { token } = await signedIn()
  await store.revokeFamilyOf(hashOf(token), later(1))
  await store.revokeFamilyOf(hashOf(token), later(9))
  await assert.rejects(refreshSession(portsAt(later(2)), token), { code: 'refresh-refused' })
  const [family] = await db.query<{ revoked_at: Date }>(sql`
    select revoked_at from session_families join refresh_tokens using (family_id) where token_hash = ${hashOf(token)}`)
  assert.deepEqual(family?.revoked_at, later(1))
})

// auth-service/001#SC-002
test('the database holds no refresh token anybody could use', async () => {
  const { token } = await signedIn()
  const [row] = await db.query<{ text: string }>(sql`
    select string_agg(encode(token_hash, 'escape'), ' ') as text from refresh_tokens`)
  assert.equal(row?.text.includes(token), false)
})

// auth-service/001#FR-013
test('ended tokens and empty families are deleted, a living successor of an ended token stays', async () => {
  const { user, token: first } = await signedIn()
  const almostOver = later(7 * 24 * 3600 - 1)
  const { refreshToken: second } = await refreshSession(portsAt(almostOver), first)
  const { token: forgotten } = await signedIn()
  await store.deleteEnded(later(7 * 24 * 3600 + 1))
  const left = await db.query<{ token_hash: Buffer; user_id: string }>(sql`
    select token_hash, user_id from refresh_tokens join session_families using (family_id)
    where token_hash in (${hashOf(first)}, ${hashOf(second)}, ${hashOf(forgotten)})`)
  assert.deepEqual(left, [{ token_hash: hashOf(second), user_id: user.userId }])
  const [families] = await db.query<{ count: number }>(sql`select count(*) from session_families`)
  const [tokens] = await db.query<{ count: number }>(
    sql`select count(distinct family_id) from refresh_tokens`,
  )
  assert.equal(families?.count, tokens?.count)
})
