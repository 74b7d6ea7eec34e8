import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { SignJWT } from 'jose'
import type { PublicKey, Role } from '../contracts/api.ts'

export const accessTokenLifeS = 15 * 60

export type AccessTokens = {
  /** A JWT (RFC 7519) that says who this is for 15 minutes. */
  sign(holder: { userId: string; roles: readonly Role[] }, now: Date): Promise<string>
  readonly publicKey: PublicKey
}

/** Signs with Ed25519 (EdDSA, RFC 8037). The key id is the RFC 7638 thumbprint, so another key has another id by itself. */
export function accessTokens(privateKeyPem: string): AccessTokens {
  const privateKey = createPrivateKey(privateKeyPem)
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('The signing key of auth-service must be an Ed25519 key.')
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url')
  return {
    sign({ userId, roles }, now) {
      const issuedAt = Math.floor(now.getTime() / 1000)
      return new SignJWT({ roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
        .setSubject(userId)
        .setIssuer('auth-service')
        .setAudience('buyer')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accessTokenLifeS)
        .sign(privateKey)
    },
    publicKey: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' },
  }
}
