import type { Address, Problem } from '../../services/checkout-service/contracts/api.ts'
import { formText } from './form-text.ts'

export type AddressErrors = Partial<Record<keyof Address, string>>

/** What the form holds, trimmed; whatever it holds is shown again, so nothing is refused here. */
export function readAddress(form: FormData): Address {
  const text = (name: string) => formText(form, name).trim()
  return {
    email: text('email'),
    name: text('name'),
    street: text('street'),
    city: text('city'),
    postcode: text('postcode').toUpperCase(),
    country: text('country').toUpperCase(),
  }
}

/** What a person can mend at once, in words; the contract's own check comes after and knows the rest. */
export function addressErrors(address: Address): AddressErrors {
  const errors: AddressErrors = {}
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.email))
    errors.email = 'Enter an e-mail address, like name@example.com.'
  if (address.name === '') errors.name = 'Enter your name.'
  if (address.street === '') errors.street = 'Enter street and number.'
  if (!/^[A-Z0-9][A-Z0-9 -]{1,11}$/.test(address.postcode)) errors.postcode = 'Enter a postcode.'
  if (address.city === '') errors.city = 'Enter a city.'
  if (!/^[A-Z]{2}$/.test(address.country)) errors.country = 'Choose a country.'
  return errors
}

const labels: Record<keyof Address, string> = {
  email: 'e-mail address',
  name: 'name',
  street: 'street',
  city: 'city',
  postcode: 'postcode',
  country: 'country',
}

/** The service's refusal, field by field. */
export function refusedAddress({ code, errors }: Problem): AddressErrors {
  if (code === 'country-not-served')
    return { country: 'The shops do not deliver to this country. Choose another.' }
  const refused: AddressErrors = {}
  for (const error of Array.isArray(errors) ? (errors as { pointer?: string }[]) : []) {
    const field = error.pointer?.split('/').at(-1) ?? ''
    if (Object.hasOwn(labels, field))
      refused[field as keyof Address] = `Check the ${labels[field as keyof Address]}.`
  }
  return Object.keys(refused).length > 0
    ? refused
    : { email: 'Something in this form is not accepted. Please check it.' }
}
