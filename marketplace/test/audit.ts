import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { TestMarketplace } from './marketplace.ts'

// The SQL auditor: looks into every service's database as no service may, and says what does not agree.

export type Auditor = {
  query<Row = Record<string, unknown>>(database: string, text: string, values?: unknown[]): Promise<Row[]>
  /** One sentence per violated invariant; empty when the books are right. */
  violations(): Promise<string[]>
  close(): Promise<void>
}

export async function openAuditor({ folder, environment }: TestMarketplace): Promise<Auditor> {
  const { superuserPassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as {
    superuserPassword: string
  }
  const clients = new Map<string, pg.Client>()
  const query: Auditor['query'] = async (database, text, values = []) => {
    let client = clients.get(database)
    if (client === undefined) {
      const { host, port } = environment.postgres
      client = new pg.Client({ host, port, user: 'postgres', password: superuserPassword, database })
      client.on('error', () => clients.delete(database))
      await client.connect()
      clients.set(database, client)
    }
    return (await client.query(text, values)).rows as never
  }
  return {
    query,
    violations: () => findViolations(query),
    async close() {
      for (const client of clients.values()) await client.end()
    },
  }
}

type Query = Auditor['query']

async function findViolations(query: Query): Promise<string[]> {
  const found: string[] = []
  const none = async (sentence: string, database: string, text: string) => {
    const rows = await query(database, text)
    if (rows.length > 0) found.push(`${sentence}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
  await none(
    'stock is reserved beyond what is there',
    'inventory',
    'select * from stock where reserved < 0 or reserved > on_hand',
  )
  await none(
    'reserved units and live holds differ',
    'inventory',
    `select s.sku, s.reserved, coalesce(h.held, 0) as held from stock s left join (
       select l.sku, sum(l.quantity) as held from reservation_lines l join reservations r using (reservation_id)
       where r.state = 'held' group by 1) h using (sku) where s.reserved <> coalesce(h.held, 0)`,
  )
  await none(
    'a ledger transaction does not sum to zero',
    'payment',
    'select transaction_id, currency, sum(amount_cents) from ledger_entries group by 1, 2 having sum(amount_cents) <> 0',
  )
  await none(
    'the books and a payment disagree about what was taken',
    'payment',
    `select p.payment_id, p.status, p.amount_cents, l.taken from payments p left join (
       select payment_id, sum(amount_cents) as taken from ledger_entries where account = 'provider-receivable' group by 1) l
       using (payment_id)
     where coalesce(l.taken, 0) <> case p.status when 'captured' then p.amount_cents else 0 end`,
  )
  await none(
    'an order and its events disagree',
    'orders',
    `select o.order_id, o.version, e.events, o.total_cents, e.total from orders o join (
       select stream_id, count(*) as events, max(version) as last,
         max((data->'totals'->>'totalCents')::bigint) as total from order_events group by 1) e on e.stream_id = o.order_id
     where o.version <> e.events or o.version <> e.last or o.total_cents <> e.total`,
  )
  await none(
    'an order and its lines disagree',
    'orders',
    `select o.order_id, o.goods_cents, sum(l.total_cents) as lines from orders o join order_lines l using (order_id)
     group by o.order_id having o.goods_cents <> sum(l.total_cents)`,
  )
  found.push(
    ...(await ordersAndPayments(query)),
    ...(await paymentsAndProvider(query)),
    ...(await ratingsAndReviews(query)),
    ...(await ordersAndPurchases(query)),
  )
  return found
}

/** Every living order is paid once with its total; no money is kept for any other. */
async function ordersAndPayments(query: Query): Promise<string[]> {
  type Order = { order_id: string; payment_id: string; status: string; total_cents: string }
  type Payment = { payment_id: string; order_id: string; status: string; amount_cents: string }
  const orders = await query<Order>('orders', 'select order_id, payment_id, status, total_cents from orders')
  const payments = await query<Payment>(
    'payment',
    'select payment_id, order_id, status, amount_cents from payments',
  )
  const byPayment = new Map(payments.map((payment) => [payment.payment_id, payment]))
  const alive = orders.filter(({ status }) => status !== 'cancelled')
  const unpaid = alive.filter((order) => {
    const payment = byPayment.get(order.payment_id)
    return payment?.status !== 'captured' || payment.amount_cents !== order.total_cents
  })
  const wanted = new Set(alive.map(({ payment_id: id }) => id))
  const orphaned = payments.filter(({ payment_id: id, status }) => status === 'captured' && !wanted.has(id))
  const doubled = [
    ...Map.groupBy(
      payments.filter(({ status }) => status === 'captured'),
      (payment) => payment.order_id,
    ),
  ].filter(([, list]) => list.length > 1)
  return [
    ...say('an order is not paid with its total', unpaid),
    ...say('money was taken for no living order', orphaned),
    ...say('an order was paid twice', doubled),
  ]
}

/** What the provider says it holds is what our payments say, one to one. */
async function paymentsAndProvider(query: Query): Promise<string[]> {
  type Intent = { id: string; status: string; amount: number; refunded: number }
  const intents = await query<Intent>(
    'payment_simulator',
    `select i.id, i.body->>'status' as status, (i.body->>'amount_received')::int as amount,
       coalesce((select sum(amount)::int from refunds r where r.payment_intent = i.id), 0) as refunded from payment_intents i`,
  )
  const payments = await query<{ provider_reference: string | null; status: string; amount_cents: string }>(
    'payment',
    'select provider_reference, status, amount_cents from payments',
  )
  const kept = new Map(
    intents
      .filter(({ status, amount, refunded }) => status === 'succeeded' && amount > refunded)
      .map((i) => [i.id, i.amount - i.refunded]),
  )
  const captured = payments.filter(({ status }) => status === 'captured')
  const wrong = captured.filter(
    (payment) => kept.get(payment.provider_reference ?? '') !== Number(payment.amount_cents),
  )
  const known = new Set(captured.map((payment) => payment.provider_reference))
  const unknown = [...kept.keys()].filter((id) => !known.has(id))
  const held = intents.filter(({ status }) => status === 'requires_capture')
  return [
    ...say('the provider did not take what we booked', wrong),
    ...say('the provider took what we did not book', unknown),
    ...say('money is held at the provider and nobody will take or free it', held),
  ]
}

/** What the catalogue shows is what the reviews say, for every product and every seller. */
async function ratingsAndReviews(query: Query): Promise<string[]> {
  type Rated = { sku: string; count: number; average: number }
  const products = await query<Rated & { seller_id: string }>(
    'catalog',
    'select sku, seller_id, rating_count as count, rating_average as average from products',
  )
  const reviews = await query<Rated>(
    'review',
    `select sku, count(*)::int as count, round(avg(rating), 2)::float8 as average from reviews
     where status = 'published' group by sku`,
  )
  const sellers = await query<{ seller_id: string; count: number; average: number }>(
    'catalog',
    `select s.seller_id, s.rating_count as count, s.rating_average as average from sellers s
     join (select seller_id, sum(rating_count) as count, sum(rating_average * rating_count) as stars from products
       group by 1) p using (seller_id)
     where s.rating_count <> p.count or abs(s.rating_average - coalesce(p.stars / nullif(p.count, 0), 0)) > 0.006`,
  )
  const bySku = new Map(reviews.map((review) => [review.sku, review]))
  const wrong = products.filter(({ sku, count, average }) => {
    const said = bySku.get(sku) ?? { count: 0, average: 0 }
    return said.count !== count || said.average !== average
  })
  return [
    ...say("a product's rating and its reviews disagree", wrong),
    ...say("a seller's rating and those of its products disagree", sellers),
  ]
}

/** Nobody reviews what nobody bought: each purchase is a line of an order of that buyer. */
async function ordersAndPurchases(query: Query): Promise<string[]> {
  type Line = { order_id: string; sku: string; buyer_id: string }
  const lines = await query<Line>(
    'orders',
    'select order_id, sku, buyer_id from order_lines join orders using (order_id) where buyer_id is not null',
  )
  const purchases = await query<Line>('review', 'select order_id, sku, buyer_id from purchases')
  const key = ({ order_id: id, sku, buyer_id: buyer }: Line) => `${id} ${sku} ${buyer}`
  const bought = new Set(lines.map(key))
  return say(
    'somebody may review what was not bought',
    purchases.filter((purchase) => !bought.has(key(purchase))),
  )
}

function say(sentence: string, rows: readonly unknown[]): string[] {
  return rows.length === 0 ? [] : [`${sentence}: ${JSON.stringify(rows.slice(0, 3))} (${rows.length})`]
}
