import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import test, { after, before, beforeEach } from 'node:test'
import { gzipSync } from 'node:zlib'
import { portOf, type Environment } from '../../platform/environment.ts'
import { startService, type RunningService } from '../../platform/service.ts'
import { buildWeb } from '../../web/build.ts'
import { web } from '../../web/service.ts'
import { portsFrom } from '../../installation.ts'
import { freeBasePort } from '../marketplace.ts'

// The storefront over a gateway that says what the test wants: what browsers and attackers meet besides the pages.

const SCRIPT_LIMIT_BYTES = 60_000 // gzip, on a product page: design/marketplace.md §6

const product = {
  productId: '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d10',
  sku: 'MUG-1',
  slug: 'mug-1',
  name: 'Mug "</script><script>alert(1)</script>',
  description: '<img src=x onerror=alert(1)>',
  category: { slug: 'mugs', name: 'Mugs' },
  seller: { sellerId: '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d11', slug: 'kiln', name: 'Kiln & Co', rating: 4.5 },
  priceCents: 1490,
  currency: 'EUR',
  art: { hue: 210, motif: 'mug' },
  publishedAt: '2026-01-01T00:00:00.000Z',
  rating: { average: 4.5, count: 10 },
}
const page = { number: 1, size: 24, total: 1 }
const review = {
  reviewId: '0197a1c2-5d7e-7c11-8a52-2f4b8f0e9d12',
  sku: 'MUG-1',
  rating: 5,
  title: '<script>alert(1)</script>',
  text: '<img src=x onerror=alert(1)>',
  locale: 'en',
  author: 'Ada B.',
  verifiedPurchase: true,
  createdAt: '2026-02-01T00:00:00.000Z',
}

let answers: Record<string, readonly [status: number, body: object]>
let gateway: Server
let running: RunningService
const calls: { path: string; forwardedFor: string | undefined }[] = []

before(async () => {
  // The storefront has no database and no secrets: it reads nothing else of its environment.
  const environment = {
    host: '127.0.0.1',
    ports: portsFrom(await freeBasePort()),
    publicUrl: 'http://127.0.0.1',
    logLevel: 'error',
  } as Environment
  gateway = createServer((request, response) => {
    const path = request.url!.split('?')[0]!
    calls.push({ path, forwardedFor: request.headers['x-forwarded-for'] as string | undefined })
    const [status, body] = answers[path] ?? [404, { code: 'not-found' }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  gateway.listen(portOf(environment, 'gateway'), environment.host)
  running = await startService(web, environment)
})

after(async () => {
  await running?.stop()
  gateway?.close()
  gateway?.closeAllConnections()
})

beforeEach(() => {
  calls.length = 0
  answers = {
    '/api/v1/categories': [200, { data: [] }],
    '/api/v1/products': [200, { data: [product], page }],
    '/api/v1/products/mug-1': [200, { data: product }],
    '/api/v1/products/MUG-1/reviews': [
      200,
      { data: [review], summary: { average: 5, count: 1, histogram: [0, 0, 0, 0, 1] }, page },
    ],
    '/api/v1/sellers': [200, { data: [], page: { ...page, total: 0 } }],
    '/api/v1/stock': [200, { data: [{ sku: 'MUG-1', available: 9, status: 'in-stock' }] }],
  }
})

test('pages are private, run no inline script and cannot be framed', async () => {
  const { headers } = await fetch(`${running.url}/`)
  assert.equal(headers.get('cache-control'), 'private, no-cache')
  assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  const policy = headers.get('content-security-policy')!
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe-/)
})

test('what sellers and buyers write is text on the page, also inside the structured data', async () => {
  const html = await (await fetch(`${running.url}/p/mug-1`)).text()
  assert.doesNotMatch(html, /<script>alert|<img src=x/)
  const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)!
  assert.equal((JSON.parse(data!) as { name: string }).name, product.name)
})

test('without review-service the product is still for sale', async () => {
  answers['/api/v1/products/MUG-1/reviews'] = [503, { code: 'service-unavailable' }]
  const html = await (await fetch(`${running.url}/p/mug-1`)).text()
  assert.match(html, /The reviews cannot be shown at the moment/)
  assert.match(html, /Add to basket/)
})

test('a product page loads one script, far below the limit', async () => {
  const html = await (await fetch(`${running.url}/p/mug-1`)).text()
  const scripts = [...html.matchAll(/(?:src|modulepreload" href)="([^"]+\.js)"/g)].map(([, src]) => src!)
  assert.equal(scripts.length, 1)
  const script = await fetch(running.url + scripts[0])
  assert.match(script.headers.get('cache-control')!, /immutable/)
  const source = await script.text()
  assert.doesNotMatch(source, /\bimport\b/) // nothing more is loaded by it
  assert.ok(gzipSync(source).length < SCRIPT_LIMIT_BYTES)
})

test('forms from other sites are refused before anything is asked', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}]) {
    const answer = await fetch(`${running.url}/p/mug-1`, {
      method: 'POST',
      body: new URLSearchParams({ quantity: '1' }),
      headers,
    })
    assert.equal(answer.status, 403)
  }
  assert.deepEqual(calls, [])
})

