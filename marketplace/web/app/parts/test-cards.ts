/** Payment methods of the provider's test mode, by its own tokens. */
export const cards = [
  { token: 'pm_card_visa', label: 'Visa •••• 4242', hint: 'Works' },
  { token: 'pm_card_mastercard', label: 'Mastercard •••• 4444', hint: 'Works' },
  { token: 'pm_card_visa_chargeDeclined', label: 'Visa •••• 0002', hint: 'Is declined' },
  {
    token: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    label: 'Visa •••• 9995',
    hint: 'Has too little money on it',
  },
] as const

/** The first card for a token that is not on the list. */
export function cardNamed(token: string): (typeof cards)[number] {
  return cards.find((card) => card.token === token) ?? cards[0]
}
