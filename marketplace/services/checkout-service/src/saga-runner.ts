import { setTimeout as sleep } from 'node:timers/promises'
import { failPoint } from '../../../platform/fail-point.ts'
import type { Log } from '../../../platform/log.ts'
import { placeOrderSaga, type Remotes, type Saga, type SagaOutcome } from './place-order-saga.ts'
import type { Journal, Patience } from './saga-steps.ts'

/** Where attempts and their journals are kept. */
export type SagaStore = {
  journal(saga: Saga): Journal
  /** Writes how the attempt ended, with the checkout and the event, once. */
  end(saga: Saga, outcome: SagaOutcome): Promise<void>
  /** Takes over attempts whose owner has not been heard of for the length of a lease. */
  claimAbandoned(owner: string, leaseMs: number): Promise<{ saga: Saga; startedAt: Date }[]>
  renewLeases(owner: string, leaseMs: number): Promise<void>
  /** Lets other processes take over at once what this one was working on. */
  dropLeases(owner: string): Promise<void>
  /** How the attempt ended, or undefined while it has not. */
  outcomeOf(checkoutId: string, attempt: number): Promise<SagaOutcome | undefined>
}

export type SagaRunner = {
  /** Works on the attempt until it ends; the owner in the store must be this runner. */
  start(saga: Saga, startedAt: Date): void
  resumeAbandoned(): Promise<void>
  renewLeases(): Promise<void>
  /** How the attempt ended, or undefined if it has not after `waitMs`. */
  outcome(checkoutId: string, attempt: number, waitMs: number): Promise<SagaOutcome | undefined>
  /** Stops between two steps; what is unfinished is for the next process. */
  stop(): Promise<void>
}

// Two owners at once do no harm (every remote step is idempotent), so a short wait after a crash beats a long lease.
export const LEASE_MS = 2_000
const PATIENCE_MS = 20_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 2_000
const POLL_MS = 100

export function createSagaRunner(options: {
  owner: string
  store: SagaStore
  remotes: Remotes
  clock: () => Date
  log: Log
}): SagaRunner {
  const { owner, store, remotes, clock, log } = options
  const stopping = new AbortController()
  const running = new Map<string, Promise<SagaOutcome | undefined>>()

  function start(saga: Saga, startedAt: Date): void {
    const key = `${saga.checkoutId}/${saga.attempt}`
    if (running.has(key)) return
    running.set(
      key,
      drive(saga, startedAt).finally(() => running.delete(key)),
    )
  }

  return {
    start,

    async resumeAbandoned() {
      for (const { saga, startedAt } of await store.claimAbandoned(owner, LEASE_MS)) {
        log.info('saga resumed', { checkoutId: saga.checkoutId, attempt: saga.attempt })
        start(saga, startedAt)
      }
    },

    async renewLeases() {
      if (running.size > 0) await store.renewLeases(owner, LEASE_MS)
    },

    async outcome(checkoutId, attempt, waitMs) {
      const here = running.get(`${checkoutId}/${attempt}`)
      const deadline = Date.now() + waitMs
      if (here) await Promise.race([here, sleep(waitMs)])
      for (;;) {
        const outcome = await store.outcomeOf(checkoutId, attempt)
        if (outcome || Date.now() >= deadline) return outcome
        await sleep(POLL_MS)
      }
    },

    async stop() {
      stopping.abort()
      await Promise.all(running.values())
      await store.dropLeases(owner)
    },
  }

  async function drive(saga: Saga, startedAt: Date): Promise<SagaOutcome | undefined> {
    const patience: Patience = {
      isOver: () => clock().getTime() - startedAt.getTime() > PATIENCE_MS,
      assertRunning: () => stopping.signal.throwIfAborted(),
    }
    for (
      let pauseMs = FIRST_PAUSE_MS;
      !stopping.signal.aborted;
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    ) {
      try {
        const outcome = await placeOrderSaga(saga, remotes, store.journal(saga), patience)
        failPoint('checkout:before-complete')
        await store.end(saga, outcome)
        failPoint('checkout:after-complete')
        log.info('saga ended', {
          checkoutId: saga.checkoutId,
          attempt: saga.attempt,
          outcome: outcome.outcome,
        })
        return outcome
      } catch (error) {
        if (stopping.signal.aborted) return undefined
        log.warn('saga waits', {
          checkoutId: saga.checkoutId,
          attempt: saga.attempt,
          pauseMs,
          error: error as Error,
        })
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined) // woken to stop
      }
    }
    return undefined
  }
}
