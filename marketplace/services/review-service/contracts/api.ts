// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Sku = string

export type Rating = number

export type Title = string

export type Text = string

export type Locale = string

export type ReviewStatus = 'pending' | 'published' | 'rejected'

export type Reason = 'contains-link' | 'contains-address' | 'shouting' | 'reported'

export type NewReview = {
  /** Order in which it was bought */
  orderId: string
  sku: Sku
  rating: Rating
  title: Title
  text: Text
  locale?: Locale
}

export type Reply = {
  text: Text
  /** When */
  repliedAt: string
}

export type Review = {
  /** Never changes */
  reviewId: string
  sku: Sku
  rating: Rating
  title: Title
  text: Text
  locale: Locale
  /** First name and initial */
  author: string
  /** True for all: there is no other way to write one */
  verifiedPurchase: boolean
  /** When it was written */
  createdAt: string
  reply?: Reply
}

export type OwnReview = {
  /** Never changes */
  reviewId: string
  /** Order in which it was bought */
  orderId: string
  sku: Sku
  rating: Rating
  title: Title
  text: Text
  locale: Locale
  status: ReviewStatus
  /** Why a person looks at it first */
  reasons?: Reason[]
  /** Why it was rejected */
  rejection?: string
  /** When it was written */
  createdAt: string
}

export type OwnReviewAnswer = {
  data: OwnReview
}

export type PendingReview = {
  /** Never changes */
  reviewId: string
  sku: Sku
  rating: Rating
  title: Title
  text: Text
  locale: Locale
  /** First name and initial */
  author: string
  /** Why */
  reasons: Reason[]
  /** When it was written */
  createdAt: string
}

export type PendingList = {
  data: PendingReview[]
}

export type Purchase = {
  /** The order */
  orderId: string
  sku: Sku
  /** The product's name in URLs when it was bought */
  slug: string
  /** The product's name when it was bought */
  name: string
  /** When the order was placed */
  boughtAt: string
  review?: OwnReview
}

export type PurchaseList = {
  data: Purchase[]
}

export type Summary = {
  /** To two places, 0 without reviews */
  average: number
  /** Published reviews */
  count: number
  /** Reviews with one, two, three, four and five stars */
  histogram: number[]
}

export type Page = {
  /** This page */
  number: number
  /** Entries per page */
  size: number
  /** Entries that fit the filter */
  total: number
}

export type ReviewPage = {
  data: Review[]
  summary: Summary
  page: Page
}

export type Report = {
  /** The kind of trouble */
  reason: 'spam' | 'offensive' | 'private-data' | 'not-about-product'
}

export type ReportAnswer = {
  data: {
    /** The review */
    reviewId: string
    /** Always true */
    reported: boolean
  }
}

export type Decision = {
  /** The decision */
  decision: 'publish' | 'reject'
  /** Needed to reject; its author reads it */
  reason?: string
}

export type NewReply = {
  text: Text
}

export type ReplyAnswer = {
  data: Reply
}

export type Health = {
  data: {
    /** It lives */
    status: 'ok'
    /** Who answers */
    service: string
  }
}

export type Problem = {
  /** Always about:blank; code tells problems apart */
  type: string
  /** The status in words */
  title: string
  /** The HTTP status */
  status: number
  /** What went wrong */
  code: string
  /** What went wrong */
  detail: string
  /** What to do */
  hint?: string
  /** To find it in the logs */
  traceId?: string
  [name: string]: unknown
}

export type Operations = {
  readonly listReviews: {
    readonly params: { readonly sku: Sku }
    readonly query: {
      readonly sort: 'newest' | 'highest' | 'lowest'
      readonly rating?: number
      readonly page: number
      readonly pageSize: number
    }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: ReviewPage }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly listOwnReviews: {
    readonly params: Record<never, never>
    readonly query: { readonly orderId?: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: PurchaseList }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly writeReview: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: NewReview
    readonly response:
      | { readonly status: 201; readonly body: OwnReviewAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
  }
  readonly listPendingReviews: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: PendingList }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly reportReview: {
    readonly params: { readonly reviewId: string }
    readonly query: Record<never, never>
    readonly body: Report
    readonly response:
      | { readonly status: 202; readonly body: ReportAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly decideReview: {
    readonly params: { readonly reviewId: string }
    readonly query: Record<never, never>
    readonly body: Decision
    readonly response:
      | { readonly status: 200; readonly body: OwnReviewAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
  }
  readonly replyToReview: {
    readonly params: { readonly reviewId: string }
    readonly query: Record<never, never>
    readonly body: NewReply
    readonly response:
      | { readonly status: 200; readonly body: ReplyAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
}

export const contract = {
  service: 'review-service',
  operations: {
    listReviews: { method: 'GET', path: '/api/v1/products/{sku}/reviews' },
    listOwnReviews: { method: 'GET', path: '/api/v1/reviews' },
    writeReview: { method: 'POST', path: '/api/v1/reviews' },
    listPendingReviews: { method: 'GET', path: '/api/v1/reviews/pending' },
    reportReview: { method: 'POST', path: '/api/v1/reviews/{reviewId}/reports' },
    decideReview: { method: 'POST', path: '/api/v1/reviews/{reviewId}/decision' },
    replyToReview: { method: 'PUT', path: '/api/v1/reviews/{reviewId}/reply' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const
