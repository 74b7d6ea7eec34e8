import assert from 'node:assert/strict'
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import test, { type TestContext } from 'node:test'
import type { RequestListener } from 'node:http'
import { createServer } from '../../../platform/http/serve.ts'
import { createLog } from '../../../platform/log.ts'
import type { PublicRoute } from './public-routes.ts'
import { addGateway, type GatewayOptions } from './routes.ts'

const routes: PublicRoute[] = [
  ['GET', '/api/v1/things'],
  ['POST', '/api/v1/things'],
  ['GET', '/api/v1/things/{id}'],
  ['DELETE', '/api/v1/things/{id}'],
].map(([method, path]) => ({
  service: 'thing-service',
  method: method!,
  path: path!,
  operation: { operationId: `${method} ${path}`, responses: {} },
}))

/** A gateway before one service that answers with `listener`; both end with the test. */
async function gatewayBefore(
  t: TestContext,
  listener: RequestListener,
  options: Partial<GatewayOptions> = {},
) {
  const upstream = createHttpServer(listener)
  const port = await listen(t, upstream)
  const app = createServer(createLog('gateway', 'error', () => {}))
  addGateway(app, {
    routes,
    urlOf: () => `http://127.0.0.1:${port}`,
    limit: { burst: 1_000, perSecond: 1_000 },
    forwarding: { timeoutMs: 2_000, bodyLimitBytes: 1_000 },
    ...options,
  })
  app.get('/health', () => ({ data: { status: 'ok' } }))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => app.close())
  return { url, upstream, app }
}

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

async function problemOf(response: Response): Promise<{ status: number; code: string; traceId?: string }> {
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const { status, code, traceId } = (await response.json()) as {
    status: number
    code: string
    traceId?: string
  }
  assert.equal(status, response.status)
  return { status, code, ...(traceId !== undefined && { traceId }) }
}

// gateway/001#FR-003
test('path, query, headers and body reach the service as they came, and its answer comes back as it is', async (t) => {
  const seen: { method?: string; url?: string; headers?: IncomingHttpHeaders; body?: string } = {}
  const { url } = await gatewayBefore(t, (request, response) => {
    const { method, url: path, headers } = request
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      Object.assign(seen, { method, url: path, headers, body })
      response.writeHead(201, {
        'content-type': 'application/json',
        'x-own': 'yes',
        'cache-control': 'no-store',
      })
      response.end('{ "as":  "it is" }')
    })
  })
  const response = await fetch(`${url}/api/v1/things?a=1&b=%C3%A9`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer abc', 'idempotency-key': 'k' },
    body: '{ "spaces":   true }',
  })
  assert.equal(response.status, 201)
  assert.equal(await response.text(), '{ "as":  "it is" }')
  assert.equal(response.headers.get('x-own'), 'yes')
  assert.equal(response.headers.get('cache-control'), 'no-store')
  assert.equal(seen.method, 'POST')
  assert.equal(seen.url, '/api/v1/things?a=1&b=%C3%A9')
  assert.equal(seen.body, '{ "spaces":   true }')
  assert.equal(seen.headers?.authorization, 'Bearer abc')
  assert.equal(seen.headers?.['idempotency-key'], 'k')
})

test('headers that belong to one connection stay on it', async (t) => {
  let headers: IncomingHttpHeaders = {}
  const { url } = await gatewayBefore(t, (request, response) => {
    headers = request.headers
    response.writeHead(200, { connection: 'x-secret', 'x-secret': 'for the gateway only' }).end('{}')
  })
  const answered = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
    const request = httpRequest(`${url}/api/v1/things`, {
      headers: { te: 'trailers', connection: 'close, x-hop', 'x-hop': '1' },
    })
    request.on('response', (response) => {
      response.resume()
      resolve(response.headers)
    })
    request.on('error', reject)
    request.end()
  })
  assert.equal(headers.te, undefined)
  assert.equal(headers['x-hop'], undefined)
  assert.equal(answered['x-secret'], undefined)
})

test('an answer is passed on piece by piece, before it is complete', async (t) => {
  let finish = () => {}
  const { url } = await gatewayBefore(t, (_request, response) => {
    response.write('first ')
    finish = () => response.end('last')
  })
  const response = await fetch(`${url}/api/v1/things`)
  const reader = response.body!.getReader()
  const nextPiece = async () => new TextDecoder().decode((await reader.read()).value)
  assert.equal(await nextPiece(), 'first ')
  finish()
  assert.equal(await nextPiece(), 'last')
})

