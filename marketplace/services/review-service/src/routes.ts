import type { Database } from '../../../platform/db/database.ts'
import { ShopError } from '../../../platform/errors.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import type { Caller } from '../../../platform/http/caller.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import { newId } from '../../../platform/ids.ts'
import type { Operations } from '../contracts/api.ts'
import { decideReview, reportReview, reviewNotFound } from './moderate.ts'
import { readPending, readPurchases, readReviews, readSummary, reviewPorts, setReply } from './postgres.ts'
import { ownReview } from './review.ts'
import { writeReview } from './write-review.ts'

type World = { db: Database; outbox: Outbox; clock: () => Date }

export function routes({ db, outbox, clock }: World): Handlers<Operations> {
  /** The use case in a transaction of its own. */
  const changing = <T>(work: (ports: ReturnType<typeof portsIn>) => Promise<T>): Promise<T> =>
    db.transaction((tx) => work(portsIn(tx)))
  const portsIn = (tx: Parameters<typeof reviewPorts>[0]) => ({
    ...reviewPorts(tx, outbox),
    newId,
    now: clock,
  })

  return {
    async listReviews({ params, query }) {
      const [data, summary] = await Promise.all([
        readReviews(db, { ...params, ...query }),
        readSummary(db, params.sku),
      ])
      const total = query.rating === undefined ? summary.count : summary.histogram[query.rating - 1]!
      return {
        status: 200,
        body: { data, summary, page: { number: query.page, size: query.pageSize, total } },
      }
    },

    async listOwnReviews({ query, caller }) {
      return { status: 200, body: { data: await readPurchases(db, buyerOf(caller), query.orderId) } }
    },

    async writeReview({ body, caller }) {
      const buyerId = buyerOf(caller)
      const review = await changing((ports) => writeReview(ports, buyerId, body))
      return { status: 201, body: { data: ownReview(review) } }
    },

    async reportReview({ params: { reviewId }, body: { reason }, caller }) {
      const reporterId = buyerOf(caller)
      await changing((ports) => reportReview(ports, reviewId, reporterId, reason))
      return { status: 202, body: { data: { reviewId, reported: true } } }
    },

    listPendingReviews: async () => ({ status: 200, body: { data: await readPending(db) } }),

    async decideReview({ params: { reviewId }, body }) {
      const review = await changing((ports) => decideReview(ports, reviewId, body))
      return { status: 200, body: { data: ownReview(review) } }
    },

    async replyToReview({ params: { reviewId }, body: { text } }) {
      const data = await setReply(db, reviewId, text, clock())
      if (data === undefined) throw reviewNotFound()
      return { status: 200, body: { data } }
    },
  }
}

function buyerOf(caller: Caller): string {
  if (caller.kind !== 'buyer') throw new ShopError('unauthorized', {}, 'Sign in first.', 401)
  return caller.userId
}
