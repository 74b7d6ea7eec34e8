import type { OrderStatus } from '../../../services/order-service/contracts/api.ts'

type Words = { readonly title: string; readonly short: string; readonly ahead: readonly string[] }

const words: Readonly<Record<OrderStatus, Words>> = {
  placed: { title: 'Your order is placed', short: 'Placed', ahead: ['Confirmed', 'On its way', 'Delivered'] },
  confirmed: { title: 'Your order is confirmed', short: 'Confirmed', ahead: ['On its way', 'Delivered'] },
  shipped: { title: 'Your order is on its way', short: 'On its way', ahead: ['Delivered'] },
  delivered: { title: 'Your order has arrived', short: 'Delivered', ahead: [] },
  cancelled: { title: 'Your order is cancelled', short: 'Cancelled', ahead: [] },
}

/** A status in words, with the steps still ahead of it. */
export function orderStatus(status: OrderStatus): Words {
  return words[status]
}
