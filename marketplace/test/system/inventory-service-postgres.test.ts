import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import { openDatabase, type Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testCluster, type TestCluster } from '../test-database.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { newId } from '../../platform/ids.ts'
import { createLog } from '../../platform/log.ts'
import type { ReservationLine } from '../../services/inventory-service/contracts/api.ts'
import { stockStore, type StockStore } from '../../services/inventory-service/src/postgres.ts'
import { reserveStock } from '../../services/inventory-service/src/reserve-stock.ts'
import {
  confirmReservation,
  releaseReservation,
} from '../../services/inventory-service/src/settle-reservation.ts'

const folder = new URL('../../services/inventory-service/', import.meta.url)
const start = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const logged: string[] = []
let cluster: TestCluster
let db: Database
let store: StockStore
let skus = 0

before(async () => {
  cluster = await testCluster()
  const { config } = await cluster.database(new URL('src/migrations/', folder))
  db = openDatabase(config, { size: 16, log: createLog('test', 'warn', (line) => logged.push(line)) })
  const check = await loadEventSchemas(new URL('contracts/events/', folder))
  store = stockStore(db, createOutbox({ check, wakeRelay: () => {}, clock: () => start }))
})
after(async () => {
  await db?.close()
  await cluster?.stop()
})

function portsAt(now: Date) {
  return { ...store, now: () => now }
}

async function product(onHand: number): Promise<string> {
  const sku = `SKU-${String(++skus).padStart(4, '0')}`
  await store.setOnHand(sku, onHand)
  return sku
}

async function reserve(
  lines: readonly ReservationLine[],
  { at = start, id = newId() } = {},
): Promise<string> {
  await reserveStock(portsAt(at), { reservationId: id, lines: [...lines] })
  return id
}

async function levels(...wanted: string[]): Promise<[onHand: number, reserved: number][]> {
  const found = new Map((await store.readStock(wanted)).map((level) => [level.sku, level]))
  return wanted.map((sku) => [found.get(sku)!.onHand, found.get(sku)!.reserved])
}

async function eventsOf(reservationId: string): Promise<unknown[]> {
  const rows = await db.query<{ payload: { eventType: string; data: { reason?: string } } }>(sql`
    select payload from outbox where key = ${reservationId} order by position`)
  return rows.map(({ payload }) => [payload.eventType, payload.data.reason].filter(Boolean).join(' '))
}

/** inventory-service/001#SC-002, over everything every test here has done so far. */
async function assertHeldUnitsAddUp(): Promise<void> {
  const wrong = await db.query(sql`
    select sku, reserved, coalesce(held, 0) as held from stock left join (
      select sku, sum(quantity) as held from reservation_lines join reservations using (reservation_id)
      where state = 'held' group by sku) sums using (sku)
    where reserved <> coalesce(held, 0)`)
  assert.deepEqual(wrong, [])
}

// inventory-service/001#US2.1 FR-003 SC-001
test('of 50 buyers who want one of 10 units at once exactly 10 get one', async () => {
  const sku = await product(10)
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => reserve([{ sku, quantity: 1 }])))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 10)
  for (const result of results)
    if (result.status === 'rejected') assert.equal((result.reason as { code: string }).code, 'sold-out')
  assert.deepEqual(await levels(sku), [[10, 10]])
  await assertHeldUnitsAddUp()
})

test('reservations of the same products in opposite order never wait for each other in a circle', async () => {
  const a = await product(1000)
  const b = await product(1000)
  const forwards = [
    { sku: a, quantity: 1 },
    { sku: b, quantity: 1 },
  ]
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const lines = i % 2 === 0 ? forwards : forwards.toReversed()
      const fresh = {
        reservationId: newId(),
        state: 'held' as const,
        lines,
        expiresAt: later(15).toISOString(),
      }
      return store.reserve(fresh, () => ({ outcome: 'unchanged' }), start)
    }),
  )
  assert.deepEqual(await levels(a, b), [
    [1000, 60],
    [1000, 60],
  ])
  // A deadlock would be repeated by the platform and go unnoticed.
  assert.deepEqual(
    logged.filter((line) => line.includes('transaction retried')),
    [],
  )
})

