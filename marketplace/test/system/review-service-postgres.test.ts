import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { after, before } from 'node:test'
import type { Database } from '../../platform/db/database.ts'
import { sql } from '../../platform/db/sql.ts'
import { loadEventSchemas } from '../../platform/contract/load-events.ts'
import { createOutbox } from '../../platform/events/outbox.ts'
import { testCluster, type TestCluster } from '../test-database.ts'
import { subscriptions as catalogSubscriptions } from '../../services/catalog-service/src/subscriptions.ts'
import type { Decision, NewReview } from '../../services/review-service/contracts/api.ts'
import { routes } from '../../services/review-service/src/routes.ts'
import { subscriptions } from '../../services/review-service/src/subscriptions.ts'

const service = (path: string) => new URL(`../../services/${path}`, import.meta.url)
let cluster: TestCluster
let db: Database
let handlers: ReturnType<typeof routes>
let now = new Date('2026-11-20T12:00:00Z')

before(async () => {
  cluster = await testCluster()
  db = await cluster.database(service('review-service/src/migrations/'))
  const check = await loadEventSchemas(service('review-service/contracts/events/'))
  const outbox = createOutbox({ check, wakeRelay: () => {}, clock: () => now })
  handlers = routes({ db, outbox, clock: () => now })
})
after(() => cluster?.stop())

const headers = {}
const rawBody = Buffer.alloc(0)
const asBuyer = (userId: string) => ({
  caller: { kind: 'buyer', userId, roles: [] } as const,
  headers,
  rawBody,
})
const asService = { caller: { kind: 'service', name: 'admin' } as const, headers, rawBody }

let lastSku = 0
const newSku = () => `SKU-${String(++lastSku).padStart(4, '0')}`

/** A confirmed order, as order-service tells it; a guest's without buyerId. */
async function buy(skus: readonly string[], buyer: { buyerId?: string } = { buyerId: randomUUID() }) {
  const orderId = randomUUID()
  const event = {
    eventId: randomUUID(),
    eventType: 'order.order.confirmed',
    eventVersion: 'v1',
    timestamp: now.toISOString(),
    data: {
      orderId,
      ...buyer,
      customer: { name: 'Ada Blum' },
      placedAt: now.toISOString(),
      parcels: [
        {
          sellerId: randomUUID(),
          lines: skus.map((sku) => ({ sku, slug: sku.toLowerCase(), name: `Thing ${sku}` })),
        },
      ],
    },
  }
  for (let i = 0; i < 2; i++) await db.transaction((tx) => subscriptions[0]!.handle(event, tx))
  return { orderId, buyerId: buyer.buyerId ?? randomUUID() }
}

async function write(buyerId: string, review: Partial<NewReview> & Pick<NewReview, 'orderId' | 'sku'>) {
  const body: NewReview = { rating: 5, title: 'Good', text: 'Works well.', ...review }
  const answer = await handlers.writeReview({ ...asBuyer(buyerId), params: {}, query: {}, body })
  assert.equal(answer.status, 201)
  return (answer.body as { data: { reviewId: string; status: string } }).data
}

async function read(
  sku: string,
  query: Partial<{ sort: 'newest' | 'highest' | 'lowest'; rating: number }> = {},
) {
  const answer = await handlers.listReviews({
    caller: { kind: 'guest' },
    headers,
    rawBody,
    params: { sku },
    query: { sort: 'newest', page: 1, pageSize: 10, ...query },
    body: undefined,
  })
  assert.equal(answer.status, 200)
  return answer.body
}

const report = async (reviewId: string) =>
  await handlers.reportReview({
    ...asBuyer(randomUUID()),
    params: { reviewId },
    query: {},
    body: { reason: 'spam' },
  })

const decide = async (reviewId: string, body: Decision) =>
  await handlers.decideReview({ ...asService, params: { reviewId }, query: {}, body })

type Told = { eventType: string; data: { sku: string; average: number; count: number } }

/** The events of a product so far, in the order they will leave. */
async function told(sku: string): Promise<Told[]> {
  const rows = await db.query<{ payload: Told }>(
    sql`select payload from outbox where key = ${sku} order by position`,
  )
  return rows.map(({ payload }) => payload)
}

// review-service/001#FR-002 SC-002
test('eight equal calls at once leave one review, and it is told once', async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku])
  const answers = await Promise.all(Array.from({ length: 8 }, () => write(buyerId, { orderId, sku })))
  assert.equal(new Set(answers.map(({ reviewId }) => reviewId)).size, 1)
  assert.equal((await told(sku)).length, 1)
})

