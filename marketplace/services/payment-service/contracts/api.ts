// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Health = {
  data: {
    status: 'ok'
    service: string
  }
}

export type AuthorizePayment = {
  paymentId: string
  orderId: string
  amountCents: number
  currency: string
  paymentMethod: string
  splits: {
    sellerId: string
    goodsCents: number
    shippingCents: number
  }[]
}

export type Split = {
  sellerId: string
  goodsCents: number
  shippingCents: number
  amountCents: number
  commissionCents: number
}

export type LedgerEntry = {
  transactionId: string
  /** provider-receivable, commission-income or seller-payable:<sellerId> */
  account: string
  amountCents: number
  currency: string
  bookedAt: string
}

export type Payment = {
  paymentId: string
  orderId: string
  status: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'declined'
  amountCents: number
  refundedCents: number
  currency: string
  providerReference?: string
  declineCode?: string
  splits: Split[]
  entries: LedgerEntry[]
}

export type PaymentAnswer = {
  data: Payment
}

export type CancelledAnswer = {
  data: {
    paymentId: string
    status: 'cancelled' | 'declined'
    refundedCents: number
  }
}

export type ProviderEvent = {
  id: string
  type: string
  data: Record<string, unknown>
  [name: string]: unknown
}

export type ReceivedAnswer = {
  data: {
    received: boolean
  }
}

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  hint?: string
  traceId?: string
  [name: string]: unknown
}

export type Operations = {
  readonly authorizePayment: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: AuthorizePayment
    readonly response:
      | { readonly status: 201; readonly body: PaymentAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 402; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 422; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly getPayment: {
    readonly params: { readonly paymentId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: PaymentAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
  }
  readonly capturePayment: {
    readonly params: { readonly paymentId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: PaymentAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 402; readonly body: Problem }
      | { readonly status: 404; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly cancelPayment: {
    readonly params: { readonly paymentId: string }
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: CancelledAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
      | { readonly status: 503; readonly body: Problem }
  }
  readonly receiveProviderEvent: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: ProviderEvent
    readonly response:
      | { readonly status: 200; readonly body: ReceivedAnswer }
      | { readonly status: 400; readonly body: Problem }
  }
}

export const contract = {
  service: 'payment-service',
  operations: {
    getHealth: { method: 'GET', path: '/health' },
    authorizePayment: { method: 'POST', path: '/api/v1/payments' },
    getPayment: { method: 'GET', path: '/api/v1/payments/{paymentId}' },
    capturePayment: { method: 'POST', path: '/api/v1/payments/{paymentId}/capture' },
    cancelPayment: { method: 'POST', path: '/api/v1/payments/{paymentId}/cancel' },
    receiveProviderEvent: { method: 'POST', path: '/api/v1/webhooks/payments' },
  },
} as const
