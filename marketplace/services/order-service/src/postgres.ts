import type { Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import { evolve, fold, isOrder, type Order, type OrderEvent } from './order.ts'
import type { Stream } from './place-order.ts'
import { project } from './projection.ts'
import { publishedEvent } from './published-events.ts'

/** The stream of one order inside `tx`: events, read model and outbox change together or not at all. */
export async function openStream(tx: Transaction, outbox: Outbox, orderId: string): Promise<Stream> {
  // Commands of one order wait for each other; the primary key would refuse the second one anyway, but by an error.
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${orderId}, 0))`)
  const events = await readStream(tx, orderId)
  return {
    events: () => Promise.resolve(events),
    async append(added) {
      let state = fold(events)
      for (const event of added) {
        const before = isOrder(state) ? state : undefined
        state = evolve(state, event)
        events.push(event)
        await tx.query(sql`
          insert into order_events (stream_id, version, type, data, at)
          values (${orderId}, ${events.length}, ${event.type}, ${JSON.stringify(event.data)}, ${event.at})`)
        if (!isOrder(state)) continue
        await project(tx, before, state)
        const published = publishedEvent(before, event, state)
        if (published) await outbox.publish(tx, { ...published, key: orderId })
      }
      failPoint('order:after-append')
    },
  }
}

type EventRow = { type: OrderEvent['type']; data: object; at: Date }

/** Oldest first; empty for a stream nobody opened. */
export async function readStream(db: Queryable, orderId: string): Promise<OrderEvent[]> {
  const rows = await db.query<EventRow>(
    sql`select type, data, at from order_events where stream_id = ${orderId} order by version`,
  )
  // Written by append() above, so type and data belong together.
  return rows.map(({ type, data, at }) => ({ type, data, at: at.toISOString() }) as OrderEvent)
}

/** The order folded from its events, or undefined if it was never placed. */
export async function readOrder(db: Queryable, orderId: string): Promise<Order | undefined> {
  const state = fold(await readStream(db, orderId))
  return isOrder(state) ? state : undefined
}
