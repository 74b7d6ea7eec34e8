import type { Subscription } from '../../../platform/events/consumer.ts'
import type { OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import { addPurchases, type NewPurchase } from './postgres.ts'

export const subscriptions: readonly Subscription[] = [
  {
    eventType: 'order.order.confirmed',
    // The publisher has checked the event against this very schema.
    handle: (event, tx) => addPurchases(tx, purchasesIn(event.data as OrderOrderConfirmed['data'])),
  },
]

/** Nobody could prove later that a guest's order is theirs, so guests buy without the right to review. */
function purchasesIn({
  orderId,
  buyerId,
  customer,
  parcels,
  placedAt,
}: OrderOrderConfirmed['data']): NewPurchase[] {
  if (buyerId === undefined) return []
  return parcels.flatMap(({ sellerId, lines }) =>
    lines.map(({ sku, slug, name }) => ({
      orderId,
      sku,
      slug,
      name,
      sellerId,
      buyerId,
      buyerName: customer.name,
      boughtAt: placedAt,
    })),
  )
}
