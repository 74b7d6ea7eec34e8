import type { Database, Transaction } from '../db/database.ts'
import { sql } from '../db/sql.ts'
import { failPoint } from '../fail-point.ts'
import type { Log } from '../log.ts'
import { contextFrom, requestContext } from '../request-context.ts'
import { logStart, type Cursor, type EventEnvelope, type EventLog, type StoredEvent } from './event-log.ts'

export type Subscription = {
  readonly eventType: string
  /** The effect. Everything it does in `tx` happens exactly once; it must do nothing else (no calls, no mails). */
  handle(event: EventEnvelope, tx: Transaction): Promise<void>
}

const BATCH = 100
const TRIES = 5

/**
 * Reads the log on behalf of `consumer` and applies each event in a transaction of its own together with the inbox row
 * and the cursor. An event whose handler fails five times goes to dead_letters and the next one is taken.
 */
export function createConsumer(options: {
  consumer: string
  db: Database
  eventLog: EventLog
  subscriptions: readonly Subscription[]
  log: Log
}): { run(signal: AbortSignal): Promise<boolean> } {
  const { consumer, db, eventLog, subscriptions, log } = options
  const handlers = new Map(subscriptions.map(({ eventType, handle }) => [eventType, handle]))
  let cursor: Cursor | undefined

  return {
    async run(signal) {
      cursor ??= await readCursor(db, consumer)
      const { events, upTo } = await eventLog.read(cursor, [...handlers.keys()], BATCH)
      for (const event of events) {
        if (signal.aborted) return false
        await requestContext.run(contextFrom(event.traceparent), () => applyWithRetries(event))
        cursor = event.cursor
      }
      cursor = upTo // in memory only: saved with the next event, found again by a read after a restart
      return events.length === BATCH
    },
  }

  async function applyWithRetries(event: StoredEvent & { cursor: Cursor }): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await apply(event)
        return
      } catch (error) {
        log.warn('event handler failed', {
          eventType: event.eventType,
          eventId: event.eventId,
          attempt,
          error: error as Error,
        })
        if (attempt === TRIES) {
          await bury(event, error as Error)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt))
      }
    }
  }

  async function apply(event: StoredEvent & { cursor: Cursor }): Promise<void> {
    await db.transaction(async (tx) => {
      const fresh = await tx.query(sql`
        insert into inbox (event_id) values (${event.eventId}) on conflict do nothing returning event_id`)
      if (fresh.length > 0) await handlers.get(event.eventType)!(event.payload, tx)
      await saveCursor(tx, consumer, event.cursor)
      failPoint(`${consumer}:before-event-commit`)
    })
    failPoint(`${consumer}:after-event-commit`)
  }

  async function bury(event: StoredEvent & { cursor: Cursor }, error: Error): Promise<void> {
    log.error('event moved to dead letters', { eventType: event.eventType, eventId: event.eventId, error })
    await db.transaction(async (tx) => {
      await tx.query(sql`
        insert into dead_letters (event_id, event_type, event, error)
        values (${event.eventId}, ${event.eventType}, ${JSON.stringify(event.payload)}, ${error.message})
        on conflict (event_id) do nothing`)
      await saveCursor(tx, consumer, event.cursor)
    })
  }
}

async function readCursor(db: Database, consumer: string): Promise<Cursor> {
  const [row] = await db.query<Cursor>(
    sql`select xid, position from event_cursor where consumer = ${consumer}`,
  )
  return row ?? logStart
}

async function saveCursor(tx: Transaction, consumer: string, { xid, position }: Cursor): Promise<void> {
  await tx.query(sql`
    insert into event_cursor (consumer, xid, position) values (${consumer}, ${xid}, ${position})
    on conflict (consumer) do update set xid = excluded.xid, position = excluded.position`)
}
