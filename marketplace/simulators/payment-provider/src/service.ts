import { runInBackground } from '../../../platform/background.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { paymentPages } from './pages.ts'
import { stripeApi } from './routes.ts'

/** Stands in for Stripe: the same HTTP, so that the official SDK is what runs and what is tested. */
export const paymentProvider: ServiceDefinition = {
  name: 'payment-provider',
  database: 'payment_simulator',
  folder: new URL('..', import.meta.url),
  start({ environment, db, clock, log }) {
    const { apiKey, webhookUrl, webhookSecret } = environment.paymentProvider
    const deliveries = runInBackground(
      {
        name: 'webhook delivery',
        everyMs: 500,
        run: () => deliverWebhooks(db, { url: webhookUrl, secret: webhookSecret }, clock),
      },
      log,
    )
    return {
      async extend(app) {
        await app.register(stripeApi({ db, apiKey, clock, log, onEvents: () => deliveries.wake() }), {
          prefix: '/v1',
        })
        await app.register(paymentPages(db))
      },
      stop: () => deliveries.stop(),
    }
  },
}
