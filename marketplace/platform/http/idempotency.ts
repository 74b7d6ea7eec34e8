import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { sql } from '../db/sql.ts'
import { ShopError } from '../errors.ts'
import type { Caller } from './caller.ts'

// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same key with the same request gets the first
// answer again, with another request 422, while the first is being worked on 409. Kept for a day.

export type Answer = { readonly status: number; readonly body: unknown }

export type Claim = { readonly caller: string; readonly key: string; readonly requestHash: Buffer }

export type IdempotencyStore = {
  /** Takes the key for this request, or says what became of it. */
  begin(claim: Claim): Promise<'begun' | 'in-progress' | 'other-request' | Answer>
  finish(claim: Claim, answer: Answer): Promise<void>
  /** Frees the key: nothing was answered that is worth keeping. */
  forget(claim: Claim): Promise<void>
  deleteOld(): Promise<void>
}

const KEY = /^[\x21-\x7e]{8,200}$/
const ABANDONED_MS = 60_000 // longer than any request may take: its process is gone
const KEPT_MS = 24 * 3_600_000

/** The claim a request makes with its header; undefined without one. Throws ShopError on a key of the wrong form. */
export function claimOf(
  header: string | string[] | undefined,
  request: { caller: Caller; operationId: string; input: object },
): Claim | undefined {
  if (header === undefined) return undefined
  // The standard writes it as a quoted string; most clients do not.
  const key = String(header).replace(/^"(.*)"$/, '$1')
  if (!KEY.test(key))
    throw new ShopError(
      'bad-idempotency-key',
      {},
      'Idempotency-Key must be 8 to 200 visible characters.',
      400,
    )
  const { caller, operationId, input } = request
  const name =
    caller.kind === 'buyer'
      ? `buyer:${caller.userId}`
      : caller.kind === 'service'
        ? `service:${caller.name}`
        : 'guest'
  const requestHash = createHash('sha256')
    .update(JSON.stringify([operationId, input]))
    .digest()
  return { caller: name, key, requestHash }
}

/** Answers with `work` the first time and with its answer afterwards; answers of 500 and above are not kept. */
export async function answerOnce(
  store: IdempotencyStore,
  claim: Claim,
  work: () => Promise<Answer>,
): Promise<Answer & { replayed?: true }> {
  const begun = await store.begin(claim)
  if (begun === 'other-request')
    throw new ShopError(
      'idempotency-key-reused',
      {},
      'This Idempotency-Key came with another request. Choose a new one.',
      422,
    )
  if (begun === 'in-progress')
    throw new ShopError(
      'request-in-progress',
      {},
      'The first request with this Idempotency-Key is still being worked on.',
      409,
    )
  if (begun !== 'begun') return { ...begun, replayed: true }
  try {
    const answer = await work()
    if (answer.status >= 500) await store.forget(claim)
    else await store.finish(claim, answer)
    return answer
  } catch (error) {
    await store.forget(claim)
    throw error
  }
}

export function idempotencyStore(db: Database, clock: () => Date): IdempotencyStore {
  return {
    async begin({ caller, key, requestHash }) {
      const now = clock()
      const abandoned = new Date(now.getTime() - ABANDONED_MS)
      const taken = await db.query(sql`
        insert into first_answers as k (caller, key, request_hash, begun_at)
        values (${caller}, ${key}, ${requestHash}, ${now})
        on conflict (caller, key) do update set begun_at = excluded.begun_at
          where k.status is null and k.begun_at < ${abandoned} and k.request_hash = excluded.request_hash
        returning key`)
      if (taken.length > 0) return 'begun'
      const [row] = await db.query<{ request_hash: Buffer; status: number | null; body: unknown }>(sql`
        select request_hash, status, body from first_answers where caller = ${caller} and key = ${key}`)
      if (row === undefined) return 'in-progress' // freed this moment: the caller may simply try again
      if (!row.request_hash.equals(requestHash)) return 'other-request'
      return row.status === null ? 'in-progress' : { status: row.status, body: row.body ?? undefined }
    },

    async finish({ caller, key }, { status, body }) {
      await db.query(sql`
        update first_answers set status = ${status}, body = ${body === undefined ? null : JSON.stringify(body)}
        where caller = ${caller} and key = ${key}`)
    },

    async forget({ caller, key }) {
      await db.query(
        sql`delete from first_answers where caller = ${caller} and key = ${key} and status is null`,
      )
    },

    async deleteOld() {
      await db.query(sql`delete from first_answers where begun_at < ${new Date(clock().getTime() - KEPT_MS)}`)
    },
  }
}
