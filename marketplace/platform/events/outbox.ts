import type { Database, Transaction } from '../db/database.ts'
import { sql } from '../db/sql.ts'
import { failPoint } from '../fail-point.ts'
import { newId } from '../ids.ts'
import { traceparent } from '../request-context.ts'
import type { EventEnvelope, EventLog } from './event-log.ts'

export type NewEvent = { readonly eventType: string; readonly key: string; readonly data: object }

export type Outbox = {
  /** Records the event in the transaction of the change it reports; the relay carries it to the event log after commit. */
  publish(tx: Transaction, event: NewEvent): Promise<void>
}

const BATCH = 500

/** `check` throws on an event that breaks the service's own contract; `wakeRelay` is called after commit. */
export function createOutbox(options: {
  check: (event: EventEnvelope) => void
  wakeRelay: () => void
  clock: () => Date
}): Outbox {
  const { check, wakeRelay, clock } = options
  return {
    async publish(tx, { eventType, key, data }) {
      const eventId = newId()
      const envelope = {
        eventId,
        eventType,
        eventVersion: 'v1',
        timestamp: clock().toISOString(),
        data: { ...data },
      }
      check(envelope)
      await tx.query(sql`
        insert into outbox (event_id, event_type, key, payload, traceparent)
        values (${eventId}, ${eventType}, ${key}, ${JSON.stringify(envelope)}, ${traceparent()})`)
      tx.afterCommit(wakeRelay)
    },
  }
}

/**
 * Moves one batch from the outbox to the log; resolves to true if there may be more. Safe to kill anywhere: the rows
 * are deleted after the log has them, and the log ignores event ids it knows. One relay at a time keeps the order.
 */
export async function relayOutbox(db: Database, log: EventLog): Promise<boolean> {
  return await db.transaction(async (tx) => {
    const [lock] = await tx.query<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('outbox relay')) as free`,
    )
    if (!lock!.free) return false
    const rows = await tx.query<{
      position: number
      event_id: string
      event_type: string
      key: string
      payload: EventEnvelope
      traceparent: string
    }>(sql`select * from outbox order by position limit ${BATCH}`)
    if (rows.length === 0) return false
    await log.append(
      rows.map((row) => ({
        eventId: row.event_id,
        eventType: row.event_type,
        key: row.key,
        payload: row.payload,
        traceparent: row.traceparent,
      })),
    )
    failPoint('relay:after-append')
    await tx.query(sql`delete from outbox where position = any(${rows.map(({ position }) => position)})`)
    return rows.length === BATCH
  })
}
