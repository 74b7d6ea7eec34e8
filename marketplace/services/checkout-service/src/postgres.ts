import type { Database, Queryable } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Address, CheckoutFailure, ShippingMethod } from '../contracts/api.ts'
import type { Checkout } from './checkout.ts'
import type { LineGroup } from './quote.ts'

type Row = {
  checkout_id: string
  cart_id: string
  buyer_id: string | null
  status: Checkout['status']
  currency: string
  lines: LineGroup[]
  address: Address | null
  methods: Record<string, ShippingMethod>
  attempts: number
  failure: CheckoutFailure | null
  order_id: string | null
  order_token: string | null
  created_at: Date
}

export async function findCheckout(db: Queryable, checkoutId: string): Promise<Checkout | undefined> {
  const [row] = await db.query<Row>(sql`select * from checkouts where checkout_id = ${checkoutId}`)
  return row && checkoutOf(row)
}

/** Writes it unless there is one under this id; resolves to the one that is there. */
export async function createCheckout(db: Queryable, checkout: Checkout): Promise<Checkout> {
  await db.query(sql`
    insert into checkouts (checkout_id, cart_id, buyer_id, status, currency, lines, methods, created_at)
    values (${checkout.checkoutId}, ${checkout.cartId}, ${checkout.buyerId ?? null}, ${checkout.status},
      ${checkout.currency}, ${JSON.stringify(checkout.groups)}, ${JSON.stringify(checkout.methods)},
      ${checkout.createdAt})
    on conflict do nothing`)
  return (await findCheckout(db, checkout.checkoutId))!
}

/** Applies what the buyer did to the checkout as it is now, one change at a time. */
export async function changeCheckout(
  db: Database,
  checkoutId: string,
  change: (checkout: Checkout) => Checkout,
): Promise<Checkout> {
  return await db.transaction(async (tx) => {
    const [row] = await tx.query<Row>(
      sql`select * from checkouts where checkout_id = ${checkoutId} for update`,
    )
    if (row === undefined)
      throw new ShopError('checkout-not-found', {}, 'Start a checkout from the cart.', 404)
    const changed = change(checkoutOf(row))
    await tx.query(sql`
      update checkouts set lines = ${JSON.stringify(changed.groups)}, methods = ${JSON.stringify(changed.methods)},
        address = ${changed.address === undefined ? null : JSON.stringify(changed.address)}
      where checkout_id = ${checkoutId}`)
    return changed
  })
}

function checkoutOf(row: Row): Checkout {
  const { order_id: orderId, order_token: orderToken } = row
  return {
    checkoutId: row.checkout_id,
    cartId: row.cart_id,
    buyerId: row.buyer_id ?? undefined,
    status: row.status,
    currency: row.currency,
    groups: row.lines,
    address: row.address ?? undefined,
    methods: row.methods,
    attempts: row.attempts,
    failure: row.failure ?? undefined,
    order: orderId !== null && orderToken !== null ? { orderId, orderToken } : undefined,
    createdAt: row.created_at.toISOString(),
  }
}