// gateway/001#US2.2 FR-005
test('a trace is continued or begun, and named in the answer', async (t) => {
  const traces: (string | undefined)[] = []
  const { url } = await gatewayBefore(t, (request, response) => {
    traces.push(request.headers['traceparent'] as string)
    response.end('{}')
  })
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const continued = await fetch(`${url}/api/v1/things`, {
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  })
  assert.equal(continued.headers.get('x-trace-id'), traceId)
  assert.match(traces[0] ?? '', new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  const begun = await fetch(`${url}/api/v1/things`, { headers: { traceparent: 'nonsense' } })
  assert.match(begun.headers.get('x-trace-id') ?? '', /^[0-9a-f]{32}$/)
  assert.ok(traces[1]?.includes(begun.headers.get('x-trace-id')!))
})

// gateway/001#US2.3 US2.5 FR-002
test('an unknown path is not found, a known one names the methods it has', async (t) => {
  const { url } = await gatewayBefore(t, (_request, response) => response.end('{}'))
  assert.deepEqual(await problemOf(await fetch(`${url}/api/v1/nothing`)), { status: 404, code: 'not-found' })
  const response = await fetch(`${url}/api/v1/things/7`, { method: 'PUT', body: '{}' })
  assert.equal(response.headers.get('allow'), 'GET, DELETE')
  assert.equal((await problemOf(response)).code, 'method-not-allowed')
})

// gateway/001#US3.1 FR-006
test('a service that does not listen is unreachable, and the client is told when to come back', async (t) => {
  const { url, upstream } = await gatewayBefore(t, () => {})
  await new Promise((resolve) => upstream.close(resolve))
  const response = await fetch(`${url}/api/v1/things`)
  assert.equal(response.headers.get('retry-after'), '1')
  const { status, code, traceId } = await problemOf(response)
  assert.deepEqual({ status, code }, { status: 502, code: 'service-unreachable' })
  assert.equal(traceId, response.headers.get('x-trace-id'))
})

// gateway/001#US3.2
test('a service that takes too long is given up', async (t) => {
  const { url } = await gatewayBefore(t, () => {}, { forwarding: { timeoutMs: 30, bodyLimitBytes: 1_000 } })
  const { status, code } = await problemOf(await fetch(`${url}/api/v1/things`))
  assert.deepEqual({ status, code }, { status: 504, code: 'service-timeout' })
})

// gateway/001#US3.3
test('a read whose connection breaks is repeated once', async (t) => {
  let calls = 0
  const { url } = await gatewayBefore(t, (request, response) => {
    if (++calls === 1) request.socket.destroy()
    else response.end('{}')
  })
  assert.equal((await fetch(`${url}/api/v1/things`)).status, 200)
  assert.equal(calls, 2)
})

test('a read whose connection breaks twice is not repeated again', async (t) => {
  let calls = 0
  const { url } = await gatewayBefore(t, (request) => {
    calls++
    request.socket.destroy()
  })
  assert.equal((await fetch(`${url}/api/v1/things`)).status, 502)
  assert.equal(calls, 2)
})

// gateway/001#US3.4
test('a write whose connection breaks is not repeated', async (t) => {
  let calls = 0
  const { url } = await gatewayBefore(t, (request) => {
    calls++
    request.socket.destroy()
  })
  const response = await fetch(`${url}/api/v1/things`, { method: 'POST', body: '{}' })
  assert.equal((await problemOf(response)).code, 'service-unreachable')
  assert.equal(calls, 1)
})

test('a body over the limit is refused, whether it says its length or not', async (t) => {
  let received = 0
  const { url } = await gatewayBefore(t, (request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length))
    request.on('end', () => response.end('{}'))
  })
  const send = (body: string | ReadableStream) =>
    fetch(`${url}/api/v1/things`, { method: 'POST', body, duplex: 'half' })
  assert.equal((await problemOf(await send('x'.repeat(1_001)))).code, 'body-too-large')
  const unannounced = new Blob(['x'.repeat(1_001)]).stream()
  assert.equal((await problemOf(await send(unannounced))).code, 'body-too-large')
  assert.ok(received <= 1_000)
  assert.equal((await send('x'.repeat(1_000))).status, 200)
})

test('a body where none belongs does not keep the service waiting', async (t) => {
  const { url } = await gatewayBefore(t, (request, response) => {
    request.resume()
    request.on('end', () => response.end('{}'))
  })
  const response = await fetch(`${url}/api/v1/things/7`, { method: 'DELETE', body: '{"a":1}' })
  assert.equal(response.status, 200)
})

test('when the client hangs up, the service is told', { timeout: 20_000 }, async (t) => {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<Socket>()
  const { url } = await gatewayBefore(
    t,
    (request, response) => {
      response.on('close', resolve)
      ask(request.socket)
    },
    { forwarding: { timeoutMs: 600_000, bodyLimitBytes: 1_000 } },
  )
  const client = new AbortController()
  const response = fetch(`${url}/api/v1/things`, { signal: client.signal })
  await asked
  client.abort()
  await assert.rejects(response)
  await hungUp
})

// gateway/001#US4
test('an address that calls too often waits, others and the health check do not', async (t) => {
  const { url } = await gatewayBefore(t, (_request, response) => response.end('{}'), {
    limit: { burst: 2, perSecond: 0.1 },
  })
  const from = (address: string, path = '/api/v1/things') =>
    fetch(url + path, { headers: { 'x-forwarded-for': address } })
  assert.equal((await from('198.51.100.1')).status, 200)
  assert.equal((await from('198.51.100.1')).status, 200)
  const refused = await from('198.51.100.1')
  assert.equal(refused.headers.get('retry-after'), '10')
  assert.equal((await problemOf(refused)).code, 'too-many-requests')
  assert.equal((await from('198.51.100.1', '/api/v1/nothing')).status, 429)
  assert.equal((await from('198.51.100.1', '/health')).status, 200)
  assert.equal((await from('198.51.100.2')).status, 200)
  assert.equal((await fetch(`${url}/api/v1/things`)).status, 200)
})
