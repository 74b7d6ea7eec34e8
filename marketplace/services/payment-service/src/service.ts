import type { ServiceDefinition } from '../../../platform/service.ts'
import { routes } from './routes.ts'
import { stripeClient } from './stripe-provider.ts'

export const paymentService: ServiceDefinition = {
  name: 'payment-service',
  database: 'payment',
  folder: new URL('..', import.meta.url),
  start: ({ environment, db, outbox, clock, log }) => ({
    handlers: routes({ environment, db, outbox, clock, log, stripe: stripeClient(environment) }),
  }),
}
