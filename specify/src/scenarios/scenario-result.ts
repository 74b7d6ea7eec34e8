export type ScenarioResult = {
  readonly id: string
  readonly title: string
  /** Relative to the workspace root. */
  readonly file: string
  readonly line: number
  /** `unbound`: there was nothing to run, or not all of it; never counted as passed. */
  readonly outcome: 'passed' | 'failed' | 'unbound'
  /** Why it is unbound. */
  readonly reason?: string
  readonly durationMs: number
  readonly requests: number
  readonly failures: readonly ScenarioFailure[]
}

export type ScenarioFailure = {
  readonly message: string
  readonly line: number
  readonly column?: number
  readonly expected?: string
  readonly actual?: string
  /** The request as a line for a shell, or the command that ran. */
  readonly reproduce?: string
  /** The start of what was answered. */
  readonly answer?: string
}
