import type { FormObject } from './form.ts'
import {
  cancel,
  capture,
  confirm,
  createPaymentIntent,
  declinedError,
  refund,
  type Moment,
  type PaymentIntent,
  type Refund,
} from './payment-intent.ts'
import {
  metadataOf,
  onlyKnown,
  optionalText,
  optionalWhole,
  paymentMethodOf,
  requiredAmount,
  requiredCurrency,
  requiredText,
} from './read-parameters.ts'
import { invalidRequest, noSuch } from './stripe-error.ts'

/** What the operations need of the world, inside one transaction. */
export type Store = {
  /** Locks the intent until the transaction ends. */
  lockIntent(id: string): Promise<PaymentIntent | undefined>
  saveIntent(intent: PaymentIntent): Promise<void>
  refundedAmount(intentId: string): Promise<number>
  saveRefund(refund: Refund): Promise<void>
  /** Queues an event for the webhook. */
  emit(type: string, object: PaymentIntent | Refund): Promise<void>
  moment(): Moment
}

export type Answer = { readonly status: number; readonly body: unknown }

/** An operation that changes something. `id` is the last id in the path, or '' when the path has none. */
export type Operation = (store: Store, id: string, form: FormObject) => Promise<Answer>

const CREATE = [
  'allowed_payment_method_types',
  'amount',
  'automatic_payment_methods',
  'capture_method',
  'confirm',
  'currency',
  'description',
  'metadata',
  'off_session',
  'payment_method',
  'return_url',
  'transfer_group',
]

export const createIntent: Operation = async (store, _id, form) => {
  onlyKnown(form, CREATE)
  const captureMethod = optionalText(form, 'capture_method') ?? 'automatic'
  if (captureMethod !== 'automatic' && captureMethod !== 'manual')
    throw invalidRequest('Invalid capture_method: must be one of automatic, manual', 'capture_method')
  const intent = createPaymentIntent(
    {
      amount: requiredAmount(form),
      currency: requiredCurrency(form),
      captureMethod,
      description: optionalText(form, 'description'),
      metadata: metadataOf(form),
      paymentMethod: paymentMethodOf(form),
      transferGroup: optionalText(form, 'transfer_group'),
    },
    store.moment(),
  )
  await store.saveIntent(intent)
  await store.emit('payment_intent.created', intent)
  return form['confirm'] === 'true' ? await ask(store, intent, null) : ok(intent)
}

export const confirmIntent: Operation = async (store, id, form) => {
  onlyKnown(form, ['payment_method', 'off_session', 'return_url'])
  return await ask(store, await existing(store, id), paymentMethodOf(form))
}

export const captureIntent: Operation = async (store, id, form) => {
  onlyKnown(form, ['amount_to_capture', 'metadata'])
  const taken = capture(await existing(store, id), optionalWhole(form, 'amount_to_capture'))
  await store.saveIntent(taken)
  await store.emit('payment_intent.succeeded', taken)
  return ok(taken)
}

export const cancelIntent: Operation = async (store, id, form) => {
  onlyKnown(form, ['cancellation_reason'])
  const canceled = cancel(
    await existing(store, id),
    optionalText(form, 'cancellation_reason'),
    store.moment(),
  )
  await store.saveIntent(canceled)
  await store.emit('payment_intent.canceled', canceled)
  return ok(canceled)
}

export const createRefund: Operation = async (store, _id, form) => {
  onlyKnown(form, ['amount', 'metadata', 'payment_intent', 'reason'])
  const intent = await existing(store, requiredText(form, 'payment_intent'), 'payment_intent')
  const wanted = {
    amount: optionalWhole(form, 'amount'),
    reason: optionalText(form, 'reason'),
    metadata: metadataOf(form),
  }
  const made = refund(intent, wanted, await store.refundedAmount(intent.id), store.moment())
  await store.saveRefund(made)
  await store.emit('refund.created', made)
  return ok(made)
}

/** Confirms; a decline is kept with the intent and answered as 402. */
async function ask(store: Store, intent: PaymentIntent, paymentMethod: string | null): Promise<Answer> {
  const after = confirm(intent, paymentMethod, store.moment())
  await store.saveIntent(after)
  if (after.last_payment_error !== null && after.status === 'requires_payment_method') {
    await store.emit('payment_intent.payment_failed', after)
    const { status, body } = declinedError(after)
    return { status, body: { error: body } }
  }
  await store.emit(
    after.status === 'succeeded' ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated',
    after,
  )
  return ok(after)
}

async function existing(store: Store, id: string, param = 'intent'): Promise<PaymentIntent> {
  const intent = await store.lockIntent(id)
  if (intent === undefined) throw noSuch('payment_intent', id, param)
  return intent
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}