// review-service/001#FR-001
test('only the buyer of the line may write about it', async () => {
  const [bought, other] = [newSku(), newSku()]
  const { orderId, buyerId } = await buy([bought])
  await assert.rejects(write(randomUUID(), { orderId, sku: bought }), { code: 'purchase-not-found' })
  await assert.rejects(write(buyerId, { orderId, sku: other }), { code: 'purchase-not-found' })
})

test("a guest's order brings no right to review", async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku], {})
  await assert.rejects(write(buyerId, { orderId, sku }), { code: 'purchase-not-found' })
})

test('another review of the same line is refused, a review of the next order is not', async () => {
  const sku = newSku()
  const buyerId = randomUUID()
  const [first, second] = [await buy([sku], { buyerId }), await buy([sku], { buyerId })]
  await write(buyerId, { orderId: first.orderId, sku })
  await assert.rejects(write(buyerId, { orderId: first.orderId, sku, rating: 1 }), {
    code: 'already-reviewed',
  })
  await write(buyerId, { orderId: second.orderId, sku, rating: 1 })
  assert.deepEqual((await read(sku)).summary, { average: 3, count: 2, histogram: [1, 0, 0, 0, 1] })
})

// review-service/001#FR-007: what the last event says is what is true.
test('of twelve reviews of a product published at once, the last event counts all', async () => {
  const sku = newSku()
  const buyers = await Promise.all(Array.from({ length: 12 }, () => buy([sku])))
  await Promise.all(
    buyers.map(({ orderId, buyerId }, i) => write(buyerId, { orderId, sku, rating: 1 + (i % 5) })),
  )
  const events = await told(sku)
  assert.deepEqual(
    events.map(({ data }) => data.count),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  )
  const { average, count } = (await read(sku)).summary
  assert.deepEqual({ average: events.at(-1)!.data.average, count: 12 }, { average, count })
})

// review-service/001#FR-005
test('reviews come newest first, by stars, or only those with a number of stars', async () => {
  const sku = newSku()
  for (const rating of [3, 5, 1]) {
    const { orderId, buyerId } = await buy([sku])
    now = new Date(now.getTime() + 60_000)
    await write(buyerId, { orderId, sku, rating })
  }
  const ratings = async (query: Parameters<typeof read>[1]) =>
    (await read(sku, query)).data.map(({ rating }) => rating)
  assert.deepEqual(await ratings({ sort: 'newest' }), [1, 5, 3])
  assert.deepEqual(await ratings({ sort: 'highest' }), [5, 3, 1])
  assert.deepEqual(await ratings({ sort: 'lowest' }), [1, 3, 5])
  assert.deepEqual(await ratings({ rating: 5 }), [5])
  assert.equal((await read(sku, { rating: 5 })).page.total, 1)
})

// review-service/001#FR-004 FR-009
test('a review with a link waits, is told when a person publishes it, and is rejected only with a reason', async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku])
  const { reviewId, status } = await write(buyerId, { orderId, sku, text: 'See www.example.com' })
  assert.equal(status, 'pending')
  assert.equal((await read(sku)).summary.count, 0)
  assert.deepEqual(await told(sku), [])
  const queue = await handlers.listPendingReviews({ ...asService, params: {}, query: {}, body: undefined })
  const waiting = (queue.body as { data: { reviewId: string; reasons: string[] }[] }).data
  assert.deepEqual(waiting.find((one) => one.reviewId === reviewId)?.reasons, ['contains-link'])

  await decide(reviewId, { decision: 'publish' })
  await decide(reviewId, { decision: 'publish' })
  await assert.rejects(decide(reviewId, { decision: 'reject' }), { code: 'reason-required' })
  await decide(reviewId, { decision: 'reject', reason: 'Advertises' })
  assert.deepEqual(
    (await told(sku)).map(({ eventType, data: { count } }) => [eventType, count]),
    [
      ['review.review.published', 1],
      ['review.review.withdrawn', 0],
    ],
  )
})

// review-service/001#FR-008
test('the third report hides a review until a person decides, and not again after that', async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku])
  const { reviewId } = await write(buyerId, { orderId, sku })
  await report(reviewId)
  await report(reviewId)
  assert.equal((await read(sku)).summary.count, 1)
  await report(reviewId)
  assert.equal((await read(sku)).summary.count, 0)
  await assert.rejects(report(reviewId), { code: 'review-not-found' })
  await decide(reviewId, { decision: 'publish' })
  await report(reviewId)
  assert.equal((await read(sku)).summary.count, 1)
  assert.deepEqual(
    (await told(sku)).map(({ data: { count } }) => count),
    [1, 0, 1],
  )
})

test('three reports of one buyer are one', async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku])
  const { reviewId } = await write(buyerId, { orderId, sku })
  const reporter = asBuyer(randomUUID())
  for (let i = 0; i < 3; i++)
    await handlers.reportReview({ ...reporter, params: { reviewId }, query: {}, body: { reason: 'spam' } })
  assert.equal((await read(sku)).summary.count, 1)
})

