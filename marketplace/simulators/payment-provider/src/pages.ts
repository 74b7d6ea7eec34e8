import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Database } from '../../../platform/db/database.ts'
import { html, trusted, type Html } from '../../../platform/html.ts'
import { formatMoney } from '../../../platform/money.ts'
import type { PaymentIntent, Refund } from './payment-intent.ts'
import { findIntent, listEvents, listIntents, listRefunds, type EventRow } from './postgres.ts'

const SHOWN = 100

/** For people: the newest payments, and each with its events and what became of their delivery. */
export function paymentPages(db: Database) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/', async (_request, reply) => {
      const [{ items }, { items: refunds }] = await Promise.all([
        listIntents(db, { limit: SHOWN, startingAfter: null }),
        listRefunds(db, { limit: SHOWN, startingAfter: null, paymentIntent: null }),
      ])
      return page(reply, 200, 'Payments', listPage(items, refunds))
    })
    app.get<{ Params: { id: string } }>('/payments/:id', async ({ params }, reply) => {
      const intent = await findIntent(db, params.id)
      if (intent === undefined)
        return page(
          reply,
          404,
          'Not found',
          html`<h1>No such payment</h1>
            <p><a href="/">All payments</a></p>`,
        )
      const events = await listEvents(db, {
        limit: SHOWN,
        startingAfter: null,
        type: null,
        paymentIntent: intent.id,
      })
      const refunds = await listRefunds(db, { limit: SHOWN, startingAfter: null, paymentIntent: intent.id })
      return page(reply, 200, intent.id, paymentPage(intent, refunds.items, events.items))
    })
    done()
  }
}

function listPage(intents: readonly PaymentIntent[], refunds: readonly Refund[]): Html {
  if (intents.length === 0)
    return html`<h1>Payments</h1>
      <p class="empty">No payment yet. Buy something in the shop and it shows up here.</p>`
  return html`<h1>Payments</h1>
    <p class="lead">The newest ${intents.length}. Test money only: no card number and no cent is real.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Payment</th>
          <th scope="col">Card</th>
          <th scope="col">Status</th>
          <th scope="col">When</th>
          <th scope="col" class="number">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${intents.map(
          (intent) =>
            html`<tr>
              <td>
                <a href="/payments/${intent.id}"><code>${intent.id}</code></a>
              </td>
              <td>${cardOf(intent)}</td>
              <td>${badge(statusOf(intent, refunds))}</td>
              <td>${timeOf(intent.created * 1000)}</td>
              <td class="number">${formatMoney(intent.amount, intent.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function paymentPage(intent: PaymentIntent, refunds: readonly Refund[], events: readonly EventRow[]): Html {
  return html`<p><a href="/">All payments</a></p>
    <h1>${formatMoney(intent.amount, intent.currency)} ${badge(statusOf(intent, refunds))}</h1>
    <p class="lead"><code>${intent.id}</code></p>
    ${intent.last_payment_error !== null && html`<p class="decline">${intent.last_payment_error.message}</p>`}
    <h2>Details</h2>
    <dl>
      <dt>Card</dt>
      <dd>${cardOf(intent)}</dd>
      <dt>Held</dt>
      <dd>${formatMoney(intent.amount_capturable, intent.currency)}</dd>
      <dt>Taken</dt>
      <dd>${formatMoney(intent.amount_received, intent.currency)}</dd>
      <dt>Given back</dt>
      <dd>
        ${formatMoney(
          refunds.reduce((sum, { amount }) => sum + amount, 0),
          intent.currency,
        )}
      </dd>
      ${Object.entries(intent.metadata).map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd><code>${value}</code></dd>`,
      )}
    </dl>
    <h2>Events</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">When</th>
          <th scope="col">Webhook</th>
        </tr>
      </thead>
      <tbody>
        ${events.map(
          (event) =>
            html`<tr>
              <td>${event.type}<br /><code>${event.id}</code></td>
              <td>${timeOf(event.created_at.getTime())}</td>
              <td>${deliveryOf(event)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function statusOf(intent: PaymentIntent, refunds: readonly Refund[]): string {
  if (refunds.some(({ payment_intent: id }) => id === intent.id)) return 'refunded'
  if (intent.last_payment_error && intent.status === 'requires_payment_method') return 'declined'
  return intent.status === 'requires_capture' ? 'held' : intent.status
}

function deliveryOf({ delivered_at: deliveredAt, attempts, last_error: error }: EventRow): string {
  if (deliveredAt !== null) return attempts === 1 ? 'delivered' : `delivered at attempt ${attempts}`
  return attempts === 0 ? 'waiting' : `${attempts} failed attempts: ${error ?? 'unknown'}`
}

function cardOf({ payment_method: method, last_payment_error: error }: PaymentIntent): string {
  if (method === null) return error ? 'declined card' : 'none yet'
  return method.replace('pm_card_', '').replaceAll('_', ' ')
}

function badge(status: string): Html {
  return html`<span class="badge ${status}">${status.replaceAll('_', ' ')}</span>`
}

function timeOf(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}

function page(reply: FastifyReply, status: number, title: string, content: Html): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'")
    .header('cache-control', 'no-store')
    .send(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>${title} · Payment provider (simulated)</title>
            <style>
              ${trusted(CSS)}
            </style>
          </head>
          <body>
            <header>
              <a href="/"><strong>Payment provider</strong></a> <span>simulated</span>
            </header>
            <main>${content}</main>
          </body>
        </html>`.text,
    )
}

const CSS = `
:root { color-scheme: light dark; --ground: #f7f6f3; --card: #fff; --ink: #1d2024; --soft: #62676e; --line: #e2e0da;
  --accent: #3b4cca; --good: #12703f; --good-ground: #e0f3e7; --bad: #a3261b; --bad-ground: #fbe6e3; --wait: #7a5200; --wait-ground: #faeecb; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --card: #1d2024; --ink: #eceae5; --soft: #a3a8b0; --line: #33373d;
  --accent: #a4b0ff; --good: #8fe0b0; --good-ground: #173626; --bad: #ffb0a6; --bad-ground: #451f1b; --wait: #f2cf7d; --wait-ground: #3b2f10; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header { padding: 1rem max(1rem, calc(50vw - 30rem)); border-bottom: 1px solid var(--line); background: var(--card) }
header a { color: inherit; text-decoration: none } header span { color: var(--soft); margin-left: .4rem }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0; letter-spacing: -.01em } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.lead, .empty { color: var(--soft); margin: 0 0 1.25rem } a { color: var(--accent) }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); display: block; overflow-x: auto }
thead, tbody { width: 100% } th, td { padding: .6rem .8rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap }
th { font-size: .8rem; color: var(--soft); font-weight: 600 } td:first-child { width: 100%; white-space: normal; overflow-wrap: anywhere; min-width: 9rem } .number { text-align: right; font-variant-numeric: tabular-nums }
tbody tr:last-child td { border-bottom: 0 } code { font: .85em ui-monospace, monospace; color: var(--soft) } a code { color: inherit }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem; margin: 0 } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
.badge { display: inline-block; padding: .1rem .55rem; border-radius: 99px; font-size: .8rem; font-weight: 600; vertical-align: middle; background: var(--wait-ground); color: var(--wait); letter-spacing: 0 }
.badge.succeeded { background: var(--good-ground); color: var(--good) } .badge.declined, .badge.canceled { background: var(--bad-ground); color: var(--bad) }
.decline { background: var(--bad-ground); color: var(--bad); padding: .6rem .8rem; border-radius: 6px }
`
