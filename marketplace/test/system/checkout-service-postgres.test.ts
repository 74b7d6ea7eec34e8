import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { testDatabase } from '../test-database.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { newId } from '../../platform/ids.ts'
import type { Checkout } from '../../services/checkout-service/src/checkout.ts'
import { placeCheckout } from '../../services/checkout-service/src/place-checkout.ts'
import type { Remotes, Saga } from '../../services/checkout-service/src/place-order-saga.ts'
import { changeCheckout, createCheckout, findCheckout } from '../../services/checkout-service/src/postgres.ts'
import { createSagaRunner, type SagaRunner } from '../../services/checkout-service/src/saga-runner.ts'
import type { StepResult } from '../../services/checkout-service/src/saga-steps.ts'
import { beginSaga, sagaStore } from '../../services/checkout-service/src/saga-store.ts'

const folder = new URL('../../services/checkout-service/', import.meta.url)
const outbox = createOutbox({
  check: await loadEventSchemas(new URL('contracts/events/', folder)),
  wakeRelay() {},
  clock: () => new Date(),
})
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const done: StepResult = { outcome: 'done' }

let db: Database
let running: Awaited<ReturnType<typeof testDatabase>> | undefined
const runners: SagaRunner[] = []

before(async () => {
  running = await testDatabase(new URL('src/migrations/', folder))
  db = running.db
})
after(async () => {
  for (const runner of runners) await runner.stop()
  await running?.stop()
})

test('eight clicks at once are one attempt and get one answer', async () => {
  const { checkoutId } = await checkout()
  const calls: string[] = []
  const { place, runner } = worker(remotes({ calls }))
  const placings = await Promise.all(Array.from({ length: 8 }, () => place(checkoutId)))
  const outcomes = await Promise.all(
    placings.map(({ attempt }) => runner.outcome(checkoutId, attempt, 10_000)),
  )
  assert.equal(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size, 1)
  assert.equal(outcomes[0]?.outcome, 'completed')
  assert.deepEqual(calls, ['reserve', 'authorize', 'place', 'confirmStock', 'capture'])
  assert.equal((await findCheckout(db, checkoutId))?.status, 'completed')
  assert.deepEqual(await published(checkoutId), ['checkout.checkout.completed'])
})

test('two windows cannot buy one cart, and after a refusal the other one can', async () => {
  const first = await checkout()
  const second = await checkout(first.cartId)
  const declining = worker(remotes({ capture: declined }))
  const { attempt } = await declining.place(first.checkoutId)
  await assert.rejects(declining.place(second.checkoutId), { code: 'cart-closed' })
  assert.equal((await declining.runner.outcome(first.checkoutId, attempt, 10_000))?.outcome, 'refused')
  const willing = worker(remotes({}))
  const placed = await willing.place(second.checkoutId)
  assert.equal(
    (await willing.runner.outcome(second.checkoutId, placed.attempt, 10_000))?.outcome,
    'completed',
  )
  await assert.rejects(willing.place(first.checkoutId), { code: 'cart-closed' })
})

test('a refusal opens the checkout again with the reason, and says so to others', async () => {
  const { checkoutId } = await checkout()
  const { place, runner } = worker(remotes({ capture: declined }))
  const { attempt } = await place(checkoutId)
  await runner.outcome(checkoutId, attempt, 10_000)
  const now = await findCheckout(db, checkoutId)
  assert.deepEqual([now?.status, now?.failure?.code, now?.attempts], ['open', 'payment-declined', 1])
  assert.deepEqual(await published(checkoutId), ['checkout.checkout.failed'])
})

test('what a stopped process was working on is finished by the next one, without asking twice', async () => {
  const { checkoutId } = await checkout()
  const calls: string[] = []
  let reached: () => void = quiet
  const atAuthorize = new Promise<void>((resolve) => (reached = resolve))
  const first = worker({
    ...remotes({ calls }),
    authorize() {
      reached()
      return Promise.reject(new Error('payment-service is away'))
    },
  })
  const { attempt } = await first.place(checkoutId)
  await atAuthorize
  await first.runner.stop()
  const next = worker(remotes({ calls }))
  await next.runner.resumeAbandoned()
  assert.equal((await next.runner.outcome(checkoutId, attempt, 10_000))?.outcome, 'completed')
  assert.equal(calls.filter((call) => call === 'reserve').length, 1)
})

