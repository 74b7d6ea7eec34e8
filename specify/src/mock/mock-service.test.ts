import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { loadOpenApi } from '../contracts/load-openapi.ts'
import type { EventContract } from '../contracts/model.ts'
import { parseSpec } from '../spec/parse-spec.ts'
import type { MockEvent } from './changes.ts'
import type { Answer } from './make-answer.ts'
import { MockService } from './mock-service.ts'
import { readExamples } from './scenario-examples.ts'

const CONTRACT = `
openapi: 3.1.0
info: { title: Shop, version: v1 }
servers: [{ url: https://shop.example/api }]
security: [{ bearer: [] }]
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
        - { name: tag, in: query, schema: { type: array, items: { enum: [new, old] } } }
        - { name: X-Client, in: header, schema: { type: string, minLength: 3 } }
      responses:
        '200':
          description: a page
          content:
            application/json:
              schema:
                type: object
                required: [data, page]
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Order' } }
                  page: { type: object, required: [total], properties: { total: { type: integer } } }
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/NewOrder' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/NewOrder' } }
      responses:
        '201':
          description: made
          content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Order' } } } } }
        '422': { description: refused }
  /orders/{orderId}:
    parameters: [{ name: orderId, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      responses:
        '200':
          description: one
          headers: { ETag: { required: true, schema: { type: string, minLength: 5 } } }
          content:
            application/json:
              schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Order' } } }
              examples:
                usual: { value: { data: { orderId: 0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44, item: mug, quantity: 1, status: open } } }
                sent: { value: { data: { orderId: 0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c44, item: cup, quantity: 2, status: sent } } }
        '404':
          description: none
          content: { application/problem+json: { schema: { type: object, required: [code], properties: { code: { type: string } } } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object, properties: { quantity: { type: integer } } } } } }
      responses: { '200': { description: changed, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Order' } } } } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewOrder' } } } }
      responses: { '200': { description: put, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Order' } } } } } } }
    delete: { responses: { '204': { description: gone } } }
  /orders/{orderId}/cancel:
    post:
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: cancelled, content: { application/json: { schema: { type: object, required: [orderId, status], properties: { orderId: { type: string }, status: { const: cancelled } } } } } } }
  /open:
    get: { security: [], responses: { '200': { description: text, content: { text/plain: { schema: { type: string }, example: hello } } } } }
  /impossible:
    get: { security: [], responses: { '200': { description: none, content: { application/json: { schema: { allOf: [{ type: string }, { type: integer }] } } } } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    NewOrder:
      type: object
      additionalProperties: false
      required: [item]
      properties: { item: { type: string, minLength: 2 }, quantity: { type: integer, minimum: 1 } }
    Order:
      type: object
      required: [orderId, item, quantity, status]
      properties:
        orderId: { type: string, format: uuid }
        item: { type: string, minLength: 2 }
        quantity: { type: integer, minimum: 1 }
        status: { enum: [open, sent, cancelled] }
`
const SPEC = `# Orders
## User Stories
### User Story 1 - Ask (Priority: P1)
1. **Given** no such order, **When** it is asked for, **Then** there is none

   \`\`\`hurl
   GET {{baseUrl}}/orders/00000000-0000-4000-8000-000000000000
   HTTP 404
   [Asserts]
   jsonpath "$.code" == "no-such-order"
   \`\`\`

2. **Given** a shop, **When** ten mugs are ordered, **Then** they are sent at once

   \`\`\`hurl
   POST {{baseUrl}}/orders
   {"item": "mug", "quantity": 10}
   HTTP 201
   [Asserts]
   jsonpath "$.data.status" == "sent"
   \`\`\`
`
const event = (eventType: string): EventContract => ({
  source: { file: 'e.json', service: undefined, dialect: '2020-12', root: {}, lineOf: () => 1 },
  form: 'list',
  eventType,
  version: 'v1',
  description: undefined,
  schema: undefined,
  compatibility: undefined,
  consumers: [],
  pointer: '',
  line: 1,
})

const ID = '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c99'
const { api } = loadOpenApi(CONTRACT, 'api-spec.yaml', undefined)
const events: MockEvent[] = []
let service: MockService
beforeEach(() => {
  events.length = 0
  service = newService()
})

function newService(more: { seed?: string; isDynamic?: boolean } = {}): MockService {
  const spec = parseSpec(SPEC, { file: 'spec.md', service: undefined, featureId: '001-orders' })
  return new MockService({
    name: 'shop',
    apis: [api!],
    events: ['shop.order.placed', 'shop.order.cancelled', 'shop.order.deleted', 'shop.seller.created'].map(
      event,
    ),
    examples: readExamples([spec], [api!]),
    seed: '1',
    isDynamic: false,
    onEvent: (one) => events.push(one),
    ...more,
  })
}

type Asked = { headers?: Record<string, string>; body?: unknown; text?: string; to?: MockService }

