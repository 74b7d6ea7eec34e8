import type { Reservation, ReservationLine, ReservationState } from '../contracts/api.ts'
import type { InventoryStockReleased } from '../contracts/events.ts'

export const holdMs = 15 * 60 * 1000
export const lowFrom = 5

/** What a reservation does to the stock of each of its lines, per unit. */
export type Move = 'hold' | 'unhold' | 'take-held' | 'take-free' | 'put-back'

export const effects: Readonly<Record<Move, { readonly onHand: -1 | 0 | 1; readonly reserved: -1 | 0 | 1 }>> =
  {
    hold: { onHand: 0, reserved: 1 },
    unhold: { onHand: 0, reserved: -1 },
    'take-held': { onHand: -1, reserved: -1 },
    'take-free': { onHand: -1, reserved: 0 },
    'put-back': { onHand: 1, reserved: 0 },
  }

export type ReleaseReason = InventoryStockReleased['data']['reason']

export type Decision =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'released' | 'differs' }
  | {
      readonly outcome: 'change'
      readonly state: ReservationState
      readonly move?: Move
      /** Why units come back, if they do. */
      readonly reason?: ReleaseReason
    }

/** A reserve call for a reservation that exists already. */
export function decideReserveAgain(known: Reservation, wanted: readonly ReservationLine[]): Decision {
  // A release that overtook its reserve call left a reservation without lines.
  if (known.state === 'released') return { outcome: 'released' }
  if (!sameLines(known.lines, wanted)) return { outcome: 'differs' }
  return known.state === 'expired'
    ? { outcome: 'change', state: 'held', move: 'hold' }
    : { outcome: 'unchanged' }
}

export function decideConfirm(known: Reservation): Decision {
  switch (known.state) {
    case 'confirmed':
      return { outcome: 'unchanged' }
    case 'released':
      return { outcome: 'released' }
    case 'held':
      return { outcome: 'change', state: 'confirmed', move: 'take-held' }
    case 'expired': // paid a moment too late; take the units if nobody else did
      return { outcome: 'change', state: 'confirmed', move: 'take-free' }
  }
}

export function decideRelease(known: Reservation): Decision {
  switch (known.state) {
    case 'released':
      return { outcome: 'unchanged' }
    case 'held':
      return { outcome: 'change', state: 'released', move: 'unhold', reason: 'cancelled' }
    case 'confirmed':
      return { outcome: 'change', state: 'released', move: 'put-back', reason: 'returned' }
    case 'expired': // holds nothing any more, and must not be revived either
      return { outcome: 'change', state: 'released' }
  }
}

/** One order of locking for everybody: two reservations of the same products cannot wait for each other. */
export function sortLines(lines: readonly ReservationLine[]): ReservationLine[] {
  return lines
    .map(({ sku, quantity }) => ({ sku, quantity }))
    .sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0))
}

function sameLines(a: readonly ReservationLine[], b: readonly ReservationLine[]): boolean {
  return JSON.stringify(sortLines(a)) === JSON.stringify(sortLines(b))
}
