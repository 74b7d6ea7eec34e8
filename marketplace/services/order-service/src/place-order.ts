import { isDeepStrictEqual } from 'node:util'
import { ShopError } from '../../../platform/errors.ts'
import type { PlaceOrder } from '../contracts/api.ts'
import { addsUp, fold, isOrder, type OrderDetails, type OrderEvent } from './order.ts'

/** What commands need of one order's stream. The adapter holds the stream's lock while it is used. */
export type Stream = {
  events(): Promise<OrderEvent[]>
  append(events: readonly OrderEvent[]): Promise<void>
}

export type Ports = { stream: Stream; newToken(): string; now(): Date }

export type Placed = { readonly orderId: string; readonly orderToken: string; readonly status: 'placed' }

/** Opens the order's stream, or finds that the same order was placed before. */
export async function placeOrder(ports: Ports, command: PlaceOrder): Promise<Placed> {
  const { orderId } = command
  if (!addsUp(command))
    throw new ShopError(
      'totals-do-not-add-up',
      { orderId },
      'Lines, parcels and totals must agree to the cent.',
    )

  const earlier = fold(await ports.stream.events())
  if (earlier.status === 'voided')
    throw new ShopError('order-cancelled', { orderId }, 'It was cancelled before it was placed.', 409)
  if (isOrder(earlier)) {
    const { orderToken } = earlier
    if (!isDeepStrictEqual(detailsOf(earlier), { ...command, orderToken }))
      throw new ShopError('order-id-taken', { orderId }, 'Choose a new orderId for another order.')
    return { orderId, orderToken, status: 'placed' }
  }

  const orderToken = ports.newToken()
  const placed: OrderEvent = {
    type: 'OrderPlaced',
    at: ports.now().toISOString(),
    data: { ...command, orderToken },
  }
  await ports.stream.append([placed])
  return { orderId, orderToken, status: 'placed' }
}

/** What the order was placed with, without what happened to it since. */
function detailsOf(order: OrderDetails): OrderDetails {
  const { orderId, orderToken, checkoutId, cartId, paymentId, buyerId, customer, currency, parcels, totals } =
    order
  return {
    orderId,
    orderToken,
    checkoutId,
    cartId,
    paymentId,
    ...(buyerId !== undefined && { buyerId }),
    customer,
    currency,
    parcels,
    totals,
  }
}
