import { randomBytes } from 'node:crypto'
import type { Database, Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Answer, Store } from './operations.ts'
import type { PaymentIntent, Refund } from './payment-intent.ts'
import { StripeError } from './stripe-error.ts'

export const API_VERSION = '2026-10-28.endive'

/**
 * Runs `work` once for each idempotency key: whoever comes with the same key and request gets the first answer. All in
 * one transaction, so a second caller waits for the first instead of seeing half of it; refused requests leave no trace.
 */
export async function once(
  db: Database,
  request: { key: string | undefined; hash: string },
  work: (tx: Transaction) => Promise<Answer>,
): Promise<{ status: number; text: string; replayed: boolean }> {
  const { key, hash } = request
  return await db.transaction(async (tx) => {
    if (key !== undefined) {
      const fresh = await tx.query(sql`
        insert into idempotency_keys (key, request_hash) values (${key}, ${hash}) on conflict do nothing returning key`)
      if (fresh.length === 0) return await replay(tx, key, hash)
    }
    const { status, body } = await work(tx)
    const text = JSON.stringify(body)
    if (key !== undefined)
      await tx.query(sql`update idempotency_keys set status = ${status}, body = ${text} where key = ${key}`)
    return { status, text, replayed: false }
  })
}

async function replay(tx: Queryable, key: string, hash: string) {
  const [row] = await tx.query<{ request_hash: string; status: number; body: string }>(
    sql`select request_hash, status, body from idempotency_keys where key = ${key}`,
  )
  if (row!.request_hash !== hash)
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    })
  return { status: row!.status, text: row!.body, replayed: true }
}

export function storeIn(tx: Transaction, now: Date, requestId: string, key: string | undefined): Store {
  const atS = Math.floor(now.getTime() / 1000)
  return {
    async lockIntent(id) {
      const [row] = await tx.query<{ body: PaymentIntent }>(
        sql`select body from payment_intents where id = ${id} for update`,
      )
      return row?.body
    },
    async saveIntent(intent) {
      await tx.query(sql`
        insert into payment_intents (id, body, created_at) values (${intent.id}, ${JSON.stringify(intent)}, ${now})
        on conflict (id) do update set body = excluded.body`)
    },
    async refundedAmount(intentId) {
      const [row] = await tx.query<{ total: number }>(
        sql`select coalesce(sum(amount), 0)::bigint as total from refunds where payment_intent = ${intentId}`,
      )
      return row!.total
    },
    async saveRefund(refund) {
      await tx.query(sql`
        insert into refunds (id, payment_intent, amount, body, created_at)
        values (${refund.id}, ${refund.payment_intent}, ${refund.amount}, ${JSON.stringify(refund)}, ${now})`)
    },
    async emit(type, object) {
      const id = `evt_${randomId()}`
      const payload = JSON.stringify({
        id,
        object: 'event',
        api_version: API_VERSION,
        created: atS,
        data: { object },
        livemode: false,
        pending_webhooks: 1,
        request: { id: requestId, idempotency_key: key ?? null },
        type,
      })
      const intentId = object.object === 'payment_intent' ? object.id : object.payment_intent
      await tx.query(sql`
        insert into events (id, type, payment_intent, payload, created_at, next_attempt_at)
        values (${id}, ${type}, ${intentId}, ${payload}, ${now}, ${now})`)
    },
    moment: () => ({ id: randomId(), atS }),
  }
}

export type Page<T> = { readonly items: T[]; readonly hasMore: boolean }

export async function findIntent(db: Queryable, id: string): Promise<PaymentIntent | undefined> {
  const [row] = await db.query<{ body: PaymentIntent }>(
    sql`select body from payment_intents where id = ${id}`,
  )
  return row?.body
}

export async function findRefund(db: Queryable, id: string): Promise<Refund | undefined> {
  const [row] = await db.query<{ body: Refund }>(sql`select body from refunds where id = ${id}`)
  return row?.body
}

/** Newest first, after the object with id `startingAfter` if given. */
export async function listIntents(
  db: Queryable,
  page: { limit: number; startingAfter: string | null },
): Promise<Page<PaymentIntent>> {
  const rows = await db.query<{ body: PaymentIntent }>(sql`
    select body from payment_intents
    where ${page.startingAfter}::text is null
      or (created_at, id) < (select created_at, id from payment_intents where id = ${page.startingAfter})
    order by created_at desc, id desc limit ${page.limit + 1}`)
  return pageOf(
    rows.map(({ body }) => body),
    page.limit,
  )
}

export async function listRefunds(
  db: Queryable,
  page: { limit: number; startingAfter: string | null; paymentIntent: string | null },
): Promise<Page<Refund>> {
  const rows = await db.query<{ body: Refund }>(sql`
    select body from refunds
    where (${page.paymentIntent}::text is null or payment_intent = ${page.paymentIntent})
      and (${page.startingAfter}::text is null
        or (created_at, id) < (select created_at, id from refunds where id = ${page.startingAfter}))
    order by created_at desc, id desc limit ${page.limit + 1}`)
  return pageOf(
    rows.map(({ body }) => body),
    page.limit,
  )
}

export type EventRow = {
  readonly id: string
  readonly type: string
  readonly payload: string
  readonly created_at: Date
  readonly attempts: number
  readonly delivered_at: Date | null
  readonly last_error: string | null
}

export async function listEvents(
  db: Queryable,
  page: { limit: number; startingAfter: string | null; type: string | null; paymentIntent: string | null },
): Promise<Page<EventRow>> {
  const rows = await db.query<EventRow>(sql`
    select id, type, payload, created_at, attempts, delivered_at, last_error from events
    where (${page.type}::text is null or type = ${page.type})
      and (${page.paymentIntent}::text is null or payment_intent = ${page.paymentIntent})
      and (${page.startingAfter}::text is null
        or position < (select position from events where id = ${page.startingAfter}))
    order by position desc limit ${page.limit + 1}`)
  return pageOf(rows, page.limit)
}

export function randomId(): string {
  return randomBytes(12).toString('hex')
}

function pageOf<T>(rows: readonly T[], limit: number): Page<T> {
  return { items: rows.slice(0, limit), hasMore: rows.length > limit }
}
