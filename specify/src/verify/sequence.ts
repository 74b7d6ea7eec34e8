// What requests that depend on each other have in common.

import type { Operation } from '../contracts/model.ts'
import { operationKey, type Violation } from './check-answer.ts'
import type { Draft } from './draft.ts'
import type { Exchange } from './session.ts'
import type { VerifyCode } from './verify-codes.ts'

export type SequenceFailure = {
  readonly id: string
  readonly operation: Operation
  readonly violation: Violation
  readonly what: string
  readonly exchanges: readonly Exchange[]
}

export type SequenceWish = {
  readonly send: (draft: Draft) => Promise<Exchange>
  /** A request that was carried out before, made anew where that is needed. */
  readonly base: (operation: Operation, name: string) => Draft | undefined
  /** Made anew by chance. */
  readonly made: (operation: Operation, name: string) => Draft | undefined
  readonly succeeded: (operation: Operation) => boolean
  readonly wanted: (id: string) => boolean
}

export function sequenceFailure(id: string, operation: Operation) {
  return (
    code: VerifyCode,
    cause: string,
    message: string,
    exchanges: readonly Exchange[],
    expected: readonly string[],
  ): SequenceFailure => ({
    id,
    operation,
    what: 'create, read, change, delete',
    exchanges,
    violation: { code, message, cause: `${operationKey(operation)} ${cause}`, expected },
  })
}
