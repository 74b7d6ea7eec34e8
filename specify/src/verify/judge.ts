// What an answer means for what was asked.

import type { Case } from './case.ts'
import { checkAnswer, excerpt, operationKey, type Violation } from './check-answer.ts'
import { listViolations } from './lists.ts'
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
  const lists = own.expectation === 'valid' ? listViolations(own.draft, answer) : []
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
