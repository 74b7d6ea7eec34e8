import assert from 'node:assert/strict'
import test from 'node:test'
import { ShopError } from '../../../platform/errors.ts'
import type { AuthorizePayment } from '../contracts/api.ts'
import { authorizePayment, type Ports } from './authorize-payment.ts'
import { cancelPayment } from './cancel-payment.ts'
import { capturePayment } from './capture-payment.ts'
import { apply, type Payment } from './payment.ts'

const paymentId = '0197a1c3-0b50-7a10-9c3e-0d2f4b6a8c1e'
const command: AuthorizePayment = {
  paymentId,
  orderId: '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44',
  amountCents: 3470,
  currency: 'EUR',
  paymentMethod: 'pm_card_visa',
  splits: [{ sellerId: '8d8ac610-566d-4ef0-9c22-186b2a5ed793', goodsCents: 2980, shippingCents: 490 }],
}

// payment-service/001#FR-002
test('asking twice holds once', async () => {
  const world = shop()
  await authorizePayment(world, command)
  assert.equal((await authorizePayment(world, command)).status, 'authorized')
  assert.deepEqual(world.provider.calls, ['authorize'])
})

test('a decline stays a decline', async () => {
  const world = shop()
  const declined = { ...command, paymentMethod: 'pm_card_visa_chargeDeclined' }
  for (let i = 0; i < 2; i++)
    await assert.rejects(
      authorizePayment(world, declined),
      hasCode('payment-declined', { declineCode: 'generic_decline' }),
    )
  assert.deepEqual(world.provider.calls, ['authorize'])
})

test('the same id for another payment is refused, also when only the split differs', async () => {
  const world = shop()
  await authorizePayment(world, command)
  const split = command.splits[0]!
  const others: Partial<AuthorizePayment>[] = [
    { paymentMethod: 'pm_card_mastercard' },
    { splits: [{ ...split, goodsCents: 2979, shippingCents: 491 }] },
  ]
  for (const other of others)
    await assert.rejects(authorizePayment(world, { ...command, ...other }), hasCode('payment-id-taken'))
})

test('splits that miss a cent are refused before anybody is asked', async () => {
  const world = shop()
  await assert.rejects(
    authorizePayment(world, { ...command, amountCents: 3471 }),
    hasCode('splits-do-not-add-up'),
  )
  assert.equal(world.kept.size, 0)
})

test('a crash between the provider and our commit is mended by asking again', async () => {
  const world = shop()
  world.failNextSettle = true
  await assert.rejects(authorizePayment(world, command), /power cut/)
  assert.equal(world.kept.get(paymentId)?.status, 'pending')
  assert.equal((await authorizePayment(world, command)).status, 'authorized')
  assert.equal(world.provider.held, 1)
})

test('capturing takes the money once', async () => {
  const world = shop()
  await authorizePayment(world, command)
  await capturePayment(world, paymentId)
  assert.equal((await capturePayment(world, paymentId)).status, 'captured')
  assert.deepEqual(world.provider.calls, ['authorize', 'capture'])
})

test('only a held payment can be captured', async () => {
  const world = shop()
  await assert.rejects(capturePayment(world, paymentId), hasCode('payment-not-found'))
  await cancelPayment(world, paymentId)
  await assert.rejects(capturePayment(world, paymentId), hasCode('payment-not-authorized'))
})

test('a hold the provider let go by itself cannot be taken, and the payment ends cancelled', async () => {
  const world = shop()
  await authorizePayment(world, command)
  world.provider.expired = true
  await assert.rejects(capturePayment(world, paymentId), hasCode('payment-declined'))
  assert.equal(world.kept.get(paymentId)?.status, 'cancelled')
})

// payment-service/001#FR-005
test('cancelling lets a hold go and gives taken money back', async () => {
  const world = shop()
  await authorizePayment(world, command)
  assert.equal((await cancelPayment(world, paymentId)).refundedCents, 0)
  const paid = shop()
  await authorizePayment(paid, command)
  await capturePayment(paid, paymentId)
  assert.equal((await cancelPayment(paid, paymentId)).refundedCents, 3470)
  assert.deepEqual(await cancelPayment(paid, paymentId), paid.kept.get(paymentId))
  assert.deepEqual(paid.provider.calls, ['authorize', 'capture', 'release'])
})

test('cancelling what nobody asked for makes a late authorisation stop before the provider', async () => {
  const world = shop()
  assert.equal((await cancelPayment(world, paymentId)).status, 'cancelled')
  await assert.rejects(authorizePayment(world, command), hasCode('payment-cancelled'))
  assert.deepEqual(world.provider.calls, [])
})

test('cancelling after a crash in the middle of authorising leaves nothing held', async () => {
  const world = shop()
  world.failNextSettle = true
  await assert.rejects(authorizePayment(world, command), /power cut/)
  assert.equal((await cancelPayment(world, paymentId)).status, 'cancelled')
  assert.equal(world.provider.held, 0)
})

test('cancelling after a crash in the middle of capturing gives the money back', async () => {
  const world = shop()
  await authorizePayment(world, command)
  world.failNextSettle = true
  await assert.rejects(capturePayment(world, paymentId), /power cut/)
  const cancelled = await cancelPayment(world, paymentId)
  assert.deepEqual([cancelled.status, cancelled.refundedCents, world.provider.taken], ['cancelled', 3470, 0])
})

/** A provider and books in memory; both remember like the real ones. */
function shop() {
  const kept = new Map<string, Payment>()
  const provider = { calls: [] as string[], held: 0, taken: 0, expired: false, asked: false }
  const world = { kept, provider, failNextSettle: false }
  const ports: Ports = {
    provider: {
      authorize(payment) {
        provider.calls.push('authorize')
        if (payment.paymentMethod.endsWith('Declined'))
          return Promise.resolve({ type: 'declined', declineCode: 'generic_decline', reference: 'pi_1' })
        if (!provider.asked) provider.held++
        provider.asked = true
        return Promise.resolve({ type: 'authorized', reference: 'pi_1' })
      },
      capture() {
        provider.calls.push('capture')
        if (provider.expired)
          return Promise.resolve({ outcome: 'refused', declineCode: 'authorization_expired' })
        provider.held = 0
        provider.taken = 3470
        return Promise.resolve({ outcome: 'captured' })
      },
      release() {
        provider.calls.push('release')
        const refundedCents = provider.taken
        provider.held = provider.taken = 0
        return Promise.resolve({ refundedCents })
      },
    },
    books: {
      find: (id) => Promise.resolve(kept.get(id)),
      open(payment) {
        if (!kept.has(payment.paymentId)) kept.set(payment.paymentId, payment)
        return Promise.resolve(kept.get(payment.paymentId)!)
      },
      settle(id, news) {
        if (world.failNextSettle) {
          world.failNextSettle = false
          return Promise.reject(new Error('power cut'))
        }
        for (const item of news) kept.set(id, apply(kept.get(id)!, item) ?? kept.get(id)!)
        return Promise.resolve(kept.get(id)!)
      },
    },
  }
  return Object.assign(world, { provider: Object.assign(provider, ports.provider), books: ports.books })
}

function hasCode(code: string, details?: object) {
  return (error: unknown) => {
    assert.ok(error instanceof ShopError)
    if (details) assert.deepEqual(error.details, details)
    return error.code === code
  }
}
