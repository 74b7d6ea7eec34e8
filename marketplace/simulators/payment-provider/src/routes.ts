import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../../platform/db/database.ts'
import type { Log } from '../../../platform/log.ts'
import { parseForm, type FormObject } from './form.ts'
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  createRefund,
  type Operation,
} from './operations.ts'
import {
  API_VERSION,
  findIntent,
  findRefund,
  listEvents,
  listIntents,
  listRefunds,
  once,
  randomId,
  storeIn,
  type EventRow,
  type Page,
} from './postgres.ts'
import { onlyKnown, optionalText, optionalWhole } from './read-parameters.ts'
import { invalidRequest, noSuch, StripeError } from './stripe-error.ts'

export type ApiOptions = {
  readonly db: Database
  readonly apiKey: string
  readonly clock: () => Date
  readonly log: Log
  /** Called when new events may be waiting for the webhook. */
  readonly onEvents: () => void
}

const FORM = 'application/x-www-form-urlencoded'

const operations: readonly [path: string, operation: Operation][] = [
  ['/payment_intents', createIntent],
  ['/payment_intents/:id/confirm', confirmIntent],
  ['/payment_intents/:id/capture', captureIntent],
  ['/payment_intents/:id/cancel', cancelIntent],
  ['/refunds', createRefund],
]

/** The part of Stripe's HTTP API that the official SDK needs for card payments with manual capture, below /v1. */
export function stripeApi(options: ApiOptions) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const { db } = options
    app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body))
    app.addHook('onRequest', async (request, reply) => {
      reply.header('request-id', `req_${randomId()}`).header('stripe-version', API_VERSION)
      if (!isAuthorized(request, options.apiKey))
        throw new StripeError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' })
    })
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      if (error instanceof StripeError) return json(reply, error.status, { error: error.body })
      const status = error.statusCode ?? 500
      if (status >= 500) options.log.error('payment provider failed', { error })
      const type = status >= 500 ? 'api_error' : 'invalid_request_error'
      return json(reply, status, {
        error: { type, message: status >= 500 ? 'An error occurred.' : error.message },
      })
    })
    app.setNotFoundHandler((request, reply) =>
      json(reply, 404, {
        error: {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${request.method}: ${request.url}).`,
        },
      }),
    )
    for (const [path, operation] of operations)
      app.post(path, (request, reply) => change(options, operation, request, reply))

    app.get<{ Params: { id: string } }>('/payment_intents/:id', async ({ params }, reply) => {
      const intent = await findIntent(db, params.id)
      if (intent === undefined) throw noSuch('payment_intent', params.id, 'intent')
      return json(reply, 200, intent)
    })
    app.get('/payment_intents', async (request, reply) => {
      const query = queryOf(request)
      onlyKnown(query, ['limit', 'starting_after'])
      return json(reply, 200, list('/v1/payment_intents', await listIntents(db, pageOf(query))))
    })
    app.get<{ Params: { id: string } }>('/refunds/:id', async ({ params }, reply) => {
      const refund = await findRefund(db, params.id)
      if (refund === undefined) throw noSuch('refund', params.id, 'refund')
      return json(reply, 200, refund)
    })
    app.get('/refunds', async (request, reply) => {
      const query = queryOf(request)
      onlyKnown(query, ['limit', 'starting_after', 'payment_intent'])
      const paymentIntent = optionalText(query, 'payment_intent')
      return json(reply, 200, list('/v1/refunds', await listRefunds(db, { ...pageOf(query), paymentIntent })))
    })
    app.get('/events', async (request, reply) => {
      const query = queryOf(request)
      onlyKnown(query, ['limit', 'starting_after', 'type'])
      const type = optionalText(query, 'type')
      const { items, hasMore } = await listEvents(db, { ...pageOf(query), type, paymentIntent: null })
      return json(reply, 200, list('/v1/events', { items: items.map(eventBody), hasMore }))
    })
    done()
  }
}

async function change(
  { db, clock, onEvents }: ApiOptions,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'] as string | undefined
  if (key !== undefined && key.length > 255)
    throw invalidRequest('Idempotency keys can be at most 255 characters.', 'Idempotency-Key')
  const text = typeof request.body === 'string' ? request.body : ''
  const path = request.url.split('?')[0]!
  const hash = createHash('sha256').update(`${path}\n${text}`).digest('hex')
  const requestId = String(reply.getHeader('request-id'))
  const { id = '' } = request.params as { id?: string }
  const answer = await once(db, { key, hash }, (tx) =>
    operation(storeIn(tx, clock(), requestId, key), id, parseForm(text)),
  )
  onEvents()
  if (key !== undefined) reply.header('idempotency-key', key)
  if (answer.replayed) reply.header('idempotent-replayed', 'true')
  return reply.code(answer.status).type('application/json').send(answer.text)
}

/** Bearer token as the SDK sends it, or the key as Basic user name as in Stripe's curl examples. */
function isAuthorized(request: FastifyRequest, apiKey: string): boolean {
  const header = request.headers.authorization ?? ''
  const basic = /^Basic (\S+)$/.exec(header)?.[1]
  const given =
    basic === undefined
      ? (/^Bearer (\S+)$/.exec(header)?.[1] ?? '')
      : Buffer.from(basic, 'base64').toString('utf8').split(':')[0]!
  const [a, b] = [given, apiKey].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a!, b!)
}

function queryOf(request: FastifyRequest): FormObject {
  return parseForm(request.url.split('?')[1] ?? '')
}

function pageOf(query: FormObject): { limit: number; startingAfter: string | null } {
  const limit = optionalWhole(query, 'limit') ?? 10
  if (limit < 1 || limit > 100) throw invalidRequest('limit must be between 1 and 100', 'limit')
  return { limit, startingAfter: optionalText(query, 'starting_after') }
}

function list<T>(url: string, { items, hasMore }: Page<T>) {
  return { object: 'list', data: items, has_more: hasMore, url }
}

function eventBody({ payload, delivered_at: deliveredAt }: EventRow): object {
  return { ...(JSON.parse(payload) as object), pending_webhooks: deliveredAt === null ? 1 : 0 }
}

function json(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type('application/json').send(JSON.stringify(body))
}
