import assert from 'node:assert/strict'
import test from 'node:test'
import type { Reservation, ReservationState } from '../contracts/api.ts'
import { reserveStock, type ReservePorts } from './reserve-stock.ts'

const now = new Date('2026-11-20T12:00:00Z')
const reservationId = '01930a5e-7c1a-7000-8000-0000000000c1'
const lines = [{ sku: 'MUG-01', quantity: 2 }]

function known(state: ReservationState): Reservation {
  return { reservationId, state, lines, expiresAt: '2026-11-20T12:15:00.000Z' }
}

function reservePorts(existing?: Reservation, soldOut?: string[]): ReservePorts {
  return {
    reserve: (fresh, again) => {
      if (soldOut) return Promise.resolve({ soldOut })
      if (!existing)
        return Promise.resolve({ decision: { outcome: 'change', state: 'held' }, reservation: fresh })
      return Promise.resolve({ decision: again(existing), reservation: existing })
    },
    now: () => now,
  }
}

// inventory-service/001#FR-002
test('a new reservation holds its lines, sorted, for 15 minutes', async () => {
  const two = [...lines, { sku: 'LAMP-01', quantity: 1 }]
  assert.deepEqual(await reserveStock(reservePorts(), { reservationId, lines: two }), {
    reservationId,
    state: 'held',
    lines: [{ sku: 'LAMP-01', quantity: 1 }, lines[0]],
    expiresAt: '2026-11-20T12:15:00.000Z',
  })
})

test('sold out names the products', async () => {
  await assert.rejects(reserveStock(reservePorts(undefined, ['MUG-01']), { reservationId, lines }), {
    code: 'sold-out',
    status: 409,
    details: { skus: ['MUG-01'] },
  })
})

test('a product on two lines is a mistake of the caller', async () => {
  await assert.rejects(reserveStock(reservePorts(), { reservationId, lines: [...lines, ...lines] }), {
    code: 'invalid-request',
    status: 400,
  })
})

test('reserving under a used id with other lines is refused', async () => {
  const other = [{ sku: 'MUG-01', quantity: 3 }]
  await assert.rejects(reserveStock(reservePorts(known('held')), { reservationId, lines: other }), {
    code: 'reservation-differs',
    status: 422,
  })
})

test('reserving what was released is refused', async () => {
  await assert.rejects(reserveStock(reservePorts(known('released')), { reservationId, lines }), {
    code: 'reservation-released',
    status: 409,
  })
})