async function ask(
  method: string,
  url: string,
  { headers = {}, body, text, to = service }: Asked = {},
): Promise<Answer> {
  const [path = '', query = ''] = url.split('?')
  const bytes = Buffer.from(text ?? (body === undefined ? '' : JSON.stringify(body)))
  return to.answer({
    method,
    path,
    query,
    headers: {
      authorization: 'Bearer x',
      ...(bytes.length > 0 && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: bytes,
  })
}

type Shown = { data: { orderId: string; item: string; quantity: number; status: string } }
const shown = ({ body }: Answer) => (body as Shown).data

describe('what was created', () => {
  it('can be read, is listed, changed, replaced, and gone when deleted', async () => {
    const made = await ask('POST', '/orders', { body: { item: 'lamp', quantity: 3 } })
    assert.equal(made.status, 201)
    const { orderId } = shown(made)
    assert.deepEqual(
      made.headers.find(([name]) => name === 'Location'),
      ['Location', `/orders/${orderId}`],
    )
    const path = `/orders/${orderId}`
    assert.deepEqual(shown(await ask('GET', path)), shown(made))
    const list = (await ask('GET', '/orders')).body as { data: Shown['data'][]; page: { total: number } }
    assert.ok(list.data.some((each) => each.orderId === orderId && each.item === 'lamp'))
    assert.equal(list.page.total, list.data.length)
    assert.equal(shown(await ask('PATCH', path, { body: { quantity: 7 } })).quantity, 7)
    assert.deepEqual(
      [shown(await ask('GET', path)).item, shown(await ask('GET', path)).quantity],
      ['lamp', 7],
    )
    await ask('PUT', path, { body: { item: 'sofa', quantity: 1 } })
    assert.equal(shown(await ask('GET', path)).item, 'sofa')
    assert.equal((await ask('DELETE', path)).status, 204)
    assert.equal((await ask('GET', path)).status, 404)
    assert.equal((await ask('DELETE', path)).status, 404)
    assert.equal((await ask('POST', `${path}/cancel`)).status, 404)
    const after = (await ask('GET', '/orders')).body as { data: Shown['data'][] }
    assert.ok(!after.data.some((each) => each.orderId === orderId))
  })

  it('has an id of its own each time', async () => {
    const first = shown(await ask('POST', '/orders', { body: { item: 'lamp' } }))
    const second = shown(await ask('POST', '/orders', { body: { item: 'lamp' } }))
    assert.notEqual(first.orderId, second.orderId)
  })

  it('keeps what an action did to it', async () => {
    const { orderId } = shown(await ask('POST', '/orders', { body: { item: 'lamp' } }))
    await ask('POST', `/orders/${orderId}/cancel`)
    assert.equal(shown(await ask('GET', `/orders/${orderId}`)).status, 'cancelled')
  })

  it('is named in the answer to an action', async () => {
    assert.equal(((await ask('POST', `/orders/${ID}/cancel`)).body as { orderId: string }).orderId, ID)
  })

  it('is on the page that was asked for', async () => {
    for (const item of ['aa', 'bb', 'cc', 'dd', 'ee']) await ask('POST', '/orders', { body: { item } })
    assert.equal(((await ask('GET', '/orders?limit=2')).body as { data: unknown[] }).data.length, 2)
  })
})

describe('an answer', () => {
  it('shows the id that was asked for, the rest from the example', async () => {
    assert.deepEqual(shown(await ask('GET', `/orders/${ID}`)), {
      orderId: ID,
      item: 'mug',
      quantity: 1,
      status: 'open',
    })
  })
  it('has the documented headers', async () => {
    const { headers } = await ask('GET', `/orders/${ID}`)
    assert.ok(headers.find(([name]) => name === 'ETag')![1].length >= 5)
  })
  it('is the same for the same seed and requests, another for another seed', async () => {
    const [a, b, c] = [newService(), newService(), newService({ seed: '2' })]
    const one = async (to: MockService) => [
      (await ask('POST', '/orders', { body: { item: 'lamp' }, to })).body,
      (await ask('GET', '/orders', { to })).body,
    ]
    assert.deepEqual(await one(a), await one(b))
    assert.notDeepEqual(await one(a), await one(c))
  })
  it('is new each time when asked to be dynamic', async () => {
    const to = newService({ isDynamic: true })
    assert.notDeepEqual(
      (await ask('GET', '/orders', { to })).body,
      (await ask('GET', '/orders', { to })).body,
    )
    const wish = { headers: { prefer: 'dynamic=true' } }
    assert.notEqual(shown(await ask('GET', `/orders/${ID}`, wish)).item, 'mug')
  })
  it('can be chosen by its status or by the name of its example', async () => {
    const missing = await ask('GET', `/orders/${ID}`, { headers: { prefer: 'code=404' } })
    assert.deepEqual([missing.status, (missing.body as { code: string }).code], [404, 'not-found'])
    assert.equal(
      shown(await ask('GET', `/orders/${ID}`, { headers: { prefer: 'example=sent' } })).item,
      'cup',
    )
    const none = await ask('GET', `/orders/${ID}`, { headers: { prefer: 'code=418' } })
    assert.match((none.body as { detail: string }).detail, /documents no answer 418: 200, 404/)
  })
  it('is refused where no value fits its schema', async () => {
    const { status, body } = await ask('GET', '/impossible')
    assert.deepEqual([status, (body as { code: string }).code], [500, 'no-valid-answer'])
  })
  it('may be text', async () => assert.equal((await ask('GET', '/open')).body, 'hello'))
  it('stands below the path of the server, too', async () => {
    assert.equal((await ask('GET', `/api/orders/${ID}`)).status, 200)
  })
})

describe('a scenario', () => {
  it('gets what it says when it asks in full', async () => {
    const missing = await ask('GET', '/orders/00000000-0000-4000-8000-000000000000')
    assert.deepEqual([missing.status, (missing.body as { code: string }).code], [404, 'no-such-order'])
    assert.equal(shown(await ask('POST', '/orders', { body: { item: 'mug', quantity: 10 } })).status, 'sent')
  })
  it('says nothing of other requests', async () => {
    assert.equal((await ask('GET', '/orders/00000000-0000-4000-8000-000000000001')).status, 200)
  })
})

describe('a request is refused', () => {
  const refusals: readonly (readonly [
    title: string,
    method: string,
    url: string,
    asked: Asked,
    status: number,
    said: RegExp,
  ])[] = [
    [
      'without credentials',
      'GET',
      '/orders',
      { headers: { authorization: '' } },
      401,
      /Authorization header with bearer/,
    ],
    ['on an unknown path', 'GET', '/nothing', {}, 404, /no path \/nothing/],
    ['with another method', 'DELETE', '/orders', {}, 405, /has GET, POST for \/orders, not DELETE/],
    [
      'with text for a number',
      'POST',
      '/orders',
      { body: { item: 'lamp', quantity: 'x' } },
      422,
      /quantity must be a whole number, not "x"/,
    ],
    [
      'with a value that is none of a list',
      'GET',
      '/orders?tag=new&tag=odd',
      {},
      400,
      /query parameter "tag": \[1\] must be one of "new", "old"/,
    ],
    [
      'with a header too short',
      'GET',
      '/orders',
      { headers: { 'x-client': 'ab' } },
      400,
      /header parameter "X-Client" must have at least 3/,
    ],
    ['with an id of the wrong form', 'GET', '/orders/7', {}, 400, /path parameter "orderId" must be a uuid/],
    ['without a body', 'POST', '/orders', {}, 422, /the body is missing/],
    ['with a body that is no JSON', 'POST', '/orders', { text: '{"item": }' }, 422, /the body is no JSON/],
    [
      'with an unknown property',
      'POST',
      '/orders',
      { body: { item: 'lamp', colour: 'red' } },
      422,
      /colour is not a known property/,
    ],
    ['without a required property', 'POST', '/orders', { body: {} }, 422, /item is missing/],
    [
      'of another content type',
      'POST',
      '/orders',
      { text: 'x', headers: { 'content-type': 'text/csv' } },
      415,
      /text\/csv; POST \/orders takes application\/json/,
    ],
    [
      'that accepts nothing we have',
      'GET',
      '/orders',
      { headers: { accept: 'image/png' } },
      406,
      /you accept image\/png/,
    ],
  ]
  for (const [title, method, url, asked, status, said] of refusals) {
    it(title, async () => {
      const answer = await ask(method, url, asked)
      assert.equal(answer.status, status)
      assert.match((answer.body as { detail: string }).detail, said)
    })
  }
  it('with every place and reason', async () => {
    const { status, body } = await ask('GET', '/orders?limit=51&tag=odd')
    assert.equal(status, 400)
    assert.deepEqual((body as { errors: unknown }).errors, [
      {
        in: 'query',
        name: 'limit',
        pointer: '/limit',
        message: 'query parameter "limit" must be at most 50, not 51',
      },
      {
        in: 'query',
        name: 'tag',
        pointer: '/tag',
        message: 'query parameter "tag": [0] must be one of "new", "old", not "odd"; did you mean "old"?',
      },
    ])
  })
  it('but a form is a body, too', async () => {
    const form = {
      text: 'item=lamp&quantity=2',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    assert.equal(shown(await ask('POST', '/orders', form)).quantity, 2)
  })
})

describe('events', () => {
  it('are sent for what their names speak of', async () => {
    const { orderId } = shown(await ask('POST', '/orders', { body: { item: 'lamp' } }))
    await ask('POST', `/orders/${orderId}/cancel`)
    await ask('DELETE', `/orders/${orderId}`)
    assert.deepEqual(
      events.map(({ eventType }) => eventType),
      ['shop.order.placed', 'shop.order.cancelled', 'shop.order.deleted'],
    )
    assert.equal((events[0]!.payload as { orderId: string }).orderId, orderId)
  })
  it('are not sent where no name speaks of the change', async () => {
    await ask('PATCH', `/orders/${ID}`, { body: { quantity: 2 } })
    assert.deepEqual(events, [])
  })
  it('are not sent for reading, nor for what was refused', async () => {
    await ask('GET', '/orders')
    await ask('POST', '/orders', { body: {} })
    assert.deepEqual(events, [])
  })
})
