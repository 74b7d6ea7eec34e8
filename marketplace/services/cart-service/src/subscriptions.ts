import type { Subscription } from '../../../platform/events/consumer.ts'
import type { OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import { closeCart } from './postgres.ts'

export const subscriptions: readonly Subscription[] = [
  {
    eventType: 'order.order.confirmed',
    handle: async (event, tx) => {
      // The publisher has checked the event against this very schema.
      const { cartId } = event.data as OrderOrderConfirmed['data']
      await closeCart(tx, cartId)
    },
  },
]
