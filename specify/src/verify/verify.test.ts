import assert from 'node:assert/strict'
import { it } from 'node:test'
import { loadOpenApi } from '../contracts/load-openapi.ts'
import type { Operation } from '../contracts/model.ts'
import { judge } from './judge.ts'
import { curlOf, hurlOf, wireOf, type Draft } from './draft.ts'
import { edgesOf } from './edges.ts'
import { KnownValues } from './known-values.ts'
import { findLeak } from './leaks.ts'
import { makeDraft, faultsOf, parameterProblems } from './make-draft.ts'
import { makeValue } from './make-value.ts'
import { Random } from '../samples/random.ts'
import { checkOf } from './schema-checks.ts'
import type { Exchange } from './session.ts'
import { shrink } from './shrink.ts'
import { operationsOf } from './run-verify.ts'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/orders': {
      post: {
        operationId: 'placeOrder',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
        responses: {
          '201': {
            description: 'Made.',
            links: { read: { operationId: 'readOrder', parameters: { ref: '$response.body#/made/number' } } },
          },
        },
      },
      get: {
        operationId: 'listOrders',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } },
          {
            name: 'tag',
            in: 'query',
            schema: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' } },
          },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { a: { type: 'string' } } },
          },
        ],
        responses: { '200': { description: 'All.' } },
      },
    },
    '/orders/{id}': {
      get: {
        operationId: 'getOrder',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '200': { description: 'One.' } },
      },
    },
    '/numbers/{ref}': {
      get: {
        operationId: 'readOrder',
        parameters: [{ name: 'ref', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { '200': { description: 'One.' } },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: 'object',
        additionalProperties: false,
        required: ['sku', 'lines', 'serial'],
        properties: {
          serial: { type: 'string', readOnly: true },
          sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{2,4}$' },
          note: { type: ['string', 'null'], minLength: 2, maxLength: 5 },
          lines: { type: 'array', minItems: 1, maxItems: 2, items: { $ref: '#/components/schemas/Line' } },
          pay: {
            oneOf: [
              {
                type: 'object',
                required: ['iban'],
                additionalProperties: false,
                properties: { iban: { type: 'string' } },
              },
              { type: 'string', enum: ['cash'] },
            ],
          },
        },
      },
      Line: {
        allOf: [
          {
            type: 'object',
            required: ['cents'],
            properties: { cents: { type: 'number', multipleOf: 0.01, exclusiveMinimum: 0, maximum: 3 } },
          },
          { properties: { parent: { $ref: '#/components/schemas/Line' } } },
        ],
      },
    },
  },
}

const { api } = loadOpenApi(JSON.stringify(DOCUMENT), 'api.json', undefined)
const operation = (id: string): Operation => api!.operations.find(({ operationId }) => operationId === id)!
const schemaOfOrder = operation('placeOrder').requestBody!.content[0]!.schema!
const check = checkOf(schemaOfOrder, 'request')!
const root = schemaOfOrder.source.root

const answered = (
  draft: Draft,
  status: number,
  value: unknown,
  headers: [string, string][] = [],
): Exchange => ({
  draft,
  wire: wireOf(draft, '', []),
  answer: { status, headers: new Map(headers), text: JSON.stringify(value), json: { value }, durationMs: 1 },
})

it('values made from a schema fit it, whatever the chance; what is readOnly is left out', () => {
  for (let i = 0; i < 300; i++) {
    const extent = (['full', 'least', 'any'] as const)[i % 3]!
    const value = makeValue(schemaOfOrder.schema, { root, random: new Random(`seed ${i}`), extent })
    assert.deepEqual(check(value), [], JSON.stringify(value))
    assert.ok(!Object.hasOwn(value as object, 'serial'))
  }
})

it('a schema that holds itself ends', () => {
  const own = {
    root: { T: { type: 'object', required: ['t'], properties: { t: { $ref: '#/T' } } } },
    random: new Random('a'),
    extent: 'full' as const,
  }
  assert.doesNotThrow(() => makeValue({ $ref: '#/T' }, own))
})

