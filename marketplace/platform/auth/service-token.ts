import { createHmac, timingSafeEqual } from 'node:crypto'

// Service-to-service tokens: short-lived JWTs (HS256, RFC 7519) naming who calls whom. A secret shared by the
// processes of one installation is enough on one machine; per-service keys come with the network deployment.

const LIFE_S = 300

/** A token with which `issuer` may call `audience` for five minutes. */
export function signServiceToken(secret: string, issuer: string, audience: string, nowMs: number): string {
  const issuedAt = Math.floor(nowMs / 1000)
  const claims = { iss: issuer, aud: audience, iat: issuedAt, exp: issuedAt + LIFE_S, kind: 'service' }
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${unsigned}.${mac(secret, unsigned)}`
}

/** The calling service's name, or undefined if the token is not a valid service token for `audience`. */
export function verifyServiceToken(
  secret: string,
  token: string,
  audience: string,
  nowMs: number,
): string | undefined {
  const [header, payload, signature, ...rest] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined
  const expected = Buffer.from(mac(secret, `${header}.${payload}`))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  // Ours by the signature; the fixed algorithm above means the header is never asked which one to use.
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    iss: string
    aud: string
    exp: number
    kind: string
  }
  const live = claims.exp > nowMs / 1000
  return claims.kind === 'service' && claims.aud === audience && live ? claims.iss : undefined
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function mac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}
