import { ShopError } from '../../../platform/errors.ts'
import type { NewReview } from '../contracts/api.ts'
import type { Change, Review } from './review.ts'
import { screen } from './screen.ts'

export type WritePorts = {
  /** Whether the buyer bought it. Until the transaction ends nobody else can write about this purchase. */
  takePurchase(orderId: string, sku: string, buyerId: string): Promise<boolean>
  findReviewOf(orderId: string, sku: string): Promise<Review | undefined>
  insert(review: Review): Promise<void>
  announce(review: Review, change: Change): Promise<void>
  newId(): string
  now(): Date
}

/** Keeps a review of the buyer's own purchase. The same review again is the first one; another one is refused. */
export async function writeReview(ports: WritePorts, buyerId: string, given: NewReview): Promise<Review> {
  const { orderId, sku, rating } = given
  const title = given.title.trim()
  const text = given.text.trim()
  if (title === '' || text === '')
    throw new ShopError('invalid-request', {}, 'Title and text need at least a word each.', 400)
  if (!(await ports.takePurchase(orderId, sku, buyerId)))
    throw new ShopError(
      'purchase-not-found',
      {},
      'Only what you bought can be reviewed, as soon as the order is confirmed.',
      404,
    )

  const earlier = await ports.findReviewOf(orderId, sku)
  if (earlier) {
    if (earlier.rating === rating && earlier.title === title && earlier.text === text) return earlier
    throw new ShopError('already-reviewed', {}, 'You have reviewed this purchase already.', 409)
  }

  const reasons = screen(title, text)
  const review: Review = {
    reviewId: ports.newId(),
    orderId,
    sku,
    rating,
    title,
    text,
    locale: given.locale ?? 'en',
    status: reasons.length === 0 ? 'published' : 'pending',
    reasons,
    rejection: undefined,
    decidedAt: undefined,
    createdAt: ports.now(),
  }
  await ports.insert(review)
  if (review.status === 'published') await ports.announce(review, { kind: 'published' })
  return review
}
