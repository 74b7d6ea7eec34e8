import { declineOf } from './payment-methods.ts'
import { StripeError, invalidRequest } from './stripe-error.ts'

// The PaymentIntent as Stripe's API describes it (https://docs.stripe.com/api/payment_intents/object), reduced to the
// members a shop with cards and manual capture meets. Pure: time and ids come in as arguments.

export type PaymentIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'

export type PaymentIntent = {
  readonly id: string
  readonly object: 'payment_intent'
  readonly allowed_payment_method_types: readonly string[]
  readonly amount: number
  readonly amount_capturable: number
  readonly amount_received: number
  readonly canceled_at: number | null
  readonly cancellation_reason: string | null
  readonly capture_method: 'automatic' | 'manual'
  readonly client_secret: string
  readonly created: number
  readonly currency: string
  readonly description: string | null
  readonly last_payment_error: LastPaymentError | null
  readonly latest_charge: string | null
  readonly livemode: false
  readonly metadata: Readonly<Record<string, string>>
  readonly payment_method: string | null
  readonly payment_method_types: readonly string[]
  readonly status: PaymentIntentStatus
  readonly transfer_group: string | null
}

export type LastPaymentError = {
  readonly type: 'card_error'
  readonly code: string
  readonly decline_code?: string
  readonly message: string
  readonly charge: string
}

export type Refund = {
  readonly id: string
  readonly object: 'refund'
  readonly amount: number
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  readonly payment_intent: string
  readonly reason: string | null
  readonly status: 'succeeded'
}

export type NewPaymentIntent = {
  readonly amount: number
  readonly currency: string
  readonly captureMethod: 'automatic' | 'manual'
  readonly description: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly paymentMethod: string | null
  readonly transferGroup: string | null
}

export type Moment = { readonly id: string; readonly atS: number }

export function createPaymentIntent(wanted: NewPaymentIntent, { id, atS }: Moment): PaymentIntent {
  return {
    id: `pi_${id}`,
    object: 'payment_intent',
    allowed_payment_method_types: ['card'],
    amount: wanted.amount,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: wanted.captureMethod,
    client_secret: `pi_${id}_secret_${id.slice(-8)}`,
    created: atS,
    currency: wanted.currency,
    description: wanted.description,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: wanted.metadata,
    payment_method: wanted.paymentMethod,
    payment_method_types: ['card'],
    status: wanted.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    transfer_group: wanted.transferGroup,
  }
}

/** Asks the "bank". A declined intent wants another payment method; `declined` tells whether this happened. */
export function confirm(intent: PaymentIntent, paymentMethod: string | null, { id }: Moment): PaymentIntent {
  if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method')
    throw unexpectedState(intent, 'confirm')
  const method = paymentMethod ?? intent.payment_method
  if (method === null)
    throw invalidRequest(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      undefined,
      'payment_intent_unexpected_state',
    )
  const charge = `ch_${id}`
  const decline = declineOf(method)
  if (decline)
    return {
      ...intent,
      status: 'requires_payment_method',
      payment_method: null,
      latest_charge: charge,
      last_payment_error: { type: 'card_error', ...decline, charge },
    }
  const charged: PaymentIntent = {
    ...intent,
    payment_method: method,
    latest_charge: charge,
    last_payment_error: null,
  }
  return intent.capture_method === 'manual'
    ? { ...charged, status: 'requires_capture', amount_capturable: intent.amount }
    : { ...charged, status: 'succeeded', amount_received: intent.amount }
}

/** Takes `amount` of the held money (all of it when undefined); what is not taken goes back to the buyer. */
export function capture(intent: PaymentIntent, amount: number | undefined): PaymentIntent {
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture')
  const taken = amount ?? intent.amount_capturable
  if (taken < 1 || taken > intent.amount_capturable)
    throw invalidRequest(
      `The amount to capture (${taken}) must be between 1 and the amount capturable (${intent.amount_capturable}).`,
      'amount_to_capture',
      'amount_too_large',
    )
  return { ...intent, status: 'succeeded', amount_capturable: 0, amount_received: taken }
}

export function cancel(
  intent: PaymentIntent,
  reason: string | null,
  { atS }: Pick<Moment, 'atS'>,
): PaymentIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'cancel')
  return {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: atS,
    cancellation_reason: reason,
  }
}

/** `refundedBefore` is the sum of earlier refunds of this intent. */
export function refund(
  intent: PaymentIntent,
  wanted: { amount: number | undefined; reason: string | null; metadata: Readonly<Record<string, string>> },
  refundedBefore: number,
  { id, atS }: Moment,
): Refund {
  const left = intent.amount_received - refundedBefore
  if (intent.status !== 'succeeded' || intent.latest_charge === null)
    throw invalidRequest(
      'This PaymentIntent does not have a successful charge to refund.',
      'payment_intent',
      'payment_intent_unexpected_state',
    )
  if (left === 0)
    throw invalidRequest(
      `Charge ${intent.latest_charge} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    )
  const amount = wanted.amount ?? left
  if (amount < 1 || amount > left)
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      'amount',
    )
  return {
    id: `re_${id}`,
    object: 'refund',
    amount,
    charge: intent.latest_charge,
    created: atS,
    currency: intent.currency,
    metadata: wanted.metadata,
    payment_intent: intent.id,
    reason: wanted.reason,
    status: 'succeeded',
  }
}

/** The 402 that reports a declined confirmation. */
export function declinedError(intent: PaymentIntent): StripeError {
  const { charge, ...error } = intent.last_payment_error!
  return new StripeError(402, { ...error, charge, payment_intent: intent })
}

function unexpectedState(intent: PaymentIntent, verb: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intent,
  })
}
