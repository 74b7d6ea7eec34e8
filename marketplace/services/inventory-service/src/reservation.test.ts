import assert from 'node:assert/strict'
import test from 'node:test'
import type { Reservation, ReservationState } from '../contracts/api.ts'
import {
  decideConfirm,
  decideRelease,
  decideReserveAgain,
  effects,
  sortLines,
  type Decision,
  type Move,
} from './reservation.ts'

const lines = [
  { sku: 'LAMP-01', quantity: 1 },
  { sku: 'MUG-01', quantity: 2 },
]

function reservation(state: ReservationState): Reservation {
  return { reservationId: 'r', state, lines, expiresAt: '2026-11-20T12:15:00.000Z' }
}

// inventory-service/001#FR-004 FR-005 FR-006 FR-008 FR-009: every state against every call.
const table: readonly [
  state: ReservationState,
  reserveAgain: Decision,
  confirm: Decision,
  release: Decision,
][] = [
  [
    'held',
    { outcome: 'unchanged' },
    { outcome: 'change', state: 'confirmed', move: 'take-held' },
    { outcome: 'change', state: 'released', move: 'unhold', reason: 'cancelled' },
  ],
  [
    'confirmed',
    { outcome: 'unchanged' },
    { outcome: 'unchanged' },
    { outcome: 'change', state: 'released', move: 'put-back', reason: 'returned' },
  ],
  ['released', { outcome: 'released' }, { outcome: 'released' }, { outcome: 'unchanged' }],
  [
    'expired',
    { outcome: 'change', state: 'held', move: 'hold' },
    { outcome: 'change', state: 'confirmed', move: 'take-free' },
    { outcome: 'change', state: 'released' },
  ],
]
for (const [state, reserveAgain, confirm, release] of table) {
  test(`reserving a ${state} reservation again: ${reserveAgain.outcome}`, () =>
    assert.deepEqual(decideReserveAgain(reservation(state), lines), reserveAgain))
  test(`confirming a ${state} reservation: ${confirm.outcome}`, () =>
    assert.deepEqual(decideConfirm(reservation(state)), confirm))
  test(`releasing a ${state} reservation: ${release.outcome}`, () =>
    assert.deepEqual(decideRelease(reservation(state)), release))
}

test('the same lines in another order are the same reservation', () =>
  assert.deepEqual(decideReserveAgain(reservation('held'), lines.toReversed()), { outcome: 'unchanged' }))

for (const [what, wanted] of [
  ['another quantity', [lines[0]!, { sku: 'MUG-01', quantity: 3 }]],
  ['a line less', [lines[0]!]],
  ['another product', [lines[0]!, { sku: 'MUG-02', quantity: 2 }]],
] as const)
  test(`${what} under the same id is another reservation`, () =>
    assert.deepEqual(decideReserveAgain(reservation('held'), wanted), { outcome: 'differs' }))

test('lines are sorted by SKU and carry nothing else along', () => {
  const untidy = [{ quantity: 2, sku: 'MUG-01', note: 'x' }, lines[0]!]
  assert.deepEqual(sortLines(untidy), lines)
})

test('whichever way a reservation goes, the units add up at its end', () => {
  const ways: readonly [way: readonly Move[], sold: 0 | 1][] = [
    [['hold', 'unhold'], 0],
    [['hold', 'take-held'], 1],
    [['hold', 'take-held', 'put-back'], 0],
    [['hold', 'unhold', 'take-free'], 1],
    [['hold', 'unhold', 'hold', 'take-held', 'put-back'], 0],
  ]
  for (const [way, sold] of ways) {
    const onHand = way.reduce((sum, move) => sum + effects[move].onHand, 0)
    const reserved = way.reduce((sum, move) => sum + effects[move].reserved, 0)
    assert.deepEqual({ onHand: onHand + sold, reserved }, { onHand: 0, reserved: 0 }, way.join(' → '))
  }
})
