import { ShopError } from '../../../platform/errors.ts'
import type { Credentials, Session } from '../contracts/api.ts'
import type { Account } from './register-user.ts'
import { openSession, type SessionPorts } from './session.ts'

export type SignInPorts = SessionPorts & {
  findAccount(email: string): Promise<Account | undefined>
  replaceHash(userId: string, hash: string): Promise<void>
  hashPassword(password: string): Promise<string>
  verifyPassword(password: string, hash: string): Promise<boolean>
  isOutdated(hash: string): boolean
  /** A hash nobody knows the password of, with today's parameters. */
  readonly decoyHash: string
}

/** Unknown address and wrong password take the same work and get the same answer, so neither tells who has an account. */
export async function signIn(ports: SignInPorts, { email, password }: Credentials): Promise<Session> {
  const account = await ports.findAccount(email.toLowerCase())
  const fits = await ports.verifyPassword(password, account?.passwordHash ?? ports.decoyHash)
  if (!account || !fits)
    throw new ShopError('wrong-credentials', {}, 'This e-mail address and password do not fit together.', 401)

  if (ports.isOutdated(account.passwordHash))
    await ports.replaceHash(account.user.userId, await ports.hashPassword(password))
  return await openSession(ports, account.user)
}
