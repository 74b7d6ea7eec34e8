import { ShopError } from '../../../platform/errors.ts'
import type { BuyerClaims } from '../../../platform/auth/buyer-token.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations, PublicKey, Role, User } from '../contracts/api.ts'
import { hashOf } from './refresh-token.ts'
import { refreshSession, type RefreshPorts } from './refresh-session.ts'
import { registerUser, type RegisterPorts } from './register-user.ts'
import { signIn, type SignInPorts } from './sign-in.ts'

export type AuthPorts = RegisterPorts &
  SignInPorts &
  RefreshPorts & {
    findUser(userId: string): Promise<User | undefined>
    revokeFamilyOf(tokenHash: Buffer, now: Date): Promise<void>
    verifyAccessToken(token: string): Promise<BuyerClaims | undefined>
    readonly publicKey: PublicKey
  }

const ROLES: readonly string[] = ['buyer', 'seller', 'admin'] satisfies Role[]

export function routes(ports: AuthPorts): Handlers<Operations> {
  return {
    registerUser: async ({ body }) => ({ status: 201, body: { data: await registerUser(ports, body) } }),
    login: async ({ body }) => ({ status: 200, body: { data: await signIn(ports, body) } }),
    refresh: async ({ body }) => ({
      status: 200,
      body: { data: await refreshSession(ports, body.refreshToken) },
    }),

    async logout({ body }) {
      await ports.revokeFamilyOf(hashOf(body.refreshToken), ports.now())
      return { status: 200, body: { data: { signedOut: true } } }
    },

    async validateToken({ body }) {
      const claims = await ports.verifyAccessToken(body.token)
      if (!claims)
        throw new ShopError(
          'invalid-token',
          {},
          'The access token is not valid. Refresh it or sign in again.',
          401,
        )
      const roles = claims.roles.filter((role): role is Role => ROLES.includes(role))
      return { status: 200, body: { data: { userId: claims.userId, roles } } }
    },

    getKeys: () => ({ status: 200, body: { keys: [ports.publicKey] } }),

    async getMe({ caller }) {
      const user = caller.kind === 'buyer' ? await ports.findUser(caller.userId) : undefined
      // A token outlives its deleted account by up to 15 minutes.
      if (!user) throw new ShopError('unauthorized', {}, 'This account does not exist any more.', 401)
      return { status: 200, body: { data: user } }
    },
  }
}
