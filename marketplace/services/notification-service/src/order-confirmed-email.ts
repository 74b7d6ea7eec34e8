import { html, type Html } from '../../../platform/html.ts'
import { formatMoney } from '../../../platform/money.ts'
import type { OrderOrderConfirmed } from '../../order-service/contracts/events.ts'
import { button, emailPage, firstNameOf, SHOP_NAME, style, type Email } from './email-layout.ts'

type Order = OrderOrderConfirmed['data']
type Parcel = Order['parcels'][number]

/** What a buyer gets once the payment was taken: every line, what it cost, where it goes, and where to follow it. */
export function orderConfirmedEmail(order: Order, shopUrl: string): Email {
  const number = order.orderNumber
  const link = orderLink(shopUrl, order)
  const money = (cents: number) => formatMoney(cents, order.currency)
  const { totals, customer } = order
  const vat = `${money(totals.vatCents)} VAT (${percent(totals.vatRateBasisPoints)}) is included.`
  const title = `Your order ${number} is confirmed`
  const body = html`
<h1 style="${style.heading}">Thank you, ${firstNameOf(customer.name)}</h1>
<p style="${style.lead}">Your order <strong>${number}</strong> is confirmed and paid. ${parcelSentence(order.parcels)}</p>
<p style="margin:0 0 32px">${button('Follow your order', link)}</p>
${order.parcels.map((parcel) => parcelTable(parcel, money))}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:2px solid #16181f;margin-top:8px" class="rule">
${sumRow('Goods', money(totals.goodsCents))}
${sumRow('Shipping', totals.shippingCents === 0 ? 'free' : money(totals.shippingCents))}
<tr><td style="padding:10px 0 0;font-size:18px;font-weight:700">Total</td><td align="right" style="padding:10px 0 0;font-size:18px;font-weight:700">${money(totals.totalCents)}</td></tr>
</table>
<p class="soft" style="margin:6px 0 28px;${style.small};${style.soft}">${vat}</p>
<p class="soft" style="margin:0 0 4px;${style.small};${style.soft}">Delivered to</p>
<p style="margin:0;font-size:16px;line-height:1.5">${customer.name}<br>${customer.street}<br>${customer.postcode} ${customer.city}, ${customer.country}</p>`

  const text = `${SHOP_NAME}

Thank you, ${firstNameOf(customer.name)}.

Your order ${number} is confirmed and paid. ${parcelSentence(order.parcels)}

Follow it here: ${link}

${order.parcels.map((parcel) => parcelText(parcel, money)).join('\n\n')}

Goods      ${money(totals.goodsCents)}
Shipping   ${totals.shippingCents === 0 ? 'free' : money(totals.shippingCents)}
Total      ${money(totals.totalCents)}
${vat}

Delivered to
${customer.name}
${customer.street}
${customer.postcode} ${customer.city}, ${customer.country}
`
  const preview = `${money(totals.totalCents)}, ${parcelSentence(order.parcels)}`
  return { subject: title, html: emailPage({ title, preview, body, shopUrl }), text }
}

export function orderLink(
  shopUrl: string,
  { orderId, orderToken }: Pick<Order, 'orderId' | 'orderToken'>,
): string {
  return `${shopUrl}/orders/${orderId}?token=${encodeURIComponent(orderToken)}`
}

function parcelTable(
  { sellerName, method, lines, shippingCents }: Parcel,
  money: (cents: number) => string,
): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">
<tr><td colspan="2" class="soft rule" style="padding:0 0 8px;border-bottom:1px solid #dedcd3;${style.small};${style.soft}">From <strong class="ink" style="color:#16181f">${sellerName}</strong>, ${method === 'express' ? 'express' : 'standard'} shipping ${shippingCents === 0 ? 'free' : money(shippingCents)}</td></tr>
${lines.map(
  (line) => html`<tr>
<td style="padding:12px 16px 0 0;font-size:16px;line-height:1.4">${line.name}<br><span class="soft" style="${style.small};${style.soft}">${line.quantity} × ${money(line.unitPriceCents)}</span></td>
<td align="right" valign="top" style="padding:12px 0 0;font-size:16px;white-space:nowrap">${money(line.totalCents)}</td>
</tr>`,
)}
</table>`
}

function sumRow(label: string, amount: string): Html {
  return html`<tr><td class="soft" style="padding:10px 0 0;${style.soft}">${label}</td><td align="right" style="padding:10px 0 0">${amount}</td></tr>`
}

function parcelText({ sellerName, method, lines }: Parcel, money: (cents: number) => string): string {
  const rows = lines.map((line) => `  ${line.quantity} × ${line.name}   ${money(line.totalCents)}`)
  return [`From ${sellerName} (${method}):`, ...rows].join('\n')
}

function parcelSentence(parcels: readonly Parcel[]): string {
  return parcels.length === 1
    ? `${parcels[0]!.sellerName} is packing it.`
    : `It comes in ${parcels.length} parcels from ${parcels.length} sellers.`
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`
}
