import type { Subscription } from '../../../platform/events/consumer.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import type { Log } from '../../../platform/log.ts'
import type {
  PaymentPaymentCancelled,
  PaymentPaymentCaptured,
} from '../../payment-service/contracts/events.ts'
import { openStream } from './postgres.ts'
import { cancelUnpaidOrder, confirmPaidOrder } from './settle-order.ts'

type World = { outbox: Outbox; clock: () => Date; log: Log }

export function subscriptions({ outbox, clock, log }: World): Subscription[] {
  return [
    {
      eventType: 'payment.payment.captured',
      async handle(event, tx) {
        const { orderId, paymentId } = event.data as PaymentPaymentCaptured['data']
        const stream = await openStream(tx, outbox, orderId)
        const confirmed = await confirmPaidOrder({ stream, now: clock }, { orderId, paymentId })
        if (!confirmed) log.warn('payment captured for a cancelled order', { orderId, paymentId })
      },
    },
    {
      eventType: 'payment.payment.cancelled',
      async handle(event, tx) {
        const { orderId } = event.data as PaymentPaymentCancelled['data']
        await cancelUnpaidOrder({ stream: await openStream(tx, outbox, orderId), now: clock })
      },
    },
  ]
}
