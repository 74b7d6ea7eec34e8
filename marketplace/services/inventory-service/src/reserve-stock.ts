import { ShopError } from '../../../platform/errors.ts'
import type { NewReservation, Reservation } from '../contracts/api.ts'
import { decideReserveAgain, holdMs, sortLines, type Decision } from './reservation.ts'

export type SoldOut = { readonly soldOut: readonly string[] }

export type ReservePorts = {
  /**
   * Holds a new reservation, or lets `again` decide about the one that has this id, in one transaction. Units that are
   * not there undo all of it.
   */
  reserve(
    fresh: Reservation,
    again: (known: Reservation) => Decision,
    now: Date,
  ): Promise<{ decision: Decision; reservation: Reservation } | SoldOut>
  now(): Date
}

/** Holds all lines or none. Idempotent by reservationId. */
export async function reserveStock(
  ports: ReservePorts,
  { reservationId, lines }: NewReservation,
): Promise<Reservation> {
  const sorted = sortLines(lines)
  if (new Set(sorted.map(({ sku }) => sku)).size < sorted.length)
    throw new ShopError('invalid-request', {}, 'Each SKU may have one line only.', 400)

  const now = ports.now()
  const expiresAt = new Date(now.getTime() + holdMs).toISOString()
  const fresh: Reservation = { reservationId, state: 'held', lines: sorted, expiresAt }
  const result = await ports.reserve(fresh, (known) => decideReserveAgain(known, sorted), now)
  if ('soldOut' in result) throw soldOut(result)
  if (result.decision.outcome === 'released') throw released()
  if (result.decision.outcome === 'differs')
    throw new ShopError(
      'reservation-differs',
      {},
      'This reservation exists with other lines. Choose a new reservationId for other lines.',
      422,
    )
  return result.reservation
}

export function soldOut({ soldOut: skus }: SoldOut): ShopError {
  return new ShopError('sold-out', { skus }, `Not enough units are left of ${skus.join(', ')}.`, 409)
}

export function released(): ShopError {
  return new ShopError('reservation-released', {}, 'This reservation was released.', 409)
}
