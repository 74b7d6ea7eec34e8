import type { Address, CheckoutFailure, Parcel, Totals } from '../contracts/api.ts'
import { journalledSteps, type Journal, type Patience, type StepResult } from './saga-steps.ts'

/** Everything an attempt needs, frozen when it begins; the ids make each remote effect idempotent. */
export type Saga = {
  readonly checkoutId: string
  readonly attempt: number
  readonly cartId: string
  readonly buyerId?: string
  readonly reservationId: string
  readonly paymentId: string
  readonly orderId: string
  readonly paymentMethod: string
  readonly customer: Address
  readonly currency: string
  readonly parcels: readonly Parcel[]
  readonly totals: Required<Totals>
}

/** The other services. Each call may be repeated; it throws when nobody knows whether it had an effect. */
export type Remotes = {
  reserve(saga: Saga): Promise<StepResult>
  release(saga: Saga): Promise<void>
  authorize(saga: Saga): Promise<StepResult>
  cancelPayment(saga: Saga): Promise<void>
  place(saga: Saga): Promise<StepResult>
  cancelOrder(saga: Saga, failure: CheckoutFailure): Promise<void>
  confirmStock(saga: Saga): Promise<StepResult>
  capture(saga: Saga): Promise<StepResult>
}

export type SagaOutcome =
  | { readonly outcome: 'completed'; readonly orderId: string; readonly orderToken: string }
  | { readonly outcome: 'refused'; readonly failure: CheckoutFailure }

/**
 * reserve → authorise → place → confirm the stock → capture. Whatever refuses, everything before it is undone in
 * reverse. Capturing is the pivot: once it has been asked for, its answer decides.
 */
export async function placeOrderSaga(
  saga: Saga,
  remotes: Remotes,
  journal: Journal,
  patience: Patience,
): Promise<SagaOutcome> {
  const { step, undoAll } = journalledSteps(journal, patience)

  const reserved = await step({
    name: 'reserve',
    effect: () => remotes.reserve(saga),
    undo: () => remotes.release(saga),
  })
  if (reserved.outcome !== 'done') return await refuse(reserved.failure)

  const authorized = await step({
    name: 'authorize',
    effect: () => remotes.authorize(saga),
    undo: () => remotes.cancelPayment(saga), // also gives back what was captured
  })
  if (authorized.outcome !== 'done') return await refuse(authorized.failure)

  const placed = await step({
    name: 'place',
    effect: () => remotes.place(saga),
    undo: (failure) => remotes.cancelOrder(saga, failure),
  })
  if (placed.outcome !== 'done') return await refuse(placed.failure)

  const confirmed = await step({
    name: 'confirm-stock',
    effect: () => remotes.confirmStock(saga),
    // Nothing of its own to undo: releasing the reservation returns confirmed units too.
  })
  if (confirmed.outcome !== 'done') return await refuse(confirmed.failure)

  const captured = await step({
    name: 'capture',
    effect: () => remotes.capture(saga),
    // Nothing of its own to undo: cancelling the payment refunds.
    isPivot: true,
  })
  if (captured.outcome !== 'done') return await refuse(captured.failure)

  return { outcome: 'completed', orderId: saga.orderId, orderToken: placed.orderToken! }

  async function refuse(failure: CheckoutFailure): Promise<SagaOutcome> {
    await undoAll(failure)
    return { outcome: 'refused', failure }
  }
}
