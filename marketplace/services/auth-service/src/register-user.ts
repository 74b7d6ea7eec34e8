import { ShopError } from '../../../platform/errors.ts'
import type { Registration, Session, User } from '../contracts/api.ts'
import { openSession, type SessionPorts } from './session.ts'

export type Account = { readonly user: User; readonly passwordHash: string }

export type RegisterPorts = SessionPorts & {
  findAccount(email: string): Promise<Account | undefined>
  /** Resolves to false, without effect, if the address has been taken meanwhile. Publishes auth.user.registered. */
  addAccount(account: Account): Promise<boolean>
  hashPassword(password: string): Promise<string>
  verifyPassword(password: string, hash: string): Promise<boolean>
  newId(): string
}

/** Opens an account and signs it in. Repeating the call with the same password and name gets the same account. */
export async function registerUser(ports: RegisterPorts, registration: Registration): Promise<Session> {
  const email = registration.email.toLowerCase()
  const existing = await ports.findAccount(email)
  if (existing) return await signInAgain(ports, existing, registration)

  const user: User = {
    userId: ports.newId(),
    email,
    name: registration.name.trim(),
    roles: ['buyer'],
    registeredAt: ports.now().toISOString(),
  }
  const account = { user, passwordHash: await ports.hashPassword(registration.password) }
  if (await ports.addAccount(account)) return await openSession(ports, user)

  // A double click: the other request was a moment faster.
  const winner = await ports.findAccount(email)
  if (!winner) throw new Error('An address was taken and free at the same time.')
  return await signInAgain(ports, winner, registration)
}

async function signInAgain(
  ports: RegisterPorts,
  { user, passwordHash }: Account,
  { password, name }: Registration,
): Promise<Session> {
  const same = (await ports.verifyPassword(password, passwordHash)) && user.name === name.trim()
  if (same) return await openSession(ports, user)
  throw new ShopError(
    'email-taken',
    {},
    'An account with this e-mail address exists already. Sign in instead, or use another address.',
    409,
  )
}
