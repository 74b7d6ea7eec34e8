import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { readText } from '../workspace/read-text.ts'

/** Beside the project's other settings, to be committed. */
export const BASELINE_FILE = '.specify/validate-baseline.json'

/** How often each finding may occur; a finding is known by code, file and message, so that lines may move. */
type Baseline = ReadonlyMap<string, number>

/** Findings of today that nobody has to mend before new ones count. Files relative to the root. */
export async function saveBaseline(root: string, findings: readonly Finding[]): Promise<void> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(nameOf(finding), (counts.get(nameOf(finding)) ?? 0) + 1)
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  await writeFileAtomic(join(root, BASELINE_FILE), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}

/** Throws CliError `no-baseline` and `bad-baseline`. */
export async function loadBaseline(root: string): Promise<Baseline> {
  const text = await readText(join(root, BASELINE_FILE)).catch(() => undefined)
  if (text === undefined)
    throw new CliError(
      'no-baseline',
      `There is no ${BASELINE_FILE}.`,
      'Run "specify validate --all --save-baseline" and commit it.',
    )
  try {
    const counts = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>)
    return new Map(counts.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
  } catch {
    throw new CliError(
      'bad-baseline',
      `${BASELINE_FILE} is not JSON.`,
      'Run "specify validate --all --save-baseline" to write it anew.',
    )
  }
}

/** What is new, and how many findings of the baseline still stand. */
export function beyondBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): { fresh: Finding[]; known: number } {
  const left = new Map(baseline)
  const fresh = findings.filter((finding) => {
    const allowed = left.get(nameOf(finding)) ?? 0
    left.set(nameOf(finding), allowed - 1)
    return allowed <= 0
  })
  return { fresh, known: findings.length - fresh.length }
}

function nameOf({ code, file, message }: Finding): string {
  // Messages may point at another line, and lines move.
  return `${code} ${file ?? ''} ${message.replaceAll(/\bline \d+/g, 'line')}`
}
