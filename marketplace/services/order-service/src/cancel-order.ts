import { ShopError } from '../../../platform/errors.ts'
import { cancel, fold } from './order.ts'
import type { Stream } from './place-order.ts'

export type Ports = { stream: Stream; now(): Date }

/** Cancels, also what was never placed; the caller undoes money and stock. */
export async function cancelOrder(ports: Ports, command: { orderId: string; reason: string }): Promise<void> {
  const { orderId, reason } = command
  const decision = cancel(fold(await ports.stream.events()), { reason, at: ports.now().toISOString() })
  if (decision.outcome === 'too-late')
    throw new ShopError(
      'order-shipped',
      { orderId },
      'It has left the seller; ask for a return instead.',
      409,
    )
  await ports.stream.append(decision.events)
}
