import { failPoint } from '../../../platform/fail-point.ts'
import type { Books, Ports } from './authorize-payment.ts'
import type { News, Payment } from './payment.ts'

/** Ends with no money held or kept, whatever had happened. Resolves to the payment, cancelled or declined. */
export async function cancelPayment({ provider, books }: Ports, paymentId: string): Promise<Payment> {
  const found = await books.find(paymentId)
  if (found === undefined)
    return await books.open(neverAskedFor(paymentId)).then((opened) => settleOpened(opened))
  return await settleOpened(found)

  async function settleOpened(payment: Payment): Promise<Payment> {
    switch (payment.status) {
      case 'cancelled':
      case 'declined':
        return payment
      case 'pending': {
        // Nobody knows whether the provider was reached. Asking once more under the same key tells, and holds nothing twice.
        return await settleOpened(await books.settle(paymentId, [await provider.authorize(payment)]))
      }
      case 'authorized':
      case 'captured':
        return await release(payment)
    }
  }

  async function release(payment: Payment): Promise<Payment> {
    const { refundedCents } = await provider.release(payment)
    failPoint('payment:after-provider')
    // If money came back that we did not know was taken, our commit of the capture was lost: book both.
    const news: News[] = [
      ...(refundedCents > 0 ? [{ type: 'captured' } as const] : []),
      { type: 'cancelled', refundedCents },
    ]
    const settled = await books.settle(paymentId, news)
    failPoint('payment:after-commit')
    return settled
  }
}

/** A tombstone: an authorisation that was under way when its saga gave up must find it and stop. */
function neverAskedFor(paymentId: string): Parameters<Books['open']>[0] {
  return {
    paymentId,
    orderId: undefined,
    status: 'cancelled',
    amountCents: 0,
    refundedCents: 0,
    currency: 'EUR',
    paymentMethod: '',
    providerReference: undefined,
    declineCode: undefined,
    splits: [],
  }
}