test('a form that is too large is refused', async () => {
  const body = new URLSearchParams({ email: 'x'.repeat(70_000) })
  const answer = await fetch(`${running.url}/sign-in`, {
    method: 'POST',
    body,
    headers: { origin: running.url },
  })
  assert.equal(answer.status, 413)
})

for (const [what, status, code, words] of [
  ['fails', 500, 503, 'A part of the shop is taking a break'],
  ['is at its limit', 429, 429, 'That was a lot at once'],
  ['does not know the product', 404, 404, 'There is nothing here'],
] as const)
  test(`when the catalogue ${what}, the page says so with status ${code}`, async () => {
    answers['/api/v1/products/mug-1'] = [status, { code: 'x', detail: 'select * from products' }]
    const answer = await fetch(`${running.url}/p/mug-1`)
    const html = await answer.text()
    assert.equal(answer.status, code)
    assert.ok(html.includes(words))
    assert.ok(html.includes('<header'))
    assert.doesNotMatch(html, /select \*/)
  })

test('without stock figures a product can still be put into the basket', async () => {
  answers['/api/v1/stock'] = [500, {}]
  const html = await (await fetch(`${running.url}/p/mug-1`)).text()
  assert.match(html, /Add to basket/)
})

test('a sold-out product cannot', async () => {
  answers['/api/v1/stock'] = [200, { data: [{ sku: 'MUG-1', available: 0, status: 'sold-out' }] }]
  const html = await (await fetch(`${running.url}/p/mug-1`)).text()
  assert.match(html, /Sold out/)
  assert.doesNotMatch(html, /Add to basket/)
})

test('the gateway learns whom the shop speaks for', async () => {
  await fetch(`${running.url}/p/mug-1`)
  assert.ok(calls.length > 0)
  for (const { forwardedFor } of calls) assert.equal(forwardedFor, '127.0.0.1')
})

test('HEAD answers like GET, without the page', async () => {
  const answer = await fetch(`${running.url}/p/mug-1`, { method: 'HEAD' })
  assert.equal(answer.status, 200)
  assert.equal(await answer.text(), '')
})

test('pictures are drawn for any sku and cached; other names are not there', async () => {
  const answer = await fetch(`${running.url}/art/MUG-1.svg?motif=mug&hue=-30`)
  assert.equal(answer.headers.get('content-type'), 'image/svg+xml')
  assert.match(answer.headers.get('cache-control')!, /public/)
  assert.match(await answer.text(), /^<svg /)
  assert.equal((await fetch(`${running.url}/mark/kiln.svg?hue=9`)).status, 200)
  for (const path of ['/art/MUG-1', '/art/..%2F..%2Fpackage.svg', '/art/%3Cb%3E.svg', '/mark/.svg'])
    assert.equal((await fetch(running.url + path)).status, 404, path)
})

test('sources that have not changed are not built again', async () => {
  const folder = await buildWeb()
  const { birthtimeMs } = await stat(folder)
  assert.equal(await buildWeb(), folder)
  assert.equal((await stat(folder)).birthtimeMs, birthtimeMs)
})
