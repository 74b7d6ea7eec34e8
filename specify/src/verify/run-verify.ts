// The whole run: find requests that work, try everything else on them, and keep one failure for each cause.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Api, Operation } from '../contracts/model.ts'
import { isSafe, type Case, type CaseWish } from './case.ts'
import { casesOf } from './cases.ts'
import { operationKey, type Violation } from './check-answer.ts'
import { baseOf, discover, inOrder, type Found } from './discover.ts'
import { parameterKey, type Draft } from './draft.ts'
import { Failures, type Failure } from './failures.ts'
import { judge } from './judge.ts'
import { KnownValues } from './known-values.ts'
import { makeDraft } from './make-draft.ts'
import { Random } from '../samples/random.ts'
import { lifeFailures, livesOf } from './life.ts'
import { conditionalFailures, idempotencyFailures } from './promises.ts'
import type { SequenceWish } from './sequence.ts'
import { isGood, SessionOver, type Exchange, type Session } from './session.ts'
import { shrink } from './shrink.ts'

export type VerifyWish = {
  readonly api: Api
  readonly operations: readonly Operation[]
  readonly session: Session
  readonly seed: string
  readonly maxExamples: number
  /** May hold values that exist already. */
  readonly known: KnownValues
  readonly readOnly: boolean
  /** Only this case, after the requests that everything is built upon. */
  readonly only: string | undefined
  readonly hasCredentials: (operation: Operation) => boolean
  readonly onOperation: (done: number) => void
  /** Milliseconds for the whole run. */
  readonly maxTimeMs: number | undefined
}

export type OperationSummary = {
  readonly operation: Operation
  readonly requests: number
  /** Whether any request was carried out. */
  readonly succeeded: boolean
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
}

export type VerifyReport = {
  readonly operations: readonly OperationSummary[]
  readonly failures: readonly Failure[]
  readonly requests: number
  /** Why the run ended early, and the last request. */
  readonly over: SessionOver | undefined
}

const SHRINK_BUDGET = 40
/** Things that are created, read, changed and deleted again. */
const LIVES = 8
const SHRINK_BUDGET_IN_ALL = 1500

export async function runVerify(wish: VerifyWish): Promise<VerifyReport> {
  const run = new Run(wish)
  let over: SessionOver | undefined
  try {
    await run.everything()
  } catch (error) {
    if (!(error instanceof SessionOver)) throw error
    over = error
  }
  return { operations: run.summaries(), failures: run.failures.list(), requests: wish.session.requests, over }
}

class Run {
  readonly failures = new Failures()
  readonly #wish: VerifyWish
  readonly #known: KnownValues
  readonly #counts = new Map<
    Operation,
    { requests: number; succeeded: boolean; statuses: Record<string, number> }
  >()
  readonly #startedAt = performance.now()
  #found: ReadonlyMap<Operation, Found> = new Map()
  #shrinks = SHRINK_BUDGET_IN_ALL

  constructor(wish: VerifyWish) {
    this.#wish = wish
    this.#known = wish.known
  }

  async everything(): Promise<void> {
    const { api, operations, seed, readOnly, hasCredentials } = this.#wish
    const send = (draft: Draft) => this.#send(draft)
    const discovery = await discover(api, operations, {
      seed,
      known: this.#known,
      send,
      readOnly,
      hasCredentials,
    })
    this.#found = discovery.found
    for (const { id, exchange } of discovery.exchanges) await this.#judgeDiscovered(id, exchange)
    let done = 0
    for (const operation of inOrder(operations)) {
      if (!readOnly || isSafe(operation)) await this.#tryOperation(operation)
      this.#wish.onOperation(++done)
    }
    if (!readOnly) await this.#trySequences()
  }

