// Generated from the contract beside this file by "npm run generate". Do not edit.

/** The buyer's bank holds the amount for the shop. */
export type PaymentPaymentAuthorized = {
  eventId: string
  eventType: 'payment.payment.authorized'
  eventVersion: 'v1'
  timestamp: string
  data: {
    paymentId: string
    orderId: string
    amountCents: number
    currency: string
    splits: {
      sellerId: string
      amountCents: number
      commissionCents: number
    }[]
    authorizedAt: string
  }
}

/** The amount was taken and is booked to the sellers and the commission. */
export type PaymentPaymentCaptured = {
  eventId: string
  eventType: 'payment.payment.captured'
  eventVersion: 'v1'
  timestamp: string
  data: {
    paymentId: string
    orderId: string
    amountCents: number
    currency: string
    splits: {
      sellerId: string
      amountCents: number
      commissionCents: number
    }[]
    capturedAt: string
  }
}

/** The hold was released, or, when refundedCents is above zero, the taken amount given back. */
export type PaymentPaymentCancelled = {
  eventId: string
  eventType: 'payment.payment.cancelled'
  eventVersion: 'v1'
  timestamp: string
  data: {
    paymentId: string
    orderId: string
    amountCents: number
    currency: string
    refundedCents: number
    cancelledAt: string
  }
}

/** The buyer's bank refused. */
export type PaymentPaymentDeclined = {
  eventId: string
  eventType: 'payment.payment.declined'
  eventVersion: 'v1'
  timestamp: string
  data: {
    paymentId: string
    orderId: string
    amountCents: number
    currency: string
    declineCode: string
    declinedAt: string
  }
}

export type Events = {
  readonly 'payment.payment.authorized': PaymentPaymentAuthorized
  readonly 'payment.payment.captured': PaymentPaymentCaptured
  readonly 'payment.payment.cancelled': PaymentPaymentCancelled
  readonly 'payment.payment.declined': PaymentPaymentDeclined
}
