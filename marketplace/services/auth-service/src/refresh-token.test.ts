import assert from 'node:assert/strict'
import test from 'node:test'
import { decideRefresh, hashOf, newRefreshToken, type Decision, type KnownToken } from './refresh-token.ts'

const now = new Date('2026-11-20T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const fresh: KnownToken = {
  expiresAt: new Date('2026-11-27T12:00:00Z'),
  usedAt: undefined,
  successorUsed: false,
  family: { startedAt: ago(60), revokedAt: undefined },
}

// auth-service/001#FR-008
const cases: readonly [what: string, token: KnownToken, decision: Decision][] = [
  ['a token used for the first time is exchanged', fresh, 'exchange'],
  ['a token that has ended is refused', { ...fresh, expiresAt: now }, 'refuse'],
  [
    'a token of a revoked family is refused',
    { ...fresh, family: { ...fresh.family, revokedAt: ago(1) } },
    'refuse',
  ],
  ['a repeated call within ten seconds is exchanged again', { ...fresh, usedAt: ago(10) }, 'exchange'],
  ['a repeated call after ten seconds ends the family', { ...fresh, usedAt: ago(10.001) }, 'revoke-family'],
  [
    'a token whose successor was used ends the family, however early',
    { ...fresh, usedAt: ago(1), successorUsed: true },
    'revoke-family',
  ],
  [
    'a used token of a family revoked already is just refused',
    { ...fresh, usedAt: ago(60), successorUsed: true, family: { ...fresh.family, revokedAt: ago(5) } },
    'refuse',
  ],
]
for (const [what, token, decision] of cases)
  test(what, () => assert.equal(decideRefresh(token, now), decision))

// auth-service/001#FR-007 FR-009
test('a refresh token lives seven days, but no longer than its family, which has thirty', () => {
  assert.equal(newRefreshToken(now, now).expiresAt.toISOString(), '2026-11-27T12:00:00.000Z')
  const startedAt = new Date('2026-10-25T00:00:00Z')
  assert.equal(newRefreshToken(startedAt, now).expiresAt.toISOString(), '2026-11-24T00:00:00.000Z')
})

test('a refresh token has 256 random bits and is known by its hash only', () => {
  const { token, tokenHash } = newRefreshToken(now, now)
  assert.match(token, /^rt_[\w-]{43}$/)
  assert.deepEqual(tokenHash, hashOf(token))
  assert.equal(tokenHash.length, 32)
  assert.notEqual(newRefreshToken(now, now).token, token)
})
