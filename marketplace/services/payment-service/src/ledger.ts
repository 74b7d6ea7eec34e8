import type { News, Payment } from './payment.ts'

// Double entry: every booking is a transaction whose entries sum to zero. Debits are above zero, credits below.

export type Entry = { readonly account: string; readonly amountCents: number }

export const PROVIDER_RECEIVABLE = 'provider-receivable'
export const COMMISSION_INCOME = 'commission-income'

export function sellerPayable(sellerId: string): string {
  return `seller-payable:${sellerId}`
}

/** What is booked when these news change `payment`; nothing for news that move no money of ours. */
export function bookingOf(payment: Payment, news: News): Entry[] {
  if (news.type === 'captured') return captureEntries(payment)
  if (news.type === 'cancelled' && news.refundedCents > 0)
    return captureEntries(payment).map(({ account, amountCents }) => ({ account, amountCents: -amountCents }))
  return []
}

/** The provider owes us the amount; we owe each seller its share less the commission. */
function captureEntries({ paymentId, amountCents, splits }: Payment): Entry[] {
  const entries = [
    { account: PROVIDER_RECEIVABLE, amountCents },
    ...splits.map((split) => ({
      account: sellerPayable(split.sellerId),
      amountCents: split.commissionCents - split.amountCents,
    })),
    {
      account: COMMISSION_INCOME,
      amountCents: -splits.reduce((sum, { commissionCents }) => sum + commissionCents, 0),
    },
  ].filter((entry) => entry.amountCents !== 0)
  const balance = entries.reduce((sum, entry) => sum + entry.amountCents, 0)
  if (balance !== 0) throw new Error(`The books of payment ${paymentId} would be ${balance} cents off.`)
  return entries
}
