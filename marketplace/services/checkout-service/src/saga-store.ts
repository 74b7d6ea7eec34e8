import type { Database, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import type { CheckoutFailure } from '../contracts/api.ts'
import type { CheckoutCheckoutCompleted, CheckoutCheckoutFailed } from '../contracts/events.ts'
import type { Saga, SagaOutcome } from './place-order-saga.ts'
import type { SagaStore } from './saga-runner.ts'
import type { Journal, StepResult } from './saga-steps.ts'

type World = { db: Database; outbox: Outbox; clock: () => Date }

const CLAIM_LIMIT = 20
const UNIQUE_VIOLATION = '23505'

export function sagaStore({ db, outbox, clock }: World): SagaStore {
  return {
    journal: (saga) => journalOf(db, clock, saga),

    end: (saga, outcome) =>
      db.transaction(async (tx) => {
        const ended = await tx.query(sql`
          update sagas set status = ${outcome.outcome === 'completed' ? 'completed' : 'failed'}, ended_at = ${clock()},
            failure = ${outcome.outcome === 'completed' ? null : JSON.stringify(outcome.failure)}
          where checkout_id = ${saga.checkoutId} and attempt = ${saga.attempt} and status = 'running'
          returning attempt`)
        if (ended.length === 0) return // another process came to the same end
        await writeEnd(tx, saga, outcome)
        await outbox.publish(tx, { ...endEvent(saga, outcome), key: saga.checkoutId })
        failPoint('checkout:after-complete-effect')
      }),

    async claimAbandoned(owner, leaseMs) {
      const now = clock()
      const rows = await db.query<{ input: Saga; started_at: Date }>(sql`
        update sagas set owner = ${owner}, lease_until = ${after(now, leaseMs)}
        where (checkout_id, attempt) in (
          select checkout_id, attempt from sagas where status = 'running' and lease_until <= ${now}
          order by lease_until limit ${CLAIM_LIMIT} for update skip locked)
        returning input, started_at`)
      return rows.map(({ input, started_at: startedAt }) => ({ saga: input, startedAt }))
    },

    async renewLeases(owner, leaseMs) {
      await db.query(sql`
        update sagas set lease_until = ${after(clock(), leaseMs)} where status = 'running' and owner = ${owner}`)
    },

    async dropLeases(owner) {
      await db.query(
        sql`update sagas set lease_until = ${clock()} where status = 'running' and owner = ${owner}`,
      )
    },

    async outcomeOf(checkoutId, attempt) {
      const [row] = await db.query<{
        status: string
        order_id: string | null
        order_token: string | null
        failure: CheckoutFailure | null
      }>(sql`
        select s.status, s.failure, c.order_id, c.order_token from sagas s join checkouts c using (checkout_id)
        where s.checkout_id = ${checkoutId} and s.attempt = ${attempt}`)
      if (row === undefined || row.status === 'running') return undefined
      const { order_id: orderId, order_token: orderToken, failure } = row
      return row.status === 'completed'
        ? { outcome: 'completed', orderId: orderId!, orderToken: orderToken! }
        : { outcome: 'refused', failure: failure! }
    },
  }
}

function journalOf(db: Database, clock: () => Date, { checkoutId, attempt }: Saga): Journal {
  return { find, record }

  async function find(step: string): Promise<StepResult | undefined> {
    const [row] = await db.query<{ result: StepResult }>(sql`
      select result from saga_steps where checkout_id = ${checkoutId} and attempt = ${attempt} and step = ${step}`)
    return row?.result
  }

  async function record(step: string, result: StepResult): Promise<StepResult> {
    const written = await db.query(sql`
      insert into saga_steps (checkout_id, attempt, step, result, at)
      values (${checkoutId}, ${attempt}, ${step}, ${JSON.stringify(result)}, ${clock()})
      on conflict do nothing returning step`)
    return written.length > 0 ? result : (await find(step))!
  }
}

/** Writes the attempt and marks the checkout, or says why not. */
export async function beginSaga(
  { db, clock }: Pick<World, 'db' | 'clock'>,
  saga: Saga,
  lease: { owner: string; leaseMs: number },
): Promise<'begun' | 'busy' | 'cart-taken'> {
  const now = clock()
  try {
    return await db.transaction(async (tx) => {
      const free = await tx.query(sql`
        update checkouts set status = 'processing', attempts = ${saga.attempt}, failure = null,
          buyer_id = ${saga.buyerId ?? null}
        where checkout_id = ${saga.checkoutId} and status = 'open' and attempts = ${saga.attempt - 1}
        returning checkout_id`)
      if (free.length === 0) return 'busy'
      await tx.query(sql`
        insert into sagas (checkout_id, attempt, cart_id, status, input, started_at, owner, lease_until)
        values (${saga.checkoutId}, ${saga.attempt}, ${saga.cartId}, 'running', ${JSON.stringify(saga)}, ${now},
          ${lease.owner}, ${after(now, lease.leaseMs)})`)
      return 'begun'
    })
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code === UNIQUE_VIOLATION && constraint === 'sagas_one_per_cart') return 'cart-taken'
    throw error
  }
}

async function writeEnd(tx: Transaction, { checkoutId }: Saga, outcome: SagaOutcome): Promise<void> {
  if (outcome.outcome === 'completed')
    await tx.query(sql`
      update checkouts set status = 'completed', order_id = ${outcome.orderId}, order_token = ${outcome.orderToken}
      where checkout_id = ${checkoutId}`)
  else
    await tx.query(sql`
      update checkouts set status = 'open', failure = ${JSON.stringify(outcome.failure)}
      where checkout_id = ${checkoutId}`)
}

function endEvent(
  saga: Saga,
  outcome: SagaOutcome,
): Pick<CheckoutCheckoutCompleted | CheckoutCheckoutFailed, 'eventType' | 'data'> {
  const { checkoutId, cartId, attempt, orderId, currency, totals } = saga
  return outcome.outcome === 'completed'
    ? {
        eventType: 'checkout.checkout.completed',
        data: { checkoutId, cartId, orderId, totalCents: totals.totalCents, currency, attempt },
      }
    : {
        eventType: 'checkout.checkout.failed',
        data: { checkoutId, cartId, code: outcome.failure.code, attempt },
      }
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}
