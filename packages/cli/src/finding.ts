// A finding is something about the user's input: never thrown, always listed with its place and the mend.

export type Severity = 'error' | 'warning' | 'info'

export type Finding = {
  /** Kebab-case and stable: part of the API. */
  readonly code: string
  readonly severity: Severity
  /** What and where, one sentence. */
  readonly message: string
  /** What to do, ideally a command to paste. */
  readonly hint?: string | undefined
  /** Relative to the working directory, with forward slashes. */
  readonly file?: string | undefined
  /** 1-based. */
  readonly line?: number | undefined
  /** 1-based, in UTF-16 units. */
  readonly column?: number | undefined
}

export type FindingCounts = { readonly errors: number; readonly warnings: number; readonly infos: number }

export function countFindings(findings: readonly Finding[]): FindingCounts {
  let errors = 0
  let warnings = 0
  for (const { severity } of findings) {
    if (severity === 'error') errors++
    else if (severity === 'warning') warnings++
  }
  return { errors, warnings, infos: findings.length - errors - warnings }
}

/** By file, line, column, code: the same input gives the same list, byte for byte. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
