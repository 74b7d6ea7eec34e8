import type { Session, User } from '../contracts/api.ts'
import { accessTokenLifeS } from './access-token.ts'
import { newRefreshToken, type NewRefreshToken } from './refresh-token.ts'

export type SessionPorts = {
  signAccessToken(user: User, now: Date): Promise<string>
  saveFamily(userId: string, token: NewRefreshToken, startedAt: Date): Promise<void>
  now(): Date
}

/** Signs the user in: a new family of refresh tokens and its first access token. */
export async function openSession(ports: SessionPorts, user: User): Promise<Session> {
  const now = ports.now()
  const token = newRefreshToken(now, now)
  await ports.saveFamily(user.userId, token, now)
  return sessionOf(user, await ports.signAccessToken(user, now), token)
}

export function sessionOf(user: User, accessToken: string, { token }: NewRefreshToken): Session {
  return { accessToken, refreshToken: token, expiresIn: accessTokenLifeS, user }
}
