// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Sku = string

export type Currency = string

export type NewCart = {
  /** A random UUID chosen by the caller; without it the service chooses one */
  cartId?: string
}

export type LineQuantity = {
  /** Units wanted */
  quantity: number
}

export type CartState = 'open' | 'closed'

export type CartLineStatus = 'in-stock' | 'low' | 'not-enough' | 'sold-out' | 'gone'

export type CartSeller = {
  /** Never changes */
  sellerId: string
  /** For the link to the shop page */
  slug: string
  /** For people */
  name: string
}

export type CartLine = {
  sku: Sku
  /** For the link to the product page */
  slug: string
  /** For people */
  name: string
  /** From what the shop draws the picture of the product */
  art: {
    /** Main colour, degrees on the colour wheel */
    hue: number
    /** What it shows */
    motif: string
  }
  /** Units wanted */
  quantity: number
  /** Price of one now, VAT included, in minor units */
  unitPriceCents: number
  /** Quantity times unit price; 0 when the product is gone */
  lineTotalCents: number
  /** The price is not the one seen when the line was put in */
  priceChanged: boolean
  /** That earlier price, present when priceChanged */
  previousUnitPriceCents?: number
  /** Units that can be bought now */
  available: number
  status: CartLineStatus
}

export type CartGroup = {
  seller: CartSeller
  /** Sum of the lines, VAT included, in minor units */
  subtotalCents: number
  /** In the order they were added */
  lines: CartLine[]
}

export type Cart = {
  /** Knowing it is the permission to use it */
  cartId: string
  state: CartState
  currency: Currency
  /** Units on all lines that are not gone */
  itemCount: number
  /** Sum of all lines without shipping, VAT included, in minor units */
  subtotalCents: number
  /** One per seller, in the order their first lines were added */
  groups: CartGroup[]
}

export type CartAnswer = {
  data: Cart
}

export type Health = {
  /** What lives */
  data: {
    /** Always ok */
    status: 'ok'
    /** Name of the service */
    service: string
  }
}

export type Problem = {
  /** URI of the kind of problem, or about:blank */
  type: string
  /** Name of the HTTP status */
  title: string
  /** The HTTP status */
  status: number
  /** Stable name of the problem, for programs */
  code: string
  /** What happened, for people */
  detail: string
  /** What to do about it */
  hint?: string
  /** Finds this request in the logs */
  traceId?: string
  /** Every place where the request does not fit the contract (invalid-request) */
  errors?: {
    /** JSON pointer into the request */
    pointer: string
    /** What is wrong there */
    message: string
    [name: string]: unknown
  }[]
  [name: string]: unknown
}

export type Operations = {
  readonly createCart: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: NewCart
    readonly response:
      | { readonly status: 201; readonly body: CartAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly getCart: {
    readonly params: { readonly cartId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CartAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly putLine: {
    readonly params: { readonly cartId: string; readonly sku: Sku }
    readonly query: Record<never, never>
    readonly body: LineQuantity
    readonly response:
      | { readonly status: 200; readonly body: CartAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly deleteLine: {
    readonly params: { readonly cartId: string; readonly sku: Sku }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CartAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
}

export const contract = {
  service: 'cart-service',
  operations: {
    createCart: { method: 'POST', path: '/api/v1/carts' },
    getCart: { method: 'GET', path: '/api/v1/carts/{cartId}' },
    putLine: { method: 'PUT', path: '/api/v1/carts/{cartId}/lines/{sku}' },
    deleteLine: { method: 'DELETE', path: '/api/v1/carts/{cartId}/lines/{sku}' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
