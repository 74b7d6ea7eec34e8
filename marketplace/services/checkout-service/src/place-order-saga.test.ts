import assert from 'node:assert/strict'
import test from 'node:test'
import { placeOrderSaga, type Remotes, type Saga, type SagaOutcome } from './place-order-saga.ts'
import type { Journal, Patience, StepResult } from './saga-steps.ts'

const saga: Saga = {
  checkoutId: 'checkout',
  attempt: 1,
  cartId: 'cart',
  reservationId: 'reservation',
  paymentId: 'payment',
  orderId: 'order',
  paymentMethod: 'pm_card_visa',
  customer: { email: 'a@example.com', name: 'A', street: 'S 1', city: 'C', postcode: '12345', country: 'DE' },
  currency: 'EUR',
  parcels: [],
  totals: { goodsCents: 100, shippingCents: 0, totalCents: 100, vatCents: 16, vatRateBasisPoints: 1900 },
}

const completed: SagaOutcome = { outcome: 'completed', orderId: 'order', orderToken: 'token' }
const refused = (code: 'sold-out' | 'payment-declined'): StepResult => ({
  outcome: 'refused',
  failure: { code, message: code },
})
const bought = { stock: 'confirmed', payment: 'captured', order: 'placed' }
const undone = { stock: 'released', payment: 'cancelled', order: 'cancelled' }
const untouched = { stock: 'none', payment: 'none', order: 'none' }

// checkout-service/001#FR-006
test('everything goes well: stock, money and order agree', async () => {
  const shop = world()
  assert.deepEqual(await run(shop), completed)
  assert.deepEqual(shop.state, bought)
  assert.deepEqual(shop.calls, ['reserve', 'authorize', 'place', 'confirmStock', 'capture'])
})

// checkout-service/001#FR-007: what a refusal leaves, and what is undone in which order
const refusals: [keyof Remotes, StepResult, string[], object][] = [
  ['reserve', refused('sold-out'), [], untouched],
  ['authorize', refused('payment-declined'), ['release'], { ...untouched, stock: 'released' }],
  ['confirmStock', refused('sold-out'), ['cancelOrder', 'cancelPayment', 'release'], undone],
  ['capture', refused('payment-declined'), ['cancelOrder', 'cancelPayment', 'release'], undone],
]
for (const [at, answer, undos, left] of refusals)
  test(`a refusal of ${at} undoes ${undos.join(', ') || 'nothing'}`, async () => {
    const shop = world({ refusals: { [at]: answer } })
    assert.deepEqual(await run(shop), {
      outcome: 'refused',
      failure: (answer as { failure: object }).failure,
    })
    assert.deepEqual(shop.calls.slice(shop.calls.indexOf(at) + 1), undos)
    assert.deepEqual(shop.state, left)
  })

// checkout-service/001#FR-008: kill the process before and after every effect, of the way there and of the way back
for (const refusal of [undefined, 'authorize', 'confirmStock', 'capture'] as const)
  test(`killed anywhere and started again, the end is the same (${refusal ?? 'nothing'} refuses)`, async () => {
    const answers = refusal === undefined ? {} : { [refusal]: refused('payment-declined') }
    const calm = world({ refusals: answers })
    const expected = await run(calm)
    const points = calm.points
    assert.ok(points > 8)
    for (let at = 1; at <= points; at++) {
      const shop = world({ refusals: answers, killAt: at })
      await assert.rejects(run(shop), /killed/, `point ${at}`)
      assert.deepEqual(await run(shop), expected, `after a kill at point ${at}`)
      assert.deepEqual(shop.state, calm.state, `after a kill at point ${at}`)
    }
  })

test('two kills in a row are survived too', async () => {
  for (let first = 1; first <= 15; first++)
    for (let second = 1; second <= 10; second++) {
      const shop = world({ killAt: first })
      await assert.rejects(run(shop), /killed/)
      shop.killAfter(second)
      const outcome = await run(shop).catch(() => run(shop))
      assert.deepEqual([outcome, shop.state], [completed, bought])
    }
})

test('a service that is away for a while is waited for', async () => {
  const shop = world({ away: { authorize: 2 } })
  await assert.rejects(run(shop), /away/)
  await assert.rejects(run(shop), /away/)
  assert.deepEqual(await run(shop), completed)
})

test('a service that stays away ends the attempt, and what it may have done is undone as well', async () => {
  for (const at of ['reserve', 'authorize', 'place', 'confirmStock'] as const) {
    const shop = world({ away: { [at]: 1 }, effectThough: true })
    const outcome = await run(shop, { isOver: () => true, assertRunning() {} })
    assert.ok(outcome.outcome === 'refused')
    assert.equal(outcome.failure.code, 'service-unavailable')
    assert.ok(
      Object.values(shop.state).every((state) => ['none', 'released', 'cancelled'].includes(state)),
      at,
    )
  }
})

