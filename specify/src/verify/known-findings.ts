// Findings somebody has taken upon himself, in the `verify` list of the acknowledged.yaml beside a contract: each with an
// owner, a reason and a last day.

import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { readDocument } from '../contracts/read-document.ts'
import { operationKey } from './check-answer.ts'
import type { Failure } from './failures.ts'

export type KnownFinding = {
  readonly code: string
  /** `POST /orders`, or `*`. */
  readonly operation: string
  /** A part of the message, where one operation has several findings of a code. */
  readonly message?: string
  readonly owner: string
  readonly reason: string
  /** The last day it counts, `2027-03-31`. */
  readonly until: string
  readonly file: string
  readonly line: number
}

const NEEDED = ['code', 'operation', 'owner', 'reason', 'until'] as const

export function knownFindingsIn(text: string, file: string): { known: KnownFinding[]; findings: Finding[] } {
  const { root, document, findings: problems } = readDocument(text, file)
  const findings: Finding[] = [...problems]
  const list = root !== undefined && Array.isArray(root['verify']) ? (root['verify'] as unknown[]) : []
  const known = list.flatMap((item, i): KnownFinding[] => {
    const line = document.locate(`/verify/${i}`)?.line ?? 1
    const own: Record<string, unknown> = isRecord(item) ? item : {}
    const missing = NEEDED.filter((name) => typeof own[name] !== 'string' || own[name].trim() === '')
    if (missing.length === 0 && /^\d{4}-\d\d-\d\d$/.test(String(own['until'])))
      return [{ ...(own as Omit<KnownFinding, 'file' | 'line'>), file, line }]
    findings.push({
      code: 'verify-acknowledgement',
      severity: 'error',
      message: `Acknowledgement ${i + 1} ${missing.length > 0 ? `has no ${missing.join(', ')}` : `has "${String(own['until'])}" where a day stands`}.`,
      hint: 'Write { code: verify-…, operation: "POST /orders", owner: team, reason: why, until: "2027-03-31" }.',
      file,
      line,
    })
    return []
  })
  return { known, findings }
}

/** The acknowledgement of a failure, if it has not run out. */
export function knownFor(
  list: readonly KnownFinding[],
  { code, operation, violation }: Failure,
  today: Date,
): KnownFinding | undefined {
  const day = today.toISOString().slice(0, 10)
  return list.find(
    (each) =>
      each.code === code &&
      (each.operation === '*' || each.operation === operationKey(operation)) &&
      (each.message === undefined || violation.message.includes(each.message)) &&
      each.until >= day,
  )
}
