import type Stripe from 'stripe'
import type { Environment } from '../../../platform/environment.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { Log } from '../../../platform/log.ts'
import type { Operations, Payment as PaymentBody } from '../contracts/api.ts'
import { authorizePayment, type Ports } from './authorize-payment.ts'
import { cancelPayment } from './cancel-payment.ts'
import { capturePayment } from './capture-payment.ts'
import type { Payment } from './payment.ts'
import { books, findPayment, ledgerOf, type World } from './postgres.ts'
import { receiveProviderEvent } from './receive-provider-event.ts'
import { stripeProvider } from './stripe-provider.ts'

type RouteWorld = World & { environment: Environment; stripe: Stripe; log: Log }

export function routes(world: RouteWorld): Handlers<Operations> {
  const { db, environment, stripe } = world
  const ports: Ports = { provider: stripeProvider(stripe), books: books(world) }
  return {
    async authorizePayment({ body }) {
      return { status: 201, body: { data: await paymentBody(await authorizePayment(ports, body)) } }
    },

    async capturePayment({ params: { paymentId } }) {
      return { status: 200, body: { data: await paymentBody(await capturePayment(ports, paymentId)) } }
    },

    async cancelPayment({ params: { paymentId } }) {
      const { status, refundedCents } = await cancelPayment(ports, paymentId)
      const ended = status === 'declined' ? status : 'cancelled'
      return { status: 200, body: { data: { paymentId, status: ended, refundedCents } } }
    },

    async getPayment({ params: { paymentId } }) {
      const payment = await findPayment(db, paymentId)
      if (payment === undefined)
        throw new ShopError('payment-not-found', { paymentId }, 'Authorise it first.', 404)
      return { status: 200, body: { data: await paymentBody(payment) } }
    },

    async receiveProviderEvent({ rawBody, headers }) {
      const signature = headers['stripe-signature']
      await receiveProviderEvent(
        { ...world, secret: environment.paymentProvider.webhookSecret },
        { rawBody, signature: typeof signature === 'string' ? signature : '' },
      )
      return { status: 200, body: { data: { received: true } } }
    },
  }

  async function paymentBody(payment: Payment): Promise<PaymentBody> {
    const { paymentId, orderId, status, amountCents, refundedCents, currency } = payment
    const { providerReference, declineCode } = payment
    if (orderId === undefined)
      throw new ShopError(
        'payment-not-found',
        { paymentId },
        'It was cancelled before it was asked for.',
        404,
      )
    return {
      paymentId,
      orderId,
      status,
      amountCents,
      refundedCents,
      currency,
      ...(providerReference !== undefined && { providerReference }),
      ...(declineCode !== undefined && { declineCode }),
      splits: [...payment.splits],
      entries: await ledgerOf(db, paymentId),
    }
  }
}
