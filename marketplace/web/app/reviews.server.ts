import type { Purchase, ReviewPage } from '../../services/review-service/contracts/api.ts'
import type { Gateway } from './gateway.server.ts'
import { reviewSorts, type ReviewSort } from './parts/review-sorts.ts'
import type { Visit } from './visit.server.ts'

const PAGE_SIZE = 8

export type ShownReviews = {
  /** Undefined: review-service is away, and the page sells on. */
  readonly answer: ReviewPage | undefined
  readonly sort: ReviewSort
  readonly rating: number | undefined
  readonly url: string
}

/** Reviews of a product as the address asks for them; what makes no sense there counts as absent. */
export async function findReviews(shop: Gateway, sku: string, request: Request): Promise<ShownReviews> {
  const { pathname, search, searchParams } = new URL(request.url)
  const sort = searchParams.get('sort') ?? ''
  const asked = {
    sort: Object.hasOwn(reviewSorts, sort) ? (sort as ReviewSort) : 'newest',
    rating: wholeNumber(searchParams.get('rating'), 5),
    page: wholeNumber(searchParams.get('page'), 1000) ?? 1,
  } as const
  const { rating, ...query } = asked
  const answer = await shop.review
    .listReviews({
      params: { sku },
      query: { ...query, ...(rating !== undefined && { rating }), pageSize: PAGE_SIZE },
    })
    .catch(() => undefined)
  return {
    answer: answer?.status === 200 ? answer.body : undefined,
    sort: asked.sort,
    rating,
    url: pathname + search,
  }
}

export type OwnReviews = Readonly<Record<string, Purchase>>

/** What the signed-in buyer may review of an order, by sku; nothing for guests. */
export async function findOwnReviews(visit: Visit, orderId: string): Promise<OwnReviews> {
  if (!visit.isSignedIn) return {}
  const answer = await visit.shop.review.listOwnReviews({ query: { orderId } }).catch(() => undefined)
  if (answer?.status !== 200) return {}
  return Object.fromEntries(answer.body.data.map((purchase) => [purchase.sku, purchase]))
}

/** 1 to `most`, or undefined. */
function wholeNumber(text: string | null, most: number): number | undefined {
  const number = Number(text ?? '')
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
}
