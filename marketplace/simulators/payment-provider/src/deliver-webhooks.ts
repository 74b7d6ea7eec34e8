import type { Database } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import { webhookSignature } from './webhook-signature.ts'

type Due = { readonly id: string; readonly payload: string; readonly attempts: number }

const BATCH = 16
const TIMEOUT_MS = 5_000
const GIVE_UP_AFTER = 30 // attempts; with the pauses below that is about three days, as Stripe does

/** Sends one batch of due events to `url`; resolves to true if there may be more. A failure is tried again later. */
export async function deliverWebhooks(
  db: Database,
  { url, secret }: { url: string; secret: string },
  clock: () => Date,
): Promise<boolean> {
  const due = await db.query<Due>(sql`
    select id, payload, attempts from events where next_attempt_at <= ${clock()} order by position limit ${BATCH}`)
  await Promise.all(
    due.map(async (event) => {
      const error = await send(event, url, secret, clock)
      if (error === undefined) await markDelivered(db, event, clock())
      else await markFailed(db, event, error, clock())
    }),
  )
  return due.length === BATCH
}

/** Pause before the next attempt: 0.5 s doubling up to three hours. */
export function retryDelayMs(attempts: number): number {
  return Math.min(500 * 2 ** (attempts - 1), 3 * 60 * 60 * 1000)
}

async function send(event: Due, url: string, secret: string, clock: () => Date): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: event.payload,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': webhookSignature(event.payload, secret, Math.floor(clock().getTime() / 1000)),
        'user-agent': 'Stripe/1.0 (simulator)',
      },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    return response.ok ? undefined : `answered ${response.status}`
  } catch (error) {
    // Whatever kept the answer away, the event is sent again.
    return (error as Error).message
  }
}

async function markDelivered(db: Database, { id, attempts }: Due, now: Date): Promise<void> {
  await db.query(sql`
    update events set delivered_at = ${now}, attempts = ${attempts + 1}, next_attempt_at = null, last_error = null
    where id = ${id}`)
}

async function markFailed(db: Database, { id, attempts }: Due, error: string, now: Date): Promise<void> {
  const tried = attempts + 1
  const next = tried >= GIVE_UP_AFTER ? null : new Date(now.getTime() + retryDelayMs(tried))
  await db.query(
    sql`update events set attempts = ${tried}, next_attempt_at = ${next}, last_error = ${error} where id = ${id}`,
  )
}
