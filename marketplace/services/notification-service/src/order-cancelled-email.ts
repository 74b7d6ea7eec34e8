import { html } from '../../../platform/html.ts'
import { formatMoney } from '../../../platform/money.ts'
import type { OrderOrderCancelled } from '../../order-service/contracts/events.ts'
import { button, emailPage, firstNameOf, SHOP_NAME, style, type Email } from './email-layout.ts'
import { orderLink } from './order-confirmed-email.ts'

/** For an order the buyer had been told stands: that it does not, and what becomes of the money. */
export function orderCancelledEmail(order: OrderOrderCancelled['data'], shopUrl: string): Email {
  const number = order.orderNumber
  const link = orderLink(shopUrl, order)
  const amount = formatMoney(order.totalCents, order.currency)
  const title = `Your order ${number} was cancelled`
  const sentence = `Your order ${number} was cancelled. The full amount of ${amount} goes back to the card you paid with; banks take up to five working days to show it.`
  const body = html`
<h1 style="${style.heading}">Your order was cancelled</h1>
<p style="${style.lead}">Hello ${firstNameOf(order.customer.name)}. ${sentence}</p>
<p style="margin:0">${button('See the order', link)}</p>`
  const text = `${SHOP_NAME}

Hello ${firstNameOf(order.customer.name)}.

${sentence}

See the order: ${link}
`
  return {
    subject: title,
    html: emailPage({ title, preview: `${amount} goes back to your card.`, body, shopUrl }),
    text,
  }
}
