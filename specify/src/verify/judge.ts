// What an answer means for what was asked.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Case } from './case.ts'
import { checkAnswer, excerpt, operationKey, type Violation } from './check-answer.ts'
import type { Answer, Exchange } from './session.ts'

/** Requests longer than this are refused by servers before anybody reads the contract. */
const LONG_PATH = 1500

export function judge(own: Case, exchange: Exchange): Violation[] {
  const { answer, wire } = exchange
  const isProtocol =
    own.expectation === 'survived' ||
    own.expectation === 'method-refused' ||
    own.expectation === 'media-refused' ||
    wire.path.length > LONG_PATH ||
    (own.draft.body !== undefined && 'raw' in own.draft.body)
  const general = checkAnswer(exchange, isProtocol ? 'protocol' : 'contract')
  if ('none' in answer) return general
  const special = expectationViolation(own, answer)
  const lists = own.expectation === 'valid' ? limitViolations(own, answer) : []
  return [...general, ...(special === undefined ? [] : [special]), ...lists]
}

function expectationViolation(own: Case, answer: Answer): Violation | undefined {
  const { status } = answer
  const cause = `${operationKey(own.draft.operation)} ${own.cause}`
  const refused = ['HTTP *', '[Asserts]', 'status >= 400', 'status < 500']
  switch (own.expectation) {
    case 'valid':
      if (status !== 400 && status !== 405 && status !== 415) return undefined
      return {
        code: 'verify-valid-refused',
        message: `refuses a request that fits the contract with ${status}: ${excerpt(answer.text)}`,
        // The same words for another request are the same reason.
        cause: `${operationKey(own.draft.operation)} ${sameWords(answer)}`,
        expected: ['HTTP *', '[Asserts]', `status != ${status}`],
      }
    case 'refused':
      if (status >= 400) return undefined
      return {
        code: 'verify-invalid-accepted',
        message: `accepts (${status}) ${own.what}`,
        cause,
        expected: refused,
      }
    case 'unauthorized':
      if (status >= 400) return undefined
      return {
        code: 'verify-auth-ignored',
        message: `answers ${status} ${own.what}`,
        cause,
        expected: refused,
      }
    case 'method-refused':
      if (status === 405 && !answer.headers.has('allow'))
        return {
          code: 'verify-response-header',
          message: 'answers 405 without the header Allow, which RFC 9110 (15.5.6) demands',
          // One router answers for all paths.
          cause: 'Allow',
          expected: ['HTTP 405', '[Asserts]', 'header "Allow" exists'],
        }
      if (status >= 400) return undefined
      return {
        code: 'verify-method-accepted',
        message: `answers ${status} to ${own.what}`,
        cause,
        expected: refused,
      }
    case 'media-refused':
      if (status >= 400) return undefined
      return {
        code: 'verify-media-type-accepted',
        message: `accepts (${status}) ${own.what}`,
        cause,
        expected: refused,
      }
    case 'absent':
      if (status >= 400) return undefined
      return {
        code: 'verify-absent-found',
        message: `answers ${status} to ${own.what}`,
        cause,
        expected: refused,
      }
    case 'survived':
      return undefined
  }
}

/** The answer without what differs from request to request: numbers, ids, quoted values. */
function sameWords({ status, text }: Answer): string {
  const words = text
    .replaceAll(/"(traceId|requestId|instance|timestamp|time|id)"\s*:\s*"[^"]*"/gi, '')
    .replaceAll(/[0-9a-f-]{12,}|\d+/gi, '0')
  return `${status} ${words}`
}

const LIMIT = /^(limit|page_?size|per_?page|max_?results|max_?items|page_?limit|size|first|top|count)$/i

/** Whether the list in the answer keeps to the limit the query asked for. */
function limitViolations({ draft }: Case, answer: Answer): Violation[] {
  if (answer.status < 200 || answer.status > 299 || draft.operation.method !== 'GET') return []
  for (const [key, value] of draft.parameters) {
    const [place, name = ''] = key.split(' ')
    if (place !== 'query' || !LIMIT.test(name) || typeof value !== 'number') continue
    const list = mainList(answer.json?.value)
    if (list === undefined || list.items.length <= value) continue
    return [
      {
        code: 'verify-limit-ignored',
        message: `answers ${list.items.length} items where ${name} asks for at most ${value}`,
        cause: `${operationKey(draft.operation)} ${name}`,
        expected: [
          `HTTP ${answer.status}`,
          '[Asserts]',
          `jsonpath ${JSON.stringify(list.path)} count <= ${value}`,
        ],
      },
    ]
  }
  return []
}

/** The answer itself, or the only list it holds one level down. */
function mainList(value: unknown): { readonly items: readonly unknown[]; readonly path: string } | undefined {
  if (Array.isArray(value)) return { items: value, path: '$' }
  if (!isRecord(value)) return undefined
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return lists.length === 1 ? { items: lists[0]![1], path: `$.${lists[0]![0]}` } : undefined
}
