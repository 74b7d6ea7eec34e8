import type { OrderOrderCancelled, OrderOrderConfirmed, OrderOrderPlaced } from '../contracts/events.ts'
import { orderNumber } from './order-number.ts'
import type { Order, OrderEvent } from './order.ts'

export type Published = Pick<
  OrderOrderPlaced | OrderOrderConfirmed | OrderOrderCancelled,
  'eventType' | 'data'
>

/** What others are told about an event; `before` and `after` are the order's states around it. */
export function publishedEvent(
  before: Order | undefined,
  event: OrderEvent,
  after: Order,
): Published | undefined {
  const { orderId, orderToken, checkoutId, cartId, customer, currency, totals } = after
  const buyer = after.buyerId === undefined ? {} : { buyerId: after.buyerId }
  switch (event.type) {
    case 'OrderPlaced':
      return {
        eventType: 'order.order.placed',
        data: {
          orderId,
          checkoutId,
          cartId,
          ...buyer,
          totalCents: totals.totalCents,
          currency,
          placedAt: event.at,
        },
      }
    case 'OrderConfirmed':
      return {
        eventType: 'order.order.confirmed',
        data: {
          orderId,
          orderNumber: orderNumber(orderId),
          orderToken,
          cartId,
          ...buyer,
          customer,
          currency,
          parcels: after.parcels.map((parcel) => ({ ...parcel, lines: [...parcel.lines] })),
          totals,
          placedAt: after.placedAt,
          confirmedAt: event.at,
        },
      }
    case 'OrderCancelled':
      return {
        eventType: 'order.order.cancelled',
        data: {
          orderId,
          orderNumber: orderNumber(orderId),
          orderToken,
          wasConfirmed: before?.confirmedAt !== undefined,
          reason: event.data.reason,
          customer: { email: customer.email, name: customer.name },
          totalCents: totals.totalCents,
          currency,
          cancelledAt: event.at,
        },
      }
    case 'OrderShipped':
    case 'OrderDelivered':
    case 'OrderVoided':
      return undefined
  }
}