test('an attempt whose owner lives belongs to nobody else', async () => {
  const { checkoutId } = await checkout()
  let release: () => void = quiet
  const held = new Promise<void>((resolve) => (release = resolve))
  const owner = worker({ ...remotes({}), authorize: () => held.then(() => done) })
  const { attempt } = await owner.place(checkoutId)
  await owner.runner.renewLeases()
  assert.deepEqual(
    await sagaStore({ db, outbox, clock: () => new Date() }).claimAbandoned('other', 1_000),
    [],
  )
  release()
  assert.equal((await owner.runner.outcome(checkoutId, attempt, 10_000))?.outcome, 'completed')
})

test('the first answer in the journal stands', async () => {
  const { checkoutId } = await checkout()
  const owner = worker({ ...remotes({}), reserve: () => new Promise(() => undefined) })
  const { attempt } = await owner.place(checkoutId)
  const journal = sagaStore({ db, outbox, clock: () => new Date() }).journal({ checkoutId, attempt } as Saga)
  const answers = await Promise.all([journal.record('x', done), journal.record('x', await declined())])
  assert.deepEqual(answers[0], answers[1])
  runners.splice(runners.indexOf(owner.runner), 1) // it would wait for its reservation for ever
})

test('changes made at once are all kept', async () => {
  const { checkoutId } = await checkout()
  const sellers = Array.from({ length: 6 }, () => newId())
  await Promise.all(
    sellers.map((sellerId) =>
      changeCheckout(db, checkoutId, (now) => ({
        ...now,
        methods: { ...now.methods, [sellerId]: 'express' },
      })),
    ),
  )
  const now = await findCheckout(db, checkoutId)
  assert.deepEqual(Object.keys(now!.methods).toSorted(), sellers.toSorted())
})

/** What a process of the service is, as far as sagas go. */
function worker(others: Remotes) {
  const owner = newId()
  const clock = () => new Date()
  const runner = createSagaRunner({
    owner,
    store: sagaStore({ db, outbox, clock }),
    remotes: others,
    clock,
    log,
  })
  runners.push(runner)
  return {
    runner,
    async place(checkoutId: string): Promise<{ attempt: number }> {
      const placing = await placeCheckout(
        {
          find: (id) => findCheckout(db, id),
          prices: () => Promise.resolve(new Map([['CER-1', 5000]])),
          keepPrices: () => Promise.resolve(),
          async begin(saga) {
            const begun = await beginSaga({ db, clock }, saga, { owner, leaseMs: 4_000 })
            if (begun === 'begun') runner.start(saga, clock())
            return begun
          },
          newId,
        },
        checkoutId,
        { paymentMethod: 'pm_card_visa', expectedTotalCents: 5000 },
        undefined,
      )
      return { attempt: placing.outcome === 'processing' ? placing.attempt : 1 }
    },
  }
}

function declined(): Promise<StepResult> {
  return Promise.resolve({ outcome: 'refused', failure: { code: 'payment-declined', message: 'No.' } })
}

function remotes({
  calls = [],
  capture,
}: {
  calls?: string[]
  capture?: () => Promise<StepResult>
}): Remotes {
  const step = (name: string, result: StepResult) => () => {
    calls.push(name)
    return Promise.resolve(result)
  }
  const undo = (name: string) => async () => {
    await step(name, done)()
  }
  return {
    reserve: step('reserve', done),
    release: undo('release'),
    authorize: step('authorize', done),
    cancelPayment: undo('cancelPayment'),
    place: step('place', { outcome: 'done', orderToken: 'token' }),
    cancelOrder: undo('cancelOrder'),
    confirmStock: step('confirmStock', done),
    capture: capture ?? step('capture', done),
  }
}

function checkout(cartId: string = newId()): Promise<Checkout> {
  const address = {
    email: 'a@example.com',
    name: 'A',
    street: 'S 1',
    city: 'C',
    postcode: '12345',
    country: 'DE',
  }
  const line = { sku: 'CER-1', name: 'Mug', slug: 'mug', quantity: 1, unitPriceCents: 5000 }
  return createCheckout(db, {
    checkoutId: newId(),
    cartId,
    buyerId: undefined,
    status: 'open',
    currency: 'EUR',
    groups: [{ sellerId: newId(), sellerName: 'Kiln', sellerSlug: 'kiln', lines: [line] }],
    address: undefined,
    methods: {},
    attempts: 0,
    failure: undefined,
    order: undefined,
    createdAt: new Date().toISOString(),
  }).then((created) => changeCheckout(db, created.checkoutId, (now) => ({ ...now, address })))
}

async function published(checkoutId: string): Promise<string[]> {
  const rows = await db.query<{ event_type: string }>(
    sql`select event_type from outbox where key = ${checkoutId} order by position`,
  )
  return rows.map(({ event_type: type }) => type)
}
