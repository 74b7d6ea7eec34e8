import { formatMoney } from '../../../platform/money.ts'
import type { OrderEvent } from './order.ts'

/** One sentence for people about an event of an order's history. */
export function summaryOf(event: OrderEvent): string {
  switch (event.type) {
    case 'OrderPlaced': {
      const { parcels, totals, currency } = event.data
      const items = parcels.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0)
      return `${counted(items, 'item')} from ${counted(parcels.length, 'seller')} for ${formatMoney(totals.totalCents, currency)}`
    }
    case 'OrderConfirmed':
      return 'Payment received'
    case 'OrderShipped':
      return 'Handed to the carrier'
    case 'OrderDelivered':
      return 'Delivered'
    case 'OrderCancelled':
    case 'OrderVoided':
      return `Cancelled: ${event.data.reason.replaceAll('-', ' ')}`
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
