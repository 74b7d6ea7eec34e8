import type { Database, Queryable } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import { newId } from '../../../platform/ids.ts'
import type { Role, User } from '../contracts/api.ts'
import type { AuthUserRegistered } from '../contracts/events.ts'
import type { KnownToken, NewRefreshToken } from './refresh-token.ts'
import type { RefreshPorts } from './refresh-session.ts'
import type { Account } from './register-user.ts'

export type AuthStore = ReturnType<typeof authStore>

/** The ports of the use cases on PostgreSQL. */
export function authStore(db: Database, outbox: Outbox) {
  return {
    async findAccount(email: string): Promise<Account | undefined> {
      const [row] = await db.query<AccountRow>(sql`select * from users where email = ${email}`)
      return row && { user: userOf(row), passwordHash: row.password_hash }
    },

    async findUser(userId: string): Promise<User | undefined> {
      const [row] = await db.query<AccountRow>(sql`select * from users where user_id = ${userId}`)
      return row && userOf(row)
    },

    addAccount: ({ user, passwordHash }: Account): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { userId, email, name } = user
        const added = await tx.query(sql`
          insert into users (user_id, email, name, password_hash, roles, registered_at)
          values (${userId}, ${email}, ${name}, ${passwordHash}, ${user.roles}, ${user.registeredAt})
          on conflict (email) do nothing returning user_id`)
        if (added.length === 0) return false
        const data: AuthUserRegistered['data'] = { userId, email, name }
        await outbox.publish(tx, { eventType: 'auth.user.registered', key: userId, data })
        return true
      }),

    async replaceHash(userId: string, hash: string): Promise<void> {
      await db.query(sql`update users set password_hash = ${hash} where user_id = ${userId}`)
    },

    saveFamily: (userId: string, token: NewRefreshToken, startedAt: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const familyId = newId()
        await tx.query(sql`
          insert into session_families (family_id, user_id, started_at) values (${familyId}, ${userId}, ${startedAt})`)
        await saveToken(tx, familyId, token, { parentHash: null, issuedAt: startedAt })
      }),

    present: ((tokenHash, decide, now) =>
      db.transaction(async (tx) => {
        // The family's row is the lock: two uses of one token, or of a token and its successor, wait for each other.
        const [family] = await tx.query<FamilyRow>(sql`
          select f.family_id, f.started_at, f.revoked_at, u.*
          from session_families f join users u using (user_id)
          where f.family_id = (select family_id from refresh_tokens where token_hash = ${tokenHash})
          for update of f`)
        if (!family) return undefined
        const [token] = await tx.query<TokenRow>(sql`
          select expires_at, used_at, exists (
            select from refresh_tokens s where s.parent_hash = t.token_hash and s.used_at is not null) as successor_used
          from refresh_tokens t where token_hash = ${tokenHash}`)
        if (!token) return undefined

        const verdict = decide(knownToken(token, family))
        if (verdict.outcome === 'exchange') {
          await tx.query(sql`
            update refresh_tokens set used_at = coalesce(used_at, ${now}) where token_hash = ${tokenHash}`)
          await saveToken(tx, family.family_id, verdict.successor, { parentHash: tokenHash, issuedAt: now })
        }
        if (verdict.outcome === 'revoke-family') await revoke(tx, tokenHash, now)
        return { verdict, user: userOf(family) }
      })) satisfies RefreshPorts['present'],

    revokeFamilyOf: (tokenHash: Buffer, now: Date): Promise<void> => revoke(db, tokenHash, now),

    /** Forgets tokens that ended, and families none of whose tokens is left. */
    async deleteEnded(now: Date): Promise<void> {
      await db.query(sql`delete from refresh_tokens where expires_at < ${now}`)
      await db.query(sql`
        delete from session_families f
        where not exists (select from refresh_tokens t where t.family_id = f.family_id)`)
    },
  }
}

async function saveToken(
  tx: Queryable,
  familyId: string,
  { tokenHash, expiresAt }: NewRefreshToken,
  { parentHash, issuedAt }: { parentHash: Buffer | null; issuedAt: Date },
): Promise<void> {
  await tx.query(sql`
    insert into refresh_tokens (token_hash, family_id, parent_hash, issued_at, expires_at)
    values (${tokenHash}, ${familyId}, ${parentHash}, ${issuedAt}, ${expiresAt})`)
}

async function revoke(queryable: Queryable, tokenHash: Buffer, now: Date): Promise<void> {
  await queryable.query(sql`
    update session_families set revoked_at = coalesce(revoked_at, ${now})
    where family_id = (select family_id from refresh_tokens where token_hash = ${tokenHash})`)
}

type AccountRow = {
  user_id: string
  email: string
  name: string
  password_hash: string
  roles: Role[]
  registered_at: Date
}

type FamilyRow = AccountRow & { family_id: string; started_at: Date; revoked_at: Date | null }
type TokenRow = { expires_at: Date; used_at: Date | null; successor_used: boolean }

function userOf(row: AccountRow): User {
  return {
    userId: row.user_id,
    email: row.email,
    name: row.name,
    roles: row.roles,
    registeredAt: row.registered_at.toISOString(),
  }
}

function knownToken(token: TokenRow, family: FamilyRow): KnownToken {
  return {
    expiresAt: token.expires_at,
    usedAt: token.used_at ?? undefined,
    successorUsed: token.successor_used,
    family: { startedAt: family.started_at, revokedAt: family.revoked_at ?? undefined },
  }
}
