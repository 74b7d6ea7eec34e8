import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { OperationShapes } from '../contract/contract-table.ts'
import type { LoadedOperation, Parameter } from '../contract/load-contract.ts'
import { ShopError } from '../errors.ts'
import type { Log } from '../log.ts'
import { contextFrom, requestContext, type RequestContext } from '../request-context.ts'
import type { Caller } from './caller.ts'
import { answerOnce, claimOf, type Answer, type IdempotencyStore } from './idempotency.ts'
import { problem, problemOf, problemType } from './problem.ts'

export type HandlerRequest<Params = object, Query = object, Body = unknown> = {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly caller: Caller
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body's bytes as they came, for signatures; empty without a JSON body. */
  readonly rawBody: Buffer
}

/** One function per operation of the contract; forgetting one does not compile. */
export type Handlers<Operations extends OperationShapes> = {
  readonly [Id in keyof Operations]: (
    request: HandlerRequest<Operations[Id]['params'], Operations[Id]['query'], Operations[Id]['body']>,
  ) => Promise<Operations[Id]['response']> | Operations[Id]['response']
}

/** Handlers once their types have served their purpose. */
export type AnyHandlers = Readonly<
  Record<string, (request: HandlerRequest<never, never, never>) => unknown> | Record<string, never>
>

const BODY_LIMIT_BYTES = 1_000_000
const rawBodies = new WeakMap<FastifyRequest, Buffer>()
// Kept by request and entered around the handler: an async context set in a hook is lost while a body is parsed.
const contexts = new WeakMap<FastifyRequest, RequestContext>()

/** A Fastify server with our error form, request context and one log line per request; no routes yet. */
export function createServer(log: Log): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    rawBodies.set(request, body as Buffer)
    if ((body as Buffer).length === 0) return done(null, undefined)
    try {
      done(null, JSON.parse((body as Buffer).toString('utf8')))
    } catch (error) {
      done(new ShopError('invalid-json', {}, `The body is not JSON: ${(error as Error).message}.`, 400))
    }
  })
  app.addHook('onRequest', (request, reply, done) => {
    const context = contextFrom(request.headers.traceparent as string | undefined)
    contexts.set(request, context)
    reply.header('x-trace-id', context.traceId)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'debug'
    log[level]('request', {
      method: request.method,
      path: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      traceId: contextOf(request).traceId,
    })
    done()
  })
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const traceId = contextOf(request).traceId
    if (error instanceof ShopError) return send(reply, error.status, problemOf(error, traceId))
    if (error.statusCode !== undefined && error.statusCode < 500)
      return send(
        reply,
        error.statusCode,
        problem(error.statusCode, 'bad-request', error.message, { traceId }),
      )
    log.error('request failed', { error, traceId })
    return send(reply, 500, problem(500, 'internal-error', 'Something went wrong on our side.', { traceId }))
  })
  app.setNotFoundHandler((_request, reply) =>
    send(reply, 404, problem(404, 'not-found', 'There is nothing here.')),
  )
  return app
}

/** The trace a request belongs to, for routes beside the contract. */
export function contextOf(request: FastifyRequest): RequestContext {
  return contexts.get(request)! // set by the first hook of every server made here
}

/**
 * Routes every operation of the contract to its handler. Requests that break the contract are refused with 400 before
 * the handler runs; a response that breaks it is our bug: logged and answered with 500, never sent.
 */
export function addOperations(
  app: FastifyInstance,
  operations: readonly LoadedOperation[],
  handlers: AnyHandlers,
  options: {
    authenticate: (access: LoadedOperation['access'], header: string | undefined) => Promise<Caller>
    log: Log
    /** Where first answers are kept; absent for a service without a database. */
    idempotency?: IdempotencyStore
  },
): void {
  const { authenticate, log, idempotency } = options
  for (const operation of operations) {
    const handle = handlers[operation.operationId] as ((request: HandlerRequest) => unknown) | undefined
    if (handle === undefined) throw new Error(`No handler for operation ${operation.operationId}.`)
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{([^}]+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const caller = await authenticate(operation.access, request.headers.authorization)
        const { rawBody, ...input } = readRequest(operation, request)
        const work = async (): Promise<Answer> => {
          const context = contextOf(request)
          try {
            const answer = await requestContext.run(context, async () =>
              handle({ ...input, rawBody, caller, headers: request.headers }),
            )
            const { status, body } = answer as Answer
            checkResponse(operation, status, body, log)
            return { status, body }
          } catch (error) {
            if (!(error instanceof ShopError)) throw error
            return { status: error.status, body: problemOf(error, context.traceId) }
          }
        }
        const claim = operation.isKept
          ? claimOf(request.headers['idempotency-key'], { caller, operationId: operation.operationId, input })
          : undefined
        const { status, body, replayed } =
          claim && idempotency
            ? await answerOnce(idempotency, claim, work)
            : { ...(await work()), replayed: undefined }
        if (replayed) reply.header('idempotent-replayed', 'true')
        if (body === undefined) return reply.code(status).send()
        return send(reply, status, body)
      },
    })
  }
  const unknown = Object.keys(handlers).filter(
    (id) => !operations.some(({ operationId }) => operationId === id),
  )
  if (unknown.length > 0)
    throw new Error(`Handlers without an operation in the contract: ${unknown.join(', ')}.`)
}

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply
    .code(status)
    .type(status >= 400 ? problemType : 'application/json')
    .send(JSON.stringify(body))
}

