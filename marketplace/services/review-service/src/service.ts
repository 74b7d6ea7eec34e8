import type { ServiceDefinition } from '../../../platform/service.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

export const reviewService: ServiceDefinition = {
  name: 'review-service',
  database: 'review',
  folder: new URL('..', import.meta.url),
  start: (context) => ({ handlers: routes(context), subscriptions }),
}
