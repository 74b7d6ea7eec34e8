import type { Database, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import type { Reservation, ReservationLine, ReservationState } from '../contracts/api.ts'
import type { InventoryStockConfirmed, InventoryStockReleased } from '../contracts/events.ts'
import { effects, type Decision, type Move, type ReleaseReason } from './reservation.ts'
import type { ReservePorts } from './reserve-stock.ts'
import type { SettlePorts } from './settle-reservation.ts'

const EXPIRY_BATCH = 100

export type StockLevel = { readonly sku: string; readonly onHand: number; readonly reserved: number }

export type StockStore = ReturnType<typeof stockStore>

/** The ports of the use cases on PostgreSQL. */
export function stockStore(db: Database, outbox: Outbox) {
  return {
    async readStock(skus: readonly string[]): Promise<StockLevel[]> {
      return await db.query<StockLevel>(sql`
        select sku, on_hand as "onHand", reserved from stock where sku = any(${skus})`)
    },

    /** Resolves to undefined, without effect, if more than `onHand` units are held. */
    async setOnHand(sku: string, onHand: number): Promise<StockLevel | undefined> {
      const [level] = await db.query<StockLevel>(sql`
        insert into stock (sku, on_hand) values (${sku}, ${onHand})
        on conflict (sku) do update set on_hand = excluded.on_hand where stock.reserved <= excluded.on_hand
        returning sku, on_hand as "onHand", reserved`)
      return level
    },

    findReservation: (reservationId: string): Promise<Reservation | undefined> => find(db, reservationId),

    reserve: ((fresh, again, now) =>
      undoIfSoldOut(
        db.transaction(async (tx) => {
          const { reservationId, state, expiresAt, lines } = fresh
          const added = await tx.query(sql`
            insert into reservations (reservation_id, state, expires_at, created_at)
            values (${reservationId}, ${state}, ${expiresAt}, ${now})
            on conflict do nothing returning reservation_id`)
          if (added.length > 0) {
            await tx.query(sql`
              insert into reservation_lines (reservation_id, sku, quantity)
              select ${reservationId}::uuid, * from ${unnest(lines)}`)
            // Last, because everybody who wants the same product waits from here to the commit.
            await move(tx, 'hold', lines)
            return {
              decision: { outcome: 'change', state: 'held', move: 'hold' },
              reservation: fresh,
            } as const
          }
          const known = await lock(tx, reservationId)
          if (!known) throw new Error('A reservation was there and gone within one transaction.')
          const decision = again(known)
          return { decision, reservation: await carryOut(tx, known, decision, { expiresAt, now }) }
        }),
      )) satisfies ReservePorts['reserve'],

    settle: ((reservationId, decide, now) =>
      undoIfSoldOut(
        db.transaction(async (tx) => {
          const known = await lock(tx, reservationId)
          if (!known) return undefined
          const decision = decide(known)
          return { decision, reservation: await carryOut(tx, known, decision, { now }) }
        }),
      )) satisfies SettlePorts['settle'],

    async rememberReleased(reservationId: string, now: Date): Promise<boolean> {
      const added = await db.query(sql`
        insert into reservations (reservation_id, state, expires_at, created_at, settled_at)
        values (${reservationId}, 'released', ${now}, ${now}, ${now})
        on conflict do nothing returning reservation_id`)
      return added.length > 0
    },

    /** Ends held reservations whose time is over, a batch at a time; resolves to true if there may be more. */
    expireDue: (now: Date): Promise<boolean> =>
      db.transaction(async (tx) => {
        // A reservation that is being confirmed this moment is locked and left to whoever confirms it.
        const due = await tx.query<{ reservation_id: string; sku: string; quantity: number }>(sql`
          with due as (
            select reservation_id from reservations where state = 'held' and expires_at <= ${now}
            order by expires_at limit ${EXPIRY_BATCH} for update skip locked),
          expired as (
            update reservations r set state = 'expired', settled_at = ${now}
            from due where r.reservation_id = due.reservation_id)
          select reservation_id, sku, quantity from reservation_lines join due using (reservation_id)
          order by reservation_id, sku`)
        await move(tx, 'unhold', sumBySku(due))
        const byReservation = Map.groupBy(due, (line) => line.reservation_id)
        for (const [reservationId, lines] of byReservation)
          await publishReleased(tx, { reservationId, lines: lines.map(lineOf) }, 'expired')
        return byReservation.size === EXPIRY_BATCH
      }),
  }

  async function carryOut(
    tx: Transaction,
    known: Reservation,
    decision: Decision,
    { now, expiresAt = known.expiresAt }: { now: Date; expiresAt?: string },
  ): Promise<Reservation> {
    if (decision.outcome !== 'change') return known
    const { state, move: how, reason } = decision
    const { reservationId, lines } = known
    await tx.query(sql`
      update reservations set state = ${state}, expires_at = ${expiresAt},
        settled_at = ${state === 'held' ? null : now} where reservation_id = ${reservationId}`)
    if (how) await move(tx, how, lines)
    if (state === 'confirmed') {
      const data: InventoryStockConfirmed['data'] = { reservationId, lines }
      await outbox.publish(tx, { eventType: 'inventory.stock.confirmed', key: reservationId, data })
    }
    if (reason) await publishReleased(tx, known, reason)
    return { ...known, state, expiresAt }
  }

  async function publishReleased(
    tx: Transaction,
    { reservationId, lines }: Pick<Reservation, 'reservationId' | 'lines'>,
    reason: ReleaseReason,
  ): Promise<void> {
    const data: InventoryStockReleased['data'] = { reservationId, reason, lines }
    await outbox.publish(tx, { eventType: 'inventory.stock.released', key: reservationId, data })
  }
}

class NotEnough extends Error {
  readonly skus: readonly string[]

  constructor(skus: readonly string[]) {
    super(`Not enough units of ${skus.join(', ')}.`)
    this.name = 'NotEnough'
    this.skus = skus
  }
}

/** Throwing is what rolls a transaction back; outside of it, sold out is an outcome like others. */
async function undoIfSoldOut<T>(work: Promise<T>): Promise<T | { soldOut: readonly string[] }> {
  try {
    return await work
  } catch (error) {
    if (error instanceof NotEnough) return { soldOut: error.skus }
    throw error
  }
}

/**
 * Applies one kind of move to all lines in one statement, rows locked in the order of their SKUs. Throws NotEnough if
 * a line would need more units than are free; the caller's transaction then rolls back as a whole.
 */
async function move(tx: Transaction, how: Move, lines: readonly ReservationLine[]): Promise<void> {
  if (lines.length === 0) return
  const { onHand, reserved } = effects[how]
  const moved = await tx.query<{ sku: string }>(sql`
    with wanted as (
      select sku, quantity * ${onHand}::int as on_hand, quantity * ${reserved}::int as reserved
      from ${unnest(lines)}),
    locked as (
      select wanted.* from wanted join stock using (sku) order by stock.sku for update of stock)
    update stock s set on_hand = s.on_hand + l.on_hand, reserved = s.reserved + l.reserved
    from locked l
    where s.sku = l.sku and s.on_hand + l.on_hand >= s.reserved + l.reserved
    returning s.sku`)
  if (moved.length === lines.length) return
  const done = new Set(moved.map(({ sku }) => sku))
  throw new NotEnough(lines.map(({ sku }) => sku).filter((sku) => !done.has(sku)))
}

async function lock(tx: Transaction, reservationId: string): Promise<Reservation | undefined> {
  const found = await tx.query(sql`
    select 1 from reservations where reservation_id = ${reservationId} for update`)
  // Read after the lock is ours, so that it is what the one before us has written.
  return found.length === 0 ? undefined : await find(tx, reservationId)
}

async function find(
  queryable: Pick<Transaction, 'query'>,
  reservationId: string,
): Promise<Reservation | undefined> {
  const rows = await queryable.query<{
    state: ReservationState
    expires_at: Date
    sku: string | null
    quantity: number
  }>(sql`
    select state, expires_at, sku, quantity
    from reservations left join reservation_lines using (reservation_id)
    where reservation_id = ${reservationId} order by sku`)
  const [first] = rows
  if (!first) return undefined
  return {
    reservationId,
    state: first.state,
    lines: rows.flatMap(({ sku, quantity }) => (sku === null ? [] : [{ sku, quantity }])),
    expiresAt: first.expires_at.toISOString(),
  }
}

function unnest(lines: readonly ReservationLine[]) {
  return sql`unnest(${lines.map(({ sku }) => sku)}::text[], ${lines.map(({ quantity }) => quantity)}::int[])
    as line (sku, quantity)`
}

function sumBySku(lines: readonly ReservationLine[]): ReservationLine[] {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  return [...sums].map(([sku, quantity]) => ({ sku, quantity }))
}

function lineOf({ sku, quantity }: ReservationLine): ReservationLine {
  return { sku, quantity }
}