function readRequest(operation: LoadedOperation, request: FastifyRequest) {
  const errors: { pointer: string; message: string }[] = []
  const given = {
    path: request.params as Record<string, string>,
    query: request.query as Record<string, string>,
  }
  const values = { path: {} as Record<string, unknown>, query: {} as Record<string, unknown> }
  for (const parameter of operation.parameters) {
    const text = given[parameter.in][parameter.name]
    if (text === undefined) {
      const preset = parameter.schema['default']
      if (preset !== undefined) values[parameter.in][parameter.name] = preset
      else if (parameter.required)
        errors.push({ pointer: `/${parameter.in}/${parameter.name}`, message: 'is required' })
      continue
    }
    if (holdsUnstorable(text)) {
      errors.push({ pointer: `/${parameter.in}/${parameter.name}`, message: UNSTORABLE })
      continue
    }
    const value = coerce(text, parameter)
    values[parameter.in][parameter.name] = value
    for (const { message } of parameter.check(value))
      errors.push({ pointer: `/${parameter.in}/${parameter.name}`, message })
  }
  const known = new Set(operation.parameters.filter((p) => p.in === 'query').map(({ name }) => name))
  for (const name of Object.keys(given.query))
    if (!known.has(name))
      errors.push({ pointer: `/query/${name}`, message: 'is not a parameter of this operation' })
  const { body } = request
  if (operation.body === undefined) {
    if (body !== undefined && body !== null)
      errors.push({ pointer: '/body', message: 'this operation takes no body' })
  } else if (body === undefined || body === null) {
    if (operation.body.required) errors.push({ pointer: '/body', message: 'a JSON body is required' })
  } else {
    for (const { pointer, message } of operation.body.check(body))
      errors.push({ pointer: `/body${pointer}`, message })
    if (rawBodies.get(request)?.includes('\\u') === true && holdsUnstorable(body))
      errors.push({ pointer: '/body', message: UNSTORABLE })
  }
  if (errors.length > 0) {
    const [first] = errors
    throw new ShopError('invalid-request', { errors }, `${first!.pointer} ${first!.message}`, 400)
  }
  return {
    params: values.path,
    query: values.query,
    body: body ?? undefined,
    rawBody: rawBodies.get(request) ?? Buffer.alloc(0),
  }
}

const UNSTORABLE = 'holds a NUL character or half a surrogate pair'

/** PostgreSQL stores every text but these: refused here, they need no thought in any service. */
function holdsUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, each]) => holdsUnstorable(name) || holdsUnstorable(each))
}

/** Text to what the schema asks for, as far as that is unambiguous; the schema check judges the rest. */
function coerce(text: string | readonly string[], { schema }: Pick<Parameter, 'schema'>): unknown {
  if (schema.type === 'array') {
    const items = typeof text === 'string' ? text.split(',') : text
    return items.map((item) => coerce(item, { schema: schema.items ?? {} }))
  }
  if (typeof text !== 'string') return text
  if ((schema.type === 'integer' || schema.type === 'number') && /^-?\d+(\.\d+)?$/.test(text))
    return Number(text)
  if (schema.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

function checkResponse(operation: LoadedOperation, status: number, body: unknown, log: Log): void {
  if (!operation.responses.has(status)) {
    log.error('response status not in the contract', { operation: operation.operationId, status })
    throw new Error(`${operation.operationId} answered ${status}, which its contract does not have.`)
  }
  const check = operation.responses.get(status)
  const problems = check === undefined ? [] : check(body)
  if (problems.length === 0) return
  log.error('response breaks the contract', { operation: operation.operationId, status, problems })
  throw new Error(`${operation.operationId}: the ${status} response breaks its contract.`)
}