  summaries(): OperationSummary[] {
    return this.#wish.operations.map((operation) => {
      const counts = this.#counts.get(operation)
      return {
        operation,
        requests: counts?.requests ?? 0,
        succeeded: counts?.succeeded ?? false,
        statuses: counts?.statuses ?? {},
      }
    })
  }

  async #judgeDiscovered(id: string, exchange: Exchange): Promise<void> {
    const own: Case = {
      id,
      draft: exchange.draft,
      expectation: 'valid',
      what: 'a request that fits the contract',
      cause: 'valid',
      fixed: undefined,
    }
    await this.#report(own, exchange, judge(own, exchange))
  }

  async #tryOperation(operation: Operation): Promise<void> {
    const { api, seed, maxExamples, readOnly, hasCredentials, only } = this.#wish
    const wish: CaseWish = {
      seed,
      known: this.#known,
      maxExamples,
      readOnly,
      base: (each, name) => this.#base(each, name),
      hasCredentials,
    }
    for (const own of casesOf(api, operation, wish)) {
      if (only !== undefined && own.id !== only) continue
      await this.#prepare(operation)
      const current = this.#current(own)
      const exchange = await this.#send(current.draft)
      await this.#report(current, exchange, judge(current, exchange))
      if (own.expectation === 'valid' || own.expectation === 'survived')
        this.#known.learn(exchange, api.operations)
      if (operation.method === 'DELETE' && isGood(exchange)) this.#forget(exchange.draft)
    }
  }

  async #trySequences(): Promise<void> {
    const { api, operations, only } = this.#wish
    const wish: SequenceWish = {
      send: (draft) => this.#send(draft),
      base: (operation, name) => this.#base(operation, name),
      made: (operation, name) =>
        makeDraft(operation, {
          random: new Random(`${this.#wish.seed} ${name}`),
          extent: 'any',
          known: this.#known,
        }),
      succeeded: (operation) => this.#found.has(operation),
      wanted: (id) => only === undefined || only === id,
    }
    const has = (operation: Operation) => operations.includes(operation)
    for (const life of livesOf(api).filter(({ create }) => has(create)))
      for (let round = 0; round < LIVES; round++)
        for await (const failure of lifeFailures(life, round, api, wish)) this.failures.addSequence(failure)
    for (const operation of operations) {
      for await (const failure of idempotencyFailures(operation, wish)) this.failures.addSequence(failure)
      for await (const failure of conditionalFailures(operation, wish)) this.failures.addSequence(failure)
    }
  }

  #base(operation: Operation, name: string): Draft | undefined {
    return baseOf(operation, name, { found: this.#found, known: this.#known, seed: this.#wish.seed })
  }

  /** What was deleted on the way is made again, so that the next request has something to work on. */
  async #prepare(operation: Operation): Promise<void> {
    const { api, readOnly } = this.#wish
    if (readOnly) return
    for (const { in: place, name } of operation.parameters) {
      if (place !== 'path' || this.#known.ofParameter(operation, name).length > 0) continue
      const collection = operation.path.split(`/{${name}}`)[0]
      const creator = [...this.#found.keys()].find(
        ({ method, path }) => method === 'POST' && path === collection,
      )
      const draft =
        creator === undefined ? undefined : this.#base(creator, `again ${this.#wish.session.requests}`)
      if (draft !== undefined) this.#known.learn(await this.#send(draft), api.operations)
    }
  }

  /** The case with things that exist now in its path, unless the path is what it is about. */
  #current(own: Case): Case {
    const { operation, parameters } = own.draft
    let changed: Map<string, unknown> | undefined
    for (const parameter of operation.parameters) {
      const key = parameterKey(parameter)
      if (parameter.in !== 'path' || own.fixed?.place === key) continue
      const values = this.#known.ofParameter(operation, parameter.name)
      if (values.length === 0 || values.includes(parameters.get(key))) continue
      changed ??= new Map(parameters)
      changed.set(key, values[0])
    }
    return changed === undefined ? own : { ...own, draft: { ...own.draft, parameters: changed } }
  }

  #forget({ operation, parameters }: Draft): void {
    const last = operation.parameters.findLast(({ in: place }) => place === 'path')
    if (last !== undefined) this.#known.forget(operation.path, last.name, parameters.get(parameterKey(last)))
  }

  async #send(draft: Draft): Promise<Exchange> {
    const { session, maxTimeMs } = this.#wish
    if (maxTimeMs !== undefined && performance.now() - this.#startedAt > maxTimeMs)
      throw new SessionOver('time', `The time of ${maxTimeMs / 1000} s is over`)
    const exchange = await session.send(draft)
    const counts = this.#counts.get(draft.operation) ?? { requests: 0, succeeded: false, statuses: {} }
    this.#counts.set(draft.operation, counts)
    counts.requests++
    if (draft.method === undefined) counts.succeeded ||= isGood(exchange)
    const status = 'none' in exchange.answer ? 'none' : String(exchange.answer.status)
    counts.statuses[status] = (counts.statuses[status] ?? 0) + 1
    return exchange
  }

  /** Each cause once: the first failure is made smaller, later ones are counted. */
  async #report(own: Case, exchange: Exchange, violations: readonly Violation[]): Promise<void> {
    for (const violation of violations) {
      if (this.failures.isKnown(own, violation)) {
        this.failures.count(own, violation)
        continue
      }
      const smaller = await this.#smaller(own, exchange, violation)
      this.failures.add(smaller)
    }
  }

  async #smaller(
    own: Case,
    exchange: Exchange,
    violation: Violation,
  ): Promise<Omit<Failure, 'count' | 'also' | 'operations'>> {
    const key = this.failures.keyOf(own, violation)
    let last = { exchange, violation }
    const fails = async (candidate: Case): Promise<boolean> => {
      this.#shrinks--
      const again = await this.#send(candidate.draft)
      const same = judge(candidate, again).find((each) => this.failures.keyOf(candidate, each) === key)
      if (same !== undefined) last = { exchange: again, violation: same }
      if (this.#wish.session.options.rate !== undefined) await sleep(0)
      return same !== undefined
    }
    // Silence costs a time limit each time, and what was deleted cannot be deleted again.
    const isDear = violation.code === 'verify-no-answer' || own.draft.operation.method === 'DELETE'
    const budget = isDear ? 0 : Math.min(SHRINK_BUDGET, this.#shrinks)
    const smallest = await shrink(own, fails, Math.max(0, budget))
    return {
      key,
      code: violation.code,
      caseId: own.id,
      operation: own.draft.operation,
      what: smallest.what,
      violation: last.violation,
      exchanges: [last.exchange],
    }
  }
}

export function operationsOf(api: Api, patterns: readonly string[]): Operation[] {
  const fits = (operation: Operation, pattern: string) => {
    const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
    const regex = new RegExp(`^${source}$`, 'i')
    return [operation.operationId ?? '', operationKey(operation), operation.path].some((name) =>
      regex.test(name),
    )
  }
  const [without, wanted] = [
    patterns.filter((each) => each.startsWith('!')),
    patterns.filter((each) => !each.startsWith('!')),
  ]
  return api.operations.filter(
    (each) =>
      (wanted.length === 0 || wanted.some((pattern) => fits(each, pattern))) &&
      !without.some((pattern) => fits(each, pattern.slice(1))),
  )
}
