import type { Customer, OrderParcel, OrderTotals } from '../contracts/api.ts'

// An order is what its events say. Pure: no clock, no id generator, no database.

export type OrderDetails = {
  readonly orderId: string
  /** Whoever knows it may read the order. */
  readonly orderToken: string
  readonly checkoutId: string
  readonly cartId: string
  readonly paymentId: string
  readonly buyerId?: string
  readonly customer: Customer
  readonly currency: string
  readonly parcels: readonly OrderParcel[]
  readonly totals: OrderTotals
}

export type OrderEvent =
  | { readonly type: 'OrderPlaced'; readonly at: string; readonly data: OrderDetails }
  | { readonly type: 'OrderConfirmed'; readonly at: string; readonly data: { readonly paymentId: string } }
  | { readonly type: 'OrderShipped'; readonly at: string; readonly data: Record<never, never> }
  | { readonly type: 'OrderDelivered'; readonly at: string; readonly data: Record<never, never> }
  | { readonly type: 'OrderCancelled'; readonly at: string; readonly data: { readonly reason: string } }
  /** Cancelled before it was placed: a placing that comes late must find this and stop. */
  | { readonly type: 'OrderVoided'; readonly at: string; readonly data: { readonly reason: string } }

export type Order = OrderDetails & {
  readonly status: 'placed' | 'confirmed' | 'shipped' | 'delivered' | 'cancelled'
  readonly placedAt: string
  readonly confirmedAt?: string
  readonly shippedAt?: string
  readonly deliveredAt?: string
  readonly cancelledAt?: string
  readonly cancelReason?: string
  /** Number of events. */
  readonly version: number
}

/** The state of a stream: nothing yet, voided, or an order. */
export type OrderState = { readonly status: 'none' } | { readonly status: 'voided' } | Order

/** The state after these events, oldest first. */
export function fold(events: readonly OrderEvent[]): OrderState {
  return events.reduce(evolve, { status: 'none' } as OrderState)
}

export function evolve(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'OrderPlaced') return { ...event.data, status: 'placed', placedAt: event.at, version: 1 }
  if (event.type === 'OrderVoided') return { status: 'voided' }
  if (!isOrder(state)) throw new Error(`${event.type} cannot follow the state ${state.status}.`)
  const version = state.version + 1
  switch (event.type) {
    case 'OrderConfirmed':
      return { ...state, status: 'confirmed', confirmedAt: event.at, version }
    case 'OrderShipped':
      return { ...state, status: 'shipped', shippedAt: event.at, version }
    case 'OrderDelivered':
      return { ...state, status: 'delivered', deliveredAt: event.at, version }
    case 'OrderCancelled':
      return {
        ...state,
        status: 'cancelled',
        cancelledAt: event.at,
        cancelReason: event.data.reason,
        version,
      }
  }
}

export function isOrder(state: OrderState): state is Order {
  return state.status !== 'none' && state.status !== 'voided'
}

export type Confirming =
  | { readonly outcome: 'confirmed'; readonly events: readonly OrderEvent[] }
  | { readonly outcome: 'not-placed' }
  | { readonly outcome: 'cancelled-before' }

/** The payment was taken. Confirming again changes nothing. */
export function confirm(state: OrderState, { paymentId, at }: { paymentId: string; at: string }): Confirming {
  if (state.status === 'none') return { outcome: 'not-placed' }
  if (state.status === 'voided' || state.status === 'cancelled') return { outcome: 'cancelled-before' }
  const events: OrderEvent[] =
    state.status === 'placed' ? [{ type: 'OrderConfirmed', at, data: { paymentId } }] : []
  return { outcome: 'confirmed', events }
}

export type Cancelling =
  | { readonly outcome: 'cancelled'; readonly events: readonly OrderEvent[] }
  | { readonly outcome: 'too-late' }

/** Cancelling again changes nothing; what has left the seller cannot be cancelled. */
export function cancel(state: OrderState, { reason, at }: { reason: string; at: string }): Cancelling {
  switch (state.status) {
    case 'none':
      return { outcome: 'cancelled', events: [{ type: 'OrderVoided', at, data: { reason } }] }
    case 'placed':
    case 'confirmed':
      return { outcome: 'cancelled', events: [{ type: 'OrderCancelled', at, data: { reason } }] }
    case 'voided':
    case 'cancelled':
      return { outcome: 'cancelled', events: [] }
    case 'shipped':
    case 'delivered':
      return { outcome: 'too-late' }
  }
}

/** Lines, parcels and totals agree to the cent. */
export function addsUp({ parcels, totals }: Pick<OrderDetails, 'parcels' | 'totals'>): boolean {
  return (
    parcels.every(
      (parcel) =>
        parcel.lines.every((line) => line.totalCents === line.quantity * line.unitPriceCents) &&
        parcel.goodsCents === sum(parcel.lines.map((line) => line.totalCents)) &&
        parcel.totalCents === parcel.goodsCents + parcel.shippingCents,
    ) &&
    totals.goodsCents === sum(parcels.map((parcel) => parcel.goodsCents)) &&
    totals.shippingCents === sum(parcels.map((parcel) => parcel.shippingCents)) &&
    totals.totalCents === totals.goodsCents + totals.shippingCents &&
    totals.vatCents <= totals.totalCents
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
