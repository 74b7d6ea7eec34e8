import type {
  PaymentPaymentAuthorized,
  PaymentPaymentCancelled,
  PaymentPaymentCaptured,
  PaymentPaymentDeclined,
} from '../contracts/events.ts'
import type { Payment } from './payment.ts'

export type Published = Pick<
  PaymentPaymentAuthorized | PaymentPaymentCaptured | PaymentPaymentCancelled | PaymentPaymentDeclined,
  'eventType' | 'data'
>

/** What others are told once a payment has come into its status; nothing about one nobody asked for. */
export function publishedEvent(payment: Payment, at: Date): Published | undefined {
  const { paymentId, orderId, amountCents, currency } = payment
  if (orderId === undefined) return undefined
  const common = { paymentId, orderId, amountCents, currency }
  const when = at.toISOString()
  const splits = payment.splits.map(({ sellerId, amountCents, commissionCents }) => ({
    sellerId,
    amountCents,
    commissionCents,
  }))
  switch (payment.status) {
    case 'authorized':
      return { eventType: 'payment.payment.authorized', data: { ...common, splits, authorizedAt: when } }
    case 'captured':
      return { eventType: 'payment.payment.captured', data: { ...common, splits, capturedAt: when } }
    case 'cancelled':
      return {
        eventType: 'payment.payment.cancelled',
        data: { ...common, refundedCents: payment.refundedCents, cancelledAt: when },
      }
    case 'declined':
      return {
        eventType: 'payment.payment.declined',
        data: { ...common, declineCode: payment.declineCode ?? 'unknown', declinedAt: when },
      }
    case 'pending':
      return undefined
  }
}
