import type { AuthUserRegistered } from '../../auth-service/contracts/events.ts'
import type { OrderOrderCancelled, OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import type { Email } from './email-layout.ts'
import { orderCancelledEmail } from './order-cancelled-email.ts'
import { orderConfirmedEmail } from './order-confirmed-email.ts'
import { welcomeEmail } from './welcome-email.ts'

export type NewMessage = Email & {
  readonly kind: 'order-confirmed' | 'order-cancelled' | 'welcome'
  /** What it is about; nobody gets two messages of one kind about one subject. */
  readonly subjectId: string
  readonly to: { readonly name: string; readonly address: string }
}

export type HeardEvent = OrderOrderConfirmed | OrderOrderCancelled | AuthUserRegistered

/** The message an event asks for, or undefined if it asks for none. */
export function messageFor(event: HeardEvent, shopUrl: string): NewMessage | undefined {
  switch (event.eventType) {
    case 'order.order.confirmed': {
      const { orderId, customer } = event.data
      return {
        kind: 'order-confirmed',
        subjectId: orderId,
        to: { name: customer.name, address: customer.email },
        ...orderConfirmedEmail(event.data, shopUrl),
      }
    }
    case 'order.order.cancelled': {
      const { orderId, customer, wasConfirmed } = event.data
      if (!wasConfirmed) return undefined // the shop's page told the buyer why; there never was an order for them
      return {
        kind: 'order-cancelled',
        subjectId: orderId,
        to: { name: customer.name, address: customer.email },
        ...orderCancelledEmail(event.data, shopUrl),
      }
    }
    case 'auth.user.registered': {
      const { userId, name, email } = event.data
      return {
        kind: 'welcome',
        subjectId: userId,
        to: { name, address: email },
        ...welcomeEmail(event.data, shopUrl),
      }
    }
  }
}
