// Generated from the contract beside this file by "npm run generate". Do not edit.

/** A review can be read from now on; carries the product's new average and count. */
export type ReviewReviewPublished = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'review.review.published'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The review */
    reviewId: string
    /** The product */
    sku: string
    /** Stars of this review */
    rating: number
    /** Average of the product's published reviews from now on, to two places, 0 without any */
    average: number
    /** Published reviews of the product from now on */
    count: number
  }
}

/** A review cannot be read any more; carries the product's new average and count. */
export type ReviewReviewWithdrawn = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'review.review.withdrawn'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The review */
    reviewId: string
    /** The product */
    sku: string
    /** Reports of buyers, or a person's decision */
    cause: 'reported' | 'rejected'
    /** Average of the product's published reviews from now on, to two places, 0 without any */
    average: number
    /** Published reviews of the product from now on */
    count: number
  }
}

export type Events = {
  readonly 'review.review.published': ReviewReviewPublished
  readonly 'review.review.withdrawn': ReviewReviewWithdrawn
}
