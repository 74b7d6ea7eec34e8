import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import type { ShopError } from '../../platform/errors.ts'
import { answerOnce, idempotencyStore, type Answer, type Claim } from '../../platform/http/idempotency.ts'
import { testCluster, type TestCluster } from '../test-database.ts'

let cluster: TestCluster
let db: Database
let now: Date
let runs: number

before(async () => {
  cluster = await testCluster()
  db = await cluster.database()
})
after(() => cluster.stop())
beforeEach(async () => {
  await db.query(sql`delete from first_answers`)
  now = new Date('2026-01-01T00:00:00Z')
  runs = 0
})

const claim = (body = 'a', caller = 'buyer:ada'): Claim => ({
  caller,
  key: '8e03978e-40d5',
  requestHash: Buffer.from(body),
})
const store = () => idempotencyStore(db, () => now)
const once = (wanted: Claim, work: () => Promise<Answer> = bought) => answerOnce(store(), wanted, work)
const bought = () => Promise.resolve({ status: 201, body: { order: ++runs } })
const code = (expected: string) => (error: ShopError) => error.code === expected

test('the same request gets the first answer, without being worked on again', async () => {
  assert.deepEqual(await once(claim()), { status: 201, body: { order: 1 } })
  assert.deepEqual(await once(claim()), { status: 201, body: { order: 1 }, replayed: true })
  assert.equal(runs, 1)
})

test('a refusal is an answer too', async () => {
  const refuse = () => Promise.resolve({ status: 402, body: { code: 'payment-declined' } })
  await once(claim(), refuse)
  assert.deepEqual(await once(claim()), { status: 402, body: { code: 'payment-declined' }, replayed: true })
})

test('another request with the same key is refused', async () => {
  await once(claim('a'))
  await assert.rejects(once(claim('b')), code('idempotency-key-reused'))
})

test("another caller's key is another key", async () => {
  await once(claim())
  assert.deepEqual(await once(claim('a', 'buyer:bob')), { status: 201, body: { order: 2 } })
})

test('twenty at once have one effect; whoever comes meanwhile is told to wait', async () => {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const slow = async () => (await gate, await bought())
  const first = once(claim(), slow)
  while ((await db.query(sql`select 1 from first_answers`)).length === 0) await new Promise(setImmediate)
  const others = await Promise.allSettled(Array.from({ length: 20 }, () => once(claim(), slow)))
  release()
  assert.deepEqual(await first, { status: 201, body: { order: 1 } })
  assert.ok(others.every(({ status }) => status === 'rejected'))
  assert.ok(
    others.every((other) =>
      code('request-in-progress')((other as PromiseRejectedResult).reason as ShopError),
    ),
  )
  assert.equal(runs, 1)
})

test('what broke on our side is tried again', async () => {
  await once(claim(), () => Promise.resolve({ status: 503, body: {} }))
  await assert.rejects(
    once(claim(), () => Promise.reject(new Error('lost'))),
    /lost/,
  )
  assert.deepEqual(await once(claim()), { status: 201, body: { order: 1 } })
})

test('a key whose process died is taken over after a minute, by the same request only', async () => {
  await store().begin(claim())
  await assert.rejects(once(claim()), code('request-in-progress'))
  now = new Date(now.getTime() + 61_000)
  await assert.rejects(once(claim('b')), code('idempotency-key-reused'))
  assert.deepEqual(await once(claim()), { status: 201, body: { order: 1 } })
})

test('keys are forgotten after a day', async () => {
  await once(claim())
  now = new Date(now.getTime() + 25 * 3_600_000)
  await store().deleteOld()
  assert.deepEqual(await once(claim()), { status: 201, body: { order: 2 } })
})