// inventory-service/001#US2.2 FR-004
test('ten identical calls at once make one reservation', async () => {
  const sku = await product(5)
  const id = newId()
  await Promise.all(Array.from({ length: 10 }, () => reserve([{ sku, quantity: 2 }], { id })))
  assert.deepEqual(await levels(sku), [[5, 2]])
})

// inventory-service/001#US2.3
test('the same id with other lines is refused and holds nothing', async () => {
  const sku = await product(5)
  const id = await reserve([{ sku, quantity: 2 }])
  await assert.rejects(reserve([{ sku, quantity: 3 }], { id }), { code: 'reservation-differs' })
  assert.deepEqual(await levels(sku), [[5, 2]])
})

// inventory-service/001#US2.4 FR-002
test('if one line is sold out nothing is held, and the same id may try again', async () => {
  const plenty = await product(5)
  const rare = await product(1)
  const id = newId()
  const wanted = [
    { sku: plenty, quantity: 1 },
    { sku: rare, quantity: 2 },
  ]
  await assert.rejects(reserve(wanted, { id }), { code: 'sold-out', details: { skus: [rare] } })
  assert.deepEqual(await levels(plenty, rare), [
    [5, 0],
    [1, 0],
  ])
  await store.setOnHand(rare, 2)
  await reserve(wanted, { id })
  assert.deepEqual(await levels(rare), [[2, 2]])
})

test('a product without stock is sold out', async () => {
  await assert.rejects(reserve([{ sku: 'NEVER-HEARD-OF', quantity: 1 }]), { code: 'sold-out' })
})

// inventory-service/001#US3.1 FR-005 FR-011
test('units leave the stock once, however often they are confirmed', async () => {
  const sku = await product(5)
  const id = await reserve([{ sku, quantity: 2 }])
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirmReservation(portsAt(start), id)))
  assert.deepEqual(
    answers.map(({ state }) => state),
    Array.from({ length: 5 }, () => 'confirmed'),
  )
  assert.deepEqual(await levels(sku), [[3, 0]])
  assert.deepEqual(await eventsOf(id), ['inventory.stock.confirmed'])
})

// inventory-service/001#US3.2 FR-006
test('units come back once, however often they are released', async () => {
  const sku = await product(5)
  const held = await reserve([{ sku, quantity: 1 }])
  const paid = await reserve([{ sku, quantity: 2 }])
  await confirmReservation(portsAt(start), paid)
  for (const id of [held, paid])
    await Promise.all(Array.from({ length: 5 }, () => releaseReservation(portsAt(start), id)))
  assert.deepEqual(await levels(sku), [[5, 0]])
  assert.deepEqual(await eventsOf(held), ['inventory.stock.released cancelled'])
  assert.deepEqual(await eventsOf(paid), ['inventory.stock.confirmed', 'inventory.stock.released returned'])
})

// inventory-service/001#US3.3 FR-007
test('a reservation expires after 15 minutes and not before', async () => {
  const sku = await product(5)
  const id = await reserve([{ sku, quantity: 2 }])
  await store.expireDue(new Date(later(15).getTime() - 1))
  assert.deepEqual(await levels(sku), [[5, 2]])
  await store.expireDue(later(15))
  assert.deepEqual(await levels(sku), [[5, 0]])
  assert.equal((await store.findReservation(id))?.state, 'expired')
  assert.deepEqual(await eventsOf(id), ['inventory.stock.released expired'])
  await assertHeldUnitsAddUp()
})

test('hundreds of reservations of one product expire in batches, by several sweepers at once', async () => {
  const sku = await product(250)
  await Promise.all(Array.from({ length: 250 }, () => reserve([{ sku, quantity: 1 }], { at: later(60) })))
  const sweep = async () => {
    while (await store.expireDue(later(75)));
  }
  await Promise.all([sweep(), sweep(), sweep()])
  assert.deepEqual(await levels(sku), [[250, 0]])
})

