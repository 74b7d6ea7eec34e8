import type { Finding } from '@specwright/cli/finding.ts'
import { escapeXml } from '@specwright/cli/render-junit.ts'
import { placeOf } from '../contracts/model.ts'
import { isSafe } from './case.ts'
import { operationKey } from './check-answer.ts'
import { curlOf, hurlOf, parameterKey, type Wire } from './draft.ts'
import type { Failure } from './failures.ts'
import type { KnownFinding } from './known-findings.ts'
import type { OperationSummary, VerifyReport } from './run-verify.ts'
import { pathOfValue } from './difference.ts'
import type { Exchange } from './session.ts'

export type Reporting = {
  readonly origin: string
  /** The command that asks the same again, without `--case`. */
  readonly again: string
  /** Credentials by scheme: reports name them, and do not hold them. */
  readonly secrets: ReadonlyMap<string, string>
}

export type ReportedFailure = {
  readonly code: string
  readonly operation: string
  readonly message: string
  readonly request: string
  readonly case: string
  readonly again: string
  readonly curl: readonly string[]
  readonly hurl: string
  readonly answer: string
  readonly count: number
  readonly also: readonly string[]
  readonly operations: readonly string[]
}

export function reportedFailure(failure: Failure, { origin, again, secrets }: Reporting): ReportedFailure {
  const { code, operation, violation, what, caseId, exchanges, count, also, operations } = failure
  const curl = exchanges.map(({ wire }) =>
    hidden(curlOf(wire, origin), secrets, (name) => `'"$${variable(name)}"'`),
  )
  return {
    code,
    operation: operationKey(operation),
    message: violation.message,
    request: what,
    case: caseId,
    again: `${again} --case '${caseId.replaceAll("'", "'\\''")}'`,
    curl,
    hurl: hidden(hurlBlock(exchanges, violation.expected), secrets, (name) => `{{${name}}}`),
    answer: answerText(exchanges.at(-1)!),
    count,
    also,
    operations,
  }
}

function variable(scheme: string): string {
  return scheme
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/\W/g, '_')
    .toUpperCase()
}

function hidden(text: string, secrets: ReadonlyMap<string, string>, as: (name: string) => string): string {
  let out = text
  for (const [name, value] of secrets) {
    // A short one is in many words, and no secret.
    if (value.length < 6) continue
    out = out.replaceAll(value, () => as(name))
    if (value.includes(':')) out = out.replaceAll(Buffer.from(value).toString('base64'), () => as(name))
  }
  return out
}

function answerText({ answer }: Exchange): string {
  if ('none' in answer) return answer.none
  const text = answer.text.length > 1000 ? `${answer.text.slice(0, 1000)}…` : answer.text
  return `${answer.status} ${answer.headers.get('content-type') ?? ''}\n${text}`.trim()
}

/** Several requests in one block: what the first one made is captured, so that the block works on a fresh service. */
function hurlBlock(exchanges: readonly Exchange[], expected: readonly string[]): string {
  if (exchanges.length === 1) return hurlOf(exchanges[0]!.wire, expected)
  const [first, ...rest] = exchanges
  const id = rest.map(({ draft }) =>
    draft.operation.parameters.findLast(({ in: place }) => place === 'path'),
  )[0]
  const value = id === undefined ? undefined : rest[0]!.draft.parameters.get(parameterKey(id))
  const body = 'none' in first!.answer ? undefined : first!.answer.json?.value
  const path = value === undefined ? undefined : pathOfValue(body, value)
  const created =
    path === undefined ? ['HTTP *'] : ['HTTP *', '[Captures]', `id: jsonpath ${JSON.stringify(path)}`]
  const withId = (wire: Wire): Wire => ({
    ...wire,
    path: path === undefined ? wire.path : wire.path.replaceAll(encodeURIComponent(String(value)), '{{id}}'),
  })
  const parts = [
    hurlOf(first!.wire, created),
    ...rest.map(({ wire }, i) => hurlOf(withId(wire), i === rest.length - 1 ? expected : ['HTTP *'])),
  ]
  return [
    '```hurl',
    parts.map((part) => part.replace(/^```hurl\n/, '').replace(/\n```$/, '')).join('\n\n'),
    '```',
  ].join('\n')
}

