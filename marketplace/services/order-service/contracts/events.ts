// Generated from the contract beside this file by "npm run generate". Do not edit.

/** An order was placed; its payment is authorised but not yet taken. */
export type OrderOrderPlaced = {
  eventId: string
  eventType: 'order.order.placed'
  eventVersion: 'v1'
  timestamp: string
  data: {
    orderId: string
    checkoutId: string
    cartId: string
    buyerId?: string
    totalCents: number
    currency: string
    placedAt: string
  }
}

/** The payment of an order was taken. Carries the whole order, so that nobody has to ask back. */
export type OrderOrderConfirmed = {
  eventId: string
  eventType: 'order.order.confirmed'
  eventVersion: 'v1'
  timestamp: string
  data: {
    orderId: string
    /** How people name the order */
    orderNumber: string
    orderToken: string
    cartId: string
    buyerId?: string
    customer: {
      email: string
      name: string
      street: string
      city: string
      postcode: string
      country: string
    }
    currency: string
    parcels: {
      sellerId: string
      sellerName: string
      sellerSlug: string
      method: 'standard' | 'express'
      lines: {
        sku: string
        name: string
        slug: string
        quantity: number
        unitPriceCents: number
        totalCents: number
      }[]
      goodsCents: number
      shippingCents: number
      totalCents: number
    }[]
    totals: {
      goodsCents: number
      shippingCents: number
      totalCents: number
      vatCents: number
      vatRateBasisPoints: number
    }
    placedAt: string
    confirmedAt: string
  }
}

/** An order was cancelled. wasConfirmed tells whether the buyer had been told that it stands. */
export type OrderOrderCancelled = {
  eventId: string
  eventType: 'order.order.cancelled'
  eventVersion: 'v1'
  timestamp: string
  data: {
    orderId: string
    /** How people name the order */
    orderNumber: string
    orderToken: string
    wasConfirmed: boolean
    reason: string
    customer: {
      email: string
      name: string
    }
    totalCents: number
    currency: string
    cancelledAt: string
  }
}

export type Events = {
  readonly 'order.order.placed': OrderOrderPlaced
  readonly 'order.order.confirmed': OrderOrderConfirmed
  readonly 'order.order.cancelled': OrderOrderCancelled
}
