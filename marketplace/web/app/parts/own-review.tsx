import type { Purchase } from '../../../services/review-service/contracts/api.ts'
import { Notice } from './page-furniture.tsx'
import { StarRow } from './star-row.tsx'

/** Below an order line: the buyer's own review, or the way to write one. */
export function LineReview({ purchase: { orderId, sku, name, review } }: { readonly purchase: Purchase }) {
  if (review === undefined)
    return (
      <p className="small">
        <a href={`/orders/${orderId}/review/${sku}`}>
          Write a review<span className="visually-hidden"> of {name}</span>
        </a>
      </p>
    )
  return (
    <p className="own-review small soft">
      <span>Your review:</span> <StarRow filled={review.rating} />
      {review.status === 'pending' && <span>We read it before it appears.</span>}
      {review.status === 'rejected' && <span>Not published: {review.rejection}</span>}
    </p>
  )
}

export function ReviewThanks({ status }: { readonly status: string }) {
  return (
    <Notice kind="good" focus>
      <strong>Thank you for your review.</strong>
      {status === 'pending' ? (
        <span>Somebody of us reads it before it appears.</span>
      ) : (
        <span>Everybody can read it now.</span>
      )}
    </Notice>
  )
}
