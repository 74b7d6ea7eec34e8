// Mocks on a port: bytes in, bytes out, nothing the contracts speak of. One service stands at the root, several under
// their names.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { MockEvent } from './changes.ts'
import type { Answer } from './make-answer.ts'
import type { MockService } from './mock-service.ts'
import { problemAnswer } from './problem-answer.ts'
import { Random } from '../samples/random.ts'

export type Disturbance = {
  /** How long every answer takes, between these. */
  readonly latencyMs: readonly [min: number, max: number]
  /** How many of a hundred answers are faults: 500, 503 with Retry-After, or a connection that breaks. */
  readonly faultPercent: number
  readonly seed: string
}

export type MockServer = {
  readonly port: number
  /** From now on these answer; requests under way keep the ones they began with. */
  replace(services: readonly MockService[]): void
  /** Sends an event to those who listen at /_mock/events. */
  tell(event: MockEvent): void
  /** Ends open requests, too. */
  close(): Promise<void>
}

export type ServeOptions = Disturbance & {
  readonly services: readonly MockService[]
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  /** Services under their names, even when there is only one. */
  readonly isPrefixed: boolean
}

/** Starts to listen. Throws CliError `port-taken`. */
export async function serveMocks(options: ServeOptions): Promise<MockServer> {
  const state = {
    services: options.services,
    listeners: new Set<ServerResponse>(),
    random: new Random(`${options.seed} disturbance`),
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request, response, state, options).catch((error: unknown) => {
      // Never the client's fault: all that is wrong with a request has an answer.
      const detail = error instanceof Error ? error.message : String(error)
      if (response.headersSent) response.destroy()
      else send(request, response, plainProblem(500, 'mock-failed', detail))
    })
  })
  await listen(server, options.port, options.host)
  return {
    port: (server.address() as AddressInfo).port,
    replace: (services) => {
      state.services = services
    },
    tell: (event) => {
      const line = `event: ${event.eventType.replaceAll(/[\r\n]/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`
      for (const listener of state.listeners) listener.write(line)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new CliError(
            'port-taken',
            `Port ${port} is taken: something else answers there.`,
            'Give another with --port <number>, or --port 0 for any free one.',
          ),
        )
      else if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
        reject(new CliError('port-refused', `Nobody may listen on ${host}:${port}: ${error.message}.`))
      else reject(error)
    })
    server.listen(port, host, resolve)
  })
}

type State = {
  services: readonly MockService[]
  readonly listeners: Set<ServerResponse>
  readonly random: Random
}

const LARGEST_BODY = 10 * 1024 * 1024

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  state: State,
  options: ServeOptions,
): Promise<void> {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  if (path.startsWith('/_mock')) return own(path, request, response, state)
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined)
    return preflight(request, response)
  const chosen = choose(path, state.services, options.isPrefixed)
  if (options.latencyMs[1] > 0) await sleep(state.random.between(...options.latencyMs))
  if (options.faultPercent > 0 && state.random.fraction() * 100 < options.faultPercent)
    return fail(request, response, state.random)
  if (chosen.outcome === 'none') return send(request, response, chosen.answer)
  const hasBody =
    request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  const body = hasBody ? await readBody(request) : EMPTY
  if (body === undefined) {
    response.setHeader('Connection', 'close')
    return send(request, response, plainProblem(413, 'too-large', 'The body is larger than 10 MB.'))
  }
  const { headers, method = 'GET' } = request
  const query = mark === -1 ? '' : url.slice(mark + 1)
  send(request, response, await chosen.service.answer({ method, path: chosen.path, query, headers, body }))
}

const EMPTY = Buffer.alloc(0)

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) return undefined
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

function choose(
  path: string,
  services: readonly MockService[],
  isPrefixed: boolean,
):
  | { readonly outcome: 'service'; readonly service: MockService; readonly path: string }
  | { readonly outcome: 'none'; readonly answer: Answer } {
  if (!isPrefixed) return { outcome: 'service', service: services[0]!, path }
  for (const service of services) {
    const start = `/${service.name}`
    if (path === start || path.startsWith(`${start}/`))
      return { outcome: 'service', service, path: path.slice(start.length) || '/' }
  }
  // As behind a gateway: the name may be left out where a contract has the path.
  const owner = services.find((service) => service.knows(path))
  if (owner !== undefined) return { outcome: 'service', service: owner, path }
  const names = services.map(({ name }) => name)
  const hint =
    didYouMean(path.split('/')[1] ?? '', names) ?? `Services: ${names.map((name) => `/${name}/`).join(', ')}.`
  const answer = plainProblem(404, 'unknown-service', `No service is mocked under ${path}. ${hint}`)
  return { outcome: 'none', answer }
}

function fail(request: IncomingMessage, response: ServerResponse, random: Random): void {
  switch (random.between(0, 2)) {
    case 0:
      return send(request, response, plainProblem(500, 'planned-fault', 'A fault, as --faults asks for.'))
    case 1: {
      const answer = plainProblem(503, 'planned-fault', 'A fault, as --faults asks for.')
      return send(request, response, { ...answer, headers: [['Retry-After', '1']] })
    }
    default:
      request.socket.destroy()
  }
}

function plainProblem(status: number, code: string, detail: string): Answer {
  return problemAnswer({ status, code, detail }, undefined, '')
}

/** What the mock says of itself. */
function own(path: string, request: IncomingMessage, response: ServerResponse, state: State): void {
  if (path === '/_mock/events') {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      ...corsOf(request),
    })
    response.write(': events of the mocks, as they happen\n\n')
    state.listeners.add(response)
    request.on('close', () => state.listeners.delete(response))
    return
  }
  if (path === '/_mock/requests') {
    const requests = state.services.flatMap((service) => service.exampleRequests())
    return send(request, response, { status: 200, type: 'application/json', headers: [], body: requests })
  }
  const services = state.services.map(({ name }) => name)
  const body = { services, events: '/_mock/events', requests: '/_mock/requests' }
  send(request, response, { status: 200, type: 'application/json', headers: [], body })
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request
  response.writeHead(204, {
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Max-Age': '600',
  })
  response.end()
}

function corsOf({ headers: { origin } }: IncomingMessage): Record<string, string> {
  if (origin === undefined) return {}
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': '*',
    Vary: 'Origin',
  }
}

type Encoded = { readonly headers: readonly string[]; readonly bytes: Buffer }

/** An answer that is given again is written once. */
const encoded = new WeakMap<Answer, Encoded>()

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  let written = encoded.get(answer)
  if (written === undefined) encoded.set(answer, (written = encode(answer)))
  const { headers, bytes } = written
  const all =
    request.headers.origin === undefined ? headers : [...headers, ...Object.entries(corsOf(request)).flat()]
  // A list of names and values goes to the socket as it is; an object would be walked and checked each time.
  response.writeHead(answer.status, all as string[])
  if (request.method === 'HEAD') response.end()
  else response.end(bytes)
}

function encode({ status, type, headers, body }: Answer): Encoded {
  const isJson = type === undefined || /[/+]json/i.test(type)
  const text = body === undefined || type === undefined ? '' : isJson ? JSON.stringify(body) : textOf(body)
  const bytes = Buffer.from(text)
  const list = headers.flat()
  if (type !== undefined) list.unshift('Content-Type', type)
  if (status !== 204 && status !== 304) list.push('Content-Length', String(bytes.length))
  return { headers: list, bytes }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
