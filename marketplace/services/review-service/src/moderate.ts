import { ShopError } from '../../../platform/errors.ts'
import type { Decision, Report } from '../contracts/api.ts'
import type { Change, Review } from './review.ts'

const REPORTS_THAT_HIDE = 3

export type ModerationPorts = {
  /** The review; until the transaction ends nobody else changes it. */
  takeReview(reviewId: string): Promise<Review | undefined>
  save(review: Review): Promise<void>
  announce(review: Review, change: Change): Promise<void>
  /** Keeps one report per reporter; resolves to how many people have reported it. */
  addReport(reviewId: string, reporterId: string, reason: Report['reason'], at: Date): Promise<number>
  now(): Date
}

/** The third buyer's report hides a review until a person has decided; what a person decided stays. */
export async function reportReview(
  ports: ModerationPorts,
  reviewId: string,
  reporterId: string,
  reason: Report['reason'],
): Promise<void> {
  const review = await ports.takeReview(reviewId)
  if (review?.status !== 'published') throw reviewNotFound()
  const reports = await ports.addReport(reviewId, reporterId, reason, ports.now())
  if (reports < REPORTS_THAT_HIDE || review.decidedAt !== undefined) return
  const hidden: Review = { ...review, status: 'pending', reasons: ['reported'] }
  await ports.save(hidden)
  await ports.announce(hidden, { kind: 'withdrawn', cause: 'reported' })
}

/** A person's decision. Deciding the same again changes nothing. */
export async function decideReview(
  ports: ModerationPorts,
  reviewId: string,
  { decision, reason }: Decision,
): Promise<Review> {
  if (decision === 'reject' && reason === undefined)
    throw new ShopError('reason-required', {}, 'Say why the review is rejected; its author reads it.')
  const review = await ports.takeReview(reviewId)
  if (review === undefined) throw reviewNotFound()
  const decided: Review = {
    ...review,
    status: decision === 'publish' ? 'published' : 'rejected',
    rejection: decision === 'publish' ? undefined : reason,
    reasons: [],
    decidedAt: ports.now(),
  }
  await ports.save(decided)
  if (decided.status === 'published' && review.status !== 'published')
    await ports.announce(decided, { kind: 'published' })
  if (decided.status !== 'published' && review.status === 'published')
    await ports.announce(decided, { kind: 'withdrawn', cause: 'rejected' })
  return decided
}

export function reviewNotFound(): ShopError {
  return new ShopError('review-not-found', {}, 'There is no such review.', 404)
}
