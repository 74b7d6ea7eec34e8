// Generated from the contract beside this file by "npm run generate". Do not edit.

/** A checkout became a paid order. */
export type CheckoutCheckoutCompleted = {
  eventId: string
  eventType: 'checkout.checkout.completed'
  eventVersion: 'v1'
  timestamp: string
  data: {
    checkoutId: string
    cartId: string
    orderId: string
    totalCents: number
    currency: string
    attempt: number
  }
}

/** An attempt to place a checkout was refused and everything done for it has been undone. The checkout is open again. */
export type CheckoutCheckoutFailed = {
  eventId: string
  eventType: 'checkout.checkout.failed'
  eventVersion: 'v1'
  timestamp: string
  data: {
    checkoutId: string
    cartId: string
    code: 'payment-declined' | 'sold-out' | 'service-unavailable'
    attempt: number
  }
}

export type Events = {
  readonly 'checkout.checkout.completed': CheckoutCheckoutCompleted
  readonly 'checkout.checkout.failed': CheckoutCheckoutFailed
}
