// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Sku = string

export type Stock = {
  sku: Sku
  /** Units on hand less units held for buyers */
  available: number
  status: StockStatus
}

export type StockStatus = 'in-stock' | 'low' | 'sold-out'

export type ShelfCount = {
  /** Units on the shelf, held ones included */
  onHand: number
}

export type ReservationLine = {
  sku: Sku
  /** Units */
  quantity: number
}

export type NewReservation = {
  /** Chosen by the caller; the same id means the same reservation */
  reservationId: string
  /** At most one line per SKU */
  lines: ReservationLine[]
}

export type ReservationState = 'held' | 'confirmed' | 'released' | 'expired'

export type Reservation = {
  /** Chosen by who reserved */
  reservationId: string
  state: ReservationState
  /** Sorted by SKU; empty when it was released before it was made */
  lines: ReservationLine[]
  /** A held reservation ends here */
  expiresAt: string
}

export type StockList = {
  /** In the order asked for */
  data: Stock[]
}

export type StockAnswer = {
  data: Stock
}

export type ReservationAnswer = {
  data: Reservation
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
  readonly getStock: {
    readonly params: Record<never, never>
    readonly query: { readonly skus: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: StockList }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly setStock: {
    readonly params: { readonly sku: Sku }
    readonly query: Record<never, never>
    readonly body: ShelfCount
    readonly response:
      | { readonly status: 200; readonly body: StockAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
  }
  readonly reserveStock: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: NewReservation
    readonly response:
      | { readonly status: 201; readonly body: ReservationAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly getReservation: {
    readonly params: { readonly reservationId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ReservationAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly confirmReservation: {
    readonly params: { readonly reservationId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ReservationAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
  }
  readonly releaseReservation: {
    readonly params: { readonly reservationId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ReservationAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
}

export const contract = {
  service: 'inventory-service',
  operations: {
    getStock: { method: 'GET', path: '/api/v1/stock' },
    setStock: { method: 'PUT', path: '/api/v1/stock/{sku}' },
    reserveStock: { method: 'POST', path: '/api/v1/reservations' },
    getReservation: { method: 'GET', path: '/api/v1/reservations/{reservationId}' },
    confirmReservation: { method: 'POST', path: '/api/v1/reservations/{reservationId}/confirm' },
    releaseReservation: { method: 'POST', path: '/api/v1/reservations/{reservationId}/release' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
