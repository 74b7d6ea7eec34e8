// What can be said about any answer by its contract alone, whatever was asked.

import type { Media, Operation, Response } from '../contracts/model.ts'
import { responseHeaders } from './contract-details.ts'
import { isJson } from './draft.ts'
import { findLeak } from './leaks.ts'
import { checkOf } from './schema-checks.ts'
import type { Answer, Exchange } from './session.ts'
import type { VerifyCode } from './verify-codes.ts'

export type Violation = {
  readonly code: VerifyCode
  readonly message: string
  /** Violations of one cause are one finding, wherever they are seen. */
  readonly cause: string
  /** Lines of a Hurl block that say what was expected. */
  readonly expected: readonly string[]
}

/** Statuses of HTTP itself: any server may give them to a request it cannot take, documented or not. */
const PROTOCOL = new Set([400, 404, 405, 406, 408, 411, 413, 414, 415, 417, 422, 431, 501, 505])
/** Too long is too long for any request: what is read before the contract is looked at. */
const TOO_LONG = new Set([413, 414, 431])

/** `protocol` requests are broken below the level a contract speaks of: statuses of HTTP itself are fine. */
export function checkAnswer({ draft, answer }: Exchange, level: 'contract' | 'protocol'): Violation[] {
  const { operation } = draft
  const own = operationKey(operation)
  if ('none' in answer)
    return [{ code: 'verify-no-answer', message: answer.none, cause: own, expected: ['HTTP *'] }]
  const found: Violation[] = []
  const documented = responseFor(operation, answer.status)
  const isMeant = operation.responses.some(({ status }) => status === String(answer.status))
  if (answer.status >= 500 && !(isMeant && answer.status !== 500))
    found.push({
      code: 'verify-server-error',
      message: `fails with ${answer.status}: ${excerpt(answer.text)}`,
      cause: `${own} ${answer.status}`,
      expected: ['HTTP *', '[Asserts]', 'status < 500'],
    })
  else if (documented === undefined && !(level === 'protocol' ? PROTOCOL : TOO_LONG).has(answer.status))
    found.push({
      code: 'verify-undocumented-status',
      message: `answers ${answer.status}${redirection(answer)}, which the contract does not name (it has ${operation.responses.map(({ status }) => status).join(', ') || 'none'})`,
      cause: `${own} ${answer.status}`,
      expected: [`HTTP *`, '[Asserts]', `status != ${answer.status}`],
    })
  const leak = answer.status >= 400 ? findLeak(answer.text) : undefined
  if (leak !== undefined)
    found.push({
      code: 'verify-leak',
      message: `shows ${leak.what} in its ${answer.status}: ${excerpt(leak.text)}`,
      cause: `${own} ${leak.what}`,
      expected: [
        `HTTP ${answer.status}`,
        '[Asserts]',
        `body not contains ${JSON.stringify(leak.text.slice(0, 60))}`,
      ],
    })
  if (documented !== undefined && level === 'contract')
    found.push(...checkBody(operation, documented, answer), ...checkHeaders(operation, documented, answer))
  found.push(...checkProblem(operation, answer))
  return found
}

