import type { Subscription } from '../../../platform/events/consumer.ts'
import type { ReviewReviewPublished, ReviewReviewWithdrawn } from '../../review-service/contracts/events.ts'
import { setRating } from './rating.ts'

const heard = ['review.review.published', 'review.review.withdrawn']

/** Events of one product come in the order of its reviews, so the last one is right. */
export const subscriptions: readonly Subscription[] = heard.map((eventType) => ({
  eventType,
  // The publisher has checked the event against this very schema.
  handle: (event, tx) => setRating(tx, event.data as (ReviewReviewPublished | ReviewReviewWithdrawn)['data']),
}))
