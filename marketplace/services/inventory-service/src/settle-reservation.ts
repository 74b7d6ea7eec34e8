import { ShopError } from '../../../platform/errors.ts'
import type { Reservation } from '../contracts/api.ts'
import { decideConfirm, decideRelease, type Decision } from './reservation.ts'
import { released, soldOut, type SoldOut } from './reserve-stock.ts'

export type SettlePorts = {
  /** Locks the reservation, lets `decide` look at it and carries the decision out, in one transaction. */
  settle(
    reservationId: string,
    decide: (known: Reservation) => Decision,
    now: Date,
  ): Promise<{ decision: Decision; reservation: Reservation } | SoldOut | undefined>
  /** Remembers an unknown reservation as released; resolves to false if it is known by now. */
  rememberReleased(reservationId: string, now: Date): Promise<boolean>
  now(): Date
}

/** The buyer has paid: the units leave the stock. */
export async function confirmReservation(ports: SettlePorts, reservationId: string): Promise<Reservation> {
  const result = await ports.settle(reservationId, decideConfirm, ports.now())
  if (!result) throw new ShopError('reservation-not-found', {}, 'There is no such reservation.', 404)
  if ('soldOut' in result) throw soldOut(result)
  if (result.decision.outcome === 'released') throw released()
  return result.reservation
}

/** The units can be bought by others again. Releasing what was never reserved keeps a late reserve call from holding. */
export async function releaseReservation(ports: SettlePorts, reservationId: string): Promise<Reservation> {
  const now = ports.now()
  const result = await ports.settle(reservationId, decideRelease, now)
  if (!result) {
    if (await ports.rememberReleased(reservationId, now))
      return { reservationId, state: 'released', lines: [], expiresAt: now.toISOString() }
    return await releaseReservation(ports, reservationId) // its reserve call came in between
  }
  if ('soldOut' in result) throw new Error('Giving units back cannot find them sold out.')
  return result.reservation
}
