import type { Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql, type Sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import type {
  Operations,
  PendingReview,
  Purchase,
  Review as ReviewBody,
  Reply,
  Summary,
} from '../contracts/api.ts'
import type { ReviewReviewPublished, ReviewReviewWithdrawn } from '../contracts/events.ts'
import { authorName } from './author-name.ts'
import type { ModerationPorts } from './moderate.ts'
import { ownReview, type Change, type Review } from './review.ts'
import { summaryOf } from './summary.ts'
import type { WritePorts } from './write-review.ts'

/** What one transaction of a use case can do. */
export function reviewPorts(
  tx: Transaction,
  outbox: Outbox,
): Omit<WritePorts & ModerationPorts, 'newId' | 'now'> {
  return {
    async takePurchase(orderId, sku, buyerId) {
      const rows = await tx.query(sql`
        select from purchases where order_id = ${orderId} and sku = ${sku} and buyer_id = ${buyerId} for update`)
      return rows.length > 0
    },

    async findReviewOf(orderId, sku) {
      const [row] = await tx.query<ReviewRow>(
        sql`select ${columns} from reviews r where order_id = ${orderId} and sku = ${sku}`,
      )
      return row && reviewOf(row)
    },

    async takeReview(reviewId) {
      const [row] = await tx.query<ReviewRow>(
        sql`select ${columns} from reviews r where review_id = ${reviewId} for update`,
      )
      return row && reviewOf(row)
    },

    async insert(review) {
      const { reviewId, orderId, sku, rating, title, text, locale, status, reasons, createdAt } = review
      await tx.query(sql`
        insert into reviews (review_id, order_id, sku, rating, title, body, locale, status, reasons, created_at)
        values (${reviewId}, ${orderId}, ${sku}, ${rating}, ${title}, ${text}, ${locale}, ${status}, ${reasons},
          ${createdAt})`)
    },

    async save({ reviewId, status, reasons, rejection, decidedAt }) {
      await tx.query(sql`
        update reviews set status = ${status}, reasons = ${reasons}, rejection = ${rejection ?? null},
          decided_at = ${decidedAt ?? null}
        where review_id = ${reviewId}`)
    },

    async addReport(reviewId, reporterId, reason, at) {
      await tx.query(sql`
        insert into reports (review_id, reporter_id, reason, reported_at)
        values (${reviewId}, ${reporterId}, ${reason}, ${at}) on conflict do nothing`)
      const [row] = await tx.query<{ reports: number }>(
        sql`select count(*) as reports from reports where review_id = ${reviewId}`,
      )
      return row!.reports
    },

    announce: (review, change) => announce(tx, outbox, review, change),
  }
}

async function announce(tx: Transaction, outbox: Outbox, review: Review, change: Change): Promise<void> {
  const { reviewId, sku, rating } = review
  // Two reviews of a product at once would each count without the other, and the last event would be wrong for good.
  await tx.query(sql`select pg_advisory_xact_lock(hashtext('rating'), hashtext(${sku}))`)
  const { average, count } = await readSummary(tx, sku)
  if (change.kind === 'published') {
    const data: ReviewReviewPublished['data'] = { reviewId, sku, rating, average, count }
    await outbox.publish(tx, { eventType: 'review.review.published', key: sku, data })
  } else {
    const data: ReviewReviewWithdrawn['data'] = { reviewId, sku, cause: change.cause, average, count }
    await outbox.publish(tx, { eventType: 'review.review.withdrawn', key: sku, data })
  }
}

export async function readSummary(db: Queryable, sku: string): Promise<Summary> {
  const rows = await db.query<{ rating: number; count: number }>(sql`
    select rating, count(*) as count from reviews where sku = ${sku} and status = 'published' group by rating`)
  const counts = [0, 0, 0, 0, 0]
  for (const { rating, count } of rows) counts[rating - 1] = count
  return summaryOf(counts)
}

type Listing = Operations['listReviews']['query'] & Operations['listReviews']['params']

export async function readReviews(db: Queryable, listing: Listing): Promise<ReviewBody[]> {
  const { sku, rating, sort, page, pageSize } = listing
  const rows = await db.query<
    ReviewRow & { buyer_name: string; reply: string | null; replied_at: Date | null }
  >(sql`
    select ${columns}, p.buyer_name, r.reply, r.replied_at from reviews r join purchases p using (order_id, sku)
    where r.sku = ${sku} and r.status = 'published' ${rating === undefined ? sql`` : sql`and r.rating = ${rating}`}
    order by ${orderBy(sort)} limit ${pageSize} offset ${(page - 1) * pageSize}`)
  return rows.map((row) => ({
    ...shownOf(row),
    verifiedPurchase: true,
    ...(row.reply !== null && { reply: { text: row.reply, repliedAt: row.replied_at!.toISOString() } }),
  }))
}

/** What shoppers and moderators see alike. */
function shownOf(row: ReviewRow & { buyer_name: string }) {
  return {
    reviewId: row.review_id,
    sku: row.sku,
    rating: row.rating,
    title: row.title,
    text: row.body,
    locale: row.locale,
    author: authorName(row.buyer_name),
    createdAt: row.created_at.toISOString(),
  }
}

function orderBy(sort: Listing['sort']): Sql {
  switch (sort) {
    case 'newest':
      return sql`r.created_at desc, r.review_id`
    case 'highest':
      return sql`r.rating desc, r.created_at desc, r.review_id`
    case 'lowest':
      return sql`r.rating, r.created_at desc, r.review_id`
  }
}

export async function readPending(db: Queryable): Promise<PendingReview[]> {
  const rows = await db.query<ReviewRow & { buyer_name: string }>(sql`
    select ${columns}, p.buyer_name from reviews r join purchases p using (order_id, sku)
    where r.status = 'pending' order by r.created_at, r.review_id limit 100`)
  return rows.map((row) => ({
    ...shownOf(row),
    reasons: row.reasons,
  }))
}

type PurchaseRow = {
  purchase_order: string
  purchase_sku: string
  slug: string
  product_name: string
  bought_at: Date
}

export async function readPurchases(
  db: Queryable,
  buyerId: string,
  orderId: string | undefined,
): Promise<Purchase[]> {
  const rows = await db.query<PurchaseRow & (ReviewRow | { review_id: null })>(sql`
    select p.order_id as purchase_order, p.sku as purchase_sku, p.slug, p.product_name, p.bought_at, ${columns}
    from purchases p left join reviews r using (order_id, sku)
    where p.buyer_id = ${buyerId} ${orderId === undefined ? sql`` : sql`and p.order_id = ${orderId}`}
    order by p.bought_at desc, p.order_id, p.sku limit 100`)
  return rows.map((row) => ({
    orderId: row.purchase_order,
    sku: row.purchase_sku,
    slug: row.slug,
    name: row.product_name,
    boughtAt: row.bought_at.toISOString(),
    ...(row.review_id !== null && { review: ownReview(reviewOf(row)) }),
  }))
}

/** Undefined when there is no published review to answer. */
export async function setReply(
  db: Queryable,
  reviewId: string,
  text: string,
  at: Date,
): Promise<Reply | undefined> {
  const rows = await db.query(sql`
    update reviews set reply = ${text}, replied_at = ${at}
    where review_id = ${reviewId} and status = 'published' returning review_id`)
  return rows.length === 0 ? undefined : { text, repliedAt: at.toISOString() }
}

export type NewPurchase = {
  readonly orderId: string
  readonly sku: string
  readonly slug: string
  readonly name: string
  readonly sellerId: string
  readonly buyerId: string
  readonly buyerName: string
  readonly boughtAt: string
}

export async function addPurchases(tx: Queryable, purchases: readonly NewPurchase[]): Promise<void> {
  for (const { orderId, sku, slug, name, sellerId, buyerId, buyerName, boughtAt } of purchases)
    await tx.query(sql`
      insert into purchases (order_id, sku, slug, product_name, seller_id, buyer_id, buyer_name, bought_at)
      values (${orderId}, ${sku}, ${slug}, ${name}, ${sellerId}, ${buyerId}, ${buyerName}, ${boughtAt})
      on conflict do nothing`)
}

type ReviewRow = {
  review_id: string
  order_id: string
  sku: string
  rating: number
  title: string
  body: string
  locale: string
  status: Review['status']
  reasons: Review['reasons'][number][]
  rejection: string | null
  decided_at: Date | null
  created_at: Date
}

const columns = sql`
  r.review_id, r.order_id, r.sku, r.rating, r.title, r.body, r.locale, r.status, r.reasons, r.rejection, r.decided_at,
  r.created_at`

function reviewOf(row: ReviewRow): Review {
  return {
    reviewId: row.review_id,
    orderId: row.order_id,
    sku: row.sku,
    rating: row.rating,
    title: row.title,
    text: row.body,
    locale: row.locale,
    status: row.status,
    reasons: row.reasons,
    rejection: row.rejection ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    createdAt: row.created_at,
  }
}
