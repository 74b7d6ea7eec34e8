import type { Problem, Registration } from '../../services/auth-service/contracts/api.ts'

export type RegistrationErrors = Partial<Record<keyof Registration, string>>

const SHORTEST_PASSWORD = 10 // auth-service's contract

/** What a person can mend at once, in words; the contract's own check comes after. */
export function registrationErrors({ email, name, password }: Registration): RegistrationErrors {
  const errors: RegistrationErrors = {}
  if (name === '') errors.name = 'Enter your name.'
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.email = 'Enter an e-mail address, like name@example.com.'
  if (password.length < SHORTEST_PASSWORD) errors.password = `Use at least ${SHORTEST_PASSWORD} characters.`
  return errors
}

/** The service's refusal, field by field. */
export function refusedRegistration({ status, code, hint }: Problem): RegistrationErrors {
  if (status === 409) return { email: 'There is an account with this e-mail address. Sign in instead.' }
  return code.includes('password')
    ? { password: hint ?? 'Choose another password.' }
    : { email: 'Something in this form is not accepted. Please check it.' }
}
