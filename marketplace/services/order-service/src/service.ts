import type { ServiceDefinition } from '../../../platform/service.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

export const orderService: ServiceDefinition = {
  name: 'order-service',
  database: 'orders',
  folder: new URL('..', import.meta.url),
  start: ({ db, outbox, clock, log }) => ({
    handlers: routes({ db, outbox, clock }),
    subscriptions: subscriptions({ outbox, clock, log }),
  }),
}
