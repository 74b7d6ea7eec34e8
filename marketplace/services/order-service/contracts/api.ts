// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Health = {
  data: {
    status: 'ok'
    service: string
  }
}

export type Customer = {
  email: string
  name: string
  street: string
  city: string
  postcode: string
  country: string
}

export type OrderLine = {
  sku: string
  name: string
  slug: string
  quantity: number
  unitPriceCents: number
  totalCents: number
}

export type OrderParcel = {
  sellerId: string
  sellerName: string
  sellerSlug: string
  method: 'standard' | 'express'
  lines: OrderLine[]
  goodsCents: number
  shippingCents: number
  totalCents: number
}

export type OrderTotals = {
  goodsCents: number
  shippingCents: number
  totalCents: number
  /** VAT inside totalCents. */
  vatCents: number
  /** 1900 is 19 %. */
  vatRateBasisPoints: number
}

export type OrderStatus = 'placed' | 'confirmed' | 'shipped' | 'delivered' | 'cancelled'

export type PlaceOrder = {
  orderId: string
  checkoutId: string
  cartId: string
  paymentId: string
  /** Absent for a guest. */
  buyerId?: string
  customer: Customer
  currency: string
  parcels: OrderParcel[]
  totals: OrderTotals
}

export type PlacedAnswer = {
  data: {
    orderId: string
    orderToken: string
    status: OrderStatus
  }
}

export type CancelOrder = {
  reason: string
}

export type CancelledAnswer = {
  data: {
    orderId: string
    status: 'cancelled'
  }
}

export type OrderNumber = string

export type Order = {
  orderId: string
  orderNumber: OrderNumber
  status: OrderStatus
  customer: Customer
  currency: string
  parcels: OrderParcel[]
  totals: OrderTotals
  placedAt: string
  confirmedAt?: string
  shippedAt?: string
  deliveredAt?: string
  cancelledAt?: string
  cancelReason?: string
  /** Number of events folded into this order. */
  version: number
}

export type OrderAnswer = {
  data: Order
}

export type OrderSummary = {
  orderId: string
  orderNumber: OrderNumber
  status: OrderStatus
  placedAt: string
  itemCount: number
  totalCents: number
  currency: string
  sellerNames: string[]
  lines: {
    sku: string
    name: string
    quantity: number
  }[]
}

export type OrderPage = {
  data: OrderSummary[]
  page: {
    number: number
    size: number
    total: number
  }
}

export type OrderEvent = {
  version: number
  type: 'OrderPlaced' | 'OrderConfirmed' | 'OrderShipped' | 'OrderDelivered' | 'OrderCancelled'
  at: string
  /** One sentence for people. */
  summary: string
}

export type OrderEventsAnswer = {
  data: OrderEvent[]
}

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  hint?: string
  traceId?: string
  [name: string]: unknown
}

export type Operations = {
  readonly listOrders: {
    readonly params: Record<never, never>
    readonly query: { readonly page: number; readonly pageSize: number }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: OrderPage }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly placeOrder: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: PlaceOrder
    readonly response:
      | { readonly status: 201; readonly body: PlacedAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly getOrder: {
    readonly params: { readonly orderId: string }
    readonly query: { readonly token?: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: OrderAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly getOrderEvents: {
    readonly params: { readonly orderId: string }
    readonly query: { readonly token?: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: OrderEventsAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly cancelOrder: {
    readonly params: { readonly orderId: string }
    readonly query: Record<never, never>
    readonly body: CancelOrder
    readonly response:
      | { readonly status: 200; readonly body: CancelledAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
  }
}

export const contract = {
  service: 'order-service',
  operations: {
    getHealth: { method: 'GET', path: '/health' },
    listOrders: { method: 'GET', path: '/api/v1/orders' },
    placeOrder: { method: 'POST', path: '/api/v1/orders' },
    getOrder: { method: 'GET', path: '/api/v1/orders/{orderId}' },
    getOrderEvents: { method: 'GET', path: '/api/v1/orders/{orderId}/events' },
    cancelOrder: { method: 'POST', path: '/api/v1/orders/{orderId}/cancel' },
  },
} as const
