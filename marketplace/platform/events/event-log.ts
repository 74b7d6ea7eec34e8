import pg from 'pg'
import type { ConnectionConfig, Database } from '../db/database.ts'
import { sql } from '../db/sql.ts'
import type { Log } from '../log.ts'

/** An event as services see it: the envelope of the contracts, plus how to order and trace it. */
export type StoredEvent = {
  readonly eventId: string
  readonly eventType: string
  /** Events with one key keep their order. */
  readonly key: string
  /** The whole envelope: eventId, eventType, eventVersion, timestamp, data. */
  readonly payload: EventEnvelope
  readonly traceparent: string
}

export type EventEnvelope<Data = Record<string, unknown>> = {
  readonly eventId: string
  readonly eventType: string
  readonly eventVersion: string
  readonly timestamp: string
  readonly data: Data
}

/** Where a consumer stands. Opaque outside the log that made it. */
export type Cursor = { readonly xid: string; readonly position: number }

export const logStart: Cursor = { xid: '0', position: 0 }

/** The event backbone. One contract suite (event-log.test) is run by every implementation. */
export type EventLog = {
  /** Durable when it resolves. Appending an event id again changes nothing. */
  append(events: readonly StoredEvent[]): Promise<void>
  /** Events of these types after the cursor, oldest first, and where to go on. Never skips one that commits later. */
  read(
    after: Cursor,
    eventTypes: readonly string[],
    limit: number,
  ): Promise<{ events: (StoredEvent & { cursor: Cursor })[]; upTo: Cursor }>
  /** Calls `onAppend` soon after something was appended; may call too often, and misses nothing a poll would not find. */
  watch(onAppend: () => void): Promise<{ stop(): Promise<void> }>
}

const CHANNEL = 'event_appended'
const RECONNECT_MS = 500

/** The log as one table. `connection` is used for LISTEN only. */
export function postgresEventLog(db: Database, connection: ConnectionConfig, log: Log): EventLog {
  return {
    async append(events) {
      if (events.length === 0) return
      const column = <K extends keyof StoredEvent>(name: K) => events.map((event) => event[name])
      await db.transaction(async (tx) => {
        await tx.query(sql`
          insert into events (event_id, event_type, key, payload, traceparent)
          select * from unnest(${column('eventId')}::uuid[], ${column('eventType')}::text[], ${column('key')}::text[],
            ${events.map(({ payload }) => JSON.stringify(payload))}::jsonb[], ${column('traceparent')}::text[])
          on conflict (event_id) do nothing`)
        // Here and not in business transactions: NOTIFY takes a cluster-wide lock at commit, once per relay tick is enough.
        await tx.query(sql`select pg_notify('event_appended', '')`)
      })
    },

    async read(after, eventTypes, limit) {
      // A transaction that began earlier may commit later with a smaller position. Everything below the oldest
      // running transaction id is settled, so the cursor goes by (xid, position) and never passes that horizon.
      const rows = await db.query<Row>(sql`
        with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
        select e.event_id, e.event_type, e.key, e.payload, e.traceparent, e.xid::text as xid, e.position,
          horizon.xmin::text as xmin
        from horizon left join lateral (
          select * from events
          where (events.xid, events.position) > (${after.xid}::xid8, ${after.position}::bigint)
            and events.xid < horizon.xmin and event_type = any(${eventTypes})
          order by events.xid, events.position limit ${limit}) e on true
        order by e.xid, e.position`)
      const events = rows.filter((row) => row.event_id !== null).map(storedEvent)
      const last = events.at(-1)
      if (events.length === limit && last) return { events, upTo: last.cursor }
      const settled = (BigInt(rows[0]!.xmin) - 1n).toString()
      const upTo =
        BigInt(settled) < BigInt(after.xid) ? after : { xid: settled, position: Number.MAX_SAFE_INTEGER }
      return { events, upTo }
    },

    async watch(onAppend) {
      let stopped = false
      let client: pg.Client | undefined
      const connect = async (): Promise<void> => {
        client = new pg.Client(connection)
        client.on('notification', onAppend)
        client.on('error', (error) => {
          if (stopped) return
          log.warn('event notifications interrupted', { error })
          setTimeout(reconnect, RECONNECT_MS)
        })
        await client.connect()
        await client.query(`LISTEN ${CHANNEL}`)
        onAppend() // whatever came while we were away
      }
      const reconnect = (): void => {
        connect().catch((error: Error) => client?.emit('error', error)) // tries again, by the handler above
      }
      await connect()
      return {
        async stop() {
          stopped = true
          await client?.end()
        },
      }
    },
  }
}

type Row = {
  event_id: string | null
  event_type: string
  key: string
  payload: EventEnvelope
  traceparent: string
  xid: string
  position: number
  xmin: string
}

function storedEvent(row: Row): StoredEvent & { cursor: Cursor } {
  return {
    eventId: row.event_id!,
    eventType: row.event_type,
    key: row.key,
    payload: row.payload,
    traceparent: row.traceparent,
    cursor: { xid: row.xid, position: row.position },
  }
}
