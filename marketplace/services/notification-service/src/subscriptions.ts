import type { Subscription } from '../../../platform/events/consumer.ts'
import { messageFor, type HeardEvent } from './message.ts'
import { queueMessage } from './postgres.ts'

const heard: readonly HeardEvent['eventType'][] = [
  'order.order.confirmed',
  'order.order.cancelled',
  'auth.user.registered',
]

/** Queues only; sending is not an effect of a transaction and happens after it. */
export function subscriptions(options: {
  shopUrl: string
  clock: () => Date
  onQueued: () => void
}): Subscription[] {
  const { shopUrl, clock, onQueued } = options
  return heard.map((eventType) => ({
    eventType,
    async handle(event, tx) {
      // The publisher checked the event against its contract before it left.
      const message = messageFor(event as unknown as HeardEvent, shopUrl)
      if (message === undefined) return
      await queueMessage(tx, message, clock())
      tx.afterCommit(onQueued)
    },
  }))
}
