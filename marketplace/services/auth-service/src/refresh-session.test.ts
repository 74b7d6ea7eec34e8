import assert from 'node:assert/strict'
import test from 'node:test'
import { hashOf, type KnownToken } from './refresh-token.ts'
import { refreshSession, type RefreshPorts, type Verdict } from './refresh-session.ts'

const now = new Date('2026-11-20T12:00:00Z')
const user = {
  userId: 'user-1',
  email: 'ada@example.com',
  name: 'Ada',
  roles: ['buyer' as const],
  registeredAt: now.toISOString(),
}
const live: KnownToken = {
  expiresAt: new Date('2026-11-27T12:00:00Z'),
  usedAt: undefined,
  successorUsed: false,
  family: { startedAt: now, revokedAt: undefined },
}

function world(known: Readonly<Record<string, KnownToken>>) {
  const verdicts: Verdict[] = []
  const byHash = new Map(
    Object.entries(known).map(([token, state]) => [hashOf(token).toString('hex'), state]),
  )
  const ports: RefreshPorts = {
    present: (tokenHash, decide) => {
      const token = byHash.get(tokenHash.toString('hex'))
      if (!token) return Promise.resolve(undefined)
      const verdict = decide(token)
      verdicts.push(verdict)
      return Promise.resolve({ verdict, user })
    },
    signAccessToken: () => Promise.resolve('a fresh access token'),
    now: () => now,
  }
  return { ports, verdicts }
}

test('a live token is exchanged for the tokens that were stored', async () => {
  const { ports, verdicts } = world({ mine: live })
  const session = await refreshSession(ports, 'mine')
  assert.equal(session.accessToken, 'a fresh access token')
  assert.equal(verdicts[0]?.outcome === 'exchange' && verdicts[0].successor.token, session.refreshToken)
})

for (const token of ['unknown', 'ended', 'stolen'])
  test(`a token that is ${token} is refused with the same answer as any other`, async () => {
    const { ports } = world({
      ended: { ...live, expiresAt: now },
      stolen: { ...live, usedAt: now, successorUsed: true },
    })
    await assert.rejects(refreshSession(ports, token), { code: 'refresh-refused', status: 401 })
  })

test('a stolen token ends the family', async () => {
  const { ports, verdicts } = world({ stolen: { ...live, usedAt: now, successorUsed: true } })
  await assert.rejects(refreshSession(ports, 'stolen'))
  assert.deepEqual(verdicts, [{ outcome: 'revoke-family' }])
})
