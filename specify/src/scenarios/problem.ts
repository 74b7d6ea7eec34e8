import type { Severity } from '@specwright/cli/finding.ts'
import type { Place } from './hurl/model.ts'
import type { ScenarioCode } from './scenario-codes.ts'

/** What is wrong with a scenario's block, before it knows its file. */
export type ScenarioProblem = {
  readonly code: ScenarioCode
  readonly severity: Severity
  readonly message: string
  readonly hint?: string | undefined
  readonly at: Place
}

export function problem(
  code: ScenarioCode,
  message: string,
  at: Place,
  hint?: string,
  severity: Severity = 'error',
): ScenarioProblem {
  return { code, severity, message, hint, at }
}