// review-service/001#FR-010
test("the seller's second answer replaces the first, and only a published review has one", async () => {
  const sku = newSku()
  const { orderId, buyerId } = await buy([sku])
  const { reviewId } = await write(buyerId, { orderId, sku })
  const reply = async (text: string) =>
    await handlers.replyToReview({ ...asService, params: { reviewId }, query: {}, body: { text } })
  await reply('Thank you.')
  await reply('Thank you, Ada.')
  assert.equal((await read(sku)).data[0]?.reply?.text, 'Thank you, Ada.')
  await decide(reviewId, { decision: 'reject', reason: 'Spam' })
  await assert.rejects(reply('Hello?'), { code: 'review-not-found' })
})

test('the buyer sees every line of the order with the review it has', async () => {
  const [first, second] = [newSku(), newSku()]
  const { orderId, buyerId } = await buy([first, second])
  await write(buyerId, { orderId, sku: second, rating: 4 })
  const answer = await handlers.listOwnReviews({
    ...asBuyer(buyerId),
    params: {},
    query: { orderId },
    body: undefined,
  })
  const { data } = answer.body as { data: { sku: string; review?: { rating: number } }[] }
  assert.deepEqual(
    data.map(({ sku, review }) => [sku, review?.rating]),
    [
      [first, undefined],
      [second, 4],
    ],
  )
})

// review-service/001#SC-003
test('a page of a much reviewed product is read by the index of its product', async () => {
  const sku = newSku()
  await db.query(sql`
    insert into purchases (order_id, sku, slug, product_name, seller_id, buyer_id, buyer_name, bought_at)
    select gen_random_uuid(), case when i <= 1000 then ${sku} else 'OTHER-' || (i % 500) end, 's', 'p',
      gen_random_uuid(), gen_random_uuid(), 'Ada', now() from generate_series(1, 20000) i`)
  await db.query(sql`
    insert into reviews (review_id, order_id, sku, rating, title, body, locale, status, created_at)
    select gen_random_uuid(), order_id, sku, 4, 't', 'b', 'en', 'published', now() - random() * interval '1 year'
    from purchases where slug = 's'`)
  await db.query(sql`analyze reviews`)
  const plan = await db.query<Record<string, string>>(sql`
    explain select * from reviews where sku = ${sku} and status = 'published'
    order by created_at desc, review_id limit 10`)
  assert.match(plan.map((row) => Object.values(row)[0]).join('\n'), /Index Scan using reviews_newest/)
})

// catalog-service/001#FR-011
test("the catalogue takes the numbers over, and the seller's are those of all its products", async () => {
  const catalog = await cluster.database(service('catalog-service/src/migrations/'))
  const sellerId = randomUUID()
  await catalog.query(sql`insert into categories values ('cups', 'Cups', 'about', 'mug', 10, 1)`)
  await catalog.query(sql`
    insert into sellers (seller_id, slug, name, description, city, country, hue, joined_at)
    values (${sellerId}, 'kiln', 'Kiln', 'about', 'Galway', 'IE', 10, now())`)
  for (const sku of ['CUP-1', 'CUP-2'])
    await catalog.query(sql`
      insert into products (product_id, sku, slug, name, description, category_slug, seller_id, price_cents, art_hue,
        art_motif, published_at)
      values (${randomUUID()}, ${sku}, ${sku.toLowerCase()}, 'Cup', 'about', 'cups', ${sellerId}, 100, 10, 'mug', now())`)
  const hear = async (kind: 'published' | 'withdrawn', sku: string, average: number, count: number) => {
    const eventType = `review.review.${kind}`
    const subscription = catalogSubscriptions.find((one) => one.eventType === eventType)!
    await catalog.transaction((tx) =>
      subscription.handle(
        {
          eventId: randomUUID(),
          eventType,
          eventVersion: 'v1',
          timestamp: now.toISOString(),
          data: { reviewId: randomUUID(), sku, average, count },
        },
        tx,
      ),
    )
  }
  const sellers = () =>
    catalog.query(sql`select rating_average as average, rating_count as count from sellers`)
  await hear('published', 'CUP-1', 4.5, 2)
  await hear('published', 'CUP-2', 1, 1)
  await hear('published', 'GONE-1', 5, 1)
  assert.deepEqual(await sellers(), [{ average: 3.33, count: 3 }])
  await hear('withdrawn', 'CUP-1', 0, 0)
  await hear('withdrawn', 'CUP-2', 0, 0)
  assert.deepEqual(await sellers(), [{ average: 0, count: 0 }])
})
