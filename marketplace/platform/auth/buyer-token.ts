import { createPublicKey, type KeyObject } from 'node:crypto'
import { jwtVerify, type JWTPayload } from 'jose'

export type BuyerClaims = { readonly userId: string; readonly roles: readonly string[] }

const REMEMBERED = 1_000

/** Checks buyers' access tokens (EdDSA JWT, audience "buyer") of auth-service; verified ones are remembered for their life. */
export function buyerTokenVerifier(
  publicKeyPem: string,
): (token: string) => Promise<BuyerClaims | undefined> {
  const key: KeyObject = createPublicKey(publicKeyPem)
  const verified = new Map<string, { claims: BuyerClaims; expiresAtMs: number }>()
  return async (token) => {
    const known = verified.get(token)
    if (known && known.expiresAtMs > Date.now()) return known.claims
    let payload: JWTPayload
    try {
      payload = (
        await jwtVerify(token, key, { algorithms: ['EdDSA'], audience: 'buyer', issuer: 'auth-service' })
      ).payload
    } catch {
      return undefined // whatever is wrong with it, the caller is a stranger
    }
    if (payload.sub === undefined || payload.exp === undefined) return undefined
    const roles = Array.isArray(payload['roles'])
      ? payload['roles'].filter((role) => typeof role === 'string')
      : []
    const claims = { userId: payload.sub, roles }
    if (verified.size >= REMEMBERED) verified.delete(verified.keys().next().value!)
    verified.set(token, { claims, expiresAtMs: payload.exp * 1000 })
    return claims
  }
}
