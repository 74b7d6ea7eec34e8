/** "We cannot go on": exit code 2. Caught once, at the edge; an unknown error is never dressed up as one of these. */
export class CliError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, hint?: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'CliError'
    this.code = code
    this.hint = hint
    this.details = details
  }
}

/** Reads a whole number given as text. Throws CliError `bad-number` naming the flag. */
export function wholeNumber(
  text: string,
  flag: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || value < min || value > max)
    throw new CliError('bad-number', `${flag} needs a whole number from ${min} to ${max}, not "${text}".`)
  return value
}
