import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Database } from '../../../platform/db/database.ts'
import { html, trusted, type Html } from '../../../platform/html.ts'
import { findMessage, listMessages, type FullMessageRow, type MessageRow } from './postgres.ts'
import { CSS } from './style.ts'

const PAGE_SIZE = 50
const API_LIMIT = 200

/** The inbox for people, and the same as JSON below /api for tests. */
export function inboxPages(db: Database) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get<{ Querystring: { to?: string; before?: string } }>('/', async ({ query }, reply) => {
      const to = query.to?.trim() === '' ? undefined : query.to?.trim()
      const rows = await listMessages(db, { to, limit: PAGE_SIZE + 1, before: idOf(query.before) })
      return page(reply, 200, 'Inbox', inboxPage(rows, to))
    })
    app.get<{ Params: { id: string } }>('/messages/:id', async ({ params }, reply) => {
      const message = await find(params.id)
      return message === undefined ? notFound(reply) : page(reply, 200, message.subject, messagePage(message))
    })
    app.get<{ Params: { id: string } }>('/messages/:id/html', async ({ params }, reply) => {
      const message = await find(params.id)
      if (message?.html == null) return notFound(reply)
      // Someone else's HTML: no script, no request to anywhere; links open outside the frame.
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
        )
        .header('x-content-type-options', 'nosniff')
        .send(withBase(message.html))
    })
    app.get<{ Params: { id: string } }>('/messages/:id/source', async ({ params }, reply) => {
      const message = await find(params.id)
      if (message === undefined) return notFound(reply)
      return reply
        .type('text/plain; charset=utf-8')
        .header('x-content-type-options', 'nosniff')
        .send(Buffer.from(message.source, 'latin1'))
    })
    app.get<{ Querystring: { to?: string } }>('/api/messages', async ({ query }) => {
      const rows = await listMessages(db, { to: query.to, limit: API_LIMIT, before: undefined })
      return { data: rows.map(summary) }
    })
    app.get<{ Params: { id: string } }>('/api/messages/:id', async ({ params }, reply) => {
      const message = await find(params.id)
      if (message === undefined)
        return reply.code(404).type('application/problem+json').send({
          type: '/problems/message-not-found',
          title: 'Message not found',
          status: 404,
          code: 'message-not-found',
          detail: 'There is no message with this id.',
        })
      const { html: htmlPart, body_text: text } = message
      return {
        data: {
          ...summary(message),
          ...(htmlPart !== null && { html: htmlPart }),
          ...(text !== null && { text }),
        },
      }
    })
    done()

    async function find(id: string): Promise<FullMessageRow | undefined> {
      const number = idOf(id)
      return number === undefined ? undefined : await findMessage(db, number)
    }
  }
}

function summary(row: MessageRow) {
  return {
    id: row.id,
    messageId: row.message_id,
    from: { name: row.from_name, address: row.from_address },
    to: row.recipients,
    subject: row.subject,
    receivedAt: row.received_at.toISOString(),
    deliveries: row.deliveries,
  }
}

function inboxPage(rows: readonly MessageRow[], to: string | undefined): Html {
  const shown = rows.slice(0, PAGE_SIZE)
  const filter = to === undefined ? '' : `&to=${encodeURIComponent(to)}`
  return html`<h1>Inbox</h1>
    <form class="search" method="get" action="/" role="search">
      <label for="to">To</label>
      <input id="to" name="to" type="email" value="${to ?? ''}" placeholder="anyone" autocomplete="off">
      <button>Show</button>
      ${to !== undefined && html`<a href="/">Everyone</a>`}
    </form>
    ${shown.length === 0 && emptyInbox(to)}
    <ol class="inbox">${shown.map(
      (row) => html`<li><a href="/messages/${row.id}">
        <span class="sender">${row.from_name || row.from_address}</span>
        <span class="subject">${row.subject}</span>
        <span class="recipient">to ${row.recipients.join(', ')}</span>
        ${timeOf(row.received_at)}
      </a></li>`,
    )}</ol>
    ${rows.length > PAGE_SIZE && html`<p><a href="/?before=${shown.at(-1)!.id}${filter}">Older messages</a></p>`}`
}

function emptyInbox(to: string | undefined): Html {
  return html`<div class="empty"><p><strong>Nothing here yet.</strong></p>
    <p>${to === undefined ? 'Buy something in the shop and the confirmation arrives here.' : `No message to ${to}.`}</p></div>`
}

function messagePage(message: FullMessageRow): Html {
  const { id, html: htmlPart, body_text: text } = message
  return html`<p class="back"><a href="/">Inbox</a></p>
    <article>
      <h1>${message.subject}</h1>
      <dl>
        <dt>From</dt><dd>${message.from_name} <span class="soft">${message.from_address}</span></dd>
        <dt>To</dt><dd>${message.recipients.join(', ')}</dd>
        <dt>Received</dt><dd>${timeOf(message.received_at)}</dd>
      </dl>
      ${htmlPart !== null && html`<iframe title="Message" src="/messages/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
      ${
        text !== null &&
        html`<details ${htmlPart === null && trusted('open')}><summary>Plain text</summary><pre>${text}</pre></details>`
      }
      <p class="soft"><a href="/messages/${id}/source">Source</a></p>
    </article>`
}

function timeOf(at: Date): Html {
  const iso = at.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`
}

function withBase(text: string): string {
  const base = '<base target="_blank">'
  return /<head[^>]*>/i.test(text) ? text.replace(/<head[^>]*>/i, (head) => head + base) : base + text
}

function idOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function notFound(reply: FastifyReply): FastifyReply {
  return page(reply, 404, 'Not found', html`<h1>No such message</h1><p><a href="/">Inbox</a></p>`)
}

function page(reply: FastifyReply, status: number, title: string, content: Html): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'",
    )
    .header('cache-control', 'no-store')
    .send(
      html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Mailbox</title>
<style>${trusted(CSS)}</style>
</head>
<body>
<header><a href="/"><strong>Mailbox</strong></a> <span>every e-mail of the demo shop ends up here</span></header>
<main>${content}</main>
</body>
</html>`.text,
    )
}
