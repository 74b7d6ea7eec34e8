// The same idempotency key does nothing twice; conditions of a request are looked at. Where the contract speaks of them.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Operation } from '../contracts/model.ts'
import { operationKey } from './check-answer.ts'
import { isIdempotencyKey } from './make-draft.ts'
import { sequenceFailure, type SequenceFailure, type SequenceWish } from './sequence.ts'
import { isGood, jsonOf, statusOf, type Answer } from './session.ts'

/** The same key with the same request: the first answer again, whatever the request did. */
export async function* idempotencyFailures(
  operation: Operation,
  wish: SequenceWish,
): AsyncGenerator<SequenceFailure> {
  const id = `${operationKey(operation)} idempotency`
  if (!operation.parameters.some(isIdempotencyKey) || !wish.wanted(id) || !wish.succeeded(operation)) return
  const draft = wish.base(operation, id)
  if (draft === undefined) return
  const first = await wish.send(draft)
  if (!isGood(first)) return
  const second = await wish.send(draft)
  const [a, b] = [identity(jsonOf(first)), identity(jsonOf(second))]
  if (isGood(second) && a === b) return
  if (!isGood(second) && 'status' in second.answer && second.answer.status === 409) return
  const fail = sequenceFailure(id, operation)
  const message = isGood(second)
    ? `the same request with the same idempotency key is answered with another ${differentMember(jsonOf(first), jsonOf(second))}`
    : `the same request with the same idempotency key is answered with ${statusOf(second)}`
  yield {
    ...fail('verify-idempotency', 'repeated', message, [first, second], [`HTTP ${statusOf(first)}`]),
    what: 'the same request twice',
  }
}

/** The members that say which thing an answer is about. */
function identity(value: unknown): string {
  const found: string[] = []
  const visit = (part: unknown, path: string, depth: number): void => {
    if (!isRecord(part) || depth > 2) return
    for (const [name, each] of Object.entries(part)) {
      if (/id$|^number$/i.test(name) && !/trace|request/i.test(name) && typeof each !== 'object')
        found.push(`${path}/${name}=${JSON.stringify(each)}`)
      visit(each, `${path}/${name}`, depth + 1)
    }
  }
  visit(value, '', 0)
  return found.join(' ')
}

function differentMember(a: unknown, b: unknown): string {
  const [left, right] = [identity(a).split(' '), identity(b).split(' ')]
  return (
    left
      .find((each, i) => each !== right[i])
      ?.split('=')[0]
      ?.split('/')
      .at(-1) ?? 'body'
  )
}

/** 304 for what the client has already, 412 for a change of what it has not: where the contract speaks of them. */
export async function* conditionalFailures(
  operation: Operation,
  wish: SequenceWish,
): AsyncGenerator<SequenceFailure> {
  const id = `${operationKey(operation)} conditional`
  if (!wish.wanted(id) || !wish.succeeded(operation)) return
  const has = (status: string) => operation.responses.some((each) => each.status === status)
  const draft = wish.base(operation, id)
  if (draft === undefined) return
  const fail = sequenceFailure(id, operation)
  if (operation.method === 'GET' && has('304')) {
    const first = await wish.send(draft)
    const etag = 'none' in first.answer ? undefined : first.answer.headers.get('etag')
    if (!isGood(first)) return
    if (etag === undefined) {
      yield {
        ...fail(
          'verify-conditional',
          'etag',
          'the contract has 304, but the answer carries no ETag',
          [first],
          ['HTTP 200', '[Asserts]', 'header "ETag" exists'],
        ),
        what: 'a read',
      }
      return
    }
    const second = await wish.send({ ...draft, headers: { ...draft.headers, 'If-None-Match': etag } })
    if (!('none' in second.answer) && second.answer.status !== 304 && isSameVersion(second.answer, etag))
      yield {
        ...fail(
          'verify-conditional',
          '304',
          `answers ${second.answer.status} to If-None-Match with its own ETag, not 304`,
          [first, second],
          ['HTTP 304'],
        ),
        what: 'If-None-Match',
      }
  }
  if (
    (operation.method === 'PUT' || operation.method === 'PATCH' || operation.method === 'DELETE') &&
    has('412')
  ) {
    const answer = await wish.send({
      ...draft,
      headers: { ...draft.headers, 'If-Match': '"no-such-version"' },
    })
    if (isGood(answer))
      yield {
        ...fail(
          'verify-conditional',
          '412',
          `carries out (${statusOf(answer)}) a request whose If-Match does not match`,
          [answer],
          ['HTTP 412'],
        ),
        what: 'If-Match',
      }
  }
}

function isSameVersion({ headers }: Answer, etag: string): boolean {
  return headers.get('etag') === etag
}
