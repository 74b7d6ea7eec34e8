import { cancel, confirm, fold } from './order.ts'
import type { Stream } from './place-order.ts'

export type Ports = { stream: Stream; now(): Date }

/**
 * The payment was taken: the order stands. Resolves to false if the order had been cancelled, which is for the
 * canceller to settle. Throws if there is no such order yet: the event is to be tried again.
 */
export async function confirmPaidOrder(
  ports: Ports,
  { orderId, paymentId }: { orderId: string; paymentId: string },
): Promise<boolean> {
  const decision = confirm(fold(await ports.stream.events()), { paymentId, at: ports.now().toISOString() })
  if (decision.outcome === 'not-placed')
    throw new Error(`Payment ${paymentId} was captured for an order that is not placed: ${orderId}.`)
  if (decision.outcome === 'cancelled-before') return false
  await ports.stream.append(decision.events)
  return true
}

/** The money was let go: the order does not stand. Nothing happens to what was never placed or has been shipped. */
export async function cancelUnpaidOrder(ports: Ports): Promise<void> {
  const state = fold(await ports.stream.events())
  if (state.status === 'none') return // declined or undone before placing; nobody waits for this order
  const decision = cancel(state, { reason: 'payment-cancelled', at: ports.now().toISOString() })
  if (decision.outcome === 'cancelled') await ports.stream.append(decision.events)
}
