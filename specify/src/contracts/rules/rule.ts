import type { Severity } from '@specwright/cli/finding.ts'
import type { Graph } from '../graph.ts'

/** What a rule found; the engine adds code and severity. */
export type Problem = {
  readonly file: string
  readonly line: number
  readonly message: string
  readonly hint?: string | undefined
  /** The service the finding belongs to, for --service; undefined for files nobody owns. */
  readonly service: string | undefined
}

export type ContractRule = {
  /** Kebab-case and stable: part of the API. */
  readonly code: string
  readonly severity: Severity
  /** `api` and `events` for --api-only and --events-only. */
  readonly about: 'api' | 'events' | 'system'
  /** Looks at one contract at a time, and at nothing else: what it says is remembered as long as the file stays. */
  readonly scope?: 'file'
  /** What goes wrong without the rule. */
  readonly why: string
  readonly example: { readonly wrong: string; readonly right: string }
  check(graph: Graph): Iterable<Problem>
}