/** An acknowledged failure is told, and fails nothing. */
export function failureFinding(
  failure: Failure,
  reported: ReportedFailure,
  known: KnownFinding | undefined,
): Finding {
  const { file, line } = placeOf(failure.operation.source, failure.operation.pointer)
  const others = [
    ...(reported.operations.length > 0
      ? [`also at ${reported.operations.slice(0, 6).join(', ')}${reported.operations.length > 6 ? ' …' : ''}`]
      : []),
    ...(reported.also.length > 0
      ? [`also with ${reported.also.slice(0, 4).join('; ')}${reported.also.length > 4 ? ' …' : ''}`]
      : []),
  ]
  const message = `${reported.operation} ${reported.message}${others.length > 0 ? ` (${others.join('; ')})` : ''}`
  if (known !== undefined)
    return {
      code: 'verify-acknowledged',
      severity: 'info',
      message: `${message}. Known: ${known.reason} (${known.owner}, until ${known.until})`,
      file,
      line,
    }
  return {
    code: failure.code,
    severity: 'error',
    message,
    hint: [...reported.curl, `Again: ${reported.again}`].join('\n'),
    file,
    line,
  }
}

/** Operations that never gave a good answer: their bodies and what follows them were not looked at. */
export function silentFindings(
  report: VerifyReport,
  hasCredentials: (summary: OperationSummary) => boolean,
  readOnly: boolean,
): Finding[] {
  return report.operations.flatMap((summary): Finding[] => {
    const { operation, succeeded, statuses, requests } = summary
    const promisesGood = operation.responses.some(({ status }) => /^(2..|default)$/.test(status))
    if (succeeded || !promisesGood || (readOnly && !isSafe(operation))) return []
    const { file, line } = placeOf(operation.source, operation.pointer)
    const seen = Object.entries(statuses)
      .map(([status, count]) => `${status} ${count}×`)
      .join(', ')
    return [
      {
        code: 'verify-never-succeeded',
        severity: 'info',
        message:
          requests === 0
            ? `${operationKey(operation)} was not asked: no request can be made by its contract (a body of a type other than JSON, forms and text, or values that exclude each other)`
            : `${operationKey(operation)} was never carried out (${seen})`,
        hint: hasCredentials(summary)
          ? 'Give the contract an example that works on the service, or the service some data.'
          : `Give credentials: --auth ${operation.security.find((all) => all.length > 0)?.[0] ?? 'scheme'}=…`,
        file,
        line,
      },
    ]
  })
}

export function overFinding({ over }: VerifyReport, { origin, secrets }: Reporting): Finding[] {
  if (over === undefined) return []
  const last = over.last
  const hint =
    over.kind === 'time'
      ? 'Give it longer with --max-time, or choose --operations.'
      : over.kind === 'rate-limited'
        ? 'Ask less often with --rate <requests per second>, raise the limit for tests, or wait longer with --patience <seconds>.'
        : last === undefined
          ? undefined
          : `The last request: ${hidden(curlOf(last.wire, origin), secrets, (name) => `'"$${variable(name)}"'`)}`
  return [{ code: 'verify-incomplete', severity: 'error', message: `${over.message}.`, hint }]
}

export function reportText(
  report: VerifyReport,
  failures: readonly ReportedFailure[],
  { title, seed, durationMs }: { title: string; seed: string; durationMs: number },
): string {
  const width = Math.max(10, ...report.operations.map(({ operation }) => operationKey(operation).length))
  const rows = report.operations.map(({ operation, requests, succeeded, statuses }) => {
    const name = operationKey(operation)
    const failed = failures.some((each) => each.operation === name || each.operations.includes(name))
    const mark = failed ? '❌' : succeeded ? '✅' : '○ '
    const seen = Object.entries(statuses)
      .map(([status, count]) => `${status}×${count}`)
      .join(' ')
    return `${mark} ${name.padEnd(width)}  ${String(requests).padStart(5)}  ${seen}`.trimEnd()
  })
  const blocks = failures.flatMap(({ code, operation, message, hurl }) => [
    '',
    `${operation}: ${message} [${code}]`,
    hurl,
  ])
  const sum = `${title}: ${report.requests} requests to ${report.operations.length} operations, ${failures.length} failures, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s`
  return [...rows, ...blocks, '', sum].join('\n')
}

/** JUnit XML: a case per operation, failed by each of its failures. */
export function reportJunit(
  report: VerifyReport,
  failures: readonly ReportedFailure[],
  title: string,
): string {
  const cases = report.operations.map(({ operation, requests }) => {
    const name = operationKey(operation)
    const own = failures.filter((each) => each.operation === name)
    const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(title)}"`
    if (own.length === 0 && requests === 0) return `${open}><skipped message="not asked"/></testcase>`
    if (own.length === 0) return `${open}/>`
    const list = own.map(
      (each) =>
        `      <failure type="${each.code}" message="${escapeXml(each.message)}">${escapeXml([...each.curl, each.answer, each.again].join('\n'))}</failure>`,
    )
    return [`${open}>`, ...list, '    </testcase>'].join('\n')
  })
  const failed = report.operations.filter(({ operation }) =>
    failures.some((each) => each.operation === operationKey(operation)),
  ).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="specify verify" tests="${cases.length}" failures="${failed}">`,
    `  <testsuite name="${escapeXml(title)}" tests="${cases.length}" failures="${failed}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
