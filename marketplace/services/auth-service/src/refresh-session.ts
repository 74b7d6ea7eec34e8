import { ShopError } from '../../../platform/errors.ts'
import type { Session, User } from '../contracts/api.ts'
import {
  decideRefresh,
  hashOf,
  newRefreshToken,
  type KnownToken,
  type NewRefreshToken,
} from './refresh-token.ts'
import { sessionOf } from './session.ts'

export type Verdict =
  | { readonly outcome: 'exchange'; readonly successor: NewRefreshToken }
  | { readonly outcome: 'refuse' | 'revoke-family' }

export type RefreshPorts = {
  /**
   * Locks the token's family, lets `decide` look at it and carries the verdict out, all in one transaction. Resolves
   * to the verdict and the holder, or undefined for an unknown token.
   */
  present(
    tokenHash: Buffer,
    decide: (token: KnownToken) => Verdict,
    now: Date,
  ): Promise<{ verdict: Verdict; user: User } | undefined>
  signAccessToken(user: User, now: Date): Promise<string>
  now(): Date
}

/** Exchanges a refresh token for fresh tokens; a token in two hands ends its whole family. */
export async function refreshSession(ports: RefreshPorts, refreshToken: string): Promise<Session> {
  const now = ports.now()
  const presented = await ports.present(hashOf(refreshToken), (token) => verdictOn(token, now), now)
  if (presented?.verdict.outcome !== 'exchange')
    throw new ShopError(
      'refresh-refused',
      {},
      'This refresh token is not valid any more. Sign in again.',
      401,
    )

  const { user, verdict } = presented
  return sessionOf(user, await ports.signAccessToken(user, now), verdict.successor)
}

function verdictOn(token: KnownToken, now: Date): Verdict {
  const outcome = decideRefresh(token, now)
  return outcome === 'exchange'
    ? { outcome, successor: newRefreshToken(token.family.startedAt, now) }
    : { outcome }
}
