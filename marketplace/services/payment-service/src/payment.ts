import type { Split } from '../contracts/api.ts'

// A payment and what can happen to it. Pure: news come in, a new state and bookings come out.

export type PaymentStatus = 'pending' | 'authorized' | 'captured' | 'cancelled' | 'declined'

export type Payment = {
  readonly paymentId: string
  /** Undefined for a payment that was cancelled before anyone asked for it. */
  readonly orderId: string | undefined
  readonly status: PaymentStatus
  readonly amountCents: number
  readonly refundedCents: number
  readonly currency: string
  readonly paymentMethod: string
  readonly providerReference: string | undefined
  readonly declineCode: string | undefined
  readonly splits: readonly Split[]
}

/** What the provider says happened, whether it answered us or came by webhook: both end here, and only here. */
export type News =
  | { readonly type: 'authorized'; readonly reference: string }
  | { readonly type: 'declined'; readonly declineCode: string; readonly reference: string | undefined }
  | { readonly type: 'captured' }
  | { readonly type: 'cancelled'; readonly refundedCents: number }

/** The payment after the news, or undefined if they are not news: duplicates and late ones change nothing. */
export function apply(payment: Payment, news: News): Payment | undefined {
  switch (news.type) {
    case 'authorized':
      if (payment.status !== 'pending') return undefined
      return { ...payment, status: 'authorized', providerReference: news.reference }
    case 'declined':
      if (payment.status !== 'pending') return undefined
      return {
        ...payment,
        status: 'declined',
        declineCode: news.declineCode,
        providerReference: news.reference ?? payment.providerReference,
      }
    case 'captured':
      return payment.status === 'authorized' ? { ...payment, status: 'captured' } : undefined
    case 'cancelled': {
      const held = payment.status === 'pending' || payment.status === 'authorized'
      // A refund before we knew of the capture would unbalance the books: the capture is told first.
      if (held && news.refundedCents === 0) return { ...payment, status: 'cancelled' }
      if (payment.status !== 'captured' || news.refundedCents !== payment.amountCents) return undefined
      return { ...payment, status: 'cancelled', refundedCents: news.refundedCents }
    }
  }
}

const COMMISSION_BASIS_POINTS = 1_200

/** Each seller's share with the commission on its goods: 12 %, half a cent rounded up; shipping is free of it. */
export function withCommission(
  splits: readonly Pick<Split, 'sellerId' | 'goodsCents' | 'shippingCents'>[],
): Split[] {
  return splits.map(({ sellerId, goodsCents, shippingCents }) => ({
    sellerId,
    goodsCents,
    shippingCents,
    amountCents: goodsCents + shippingCents,
    commissionCents: Math.floor((goodsCents * COMMISSION_BASIS_POINTS + 5_000) / 10_000),
  }))
}