it('edges stand on both sides of every constraint, one change each', () => {
  const value = { sku: 'ABC-12', note: 'abc', lines: [{ cents: 1 }], pay: { iban: 'x' } }
  const edges = edgesOf(schemaOfOrder.schema, value, { root, random: new Random('e'), extent: 'full' })
  const sides = Map.groupBy(edges, ({ pointer, keyword }) => `${pointer} ${keyword}`)
  const seen = (key: string) => (sides.get(key) ?? []).map((edge) => check(edge.value).length === 0)
  assert.deepEqual(seen('/note maxLength'), [false, true, true])
  assert.deepEqual(seen('/note minLength'), [false, true])
  assert.deepEqual(seen('/lines/0/cents exclusiveMinimum'), [false, true])
  assert.deepEqual(seen('/lines/0/cents maximum'), [true, false])
  assert.deepEqual(seen('/lines maxItems'), [false, true])
  assert.deepEqual(seen('/lines minItems'), [false])
  assert.deepEqual(seen(' required'), [false, false])
  assert.deepEqual(seen(' optional'), [true, true])
  assert.deepEqual(seen(' additionalProperties'), [false, false])
  assert.ok(seen('/sku pattern').every((fits) => !fits) && seen('/sku pattern').length >= 3)
  assert.ok(seen('/pay additionalProperties').includes(false))
})

it('a parameter is wrong only when its text can be read in no right way', () => {
  const list = operation('listOrders')
  const [limit, tag] = list.parameters
  const cases: [parameter: typeof limit, value: unknown, isWrong: boolean][] = [
    [limit, '3', false],
    [limit, 'three', true],
    [limit, 10, true],
    [tag, ['a', 'b'], false],
    [tag, 'a', false],
    [tag, 'a,b', false],
    [tag, 12, true],
  ]
  for (const [parameter, value, isWrong] of cases)
    assert.equal(
      parameterProblems(list, parameter!, value).length > 0,
      isWrong,
      `${parameter!.name} ${JSON.stringify(value)}`,
    )
})

it('what a request breaks is said with its place', () => {
  const draft = makeDraft(operation('placeOrder'), {
    random: new Random('f'),
    extent: 'least',
    known: new KnownValues(),
  })!
  assert.deepEqual(faultsOf(draft), [])
  assert.deepEqual(
    faultsOf({ ...draft, body: undefined }).map(({ place, keyword }) => [place, keyword]),
    [['body', 'required']],
  )
  const wrong = { ...draft, body: { type: 'application/json', value: { sku: 1 } } }
  assert.deepEqual(
    faultsOf(wrong).map(({ pointer, keyword }) => [pointer, keyword]),
    [
      ['', 'required'],
      ['/sku', 'type'],
    ],
  )
})

it('parameters are written as their style says', () => {
  const parameters = new Map<string, unknown>([
    ['query limit', 3],
    ['query tag', ['a b', 'c']],
    ['query filter', { a: 'x&y' }],
  ])
  const wire = wireOf(
    { operation: operation('listOrders'), parameters, body: undefined, credentials: 'valid' },
    '/v1',
    [{ place: 'query', name: 'key', value: 'k' }],
  )
  assert.equal(wire.path, '/v1/orders?limit=3&tag=a%20b&tag=c&filter[a]=x%26y&key=k')
})

it('a curl line and a Hurl block survive quotes, backslashes and braces', () => {
  const wire = {
    method: 'POST',
    path: '/a',
    headers: [['X-A', 'a#b']] as const,
    body: `{"t":"it's \\n {{x}} \`"}`,
  }
  assert.equal(
    curlOf(wire, 'http://h'),
    `curl -i -X POST 'http://h/a' -H 'X-A: a#b' --data-raw '{"t":"it'\\''s \\n {{x}} \`"}'`,
  )
  assert.match(
    hurlOf(wire, ['HTTP 400']),
    /^```hurl\nPOST \{\{baseUrl\}\}\/a\nX-A: a\\#b\nbase64,[A-Za-z0-9+/=]+;\nHTTP 400\n```$/,
  )
})

