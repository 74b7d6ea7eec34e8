import { redirect } from 'react-router'
import type { Checkout } from '../../services/checkout-service/contracts/api.ts'
import { pageProblem } from './page-problem.ts'
import { findArt } from './product.server.ts'
import type { Visit } from './visit.server.ts'

/** The checkout of an address, with pictures. One that is completed or being placed sends the visitor there instead. */
export async function openCheckout(visit: Visit, checkoutId: string) {
  const checkout = await readCheckout(visit, checkoutId)
  const next = placeOf(checkout)
  if (next !== undefined) {
    if (checkout.status === 'completed') visit.forgetCart()
    throw redirect(next, 303)
  }
  return { checkout, art: await findArt(visit.shop, skusOf(checkout)) }
}

export async function readCheckout(visit: Visit, checkoutId: string): Promise<Checkout> {
  const answer = await visit.shop.checkout.getCheckout({ params: { checkoutId } })
  if (answer.status !== 200) throw pageProblem(404, 'checkout-not-found')
  return answer.body.data
}

/** Where a checkout that is not open any more is to be looked at. */
export function placeOf({ status, checkoutId, orderId, orderToken }: Checkout): string | undefined {
  if (status === 'processing') return `/checkout/${checkoutId}/processing`
  if (status === 'completed' && orderId !== undefined && orderToken !== undefined)
    return orderPath(orderId, orderToken)
  return undefined
}

export function orderPath(orderId: string, orderToken: string): string {
  return `/orders/${orderId}?token=${encodeURIComponent(orderToken)}&thanks`
}

function skusOf({ parcels }: Checkout): string[] {
  return parcels.flatMap(({ lines }) => lines.map(({ sku }) => sku))
}
