// Stripe's published test payment methods (https://docs.stripe.com/testing): the name decides what the bank says.

export type Decline = { readonly code: string; readonly decline_code?: string; readonly message: string }

const accepted = new Set([
  'pm_card_visa',
  'pm_card_visa_debit',
  'pm_card_mastercard',
  'pm_card_mastercard_debit',
  'pm_card_amex',
  'pm_card_discover',
])

const declined = new Map<string, Decline>([
  ['pm_card_visa_chargeDeclined', declinedCard('generic_decline')],
  [
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    declinedCard('insufficient_funds', 'Your card has insufficient funds.'),
  ],
  ['pm_card_visa_chargeDeclinedLostCard', declinedCard('lost_card')],
  ['pm_card_visa_chargeDeclinedStolenCard', declinedCard('stolen_card')],
  ['pm_card_chargeDeclinedExpiredCard', { code: 'expired_card', message: 'Your card has expired.' }],
  [
    'pm_card_chargeDeclinedIncorrectCvc',
    { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  ],
  [
    'pm_card_chargeDeclinedProcessingError',
    {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  ],
])

export function isPaymentMethod(name: string): boolean {
  return accepted.has(name) || declined.has(name)
}

/** Why the bank refuses this method, or undefined if it agrees. */
export function declineOf(name: string): Decline | undefined {
  return declined.get(name)
}

function declinedCard(declineCode: string, message = 'Your card was declined.'): Decline {
  return { code: 'card_declined', decline_code: declineCode, message }
}
