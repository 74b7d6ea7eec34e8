import { failPoint } from '../../../platform/fail-point.ts'
import type { CheckoutFailure } from '../contracts/api.ts'

// What every step of a saga has in common: it is asked at most until its answer is in the journal, and what it did can
// be undone. The saga itself is an ordinary async function; after a crash it runs again from the top and finds the
// answers it already had.

export type StepResult =
  | { readonly outcome: 'done'; readonly orderToken?: string }
  /** Definitely not done. */
  | { readonly outcome: 'refused'; readonly failure: CheckoutFailure }
  /** Nobody knows; it may still have been done, so it is undone as well. */
  | { readonly outcome: 'given-up'; readonly failure: CheckoutFailure }

export type Journal = {
  find(step: string): Promise<StepResult | undefined>
  /** Writes the result unless another process already wrote one; resolves to the one that stands. */
  record(step: string, result: StepResult): Promise<StepResult>
}

export type Patience = {
  /** True once waiting for a service that stays away makes no sense any more. */
  isOver(): boolean
  /** Throws when this process is to stop. */
  assertRunning(): void
}

export type Step = {
  readonly name: string
  readonly effect: () => Promise<StepResult>
  /** What takes the effect back, told why; absent if undoing an earlier step does. */
  readonly undo?: (failure: CheckoutFailure) => Promise<void>
  /** No way back from here: the answer is waited for, however long it takes. */
  readonly isPivot?: boolean
}

/** Runs steps in order; `undoAll` undoes in reverse what may have been done. */
export function journalledSteps(journal: Journal, patience: Patience) {
  const undos: { name: string; undo: (failure: CheckoutFailure) => Promise<void> }[] = []
  return { step, undoAll }

  async function step({ name, effect, undo, isPivot = false }: Step): Promise<StepResult> {
    const result = (await journal.find(name)) ?? (await ask(name, effect, isPivot))
    if (undo && result.outcome !== 'refused') undos.push({ name, undo })
    return result
  }

  async function undoAll(failure: CheckoutFailure): Promise<void> {
    for (const { name, undo } of undos.toReversed()) {
      if (await journal.find(`undo-${name}`)) continue
      patience.assertRunning()
      await undo(failure)
      await journal.record(`undo-${name}`, { outcome: 'done' })
    }
  }

  async function ask(name: string, effect: () => Promise<StepResult>, isPivot: boolean): Promise<StepResult> {
    patience.assertRunning()
    failPoint(`checkout:before-${name}`)
    let result: StepResult
    try {
      result = await effect()
    } catch (error) {
      // The caller tries the whole saga again, unless it has been long enough and there still is a way back.
      if (isPivot || !patience.isOver()) throw error
      result = { outcome: 'given-up', failure: stayedAway }
    }
    failPoint(`checkout:after-${name}-effect`)
    const standing = await journal.record(name, result)
    failPoint(`checkout:after-${name}`)
    return standing
  }
}

const stayedAway: CheckoutFailure = {
  code: 'service-unavailable',
  message: 'Something we need did not answer. Nothing was charged; please try again.',
}
