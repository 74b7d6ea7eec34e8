import type { ServiceDefinition } from '../../../platform/service.ts'
import { catalogStore } from './postgres.ts'
import { remember } from './remember.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

// Every page of the shop shows the categories, and counting their products reads the whole index.
const CATEGORIES_FOR_MS = 5_000

export const catalogService: ServiceDefinition = {
  name: 'catalog-service',
  database: 'catalog',
  folder: new URL('..', import.meta.url),
  start({ db, outbox }) {
    const store = catalogStore(db, outbox)
    return {
      handlers: routes({ ...store, listCategories: remember(store.listCategories, CATEGORIES_FOR_MS) }),
      subscriptions,
    }
  },
}
