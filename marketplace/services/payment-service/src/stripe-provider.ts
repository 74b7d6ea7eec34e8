import Stripe from 'stripe'
import type { Environment } from '../../../platform/environment.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Provider } from './authorize-payment.ts'
import type { Payment } from './payment.ts'

const TIMEOUT_MS = 4_000 // below the 5 s our own callers wait

/** The official SDK, pointed at where this installation's provider is: Stripe itself, or the simulator. */
export function stripeClient({ paymentProvider }: Environment): Stripe {
  const { protocol, hostname, port } = new URL(paymentProvider.url)
  return new Stripe(paymentProvider.apiKey, {
    host: hostname,
    protocol: protocol === 'http:' ? 'http' : 'https',
    ...(port !== '' && { port: Number(port) }),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 0, // the saga retries; two levels would multiply
    telemetry: false,
  })
}

/** Cards with manual capture. Idempotency keys are made of the payment's id, so a retry finds the first answer. */
export function stripeProvider(stripe: Stripe): Provider {
  return {
    async authorize(payment) {
      const { paymentId, orderId, amountCents, currency, paymentMethod } = payment
      try {
        const intent = await stripe.paymentIntents.create(
          {
            amount: amountCents,
            currency: currency.toLowerCase(),
            capture_method: 'manual',
            confirm: true,
            payment_method: paymentMethod,
            allowed_payment_method_types: ['card'],
            transfer_group: orderId ?? paymentId,
            metadata: { paymentId, ...(orderId !== undefined && { orderId }) },
          },
          { idempotencyKey: `${paymentId}:authorize` },
        )
        return { type: 'authorized', reference: intent.id }
      } catch (error) {
        if (error instanceof Stripe.errors.StripeCardError)
          return {
            type: 'declined',
            declineCode: error.decline_code ?? error.code ?? 'card_declined',
            reference: error.payment_intent?.id,
          }
        // A method the provider does not know is the buyer's to change, like a declined one.
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'payment_method')
          return { type: 'declined', declineCode: 'invalid_payment_method', reference: undefined }
        throw unanswered(error)
      }
    },

    async capture(payment) {
      try {
        await stripe.paymentIntents.capture(
          referenceOf(payment),
          {},
          { idempotencyKey: `${payment.paymentId}:capture` },
        )
        return { outcome: 'captured' }
      } catch (error) {
        if (error instanceof Stripe.errors.StripeCardError)
          return { outcome: 'refused', declineCode: error.decline_code ?? error.code ?? 'card_declined' }
        const status = stateInTheWay(error)
        if (status === 'succeeded') return { outcome: 'captured' } // an earlier call of ours got there
        if (status === 'canceled') return { outcome: 'refused', declineCode: 'authorization_expired' }
        throw unanswered(error)
      }
    },

    async release(payment) {
      const { paymentId, amountCents } = payment
      const reference = referenceOf(payment)
      try {
        await stripe.paymentIntents.cancel(reference, {}, { idempotencyKey: `${paymentId}:cancel` })
        return { refundedCents: 0 }
      } catch (error) {
        const status = stateInTheWay(error)
        if (status === 'canceled') return { refundedCents: 0 }
        if (status !== 'succeeded') throw unanswered(error)
      }
      try {
        await stripe.refunds.create(
          { payment_intent: reference, amount: amountCents },
          { idempotencyKey: `${paymentId}:refund` },
        )
      } catch (error) {
        if ((error as { code?: string }).code !== 'charge_already_refunded') throw unanswered(error)
      }
      return { refundedCents: amountCents }
    },
  }
}

function referenceOf({ paymentId, providerReference }: Payment): string {
  if (providerReference === undefined)
    throw new Error(`Payment ${paymentId} has no reference at the provider.`)
  return providerReference
}

/** The status that made the provider refuse, if that was the reason. */
function stateInTheWay(error: unknown): string | undefined {
  const refused = error instanceof Stripe.errors.StripeInvalidRequestError
  return refused && error.code === 'payment_intent_unexpected_state'
    ? error.payment_intent?.status
    : undefined
}

/** Errors after which nobody knows what happened become a 503 that may be tried again; anything else is our bug. */
function unanswered(error: unknown): unknown {
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors
  const isTransient =
    error instanceof StripeConnectionError ||
    error instanceof StripeAPIError ||
    error instanceof StripeRateLimitError
  return isTransient
    ? new ShopError('provider-unavailable', {}, 'The payment provider did not answer. Try again.', 503)
    : error
}
