import { ShopError } from '../../../platform/errors.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import { declined, type Ports } from './authorize-payment.ts'
import type { Payment } from './payment.ts'

/** Takes the held amount and books it. Asked again, it answers what is already so. */
export async function capturePayment({ provider, books }: Ports, paymentId: string): Promise<Payment> {
  const payment = await books.find(paymentId)
  if (payment === undefined)
    throw new ShopError('payment-not-found', { paymentId }, 'Authorise it first.', 404)
  if (payment.status === 'captured') return payment
  if (payment.status !== 'authorized')
    throw new ShopError(
      'payment-not-authorized',
      { paymentId, paymentStatus: payment.status },
      `It is ${payment.status}.`,
      409,
    )
  const answer = await provider.capture(payment)
  failPoint('payment:after-provider')
  if (answer.outcome === 'refused') {
    await books.settle(paymentId, [{ type: 'cancelled', refundedCents: 0 }])
    throw declined(answer.declineCode)
  }
  const settled = await books.settle(paymentId, [{ type: 'captured' }])
  failPoint('payment:after-commit')
  return settled
}
