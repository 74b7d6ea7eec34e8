import { createHash, randomBytes } from 'node:crypto'

export const refreshTokenLifeMs = 7 * 24 * 3600 * 1000
export const familyLifeMs = 30 * 24 * 3600 * 1000
/** For so long, a second use of a token counts as a retry after a lost answer. */
export const retryWindowMs = 10_000

export type NewRefreshToken = { readonly token: string; readonly tokenHash: Buffer; readonly expiresAt: Date }

/** What is known of a refresh token that somebody presents. */
export type KnownToken = {
  readonly expiresAt: Date
  readonly usedAt: Date | undefined
  /** One of the tokens it was exchanged for has been used itself. */
  readonly successorUsed: boolean
  readonly family: { readonly startedAt: Date; readonly revokedAt: Date | undefined }
}

export type Decision = 'exchange' | 'refuse' | 'revoke-family'

/**
 * Whether a presented token is exchanged. A token that comes back after the owner of its successor has moved on is in
 * two hands, and nobody can tell which one is the thief's, so its whole family ends.
 */
export function decideRefresh(token: KnownToken, now: Date): Decision {
  if (token.family.revokedAt || token.expiresAt <= now) return 'refuse'
  if (token.usedAt === undefined) return 'exchange'
  const isRetry = !token.successorUsed && now.getTime() - token.usedAt.getTime() <= retryWindowMs
  return isRetry ? 'exchange' : 'revoke-family'
}

/** 256 random bits for the client; the database gets only their SHA-256. */
export function newRefreshToken(familyStartedAt: Date, now: Date): NewRefreshToken {
  const token = `rt_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(
    Math.min(now.getTime() + refreshTokenLifeMs, familyStartedAt.getTime() + familyLifeMs),
  )
  return { token, tokenHash: hashOf(token), expiresAt }
}

/** A plain hash is enough: the token has too many bits to be guessed. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