test('once the capture was asked for, its answer is waited for, however long it takes', async () => {
  const impatient: Patience = { isOver: () => true, assertRunning() {} }
  const shop = world({ away: { capture: 1 }, effectThough: true })
  await assert.rejects(run(shop, impatient), /away/)
  assert.deepEqual(await run(shop, impatient), completed)
  assert.deepEqual(shop.state, bought)
})

test('undoing goes on after the service that undoes was away', async () => {
  const shop = world({ refusals: { capture: refused('payment-declined') }, away: { cancelPayment: 1 } })
  await assert.rejects(run(shop), /away/)
  await run(shop)
  assert.deepEqual(shop.state, undone)
  assert.equal(shop.calls.filter((call) => call === 'cancelOrder').length, 1)
})

test('the result another process wrote first is the one that stands', async () => {
  const shop = world()
  const gaveUp: StepResult = {
    outcome: 'given-up',
    failure: { code: 'service-unavailable', message: 'away' },
  }
  const overtaken: Journal = {
    ...shop.journal,
    record: (step, result) => shop.journal.record(step, step === 'authorize' ? gaveUp : result),
  }
  const outcome = await placeOrderSaga(saga, shop.remotes, overtaken, patient)
  assert.equal(outcome.outcome, 'refused')
  assert.deepEqual([shop.state.payment, shop.state.stock], ['cancelled', 'released'])
})

test('a process that is to stop asks nothing more', async () => {
  const shop = world()
  const stopping: Patience = {
    isOver: () => false,
    assertRunning() {
      if (shop.calls.length === 2) throw new Error('stopping')
    },
  }
  await assert.rejects(run(shop, stopping), /stopping/)
  assert.deepEqual(shop.calls, ['reserve', 'authorize'])
  assert.deepEqual(await run(shop), completed)
})

const patient: Patience = { isOver: () => false, assertRunning() {} }

function run(shop: ReturnType<typeof world>, patience = patient): Promise<SagaOutcome> {
  return placeOrderSaga(saga, shop.remotes, shop.journal, patience)
}

type Faults = {
  refusals?: Partial<Record<string, StepResult>>
  /** How many calls of which remote fail. */
  away?: Partial<Record<string, number>>
  /** Failing calls have their effect all the same. */
  effectThough?: boolean
  /** Kill the process at the nth moment: before an effect, after it, after the journal. */
  killAt?: number
}

/** Three services that remember, a journal that survives, and a process that can be killed between any two of them. */
function world({ refusals = {}, away = {}, effectThough = false, killAt }: Faults = {}) {
  const state = { ...untouched }
  const results = new Map<string, StepResult>()
  const calls: string[] = []
  const left = { ...away }
  let points = 0
  let kill = killAt

  function point(): void {
    points++
    if (points !== kill) return
    kill = undefined
    throw new Error('killed')
  }

  /** Refusals happen before the effect; a forward effect never revives what was undone. */
  function remote(name: keyof Remotes, what: keyof typeof state, to: string) {
    return (): Promise<StepResult> =>
      Promise.resolve().then(() => {
        point()
        calls.push(name)
        const isAway = (left[name] ?? 0) > 0
        const refusal = refusals[name]
        const isUndone =
          (state[what] === 'released' || state[what] === 'cancelled') && !name.startsWith('cancel')
        if ((!isAway || effectThough) && refusal === undefined && !isUndone) state[what] = to
        if (isAway) {
          left[name] = left[name]! - 1
          throw new Error('away')
        }
        point()
        return refusal ?? (name === 'place' ? { outcome: 'done', orderToken: 'token' } : { outcome: 'done' })
      })
  }

  const undo = (name: keyof Remotes, what: keyof typeof state, to: string) => async () => {
    await remote(name, what, to)()
  }
  const remotes: Remotes = {
    reserve: remote('reserve', 'stock', 'held'),
    release: undo('release', 'stock', 'released'),
    authorize: remote('authorize', 'payment', 'authorized'),
    cancelPayment: undo('cancelPayment', 'payment', 'cancelled'),
    place: remote('place', 'order', 'placed'),
    cancelOrder: undo('cancelOrder', 'order', 'cancelled'),
    confirmStock: remote('confirmStock', 'stock', 'confirmed'),
    capture: remote('capture', 'payment', 'captured'),
  }
  const journal: Journal = {
    find: (step) => Promise.resolve(results.get(step)),
    record: (step, result) =>
      Promise.resolve().then(() => {
        if (!results.has(step)) results.set(step, result)
        point()
        return results.get(step)!
      }),
  }
  return {
    state,
    calls,
    remotes,
    journal,
    get points() {
      return points
    },
    killAfter(more: number) {
      kill = points + more
    },
  }
}
