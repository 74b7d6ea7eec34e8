// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Health = {
  data: {
    status: 'ok'
    service: string
  }
}

export type StartCheckout = {
  /** Chosen by the caller, so that a retry finds the same checkout. */
  checkoutId: string
  cartId: string
}

export type Address = {
  email: string
  name: string
  street: string
  city: string
  postcode: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

export type ShippingMethod = 'standard' | 'express'

export type ShippingChoices = {
  choices: {
    sellerId: string
    method: ShippingMethod
  }[]
}

export type PlaceCheckout = {
  /** The provider's token; card numbers never reach the shop. */
  paymentMethod: string
  /** The total the buyer was shown. */
  expectedTotalCents: number
}

export type CheckoutLine = {
  sku: string
  name: string
  slug: string
  quantity: number
  unitPriceCents: number
  totalCents: number
}

export type ShippingOption = {
  method: ShippingMethod
  label: string
  priceCents: number
}

export type Parcel = {
  sellerId: string
  sellerName: string
  sellerSlug: string
  lines: CheckoutLine[]
  method: ShippingMethod
  options: ShippingOption[]
  goodsCents: number
  shippingCents: number
  totalCents: number
}

export type Totals = {
  goodsCents: number
  shippingCents: number
  /** What the buyer pays; prices include VAT. */
  totalCents: number
  /** VAT inside totalCents; absent until the country is known. */
  vatCents?: number
  /** 1900 is 19 %; absent until the country is known. */
  vatRateBasisPoints?: number
}

export type CheckoutFailure = {
  code: 'payment-declined' | 'sold-out' | 'service-unavailable'
  message: string
  declineCode?: string
  skus?: string[]
}

export type Checkout = {
  checkoutId: string
  cartId: string
  status: 'open' | 'processing' | 'completed'
  currency: string
  address?: Address
  parcels: Parcel[]
  totals: Totals
  /** What is needed before placing. */
  missing: 'address'[]
  failure?: CheckoutFailure
  /** Once completed. */
  orderId?: string
  /** Once completed: the right to read the order as a guest. */
  orderToken?: string
  createdAt: string
}

export type CheckoutAnswer = {
  data: Checkout
}

export type PlacedAnswer = {
  data: {
    checkoutId: string
    status: 'completed'
    orderId: string
    orderToken: string
  }
}

export type ProcessingAnswer = {
  data: {
    checkoutId: string
    status: 'processing'
  }
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
  readonly startCheckout: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: StartCheckout
    readonly response:
      | { readonly status: 201; readonly body: CheckoutAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly getCheckout: {
    readonly params: { readonly checkoutId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CheckoutAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly setAddress: {
    readonly params: { readonly checkoutId: string }
    readonly query: Record<never, never>
    readonly body: Address
    readonly response:
      | { readonly status: 200; readonly body: CheckoutAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly setShipping: {
    readonly params: { readonly checkoutId: string }
    readonly query: Record<never, never>
    readonly body: ShippingChoices
    readonly response:
      | { readonly status: 200; readonly body: CheckoutAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly placeCheckout: {
    readonly params: { readonly checkoutId: string }
    readonly query: Record<never, never>
    readonly body: PlaceCheckout
    readonly response:
      | { readonly status: 200; readonly body: PlacedAnswer }
      | { readonly status: 202; readonly body: ProcessingAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 402; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
}

export const contract = {
  service: 'checkout-service',
  operations: {
    getHealth: { method: 'GET', path: '/health' },
    startCheckout: { method: 'POST', path: '/api/v1/checkouts' },
    getCheckout: { method: 'GET', path: '/api/v1/checkouts/{checkoutId}' },
    setAddress: { method: 'PUT', path: '/api/v1/checkouts/{checkoutId}/address' },
    setShipping: { method: 'PUT', path: '/api/v1/checkouts/{checkoutId}/shipping' },
    placeCheckout: { method: 'POST', path: '/api/v1/checkouts/{checkoutId}/place' },
  },
} as const
