import { isDeepStrictEqual } from 'node:util'
import { ShopError } from '../../../platform/errors.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import type { AuthorizePayment } from '../contracts/api.ts'
import { withCommission, type News, type Payment } from './payment.ts'

/** The provider as we need it. Every call is idempotent by the payment; it throws ShopError when nobody answers. */
export type Provider = {
  authorize(payment: Payment): Promise<News & { type: 'authorized' | 'declined' }>
  /** Takes the whole held amount. */
  capture(payment: Payment): Promise<{ outcome: 'captured' } | { outcome: 'refused'; declineCode: string }>
  /** Lets the held amount go, or gives the taken amount back. */
  release(payment: Payment): Promise<{ refundedCents: number }>
}

export type Books = {
  find(paymentId: string): Promise<Payment | undefined>
  /** Writes the payment, or resolves to the one that is there under this id. */
  open(payment: Payment): Promise<Payment>
  /** Applies the news in one transaction with bookings and events; resolves to the payment afterwards. */
  settle(paymentId: string, news: readonly News[]): Promise<Payment>
}

export type Ports = { provider: Provider; books: Books }

/** Holds the amount. Asked again, it finds the first outcome; a decline and a cancellation are refusals. */
export async function authorizePayment(
  { provider, books }: Ports,
  command: AuthorizePayment,
): Promise<Payment> {
  const { paymentId, orderId, amountCents, currency, paymentMethod } = command
  const splits = withCommission(command.splits)
  if (splits.reduce((sum, split) => sum + split.amountCents, 0) !== amountCents)
    throw new ShopError('splits-do-not-add-up', { paymentId }, 'The splits must sum to amountCents.')

  const wanted = { orderId, amountCents, currency, paymentMethod, splits }
  // Written before the provider is asked: whoever comes after a crash knows what was wanted and asks the same again.
  const opened = await books.open({
    ...wanted,
    paymentId,
    status: 'pending',
    refundedCents: 0,
    providerReference: undefined,
    declineCode: undefined,
  })
  if (opened.orderId !== undefined && !isSame(opened, wanted))
    throw new ShopError('payment-id-taken', { paymentId }, 'Choose a new paymentId for another payment.')

  const payment = opened.status === 'pending' ? await ask({ provider, books }, opened) : opened
  if (payment.status === 'declined') throw declined(payment.declineCode)
  if (payment.status === 'cancelled')
    throw new ShopError('payment-cancelled', { paymentId }, 'It was cancelled; start another payment.', 409)
  return payment
}

async function ask({ provider, books }: Ports, payment: Payment): Promise<Payment> {
  const answer = await provider.authorize(payment)
  failPoint('payment:after-provider')
  const settled = await books.settle(payment.paymentId, [answer])
  failPoint('payment:after-commit')
  return settled
}

export function declined(declineCode: string | undefined): ShopError {
  const details = declineCode === undefined ? {} : { declineCode }
  return new ShopError('payment-declined', details, 'Choose another payment method.', 402)
}

type Wanted = Pick<Payment, 'orderId' | 'amountCents' | 'currency' | 'paymentMethod' | 'splits'>

function isSame(payment: Payment, wanted: Wanted): boolean {
  const { orderId, amountCents, currency, paymentMethod, splits } = payment
  const bySeller = (list: Wanted['splits']) => list.toSorted((a, b) => (a.sellerId < b.sellerId ? -1 : 1))
  return isDeepStrictEqual(
    { orderId, amountCents, currency, paymentMethod, splits: bySeller(splits) },
    { ...wanted, splits: bySeller(wanted.splits) },
  )
}
