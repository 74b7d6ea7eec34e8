import type { Finding } from '@specwright/cli/finding.ts'
import type { LoadResult, Measure } from './run-load.ts'

const MARK = { met: '✅', missed: '❌', unbound: '○ ' } as const

/** A line for each criterion with what was measured beside what was promised. */
export function loadText(results: readonly LoadResult[]): string {
  return results
    .map(({ id, outcome, reason, requests, seconds, measures }) =>
      outcome === 'unbound'
        ? `${MARK.unbound} ${id}  unbound: ${reason}`
        : `${MARK[outcome]} ${id}  ${measures.map(describeMeasure).join(', ')} (${requests} requests in ${seconds} s)`,
    )
    .join('\n')
}

/** `p95 12.3 ms (≤ 200 ms)`. */
export function describeMeasure({ what, actual, limit, unit, holds }: Measure): string {
  return `${what} ${actual} ${unit} (${holds ? '' : 'not '}${what === 'rate' ? '≥' : '≤'} ${limit} ${unit})`
}

export function loadFindings(results: readonly LoadResult[]): Finding[] {
  return results
    .filter(({ outcome }) => outcome === 'missed')
    .map(({ id, reason, measures, scenarios, file, line }) => {
      const missed = measures.filter(({ holds }) => !holds).map(describeMeasure)
      return {
        code: 'criterion-missed',
        severity: 'error',
        message: `${id}: ${missed.join(', ')}${reason === undefined ? '' : `; ${reason}`}`,
        hint: `Measured with ${scenarios.join(', ')}; run it alone, on a machine that does nothing else, before you believe it.`,
        file,
        line,
      }
    })
}