it('ids are known by the names under which they are asked for', () => {
  const known = new KnownValues()
  const draft: Draft = {
    operation: operation('placeOrder'),
    parameters: new Map(),
    body: undefined,
    credentials: 'valid',
  }
  known.learn(
    answered(draft, 201, { data: { id: 'o-1', buyer: { id: 'b-1' } }, made: { number: 7 } }, [
      ['location', '/orders/o-2'],
    ]),
    api!.operations,
  )
  assert.deepEqual(known.ofParameter(operation('getOrder'), 'id'), ['o-2', 'o-1'])
  assert.deepEqual(known.of('buyerId'), ['b-1'])
  assert.deepEqual(known.ofParameter(operation('readOrder'), 'ref'), [7], 'by its link')
  known.forget('/orders/{id}', 'id', 'o-2')
  assert.deepEqual(known.ofParameter(operation('getOrder'), 'id'), ['o-1'])
  known.give('orderId', 'mine')
  assert.deepEqual(known.ofParameter(operation('getOrder'), 'id'), ['mine'])
})

it('answers that were refused teach nothing', () => {
  const known = new KnownValues()
  known.learn(
    answered(
      { operation: operation('placeOrder'), parameters: new Map(), body: undefined, credentials: 'valid' },
      409,
      { id: 'x' },
    ),
    api!.operations,
  )
  assert.deepEqual(known.of('orderId'), [])
})

it('leaks are told by what they show; plain sentences are none', () => {
  const cases: [text: string, what: string | undefined][] = [
    ['{"detail":"Error: x\\n    at Object.<anonymous> (/srv/a.js:1:2)"}', 'a stack of JavaScript'],
    ['Traceback (most recent call last):\n  File "x.py", line 1', 'a stack of Python'],
    ['at com.shop.Order.place(Order.java:12)', 'a stack of Java'],
    ['goroutine 1 [running]:', 'a stack of Go'],
    ['open /home/app/config.yaml: no such file', 'a path of the server'],
    ['{"detail":"relation \\"orders\\" does not exist"}', 'a message of the database'],
    ['The order was placed at 10:15 (see /orders/7).', undefined],
    ['name must match /^[a-z]+$/', undefined],
    ['You have reviewed this purchase already.', undefined],
  ]
  for (const [text, what] of cases) assert.equal(findLeak(text)?.what, what, text)
})

it('a smaller request is kept only while it fails in the same way', async () => {
  const value = { sku: 'ABC-12', note: 'abc', lines: [{ cents: 1 }, { cents: 2 }], pay: 'cash' }
  const draft: Draft = {
    operation: operation('placeOrder'),
    parameters: new Map(),
    body: { type: 'application/json', value },
    credentials: 'valid',
  }
  const own = {
    id: 'x',
    draft,
    expectation: 'valid' as const,
    what: '',
    cause: '',
    fixed: { place: 'body', path: ['note'] },
  }
  let asked = 0
  const smallest = await shrink(
    own,
    async ({ draft: { body } }) => {
      asked++
      return JSON.stringify(body).includes('cash')
    },
    50,
  )
  assert.deepEqual(smallest.draft.body, {
    type: 'application/json',
    value: { sku: 'ABC-12', note: 'abc', lines: [{ cents: 1 }], pay: 'cash' },
  })
  assert.ok(asked < 20)
})

it('a list is held to the limit that was asked for, in an envelope, too', () => {
  const draft: Draft = {
    operation: operation('listOrders'),
    parameters: new Map([['query limit', 2]]),
    body: undefined,
    credentials: 'valid',
  }
  const own = { id: 'x', draft, expectation: 'valid' as const, what: '', cause: '', fixed: undefined }
  const codes = (value: unknown) => judge(own, answered(draft, 200, value)).map(({ code }) => code)
  assert.deepEqual(codes([1, 2, 3]), ['verify-limit-ignored'])
  assert.deepEqual(codes({ data: [1, 2, 3], page: 1 }), ['verify-limit-ignored'])
  assert.deepEqual(codes({ data: [1, 2] }), [])
  assert.deepEqual(codes({ data: [1, 2, 3], other: [] }), [], 'which of two lists is meant is not known')
})

it('operations are chosen by id, method and path, with stars, and left out with !', () => {
  const names = (...patterns: string[]) => operationsOf(api!, patterns).map(({ operationId }) => operationId)
  assert.deepEqual(names('get*'), ['listOrders', 'getOrder', 'readOrder'])
  assert.deepEqual(names('GET /orders*'), ['listOrders', 'getOrder'])
  assert.deepEqual(names('!GET *'), ['placeOrder'])
  assert.deepEqual(names('/orders', '!placeOrder'), ['listOrders'])
})
