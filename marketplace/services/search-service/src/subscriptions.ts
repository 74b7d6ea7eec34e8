import type { Subscription } from '../../../platform/events/consumer.ts'
import type {
  CatalogProductPublished,
  CatalogProductRepriced,
  CatalogProductWithdrawn,
} from '../../catalog-service/contracts/events.ts'
import type { OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import { entryOf } from './catalogue-entry.ts'
import { countSales, putProduct, withdrawProduct } from './read-model.ts'

// The publisher has checked each event against the schema its type is made from.
export const subscriptions: readonly Subscription[] = [
  {
    eventType: 'catalog.product.published',
    handle: (event, tx) => putProduct(tx, entryOf(event.data as CatalogProductPublished['data'])),
  },
  {
    eventType: 'catalog.product.repriced',
    handle: (event, tx) => putProduct(tx, entryOf(event.data as CatalogProductRepriced['data'])),
  },
  {
    eventType: 'catalog.product.withdrawn',
    handle: (event, tx) => {
      const { productId, revision } = event.data as CatalogProductWithdrawn['data']
      return withdrawProduct(tx, productId, revision)
    },
  },
  {
    eventType: 'order.order.confirmed',
    handle: (event, tx) => {
      const { parcels } = event.data as OrderOrderConfirmed['data']
      return countSales(
        tx,
        parcels.flatMap(({ lines }) => lines),
      )
    },
  },
]
