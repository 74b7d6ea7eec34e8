import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { beginVisit } from './visit.server.ts'

const user = {
  userId: 'u',
  email: 'a@b.c',
  name: 'A',
  roles: ['buyer'],
  registeredAt: '2026-01-01T00:00:00.000Z',
}

test('two tabs that wake together renew the session once', async (t) => {
  const auth = await authService(t)
  const tabs = [visit(auth.url, 'renewal=r1'), visit(auth.url, 'renewal=r1')]
  await Promise.all(tabs.map((tab) => tab.shop.order.listOrders({})))
  assert.deepEqual(auth.renewedWith, ['r1'])
  assert.deepEqual(auth.ordersSeenBy, ['Bearer access-r1', 'Bearer access-r1'])
  for (const tab of tabs)
    assert.deepEqual(tab.cookies.lines(), [
      'session=access-r1; Max-Age=870; Path=/; HttpOnly; SameSite=Lax',
      'renewal=r1-next; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax',
    ])
})

test('a session that cannot be renewed ends, and the visitor goes on as a guest', async (t) => {
  const auth = await authService(t)
  const tab = visit(auth.url, 'renewal=stolen')
  await tab.shop.order.listOrders({})
  assert.deepEqual(auth.ordersSeenBy, [undefined])
  assert.equal(tab.isSignedIn, false)
  assert.match(tab.cookies.lines().join(), /session=; Max-Age=0.*renewal=; Max-Age=0/)
})

test('a living access token is used as it is', async (t) => {
  const auth = await authService(t)
  await visit(auth.url, 'session=now; renewal=r2').shop.order.listOrders({})
  assert.deepEqual(auth.renewedWith, [])
  assert.deepEqual(auth.ordersSeenBy, ['Bearer now'])
})

test('the cart cookie holds id and number of items', () => {
  const { cart } = visit('http://127.0.0.1:1', 'cart=0b1c.3')
  assert.deepEqual(cart, { id: '0b1c', items: 3 })
  assert.deepEqual(visit('http://127.0.0.1:1', '').cart, { id: undefined, items: 0 })
  assert.deepEqual(visit('http://127.0.0.1:1', 'cart=0b1c.many').cart, { id: '0b1c', items: 0 })
})

function visit(gatewayUrl: string, cookieHeader: string) {
  return beginVisit({
    gatewayUrl,
    cookieHeader,
    scriptUrl: '/x.js',
    secure: false,
    headers: {},
    onFailure: () => {},
  })
}

async function authService(t: TestContext) {
  const renewedWith: string[] = []
  const ordersSeenBy: (string | undefined)[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      if (request.url!.startsWith('/api/v1/orders')) {
        ordersSeenBy.push(request.headers.authorization)
        return answer(200, { data: [], page: { number: 1, size: 20, total: 0 } })
      }
      const { refreshToken } = JSON.parse(text) as { refreshToken: string }
      if (refreshToken === 'stolen') return answer(401, { code: 'refresh-token-invalid' })
      renewedWith.push(refreshToken)
      const session = {
        accessToken: `access-${refreshToken}`,
        refreshToken: `${refreshToken}-next`,
        expiresIn: 900,
        user,
      }
      return answer(200, { data: session })
    })
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, renewedWith, ordersSeenBy }
}
