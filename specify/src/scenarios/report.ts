import type { Finding } from '@specwright/cli/finding.ts'
import { escapeXml } from '@specwright/cli/render-junit.ts'
import type { ScenarioFailure, ScenarioResult } from './scenario-result.ts'

export type Counts = { readonly passed: number; readonly failed: number; readonly unbound: number }

export function countOutcomes(results: readonly ScenarioResult[]): Counts {
  const count = (outcome: ScenarioResult['outcome']) =>
    results.filter((each) => each.outcome === outcome).length
  return { passed: count('passed'), failed: count('failed'), unbound: count('unbound') }
}

const MARK = { passed: '✅', failed: '❌', unbound: '○ ' } as const

/** One line per scenario, then the sum. */
export function reportText(results: readonly ScenarioResult[], durationMs: number): string {
  const width = Math.max(...results.map(({ id }) => id.length))
  const lines = results.map(({ id, outcome, reason, durationMs }) =>
    `${MARK[outcome]} ${id.padEnd(width)}  ${outcome}${outcome === 'unbound' ? `: ${reason ?? ''}` : ` ${Math.round(durationMs)} ms`}`.trimEnd(),
  )
  const { passed, failed, unbound } = countOutcomes(results)
  const sum = `${passed} passed, ${failed} failed, ${unbound} unbound, ${(durationMs / 1000).toFixed(1)} s`
  return [...lines, '', sum].join('\n')
}

/** Every failure as a finding at its line, with what was expected, what came, and how to ask again. */
export function failureFindings(results: readonly ScenarioResult[]): Finding[] {
  return results.flatMap(({ id, file, failures }) =>
    failures.map((failure): Finding => ({
      code: 'scenario-failed',
      severity: 'error',
      message: `${id}: ${describeFailure(failure)}`,
      hint: failure.reproduce,
      file,
      line: failure.line,
      ...(failure.column !== undefined && { column: failure.column }),
    })),
  )
}

function describeFailure({ message, expected, actual, answer }: ScenarioFailure): string {
  const sides = [
    ...(expected === undefined ? [] : [`\n      expected: ${indented(expected)}`]),
    ...(actual === undefined ? [] : [`\n      actual:   ${indented(actual)}`]),
    // The answer says why a status is not the expected one; beside a failed assert it is what was looked at.
    ...(answer === undefined ? [] : [`\n      answer:   ${indented(answer)}`]),
  ]
  return `${message}${sides.join('')}`
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n                ')
}

/** JUnit XML: a suite per spec, a case per scenario; unbound scenarios are skipped cases with their reason. */
export function reportJunit(results: readonly ScenarioResult[]): string {
  const suites = [...Map.groupBy(results, ({ file }) => file)].map(([file, list]) => {
    const { failed, unbound } = countOutcomes(list)
    const time = seconds(list.reduce((sum, { durationMs }) => sum + durationMs, 0))
    const feature = list[0]!.id.split('#')[0]!
    return [
      `  <testsuite name="${escapeXml(feature)}" file="${escapeXml(file)}" tests="${list.length}" failures="${failed}" skipped="${unbound}" time="${time}">`,
      ...list.map((result) => junitCase(result, feature)),
      '  </testsuite>',
    ].join('\n')
  })
  const { failed, unbound } = countOutcomes(results)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="specify test" tests="${results.length}" failures="${failed}" skipped="${unbound}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function junitCase(
  { id, title, file, line, outcome, reason, durationMs, failures }: ScenarioResult,
  feature: string,
): string {
  const open = `    <testcase name="${escapeXml(`${id} ${title}`)}" classname="${escapeXml(feature)}" file="${escapeXml(file)}" line="${line}" time="${seconds(durationMs)}"`
  if (outcome === 'passed') return `${open}/>`
  if (outcome === 'unbound')
    return `${open}>\n      <skipped message="${escapeXml(reason ?? '')}"/>\n    </testcase>`
  const body = failures.map((failure) => {
    const text = [`${file}:${failure.line}`, describeFailure(failure), failure.reproduce ?? '']
      .join('\n')
      .trim()
    return `      <failure message="${escapeXml(failure.message)}">${escapeXml(text)}</failure>`
  })
  return [`${open}>`, ...body, '    </testcase>'].join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
