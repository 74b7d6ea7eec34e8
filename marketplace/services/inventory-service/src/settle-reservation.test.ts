import assert from 'node:assert/strict'
import test from 'node:test'
import type { Reservation, ReservationState } from '../contracts/api.ts'
import { confirmReservation, releaseReservation, type SettlePorts } from './settle-reservation.ts'

const now = new Date('2026-11-20T12:00:00Z')
const reservationId = '01930a5e-7c1a-7000-8000-0000000000c1'
const lines = [{ sku: 'MUG-01', quantity: 2 }]

function known(state: ReservationState): Reservation {
  return { reservationId, state, lines, expiresAt: '2026-11-20T12:15:00.000Z' }
}

function settlePorts(found: (Reservation | undefined)[], soldOut?: string[]): SettlePorts {
  return {
    settle: (_id, decide) => {
      if (soldOut) return Promise.resolve({ soldOut })
      const reservation = found.shift()
      return Promise.resolve(reservation && { decision: decide(reservation), reservation })
    },
    rememberReleased: () => Promise.resolve(found.length === 0),
    now: () => now,
  }
}

test('confirming what nobody reserved is refused', async () => {
  await assert.rejects(confirmReservation(settlePorts([undefined]), reservationId), {
    code: 'reservation-not-found',
    status: 404,
  })
})

test('confirming what was released is refused', async () => {
  await assert.rejects(confirmReservation(settlePorts([known('released')]), reservationId), {
    code: 'reservation-released',
    status: 409,
  })
})

// inventory-service/001#FR-008
test('confirming an expired reservation whose units are gone says sold out', async () => {
  await assert.rejects(confirmReservation(settlePorts([], ['MUG-01']), reservationId), {
    code: 'sold-out',
    details: { skus: ['MUG-01'] },
  })
})

// inventory-service/001#FR-009
test('releasing what nobody reserved is remembered', async () => {
  const released = await releaseReservation(settlePorts([undefined]), reservationId)
  assert.deepEqual(released, { reservationId, state: 'released', lines: [], expiresAt: now.toISOString() })
})

test('a reserve call that comes between looking and remembering is released', async () => {
  const released = await releaseReservation(settlePorts([undefined, known('held')]), reservationId)
  assert.deepEqual(released.lines, lines)
})
