import type { FormObject, FormValue } from './form.ts'
import { isPaymentMethod } from './payment-methods.ts'
import { invalidRequest, noSuch } from './stripe-error.ts'

const MAX_AMOUNT = 99_999_999
const MIN_AMOUNT = 50 // Stripe's minimum for EUR and USD charges

/** Refuses parameters the operation does not have, as Stripe does; a typo must not pass silently. */
export function onlyKnown(form: FormObject, known: readonly string[]): void {
  const unknown = Object.keys(form).find((name) => !known.includes(name) && name !== 'expand')
  if (unknown !== undefined)
    throw invalidRequest(`Received unknown parameter: ${unknown}`, unknown, 'parameter_unknown')
}

export function requiredAmount(form: FormObject): number {
  const amount = optionalWhole(form, 'amount')
  if (amount === undefined) throw missing('amount')
  if (amount < MIN_AMOUNT)
    throw invalidRequest(`Amount must be at least ${MIN_AMOUNT}.`, 'amount', 'amount_too_small')
  if (amount > MAX_AMOUNT)
    throw invalidRequest(`Amount must be no more than ${MAX_AMOUNT}.`, 'amount', 'amount_too_large')
  return amount
}

export function optionalWhole(form: FormObject, name: string): number | undefined {
  const text = optionalText(form, name)
  if (text === null) return undefined
  if (!/^\d{1,12}$/.test(text))
    throw invalidRequest(`Invalid integer: ${text}`, name, 'parameter_invalid_integer')
  return Number(text)
}

export function requiredText(form: FormObject, name: string): string {
  const text = optionalText(form, name)
  if (text === null || text === '') throw missing(name)
  return text
}

export function optionalText(form: FormObject, name: string): string | null {
  const value: FormValue | undefined = form[name]
  if (value === undefined) return null
  if (typeof value !== 'string') throw invalidRequest(`Invalid string: ${name}`, name)
  return value
}

export function requiredCurrency(form: FormObject): string {
  const currency = requiredText(form, 'currency').toLowerCase()
  if (!/^[a-z]{3}$/.test(currency)) throw invalidRequest(`Invalid currency: ${currency}`, 'currency')
  return currency
}

/** At most 50 keys, as Stripe allows. */
export function metadataOf(form: FormObject): Record<string, string> {
  const value = form['metadata']
  if (value === undefined || value === '') return {}
  if (typeof value === 'string') throw invalidRequest('Invalid object', 'metadata')
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  if (entries.length > 50) throw invalidRequest('Metadata can have at most 50 keys.', 'metadata')
  return Object.fromEntries(entries)
}

export function paymentMethodOf(form: FormObject): string | null {
  const method = optionalText(form, 'payment_method')
  if (method !== null && !isPaymentMethod(method)) throw noSuch('PaymentMethod', method, 'payment_method')
  return method
}

function missing(name: string) {
  return invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing')
}
