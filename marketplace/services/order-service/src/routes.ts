import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from '../../../platform/db/database.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import type { Caller } from '../../../platform/http/caller.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations, Order as OrderBody, OrderEvent as OrderEventBody } from '../contracts/api.ts'
import { cancelOrder } from './cancel-order.ts'
import type { Order, OrderEvent } from './order.ts'
import { orderNumber } from './order-number.ts'
import { placeOrder } from './place-order.ts'
import { openStream, readStream } from './postgres.ts'
import { findOrder, listOrders } from './projection.ts'
import { summaryOf } from './summary.ts'

type World = { db: Database; outbox: Outbox; clock: () => Date }

export function routes({ db, outbox, clock }: World): Handlers<Operations> {
  return {
    async placeOrder({ body }) {
      const data = await db.transaction(async (tx) =>
        placeOrder({ stream: await openStream(tx, outbox, body.orderId), newToken, now: clock }, body),
      )
      failPoint('order:after-commit')
      return { status: 201, body: { data } }
    },

    async cancelOrder({ params: { orderId }, body: { reason } }) {
      await db.transaction(async (tx) =>
        cancelOrder({ stream: await openStream(tx, outbox, orderId), now: clock }, { orderId, reason }),
      )
      failPoint('order:after-commit')
      return { status: 200, body: { data: { orderId, status: 'cancelled' } } }
    },

    async getOrder({ params, query, caller }) {
      return { status: 200, body: { data: orderBody(await readable(params.orderId, query.token, caller)) } }
    },

    async getOrderEvents({ params, query, caller }) {
      await readable(params.orderId, query.token, caller)
      const events = await readStream(db, params.orderId)
      return { status: 200, body: { data: events.flatMap(eventBody) } }
    },

    async listOrders({ query: { page, pageSize }, caller }) {
      if (caller.kind !== 'buyer') throw new ShopError('unauthorized', {}, 'Sign in first.', 401)
      const { orders, total } = await listOrders(db, { buyerId: caller.userId, page, pageSize })
      return {
        status: 200,
        body: { data: orders.map(summaryBody), page: { number: page, size: pageSize, total } },
      }
    },
  }

  /** The order, if this reader may see it; a foreign one looks absent. */
  async function readable(orderId: string, token: string | undefined, caller: Caller): Promise<Order> {
    const order = await findOrder(db, orderId)
    if (order !== undefined && mayRead(order, token, caller)) return order
    throw new ShopError(
      'order-not-found',
      {},
      'Use the link from the confirmation, or sign in as the buyer.',
      404,
    )
  }
}

function mayRead(order: Order, token: string | undefined, caller: Caller): boolean {
  if (caller.kind === 'buyer' && caller.userId === order.buyerId) return true
  return token !== undefined && timingSafeEqual(digest(token), digest(order.orderToken))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function newToken(): string {
  return randomBytes(16).toString('hex')
}

function orderBody(order: Order): OrderBody {
  const {
    orderToken: _token,
    checkoutId: _checkout,
    cartId: _cart,
    paymentId: _payment,
    buyerId: _buyer,
    ...rest
  } = order
  return { ...rest, orderNumber: orderNumber(order.orderId), parcels: [...order.parcels] }
}

function summaryBody({ orderId, status, placedAt, totals, currency, parcels }: Order) {
  const lines = parcels.flatMap((parcel) => parcel.lines)
  return {
    orderId,
    orderNumber: orderNumber(orderId),
    status,
    placedAt,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    totalCents: totals.totalCents,
    currency,
    sellerNames: parcels.map(({ sellerName }) => sellerName),
    lines: lines.map(({ sku, name, quantity }) => ({ sku, name, quantity })),
  }
}

function eventBody(event: OrderEvent, i: number): OrderEventBody[] {
  if (event.type === 'OrderVoided') return [] // such a stream has no order to read
  return [{ version: i + 1, type: event.type, at: event.at, summary: summaryOf(event) }]
}
