import { randomUUID } from 'node:crypto'
import type { ServiceDefinition } from '../../../platform/service.ts'
import { lookUpPorts } from './look-up.ts'
import { cartStore } from './postgres.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

const DAY_MS = 24 * 3_600_000
const IDLE_DAYS = 90

export const cartService: ServiceDefinition = {
  name: 'cart-service',
  database: 'cart',
  folder: new URL('..', import.meta.url),
  start({ environment, db, clock }) {
    const store = cartStore(db, clock)
    return {
      // Random all over, unlike our other ids: whoever knows the id of a cart may use it.
      handlers: routes({ ...store, ...lookUpPorts(environment), newCartId: randomUUID }),
      subscriptions,
      background: [
        {
          name: 'idle carts',
          everyMs: DAY_MS,
          run: () => store.deleteIdle(new Date(clock().getTime() - IDLE_DAYS * DAY_MS)),
        },
      ],
    }
  },
}