export function operationKey({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** The exact status, its family, or `default`. */
export function responseFor({ responses }: Operation, status: number): Response | undefined {
  const named = (name: string) => responses.find((each) => each.status === name)
  return named(String(status)) ?? named(`${Math.floor(status / 100)}XX`) ?? named('default')
}

function redirection({ status, headers }: Answer): string {
  const to = headers.get('location')
  return status >= 300 && status < 400 && to !== undefined ? ` (to ${to})` : ''
}

function checkBody(operation: Operation, { content, status: name }: Response, answer: Answer): Violation[] {
  if (content.length === 0 || operation.method === 'HEAD' || answer.status === 304) return []
  const status = answer.status
  const type = answer.headers.get('content-type') ?? ''
  const media = content.find((each) => isSameType(each.type, type))
  const expected = [
    `HTTP ${status}`,
    '[Asserts]',
    `header "Content-Type" contains ${JSON.stringify(content[0]!.type)}`,
  ]
  if (media === undefined) {
    const what = type === '' ? 'without a content type' : `as ${type}`
    return [
      {
        code: 'verify-content-type',
        message: `answers ${status} ${answer.text === '' ? 'with an empty body ' : ''}${what}; the contract has ${content.map((each) => each.type).join(', ')}`,
        cause: `${operationKey(operation)} ${name} ${type.split(';')[0]}`,
        expected,
      },
    ]
  }
  return isJson(type) ? checkJson(operation, media, answer) : []
}

function checkJson(operation: Operation, { schema }: Media, answer: Answer): Violation[] {
  const { status } = answer
  if (answer.json === undefined)
    return [
      {
        code: 'verify-response-body',
        message: `answers ${status} with a body that is no JSON: ${excerpt(answer.text)}`,
        cause: `${operationKey(operation)} ${status} no JSON`,
        expected: [`HTTP ${status}`, '[Asserts]', 'jsonpath "$" exists'],
      },
    ]
  const check = schema === undefined ? undefined : checkOf(schema, 'response')
  const problems = check?.(answer.json.value) ?? []
  // One wrong object mostly breaks several rules; the first three say enough.
  return problems.slice(0, 3).map((problem): Violation => ({
    code: 'verify-response-body',
    message: `answers ${status} with a body that breaks its schema: ${problem.message}`,
    // By its place in the document: a shared schema is broken once, whichever operations show it.
    cause: `${problem.schemaPointer} ${JSON.stringify(problem.params['missingProperty'] ?? problem.params['additionalProperty'] ?? '')}`,
    expected: [
      `HTTP ${status}`,
      '[Asserts]',
      `jsonpath ${JSON.stringify(jsonPath(problem.pointer))} exists # ${problem.message.replaceAll('\n', ' ')}`,
    ],
  }))
}

function jsonPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}['${part.replaceAll("'", "\\'")}']`),
      '$',
    )
}

function checkHeaders(operation: Operation, response: Response, answer: Answer): Violation[] {
  return responseHeaders(operation.source, response).flatMap(({ name, required, schema }): Violation[] => {
    const value = answer.headers.get(name.toLowerCase())
    const cause = `${operationKey(operation)} ${response.status} header ${name}`
    if (value === undefined) {
      if (!required) return []
      return [
        {
          code: 'verify-response-header',
          message: `answers ${answer.status} without the header ${name}`,
          cause,
          expected: [`HTTP ${answer.status}`, '[Asserts]', `header ${JSON.stringify(name)} exists`],
        },
      ]
    }
    const check = schema === undefined ? undefined : checkOf(schema, 'response')
    if (check === undefined || readings(value).some((each) => check(each).length === 0)) return []
    return [
      {
        code: 'verify-response-header',
        message: `answers ${answer.status} with ${name}: ${value}, which breaks its schema: ${check(readings(value).at(-1))[0]?.message ?? ''}`,
        cause,
        expected: [
          `HTTP ${answer.status}`,
          '[Asserts]',
          `header ${JSON.stringify(name)} != ${JSON.stringify(value)}`,
        ],
      },
    ]
  })
}

/** What a text in a header, path or query may mean. */
export function readings(text: string): unknown[] {
  const out: unknown[] = [text]
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) out.unshift(Number(text))
  if (text === 'true' || text === 'false') out.unshift(text === 'true')
  const parts = text.split(',')
  out.push(
    parts,
    parts.map((each) => (/^-?\d+(\.\d+)?$/.test(each) ? Number(each) : each)),
  )
  return out
}

function checkProblem(operation: Operation, answer: Answer): Violation[] {
  const body = answer.json?.value
  if (!/^application\/problem\+json/i.test(answer.headers.get('content-type') ?? '')) return []
  if (typeof body !== 'object' || body === null || !('status' in body) || body.status === answer.status)
    return []
  return [
    {
      code: 'verify-problem-status',
      message: `answers ${answer.status} with a problem that says "status": ${JSON.stringify(body.status)}`,
      cause: `${operationKey(operation)} ${answer.status}`,
      expected: [`HTTP ${answer.status}`, '[Asserts]', `jsonpath "$.status" == ${answer.status}`],
    },
  ]
}

function isSameType(documented: string, sent: string): boolean {
  const base = (type: string) => type.split(';')[0]!.trim().toLowerCase()
  const [wanted, got] = [base(documented), base(sent)]
  if (wanted === '*/*') return true
  return wanted.endsWith('/*') ? got.startsWith(wanted.slice(0, -1)) : wanted === got
}

export function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line === '' ? '(empty body)' : line.length > 160 ? `${line.slice(0, 160)}…` : line
}
