import type { ServiceDefinition } from '../../../platform/service.ts'
import { stockStore } from './postgres.ts'
import { routes } from './routes.ts'

const EXPIRE_EVERY_MS = 1_000

export const inventoryService: ServiceDefinition = {
  name: 'inventory-service',
  database: 'inventory',
  folder: new URL('..', import.meta.url),
  start({ db, outbox, clock }) {
    const store = stockStore(db, outbox)
    return {
      handlers: routes({ ...store, now: clock }),
      background: [
        { name: 'expired reservations', everyMs: EXPIRE_EVERY_MS, run: () => store.expireDue(clock()) },
      ],
    }
  },
}
