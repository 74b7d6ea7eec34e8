// Breaks that somebody has taken upon himself, in contracts/acknowledged.yaml: each by its fingerprint, with an owner, a
// reason and a last day. After that day it is a break again.

import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Workspace } from '../workspace/model.ts'
import { readDocument } from './read-document.ts'

export type Acknowledgement = {
  readonly fingerprint: string
  readonly owner: string
  readonly reason: string
  /** The last day it counts, `2027-03-31`. */
  readonly until: string
  readonly file: string
  readonly line: number
}

const FILE = /(^|\/)contracts\/acknowledged\.(ya?ml|json)$/

/** What is no contract, though it lies among them. */
export function isBesideContracts(file: string): boolean {
  return (
    FILE.test(file) ||
    /(^|\/)contracts\/uses\.(ya?ml|json)$/.test(file) ||
    /(^|\/)pacts?\/[^/]+\.json$|\.pact\.json$/.test(file)
  )
}

export async function readAcknowledgements(
  { files }: Workspace,
  read: (file: string) => Promise<string | undefined>,
): Promise<{ acknowledgements: Acknowledgement[]; findings: Finding[] }> {
  const acknowledgements: Acknowledgement[] = []
  const findings: Finding[] = []
  for (const file of files.filter((each) => FILE.test(each))) {
    const text = await read(file)
    if (text === undefined) continue
    const own = acknowledgementsIn(text, file)
    acknowledgements.push(...own.acknowledgements)
    findings.push(...own.findings)
  }
  return { acknowledgements, findings }
}

const NEEDED = ['fingerprint', 'owner', 'reason', 'until'] as const

function acknowledgementsIn(
  text: string,
  file: string,
): { acknowledgements: Acknowledgement[]; findings: Finding[] } {
  const { root, document, findings: problems } = readDocument(text, file)
  const findings: Finding[] = [...problems]
  const list =
    root !== undefined && Array.isArray(root['acknowledged']) ? (root['acknowledged'] as unknown[]) : []
  const acknowledgements = list.flatMap((item, i): Acknowledgement[] => {
    const line = document.locate(`/acknowledged/${i}`)?.line ?? 1
    const own: Record<string, unknown> = isRecord(item) ? item : {}
    const missing = NEEDED.filter((name) => typeof own[name] !== 'string' || own[name].trim() === '')
    const until = String(own['until'])
    if (missing.length === 0 && /^\d{4}-\d\d-\d\d$/.test(until) && !Number.isNaN(Date.parse(until)))
      return [{ ...(own as Record<(typeof NEEDED)[number], string>), file, line }]
    findings.push({
      code: 'acknowledgement-incomplete',
      severity: 'error',
      message: `Acknowledgement ${i + 1} ${missing.length > 0 ? `has no ${missing.join(', ')}` : `has "${until}" where a day stands`}.`,
      hint: 'Write { fingerprint: "…", owner: team, reason: why it may break, until: "2027-03-31" }.',
      file,
      line,
    })
    return []
  })
  return { acknowledgements, findings }
}

/** By fingerprint; `isOver` when the day has passed. */
export function acknowledgementOf(
  list: readonly Acknowledgement[],
  fingerprint: string,
  today: Date,
): { readonly acknowledgement: Acknowledgement; readonly isOver: boolean } | undefined {
  const acknowledgement = list.find((each) => each.fingerprint === fingerprint)
  if (acknowledgement === undefined) return undefined
  return { acknowledgement, isOver: acknowledgement.until < today.toISOString().slice(0, 10) }
}
