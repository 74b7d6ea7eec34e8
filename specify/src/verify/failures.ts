// One failure for each cause, however many requests show it.

import type { Operation } from '../contracts/model.ts'
import type { Case } from './case.ts'
import { operationKey, type Violation } from './check-answer.ts'
import type { SequenceFailure } from './sequence.ts'
import type { Exchange } from './session.ts'
import type { VerifyCode } from './verify-codes.ts'

export type Failure = {
  readonly key: string
  readonly code: VerifyCode
  /** For `--case`. */
  readonly caseId: string
  readonly operation: Operation
  readonly what: string
  readonly violation: Violation
  readonly exchanges: readonly Exchange[]
  /** Requests that showed it. */
  readonly count: number
  /** Other requests with the same effect, for people. */
  readonly also: readonly string[]
  /** Other operations that show it. */
  readonly operations: readonly string[]
}

type Kept = Omit<Failure, 'count' | 'also' | 'operations'> & {
  count: number
  also: Set<string>
  operations: Set<string>
}

/** How many causes of one kind at one operation are told apart; beyond, they are one: it checks nothing at all. */
const MAX_ALIKE = 12

export class Failures {
  readonly #kept = new Map<string, Kept>()
  readonly #alike = new Map<string, Kept[]>()

  keyOf(own: Case, violation: Violation): string {
    const { code, cause } = violation
    // What a plain request already does needs no second reason.
    const isOwn = code === 'verify-server-error' || code === 'verify-no-answer'
    if (isOwn && !this.#kept.has(`${code} ${cause} valid`)) return `${code} ${cause} ${own.cause}`
    return isOwn ? `${code} ${cause} valid` : `${code} ${cause}`
  }

  isKnown(own: Case, violation: Violation): boolean {
    return (
      this.#kept.has(this.keyOf(own, violation)) ||
      this.#crowded(own.draft.operation, violation) !== undefined
    )
  }

  count(own: Case, violation: Violation): void {
    const kept = this.#kept.get(this.keyOf(own, violation)) ?? this.#crowded(own.draft.operation, violation)
    if (kept === undefined) return
    kept.count++
    const name = operationKey(own.draft.operation)
    if (own.draft.operation !== kept.operation) kept.operations.add(name)
    else if (own.what !== kept.what && kept.also.size < 20) kept.also.add(own.what)
  }

  add(failure: Omit<Failure, 'count' | 'also' | 'operations'>): void {
    const kept: Kept = { ...failure, count: 1, also: new Set(), operations: new Set() }
    this.#kept.set(failure.key, kept)
    const kind = alikeKey(failure.operation, failure.code)
    this.#alike.set(kind, [...(this.#alike.get(kind) ?? []), kept])
  }

  addSequence({ id, operation, violation, what, exchanges }: SequenceFailure): void {
    const key = `${violation.code} ${violation.cause}`
    if (!this.#kept.has(key))
      this.add({ key, code: violation.code, caseId: id, operation, what, violation, exchanges })
  }

  list(): Failure[] {
    return [...this.#kept.values()].map((kept) => ({
      ...kept,
      also: [...kept.also],
      operations: [...kept.operations],
    }))
  }

  #crowded(operation: Operation, { code }: Violation): Kept | undefined {
    const alike = this.#alike.get(alikeKey(operation, code)) ?? []
    return alike.length >= MAX_ALIKE ? alike.at(-1) : undefined
  }
}

function alikeKey(operation: Operation, code: VerifyCode): string {
  return `${operationKey(operation)} ${code}`
}
