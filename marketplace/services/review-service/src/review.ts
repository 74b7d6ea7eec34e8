import type { OwnReview } from '../contracts/api.ts'

export type Reason = NonNullable<OwnReview['reasons']>[number]

/** A review as it is kept. */
export type Review = {
  readonly reviewId: string
  readonly orderId: string
  readonly sku: string
  readonly rating: number
  readonly title: string
  readonly text: string
  readonly locale: string
  readonly status: OwnReview['status']
  readonly reasons: readonly Reason[]
  readonly rejection: string | undefined
  /** When a person decided; undefined: only rules did. */
  readonly decidedAt: Date | undefined
  readonly createdAt: Date
}

/** What happened to what everybody sees; undefined where nothing did. */
export type Change = { readonly kind: 'published' } | { readonly kind: 'withdrawn'; readonly cause: Cause }
export type Cause = 'reported' | 'rejected'

/** The review to its author. */
export function ownReview(review: Review): OwnReview {
  const { decidedAt: _, reasons, rejection, createdAt, ...rest } = review
  return {
    ...rest,
    ...(rest.status === 'pending' && { reasons: [...reasons] }),
    ...(rejection !== undefined && { rejection }),
    createdAt: createdAt.toISOString(),
  }
}
