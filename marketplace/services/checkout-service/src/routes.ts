import type { Database } from '../../../platform/db/database.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Caller } from '../../../platform/http/caller.ts'
import type { Client } from '../../../platform/http/client.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import { newId } from '../../../platform/ids.ts'
import type { Operations as CartOperations } from '../../cart-service/contracts/api.ts'
import type { Operations as CatalogOperations } from '../../catalog-service/contracts/api.ts'
import type { CheckoutFailure, Operations } from '../contracts/api.ts'
import { checkoutBody, withAddress, withShipping } from './checkout.ts'
import { placeCheckout, type Ports as PlacePorts } from './place-checkout.ts'
import type { Saga } from './place-order-saga.ts'
import { changeCheckout, createCheckout, findCheckout } from './postgres.ts'
import type { SagaRunner } from './saga-runner.ts'
import { startCheckout, type Ports as StartPorts } from './start-checkout.ts'

type World = {
  readonly db: Database
  readonly clock: () => Date
  readonly cart: Client<CartOperations>
  readonly catalog: Client<CatalogOperations>
  readonly runner: SagaRunner
  /** Writes the attempt and hands it to the runner. */
  begin: (saga: Saga) => Promise<'begun' | 'busy' | 'cart-taken'>
}

const WAIT_MS = 8_000 // then the buyer's page asks again instead of holding a connection

export function routes({ db, clock, cart, catalog, runner, begin }: World): Handlers<Operations> {
  const starting: StartPorts = {
    find: (checkoutId) => findCheckout(db, checkoutId),
    create: (checkout) => createCheckout(db, checkout),
    async cart(cartId) {
      const answer = await cart.getCart({ params: { cartId } })
      return answer.status === 200 ? answer.body.data : undefined
    },
    now: clock,
  }
  const placing: PlacePorts = {
    find: starting.find,
    async prices(skus) {
      const answer = await catalog.lookupProducts({ body: { skus: [...skus] } })
      if (answer.status !== 200) throw new Error(`lookupProducts answered ${answer.status}.`)
      return new Map(answer.body.data.map(({ sku, priceCents }) => [sku, priceCents]))
    },
    async keepPrices({ checkoutId, groups }) {
      await changeCheckout(db, checkoutId, (now) => (now.status === 'open' ? { ...now, groups } : now))
    },
    begin,
    newId,
  }

  return {
    async startCheckout({ body, caller }) {
      return {
        status: 201,
        body: { data: checkoutBody(await startCheckout(starting, body, buyerOf(caller))) },
      }
    },

    async getCheckout({ params: { checkoutId } }) {
      const checkout = await findCheckout(db, checkoutId)
      if (checkout === undefined)
        throw new ShopError('checkout-not-found', {}, 'Start a checkout from the cart.', 404)
      return { status: 200, body: { data: checkoutBody(checkout) } }
    },

    async setAddress({ params: { checkoutId }, body }) {
      const changed = await changeCheckout(db, checkoutId, (checkout) => withAddress(checkout, body))
      return { status: 200, body: { data: checkoutBody(changed) } }
    },

    async setShipping({ params: { checkoutId }, body }) {
      const changed = await changeCheckout(db, checkoutId, (checkout) => withShipping(checkout, body))
      return { status: 200, body: { data: checkoutBody(changed) } }
    },

    async placeCheckout({ params: { checkoutId }, body, caller }) {
      const placed = await placeCheckout(placing, checkoutId, body, buyerOf(caller))
      const outcome =
        placed.outcome === 'completed' ? placed : await runner.outcome(checkoutId, placed.attempt, WAIT_MS)
      if (outcome === undefined) return { status: 202, body: { data: { checkoutId, status: 'processing' } } }
      if (outcome.outcome === 'refused') throw refusal(outcome.failure)
      const { orderId, orderToken } = outcome
      return { status: 200, body: { data: { checkoutId, status: 'completed', orderId, orderToken } } }
    },
  }
}

function buyerOf(caller: Caller): string | undefined {
  return caller.kind === 'buyer' ? caller.userId : undefined
}

const STATUS: Readonly<Record<CheckoutFailure['code'], number>> = {
  'payment-declined': 402,
  'sold-out': 409,
  'service-unavailable': 503,
}

function refusal({ code, message, ...details }: CheckoutFailure): ShopError {
  return new ShopError(code, details, message, STATUS[code])
}
