import type { Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Order } from './order.ts'

// The read model. It never decides anything: delete it, project every stream again, and it is the same.

/** Brings the read model from `before` (undefined: not there yet) to `after`. */
export async function project(tx: Transaction, before: Order | undefined, after: Order): Promise<void> {
  if (before === undefined) await insertOrder(tx, after)
  else await updateOrder(tx, after)
}

async function insertOrder(tx: Transaction, order: Order): Promise<void> {
  const { customer, totals } = order
  await tx.query(sql`
    insert into orders (order_id, order_token, checkout_id, cart_id, payment_id, buyer_id, status, email, name, street,
      city, postcode, country, currency, goods_cents, shipping_cents, total_cents, vat_cents, vat_rate_basis_points,
      placed_at, version)
    values (${order.orderId}, ${order.orderToken}, ${order.checkoutId}, ${order.cartId}, ${order.paymentId},
      ${order.buyerId ?? null}, ${order.status}, ${customer.email}, ${customer.name}, ${customer.street},
      ${customer.city}, ${customer.postcode}, ${customer.country}, ${order.currency}, ${totals.goodsCents},
      ${totals.shippingCents}, ${totals.totalCents}, ${totals.vatCents}, ${totals.vatRateBasisPoints},
      ${order.placedAt}, ${order.version})`)
  const { parcels } = order
  await tx.query(sql`
    insert into order_parcels (order_id, position, seller_id, seller_name, seller_slug, method, goods_cents,
      shipping_cents, total_cents)
    select ${order.orderId}::uuid, * from unnest(${parcels.map((_, i) => i)}::int[],
      ${parcels.map(({ sellerId }) => sellerId)}::uuid[], ${parcels.map(({ sellerName }) => sellerName)}::text[],
      ${parcels.map(({ sellerSlug }) => sellerSlug)}::text[], ${parcels.map(({ method }) => method)}::text[],
      ${parcels.map(({ goodsCents }) => goodsCents)}::bigint[],
      ${parcels.map(({ shippingCents }) => shippingCents)}::bigint[],
      ${parcels.map(({ totalCents }) => totalCents)}::bigint[])`)
  const lines = parcels.flatMap(({ sellerId, lines }) => lines.map((line, i) => ({ ...line, sellerId, i })))
  await tx.query(sql`
    insert into order_lines (order_id, seller_id, position, sku, name, slug, quantity, unit_price_cents, total_cents)
    select ${order.orderId}::uuid, * from unnest(${lines.map(({ sellerId }) => sellerId)}::uuid[],
      ${lines.map(({ i }) => i)}::int[], ${lines.map(({ sku }) => sku)}::text[],
      ${lines.map(({ name }) => name)}::text[], ${lines.map(({ slug }) => slug)}::text[],
      ${lines.map(({ quantity }) => quantity)}::int[],
      ${lines.map(({ unitPriceCents }) => unitPriceCents)}::bigint[],
      ${lines.map(({ totalCents }) => totalCents)}::bigint[])`)
}

async function updateOrder(tx: Transaction, order: Order): Promise<void> {
  await tx.query(sql`
    update orders set status = ${order.status}, confirmed_at = ${order.confirmedAt ?? null},
      shipped_at = ${order.shippedAt ?? null}, delivered_at = ${order.deliveredAt ?? null},
      cancelled_at = ${order.cancelledAt ?? null}, cancel_reason = ${order.cancelReason ?? null},
      version = ${order.version}
    where order_id = ${order.orderId}`)
}

type Row = {
  order_id: string
  order_token: string
  checkout_id: string
  cart_id: string
  payment_id: string
  buyer_id: string | null
  status: Order['status']
  email: string
  name: string
  street: string
  city: string
  postcode: string
  country: string
  currency: string
  goods_cents: number
  shipping_cents: number
  total_cents: number
  vat_cents: number
  vat_rate_basis_points: number
  placed_at: Date
  confirmed_at: Date | null
  shipped_at: Date | null
  delivered_at: Date | null
  cancelled_at: Date | null
  cancel_reason: string | null
  version: number
  parcels: Order['parcels']
}

export async function findOrder(db: Queryable, orderId: string): Promise<Order | undefined> {
  const [row] = await db.query<Row>(sql`${selectOrders} where order_id = ${orderId}`)
  return row && orderOf(row)
}

/** A page of a buyer's orders, newest first, and how many there are. */
export async function listOrders(
  db: Queryable,
  { buyerId, page, pageSize }: { buyerId: string; page: number; pageSize: number },
): Promise<{ orders: Order[]; total: number }> {
  const [count] = await db.query<{ total: number }>(
    sql`select count(*) as total from orders where buyer_id = ${buyerId}`,
  )
  const rows = await db.query<Row>(sql`
    ${selectOrders} where buyer_id = ${buyerId}
    order by placed_at desc, order_id limit ${pageSize} offset ${(page - 1) * pageSize}`)
  return { orders: rows.map(orderOf), total: count!.total }
}

const selectOrders = sql`
  select o.*, (
    select jsonb_agg(jsonb_build_object('sellerId', p.seller_id, 'sellerName', p.seller_name,
      'sellerSlug', p.seller_slug, 'method', p.method, 'goodsCents', p.goods_cents,
      'shippingCents', p.shipping_cents, 'totalCents', p.total_cents, 'lines', (
        select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'slug', l.slug, 'quantity', l.quantity,
          'unitPriceCents', l.unit_price_cents, 'totalCents', l.total_cents) order by l.position)
        from order_lines l where l.order_id = p.order_id and l.seller_id = p.seller_id)) order by p.position)
    from order_parcels p where p.order_id = o.order_id) as parcels
  from orders o`

function orderOf(row: Row): Order {
  const { email, name, street, city, postcode, country } = row
  return {
    orderId: row.order_id,
    orderToken: row.order_token,
    checkoutId: row.checkout_id,
    cartId: row.cart_id,
    paymentId: row.payment_id,
    ...(row.buyer_id !== null && { buyerId: row.buyer_id }),
    customer: { email, name, street, city, postcode, country },
    currency: row.currency,
    parcels: row.parcels,
    totals: {
      goodsCents: row.goods_cents,
      shippingCents: row.shipping_cents,
      totalCents: row.total_cents,
      vatCents: row.vat_cents,
      vatRateBasisPoints: row.vat_rate_basis_points,
    },
    status: row.status,
    placedAt: row.placed_at.toISOString(),
    ...(row.confirmed_at && { confirmedAt: row.confirmed_at.toISOString() }),
    ...(row.shipped_at && { shippedAt: row.shipped_at.toISOString() }),
    ...(row.delivered_at && { deliveredAt: row.delivered_at.toISOString() }),
    ...(row.cancelled_at && { cancelledAt: row.cancelled_at.toISOString() }),
    ...(row.cancel_reason !== null && { cancelReason: row.cancel_reason }),
    version: row.version,
  }
}
