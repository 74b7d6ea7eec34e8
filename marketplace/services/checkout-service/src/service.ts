import { client } from '../../../platform/http/client.ts'
import { newId } from '../../../platform/ids.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import {
  contract as cartContract,
  type Operations as CartOperations,
} from '../../cart-service/contracts/api.ts'
import {
  contract as catalogContract,
  type Operations as CatalogOperations,
} from '../../catalog-service/contracts/api.ts'
import {
  contract as inventoryContract,
  type Operations as InventoryOperations,
} from '../../inventory-service/contracts/api.ts'
import {
  contract as orderContract,
  type Operations as OrderOperations,
} from '../../order-service/contracts/api.ts'
import {
  contract as paymentContract,
  type Operations as PaymentOperations,
} from '../../payment-service/contracts/api.ts'
import { remotes } from './remotes.ts'
import { routes } from './routes.ts'
import { createSagaRunner, LEASE_MS } from './saga-runner.ts'
import { beginSaga, sagaStore } from './saga-store.ts'

const NAME = 'checkout-service'

export const checkoutService: ServiceDefinition = {
  name: NAME,
  database: 'checkout',
  folder: new URL('..', import.meta.url),
  start({ environment, db, outbox, clock, log }) {
    const owner = newId() // of this process's life: after a restart its old attempts are somebody else's
    const runner = createSagaRunner({
      owner,
      store: sagaStore({ db, outbox, clock }),
      remotes: remotes({
        inventory: client<InventoryOperations>(environment, NAME, inventoryContract),
        payment: client<PaymentOperations>(environment, NAME, paymentContract),
        order: client<OrderOperations>(environment, NAME, orderContract),
      }),
      clock,
      log,
    })
    return {
      handlers: routes({
        db,
        clock,
        cart: client<CartOperations>(environment, NAME, cartContract),
        catalog: client<CatalogOperations>(environment, NAME, catalogContract),
        runner,
        async begin(saga) {
          const begun = await beginSaga({ db, clock }, saga, { owner, leaseMs: LEASE_MS })
          if (begun === 'begun') runner.start(saga, clock())
          return begun
        },
      }),
      background: [
        { name: 'abandoned sagas', everyMs: 1_000, run: () => runner.resumeAbandoned() },
        { name: 'saga leases', everyMs: LEASE_MS / 4, run: () => runner.renewLeases() },
      ],
      stop: () => runner.stop(),
    }
  },
}
