/** PostgreSQL could not be started; the message holds its own last words. */
export class PostgresError extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.name = 'PostgresError'
    this.hint = hint
  }
}
