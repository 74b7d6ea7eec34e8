import type { News } from './payment.ts'

/** What a webhook event of the provider says about which payment of ours. */
export type ProviderNews = {
  /** Our id, if the provider's object carries it. */
  readonly paymentId: string | undefined
  readonly reference: string
  readonly news: readonly News[]
}

/** The event as far as it is looked at here; the signature has been checked, so the shape is the provider's. */
export type ProviderEventBody = { readonly type: string; readonly data: { readonly object: object } }

type Intent = {
  readonly id: string
  readonly metadata: Readonly<Record<string, string>>
  readonly last_payment_error?: { readonly code?: string; readonly decline_code?: string } | null
}
type Refund = { readonly payment_intent: string; readonly amount: number }

/** Undefined for events we do not act on. Several news in order where one may have been missed. */
export function newsOf({ type, data }: ProviderEventBody): ProviderNews | undefined {
  if (type === 'refund.created') {
    const { payment_intent: reference, amount } = data.object as Refund
    return { paymentId: undefined, reference, news: [{ type: 'cancelled', refundedCents: amount }] }
  }
  const intent = data.object as Intent
  const news = intentNews(type, intent)
  return news && { paymentId: intent.metadata['paymentId'], reference: intent.id, news }
}

function intentNews(type: string, { id, last_payment_error: error }: Intent): News[] | undefined {
  const authorized: News = { type: 'authorized', reference: id }
  switch (type) {
    case 'payment_intent.amount_capturable_updated':
      return [authorized]
    case 'payment_intent.succeeded':
      return [authorized, { type: 'captured' }]
    case 'payment_intent.canceled':
      return [{ type: 'cancelled', refundedCents: 0 }]
    case 'payment_intent.payment_failed':
      return [
        { type: 'declined', declineCode: error?.decline_code ?? error?.code ?? 'unknown', reference: id },
      ]
    default:
      return undefined
  }
}
