import type Stripe from 'stripe'
import { sql } from '../../../platform/db/sql.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Log } from '../../../platform/log.ts'
import { paymentIdOf, settle, type World } from './postgres.ts'
import { newsOf } from './provider-event.ts'

/**
 * Checks the signature over the bytes received and applies what the event says, once. Unknown payments and event types
 * are acknowledged too: the provider would only send them again.
 */
export async function receiveProviderEvent(
  { db, outbox, clock, log, stripe, secret }: World & { log: Log; stripe: Stripe; secret: string },
  { rawBody, signature }: { rawBody: Buffer; signature: string },
): Promise<void> {
  const event = verified(stripe, rawBody, signature, secret)
  const told = newsOf(event)
  await db.transaction(async (tx) => {
    const fresh = await tx.query(sql`
      insert into provider_events (event_id, type, received_at) values (${event.id}, ${event.type}, ${clock()})
      on conflict do nothing returning event_id`)
    if (fresh.length === 0 || told === undefined) return
    const paymentId = told.paymentId ?? (await paymentIdOf(tx, told.reference))
    const settled = paymentId && (await settle(tx, { outbox, at: clock() }, paymentId, told.news))
    if (!settled) log.warn('provider event for an unknown payment', { eventId: event.id, type: event.type })
  })
}

function verified(stripe: Stripe, rawBody: Buffer, signature: string, secret: string): Stripe.Event {
  try {
    return stripe.webhooks.constructEvent(rawBody, signature, secret)
  } catch {
    throw new ShopError(
      'bad-signature',
      {},
      'The signature is missing, wrong, or older than five minutes.',
      400,
    )
  }
}
