import { randomUUID } from 'node:crypto'
import { buyerTokenVerifier } from '../../../platform/auth/buyer-token.ts'
import { newId } from '../../../platform/ids.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import { accessTokens } from './access-token.ts'
import { hashPassword, isOutdated, verifyPassword } from './password.ts'
import { authStore } from './postgres.ts'
import { routes } from './routes.ts'

const CLEAN_UP_EVERY_MS = 3_600_000

export const authService: ServiceDefinition = {
  name: 'auth-service',
  database: 'auth',
  folder: new URL('..', import.meta.url),
  async start({ environment, db, outbox, clock }) {
    const store = authStore(db, outbox)
    const tokens = accessTokens(environment.authPrivateKey)
    return {
      handlers: routes({
        ...store,
        hashPassword,
        verifyPassword,
        isOutdated,
        decoyHash: await hashPassword(randomUUID()),
        signAccessToken: (user, now) => tokens.sign(user, now),
        verifyAccessToken: buyerTokenVerifier(environment.authPublicKey),
        publicKey: tokens.publicKey,
        newId,
        now: clock,
      }),
      background: [
        { name: 'ended sessions', everyMs: CLEAN_UP_EVERY_MS, run: () => store.deleteEnded(clock()) },
      ],
    }
  },
}
