import type { Database, Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import { newId } from '../../../platform/ids.ts'
import type { LedgerEntry, Split } from '../contracts/api.ts'
import type { Books } from './authorize-payment.ts'
import { bookingOf, type Entry } from './ledger.ts'
import { apply, type News, type Payment } from './payment.ts'
import { publishedEvent } from './published-events.ts'

export type World = { db: Database; outbox: Outbox; clock: () => Date }

export function books({ db, outbox, clock }: World): Books {
  return {
    find: (paymentId) => findPayment(db, paymentId),
    open: (payment) =>
      db.transaction(async (tx) => {
        const now = clock()
        const fresh = await tx.query(sql`
          insert into payments (payment_id, order_id, status, amount_cents, currency, payment_method, created_at,
            cancelled_at)
          values (${payment.paymentId}, ${payment.orderId ?? null}, ${payment.status}, ${payment.amountCents},
            ${payment.currency}, ${payment.paymentMethod}, ${now}, ${payment.status === 'cancelled' ? now : null})
          on conflict do nothing returning payment_id`)
        if (fresh.length > 0) await insertSplits(tx, payment)
        return (await findPayment(tx, payment.paymentId))!
      }),
    settle: (paymentId, news) =>
      db.transaction((tx) =>
        settle(tx, { outbox, at: clock() }, paymentId, news).then((payment) => payment!),
      ),
  }
}

/**
 * Applies the news to the payment in `tx`, with bookings and events. Resolves to the payment afterwards, or undefined
 * if it is not ours. The row lock makes answers, retries and webhooks about one payment take turns.
 */
export async function settle(
  tx: Transaction,
  { outbox, at }: { outbox: Outbox; at: Date },
  paymentId: string,
  news: readonly News[],
): Promise<Payment | undefined> {
  await tx.query(sql`select 1 from payments where payment_id = ${paymentId} for update`)
  let payment = await findPayment(tx, paymentId)
  for (const item of news) {
    const changed = payment && apply(payment, item)
    if (changed === undefined) continue
    payment = changed
    await save(tx, payment, at)
    await book(tx, payment, bookingOf(payment, item), at)
    const event = publishedEvent(payment, at)
    if (event) await outbox.publish(tx, { ...event, key: payment.orderId ?? paymentId })
  }
  return payment
}

async function save(tx: Queryable, payment: Payment, at: Date): Promise<void> {
  const { status } = payment
  await tx.query(sql`
    update payments set status = ${status}, refunded_cents = ${payment.refundedCents},
      provider_reference = ${payment.providerReference ?? null}, decline_code = ${payment.declineCode ?? null},
      authorized_at = case when ${status} = 'authorized' then ${at}::timestamptz else authorized_at end,
      captured_at = case when ${status} = 'captured' then ${at}::timestamptz else captured_at end,
      cancelled_at = case when ${status} = 'cancelled' then ${at}::timestamptz else cancelled_at end
    where payment_id = ${payment.paymentId}`)
}

async function book(tx: Queryable, payment: Payment, entries: readonly Entry[], at: Date): Promise<void> {
  if (entries.length === 0) return
  await tx.query(sql`
    insert into ledger_entries (transaction_id, account, amount_cents, payment_id, currency, booked_at)
    select ${newId()}::uuid, account, amount_cents, ${payment.paymentId}::uuid, ${payment.currency}, ${at}::timestamptz
    from unnest(${entries.map(({ account }) => account)}::text[],
      ${entries.map(({ amountCents }) => amountCents)}::bigint[]) as entry (account, amount_cents)`)
}

async function insertSplits(tx: Queryable, { paymentId, splits }: Payment): Promise<void> {
  if (splits.length === 0) return
  const column = (name: keyof Split) => splits.map((split) => split[name])
  await tx.query(sql`
    insert into payment_splits (payment_id, seller_id, goods_cents, shipping_cents, amount_cents, commission_cents)
    select ${paymentId}::uuid, * from unnest(${column('sellerId')}::uuid[], ${column('goodsCents')}::bigint[],
      ${column('shippingCents')}::bigint[], ${column('amountCents')}::bigint[],
      ${column('commissionCents')}::bigint[])`)
}

type Row = {
  payment_id: string
  order_id: string | null
  status: Payment['status']
  amount_cents: number
  refunded_cents: number
  currency: string
  payment_method: string
  provider_reference: string | null
  decline_code: string | null
  splits: Split[] | null
}

export async function findPayment(db: Queryable, paymentId: string): Promise<Payment | undefined> {
  const [row] = await db.query<Row>(sql`
    select p.*, (
      select jsonb_agg(jsonb_build_object('sellerId', s.seller_id, 'goodsCents', s.goods_cents, 'shippingCents',
        s.shipping_cents, 'amountCents', s.amount_cents, 'commissionCents', s.commission_cents) order by s.seller_id)
      from payment_splits s where s.payment_id = p.payment_id) as splits
    from payments p where payment_id = ${paymentId}`)
  return (
    row && {
      paymentId: row.payment_id,
      orderId: row.order_id ?? undefined,
      status: row.status,
      amountCents: row.amount_cents,
      refundedCents: row.refunded_cents,
      currency: row.currency,
      paymentMethod: row.payment_method,
      providerReference: row.provider_reference ?? undefined,
      declineCode: row.decline_code ?? undefined,
      splits: row.splits ?? [],
    }
  )
}

/** Our id of the payment that the provider knows as `reference`. */
export async function paymentIdOf(db: Queryable, reference: string): Promise<string | undefined> {
  const [row] = await db.query<{ payment_id: string }>(
    sql`select payment_id from payments where provider_reference = ${reference}`,
  )
  return row?.payment_id
}

/** Oldest booking first. */
export async function ledgerOf(db: Queryable, paymentId: string): Promise<LedgerEntry[]> {
  const rows = await db.query<{
    transaction_id: string
    account: string
    amount_cents: number
    currency: string
    booked_at: Date
  }>(sql`
    select transaction_id, account, amount_cents, currency, booked_at from ledger_entries
    where payment_id = ${paymentId} order by booked_at, transaction_id, account`)
  return rows.map((row) => ({
    transactionId: row.transaction_id,
    account: row.account,
    amountCents: row.amount_cents,
    currency: row.currency,
    bookedAt: row.booked_at.toISOString(),
  }))
}