// inventory-service/001#US3.4 FR-008
test('an expired reservation is confirmed or held anew if its units are there, and sold out if not', async () => {
  const sku = await product(2)
  const late = await reserve([{ sku, quantity: 1 }])
  const later1 = await reserve([{ sku, quantity: 1 }])
  await store.expireDue(later(15))
  assert.equal((await confirmReservation(portsAt(later(16)), late)).state, 'confirmed')
  assert.deepEqual(await levels(sku), [[1, 0]])

  await reserve([{ sku, quantity: 1 }], { id: later1, at: later(20) })
  assert.deepEqual(await levels(sku), [[1, 1]])
  assert.equal((await store.findReservation(later1))?.expiresAt, later(35).toISOString())

  await store.expireDue(later(35))
  await reserve([{ sku, quantity: 1 }], { at: later(36) })
  await assert.rejects(confirmReservation(portsAt(later(37)), later1), { code: 'sold-out' })
  assert.equal((await store.findReservation(later1))?.state, 'expired')
  await assertHeldUnitsAddUp()
})

// inventory-service/001#US3.5 FR-009
test('a release that overtakes its reserve call keeps it from holding', async () => {
  const sku = await product(5)
  const id = newId()
  await releaseReservation(portsAt(start), id)
  await assert.rejects(reserve([{ sku, quantity: 1 }], { id }), { code: 'reservation-released' })
  assert.deepEqual(await levels(sku), [[5, 0]])
})

test('a reserve and a release call that race end with nothing held', async () => {
  const sku = await product(5)
  for (let i = 0; i < 20; i++) {
    const id = newId()
    await Promise.allSettled([
      reserve([{ sku, quantity: 1 }], { id }),
      releaseReservation(portsAt(start), id),
    ])
    await releaseReservation(portsAt(start), id)
  }
  assert.deepEqual(await levels(sku), [[5, 0]])
})

// inventory-service/001#US4.1 US4.2 FR-010
test('the shelf may be counted down to what is held, and not below', async () => {
  const sku = await product(5)
  await reserve([{ sku, quantity: 2 }])
  assert.deepEqual(await store.setOnHand(sku, 40), { sku, onHand: 40, reserved: 2 })
  assert.deepEqual(await store.setOnHand(sku, 2), { sku, onHand: 2, reserved: 2 })
  assert.equal(await store.setOnHand(sku, 1), undefined)
  assert.deepEqual(await levels(sku), [[2, 2]])
})

test('the database itself refuses to promise more than there is', async () => {
  const sku = await product(1)
  await assert.rejects(db.query(sql`update stock set reserved = 2 where sku = ${sku}`), /never_oversold/)
  await assert.rejects(db.query(sql`update stock set reserved = -1 where sku = ${sku}`), /never_oversold/)
})

test('seeded random calls from many sides never lose or double a unit', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_120)
  const random = randomFrom(seed)
  const products = await Promise.all([product(8), product(8), product(8)])
  const ids = Array.from({ length: 12 }, () => newId())
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const linesOf = new Map(
    ids.map((id) => [
      id,
      products
        .filter(() => random() < 0.6)
        .concat(products[0])
        .filter((sku, i, all) => all.indexOf(sku) === i)
        .map((sku) => ({ sku, quantity: 1 + Math.floor(random() * 3) })),
    ]),
  )
  let minute = 100
  for (let round = 0; round < 40; round++) {
    minute += Math.floor(random() * 6)
    const at = portsAt(later(minute))
    await Promise.allSettled(
      Array.from({ length: 6 }, () => {
        const id = pick(ids)
        const dice = random()
        if (dice < 0.45) return reserveStock(at, { reservationId: id, lines: linesOf.get(id)! })
        if (dice < 0.7) return confirmReservation(at, id)
        if (dice < 0.85) return releaseReservation(at, id)
        return store.expireDue(later(minute))
      }),
    )
  }
  await assertHeldUnitsAddUp()
  const sold = await db.query<{ sku: string; sold: number }>(sql`
    select sku, sum(quantity) as sold from reservation_lines join reservations using (reservation_id)
    where state = 'confirmed' and sku = any(${products}) group by sku`)
  const soldBySku = new Map(sold.map((row) => [row.sku, row.sold]))
  for (const [i, [onHand]] of (await levels(...products)).entries())
    assert.equal(onHand + (soldBySku.get(products[i]!) ?? 0), 8, `seed ${seed}`)
})

/** mulberry32: small, and good enough to pick calls. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
