/** A refusal the caller can act on: answered as problem+json with this code (RFC 9457). Details become extension members. */
export class ShopError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  readonly hint: string | undefined
  readonly status: number

  constructor(code: string, details: Record<string, unknown> = {}, hint?: string, status = 422) {
    super(hint === undefined ? code : `${code}: ${hint}`)
    this.name = 'ShopError'
    this.code = code
    this.details = details
    this.hint = hint
    this.status = status
  }
}
