import { buyerTokenVerifier } from '../auth/buyer-token.ts'
import { verifyServiceToken } from '../auth/service-token.ts'
import type { Access } from '../contract/load-contract.ts'
import type { Environment } from '../environment.ts'
import { ShopError } from '../errors.ts'

export type Caller =
  | { readonly kind: 'guest' }
  | { readonly kind: 'buyer'; readonly userId: string; readonly roles: readonly string[] }
  | { readonly kind: 'service'; readonly name: string }

const GUEST: Caller = { kind: 'guest' }

/** Turns an Authorization header into a caller and holds it to the operation's `security`. */
export function authenticator(environment: Environment, service: string) {
  const verifyBuyer = buyerTokenVerifier(environment.authPublicKey)
  return async (access: Access, authorization: string | undefined): Promise<Caller> => {
    const caller = await identify(authorization)
    if (access === 'service' && caller.kind !== 'service')
      throw unauthorized('This operation is for other services.')
    if (access === 'buyer' && caller.kind !== 'buyer') throw unauthorized('Sign in first.')
    return caller
  }

  async function identify(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) return GUEST
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (token === undefined) throw unauthorized('The Authorization header must be "Bearer <token>".')
    const name = verifyServiceToken(environment.serviceSecret, token, service, Date.now())
    if (name !== undefined) return { kind: 'service', name }
    const claims = await verifyBuyer(token)
    if (claims === undefined) throw unauthorized('The token is expired or not ours. Sign in again.')
    return { kind: 'buyer', ...claims }
  }
}

function unauthorized(hint: string): ShopError {
  return new ShopError('unauthorized', {}, hint, 401)
}
