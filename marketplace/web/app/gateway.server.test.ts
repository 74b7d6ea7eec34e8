import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { gateway, requestPath, type Connection } from './gateway.server.ts'

test('path parameters are escaped and absent query parameters stay out', () => {
  assert.equal(requestPath('/a/{b}/c', { params: { b: 'x/ü?' } }), '/a/x%2F%C3%BC%3F/c')
  assert.equal(requestPath('/a', { query: { q: 'a&b', sort: undefined, page: 2 } }), '/a?q=a%26b&page=2')
  assert.equal(requestPath('/a', {}), '/a')
})

test('the token goes along to checkout and orders, never to public pages', async (t) => {
  const seen: Record<string, string | undefined> = {}
  const url = await serve(t, (request, response) => {
    seen[request.url!] = request.headers.authorization
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"code":"x"}')
  })
  const shop = gateway({ ...connection(url), token: () => Promise.resolve('secret') })
  await shop.catalog.getProduct({ params: { slug: 'p' } })
  await shop.cart.getCart({ params: { cartId: 'c' } })
  await shop.order.getOrder({ params: { orderId: 'o' }, query: { token: 't' } })
  assert.deepEqual(seen, {
    '/api/v1/products/p': undefined,
    '/api/v1/carts/c': undefined,
    '/api/v1/orders/o?token=t': 'Bearer secret',
  })
})

test('bodies are JSON and answers of the contract come back as they are', async (t) => {
  const url = await serve(t, (request, response) => {
    response.writeHead(401, { 'content-type': 'application/problem+json' }).write('{"code":"seen","body":')
    request.pipe(response, { end: false }).once('unpipe', () => response.end('}'))
  })
  const answer = await gateway(connection(url)).auth.login({ body: { email: 'a@b.c', password: 'p' } })
  assert.equal(answer.status, 401)
  assert.deepEqual(answer.body, { code: 'seen', body: { email: 'a@b.c', password: 'p' } })
})

for (const [what, status, type, expected] of [
  ['a failure', 500, 'application/problem+json', 503],
  ['something that is not ours', 200, 'text/html', 503],
  ['a limit', 429, 'application/problem+json', 429],
] as const)
  test(`${what} becomes a page problem with status ${expected}`, async (t) => {
    const url = await serve(t, (_request, response) =>
      response.writeHead(status, { 'content-type': type }).end('{}'),
    )
    await assert.rejects(
      gateway(connection(url)).catalog.listCategories({}),
      (thrown: { init: { status: number } }) => {
        assert.equal(thrown.init.status, expected)
        return true
      },
    )
  })

test('a gateway that is away is a page problem, and is told without the order token', async () => {
  const told: unknown[] = []
  const shop = gateway({
    ...connection('http://127.0.0.1:1'),
    onFailure: ({ method, path }) => told.push([method, path]),
  })
  await assert.rejects(
    shop.order.getOrder({ params: { orderId: 'o' }, query: { token: 'secret' } }),
    (thrown: { init: { status: number } }) => thrown.init.status === 503,
  )
  assert.deepEqual(told, [['GET', '/api/v1/orders/o']])
})

function connection(url: string): Connection {
  return { url, headers: {}, token: () => Promise.resolve(undefined), onFailure: () => {} }
}

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
