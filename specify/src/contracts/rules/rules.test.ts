import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventOf, fixture, specOf, type FixtureService } from '../contract-fixture.ts'
import { checkContracts, contractRules } from './all-rules.ts'

type Services = Record<string, FixtureService>

const PROBLEM =
  '{ description: Problem, content: { application/problem+json: { schema: { type: object } } } }'

/** One operation with everything the rules ask for; `over` replaces lines by their key. */
function api({
  path = '/api/v1/orders',
  operation = {},
  extra = '',
  version = "'3.0.3'",
}: { path?: string; operation?: Record<string, string>; extra?: string; version?: string } = {}): string {
  const lines: Record<string, string> = {
    operationId: 'listOrders',
    summary: 'List orders',
    responses: `{ '200': { description: Orders }, default: ${PROBLEM} }`,
    ...operation,
  }
  const body = Object.entries(lines).flatMap(([key, value]) =>
    value === '' ? [] : [`      ${key}: ${value}`],
  )
  return [
    `openapi: ${version}`,
    'info: { title: Orders, version: v1 }',
    'paths:',
    `  ${path}:`,
    '    get:',
    ...body,
    extra,
  ].join('\n')
}

const one = (text: string): Services => ({ 'order-service': { api: text } })
const withEvents = (...events: Record<string, unknown>[]): Services => ({
  'order-service': { events },
  'stock-service': {},
})
const heard = (over: Record<string, unknown> = {}, eventType = 'order.order.placed') =>
  eventOf(eventType, { consumers: ['stock-service'], ...over })
const schemaOf = (over: Record<string, unknown>) => ({
  ...(eventOf('order.order.placed')['schema'] as object),
  ...over,
})

const LISTED = api({
  operation: {
    responses: `{ '200': { description: Orders, content: { application/json: { schema: { type: object, properties: { items: { type: array, items: { type: object, properties: { price: { type: number } } } } } } } } }, default: ${PROBLEM} }`,
  },
})
const using = (use: string, text = api()): Services => ({
  'order-service': { api: text },
  'stock-service': { uses: `uses: [${use}]` },
})

const rows: [code: string, wrong: Services, line: number, right: Services, message: RegExp][] = [
  ['openapi-shape', one(api({ path: 'orders' })), 4, one(api()), /does not begin with "\/"/],
  [
    'openapi-shape',
    one(api().replace('info: { title: Orders, version: v1 }', 'info: { title: Orders }')),
    2,
    one(api()),
    /no "version"/,
  ],
  ['openapi-shape', one(api().replace('    get:', '    GET:')), 5, one(api()), /"GET" is not an HTTP method/],
  [
    'operation-without-response',
    one(api({ operation: { responses: '' } })),
    5,
    one(api()),
    /declares no responses/,
  ],
  [
    'path-parameter-mismatch',
    one(api({ path: '/api/v1/orders/{id}' })),
    5,
    one(
      api({
        path: '/api/v1/orders/{id}',
        operation: { parameters: '[{ name: id, in: path, required: true, schema: { type: string } }]' },
      }),
    ),
    /no path parameter "id"/,
  ],
  [
    'path-parameter-mismatch',
    one(
      api({
        operation: { parameters: '[{ name: id, in: path, required: true, schema: { type: string } }]' },
      }),
    ),
    9,
    one(api({ operation: { parameters: '[{ name: id, in: query, schema: { type: string } }]' } })),
    /no {id} in its path/,
  ],
  [
    'operation-without-summary',
    one(api({ operation: { summary: '' } })),
    5,
    one(api({ operation: { summary: '', description: 'Lists' } })),
    /neither summary nor description/,
  ],
  [
    'response-without-description',
    one(api({ operation: { responses: `\n        '200': { }\n        default: ${PROBLEM}` } })),
    9,
    one(api()),
    /answer 200 .* no description/,
  ],
  [
    'operation-without-error',
    one(api({ operation: { responses: "{ '200': { description: Fine } }" } })),
    5,
    one(api({ operation: { responses: "{ '200': { description: Fine }, '404': { description: None } }" } })),
    /no error answer/,
  ],
  [
    'error-not-problem-json',
    one(
      api({
        operation: { responses: "{ '404': { description: None, content: { application/json: {} } } }" },
      }),
    ),
    8,
    one(api()),
    /not application\/problem\+json/,
  ],
  ['path-without-version', one(api({ path: '/orders' })), 5, one(api({ path: '/health' })), /has no version/],
  [
    'path-without-version',
    one(api({ path: '/orders' })),
    5,
    one(api({ path: '/orders', extra: 'servers: [{ url: https://example.org/api/v1 }]' })),
    /has no version/,
  ],
  [
    'duplicate-operation-id',
    one(
      api({ extra: `    put: { operationId: listOrders, summary: x, responses: { default: ${PROBLEM} } }` }),
    ),
    9,
    one(
      api({ extra: `    put: { operationId: putOrders, summary: x, responses: { default: ${PROBLEM} } }` }),
    ),
    /taken by GET \/api\/v1\/orders \(line 5\)/,
  ],
  [
    'duplicate-path',
    one(
      api({
        path: '/v1/a/{b}',
        operation: { parameters: '[{ name: b, in: path, required: true, schema: {} }]' },
        extra: `  /v1/a/{c}: { get: { summary: x, parameters: [{ name: c, in: path, required: true, schema: {} }], responses: { default: ${PROBLEM} } } }`,
      }),
    ),
    10,
    one(
      api({
        path: '/v1/a/{b}',
        operation: { parameters: '[{ name: b, in: path, required: true, schema: {} }]' },
        extra: `  /v1/b/{c}: { get: { summary: x, parameters: [{ name: c, in: path, required: true, schema: {} }], responses: { default: ${PROBLEM} } } }`,
      }),
    ),
    /same address as GET \/v1\/a\/{b}/,
  ],
  [
    'unresolved-ref',
    one(api({ operation: { parameters: "[{ $ref: '#/components/parameters/Page' }]" } })),
    9,
    one(
      api({
        operation: { parameters: "[{ $ref: '#/components/parameters/Page' }]" },
        extra: 'components: { parameters: { Page: { name: page, in: query, schema: { type: integer } } } }',
      }),
    ),
    /leads to nothing/,
  ],
  [
    'unresolved-ref',
    one(api({ operation: { parameters: '[{ $ref: https://example.org/page.yaml }]' } })),
    9,
    one(api({ extra: "components: { schemas: { A: { example: { $ref: 'https://example.org' } } } }" })),
    /fetches nothing/,
  ],
  [
    'invalid-schema',
    one(api({ extra: 'components: { schemas: { A: { type: strng } } }' })),
    9,
    one(api({ extra: 'components: { schemas: { A: { type: string } } }' })),
    /This schema is not valid/,
  ],
  [
    'event-name',
    withEvents(heard({}, 'OrderPlaced')),
    4,
    withEvents(heard()),
    /not named domain\.entity\.action/,
  ],
  ['event-without-schema', withEvents(heard({ schema: undefined })), 3, withEvents(heard()), /has no schema/],
  [
    'event-without-description',
    withEvents(heard({ description: '' })),
    3,
    withEvents(heard()),
    /has no description/,
  ],
  [
    'event-envelope',
    withEvents(heard({ schema: schemaOf({ required: ['eventType', 'timestamp'] }) })),
    9,
    withEvents(heard({ schema: { allOf: [schemaOf({}), { description: 'more' }] } })),
    /does not require eventId/,
  ],
  [
    'event-type-mismatch',
    withEvents(heard({ schema: eventOf('order.order.paid')['schema'] })),
    19,
    withEvents(heard()),
    /allows the eventType "order.order.paid" only/,
  ],
  [
    'event-described-twice',
    withEvents(heard(), heard()),
    35,
    withEvents(heard(), heard({ version: 'v2' })),
    /described already/,
  ],
  [
    'unknown-consumer',
    withEvents(eventOf('order.order.placed', { consumers: ['stock-servise'] })),
    32,
    withEvents(heard()),
    /stock-servise, listed as consumer .*does not exist/,
  ],
  [
    'consumer-not-implemented',
    withEvents(eventOf('order.order.placed', { consumers: ['mail-service'] })),
    32,
    withEvents(heard()),
    /^mail-service listed as consumer but not yet implemented/,
  ],
  [
    'consumer-not-implemented',
    { 'order-service': { events: [heard()] }, 'stock-service': { hasCode: false } },
    32,
    withEvents(heard()),
    /^stock-service listed as consumer but not yet implemented/,
  ],
  [
    'event-without-publisher',
    { 'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) } },
    10,
    {
      'order-service': { events: [heard()] },
      'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
    },
    /nobody publishes/,
  ],
  [
    'event-only-announced',
    {
      'order-service': { spec: announcing('order.order.placed') },
      'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
    },
    10,
    {
      'order-service': { events: [heard()], spec: announcing('order.order.placed') },
      'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
    },
    /which the spec of order-service announces and no contract describes/,
  ],
  [
    'consumer-not-listed',
    {
      'order-service': { events: [eventOf('order.order.placed')] },
      'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
    },
    10,
    {
      'order-service': { events: [heard()] },
      'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
    },
    /does not list it/,
  ],
  [
    'orphan-event',
    withEvents(eventOf('order.order.placed')),
    3,
    withEvents(heard()),
    /Nobody consumes order.order.placed/,
  ],
  [
    'missing-upstream',
    { 'order-service': { spec: specOf({ calls: ['stok-service'] }) }, 'stock-service': { api: api() } },
    7,
    { 'order-service': { spec: specOf({ calls: ['stock-service'] }) }, 'stock-service': { api: api() } },
    /depends on stok-service/,
  ],
  [
    'upstream-without-api',
    { 'order-service': { spec: specOf({ calls: ['stock-service'] }) }, 'stock-service': {} },
    7,
    { 'order-service': { spec: specOf({ calls: ['stock-service'] }) }, 'stock-service': { api: api() } },
    /has no API contract/,
  ],
  [
    'call-cycle',
    {
      'a-service': { api: api(), spec: specOf({ calls: ['b-service'] }) },
      'b-service': { api: api(), spec: specOf({ calls: ['c-service'] }) },
      'c-service': { api: api(), spec: specOf({ calls: ['a-service'] }) },
    },
    7,
    {
      'a-service': { api: api(), spec: specOf({ calls: ['b-service', 'c-service'] }) },
      'b-service': { api: api(), spec: specOf({ calls: ['c-service'] }) },
      'c-service': { api: api() },
    },
    /^Circular dependency: a-service → b-service → c-service → a-service/,
  ],
  [
    'event-loop',
    {
      'order-service': { events: [heard()], spec: specOf({ consumes: ['stock.item.reserved'] }) },
      'stock-service': { events: [eventOf('stock.item.reserved', { consumers: ['order-service'] })] },
    },
    3,
    withEvents(heard()),
    /^Events go round: order-service → stock-service → order-service/,
  ],
  [
    'chain-too-slow',
    {
      'order-service': {
        spec: specOf({ calls: ['stock-service'], criteria: ['Orders are answered with P95 below 200 ms'] }),
      },
      'stock-service': { api: api(), spec: specOf({ calls: ['price-service'] }) },
      'price-service': { api: api(), spec: specOf({ criteria: ['P95 < 0.25 s'] }) },
    },
    13,
    {
      'order-service': {
        spec: specOf({
          calls: ['stock-service'],
          criteria: ['P95 < 300 ms', '200 orders, all below 200 ms high'],
        }),
      },
      'stock-service': { api: api(), spec: specOf({ criteria: ['P95 ≤ 250 ms'] }) },
    },
    /promises 200 ms, and the calls order-service → stock-service → price-service may take 250 ms/,
  ],
  [
    'use-of-nothing',
    using('{ service: order-service, operation: GET /api/v1/order }'),
    1,
    using('{ service: order-service, operation: GET /api/v1/orders }'),
    /stock-service uses GET \/api\/v1\/order of order-service/,
  ],
  [
    'use-of-nothing',
    using('{ event: order.order.paid }'),
    1,
    using('{ service: order-service, operation: listOrders }'),
    /uses the event order.order.paid/,
  ],
  [
    'unserved-version',
    using('{ service: order-service, operation: GET /api/v2/orders }'),
    1,
    using('{ service: order-service, operation: get /api/v1/orders/ }'),
    /served: GET \/api\/v1\/orders/,
  ],
  [
    'unserved-version',
    {
      'order-service': { events: [heard()] },
      'stock-service': { uses: 'uses: [{ event: order.order.placed, version: v2 }]' },
    },
    1,
    {
      'order-service': { events: [heard()] },
      'stock-service': { uses: 'uses: [{ event: order.order.placed, version: v1 }]' },
    },
    /uses order.order.placed v2; served: v1/,
  ],
  [
    'field-not-provided',
    using('{ service: order-service, operation: listOrders, reads: [items.prize] }', LISTED),
    1,
    using('{ service: order-service, operation: listOrders, reads: [items.price, "items[].price"] }', LISTED),
    /reads "items.prize", which nobody provides/,
  ],
  [
    'unknown-compatibility',
    withEvents(heard({ compatibility: 'FULL_TRANSITIV' })),
    34,
    withEvents(heard({ compatibility: 'full-transitive' })),
    /no compatibility mode/,
  ],
]

for (const [i, [code, wrong, line, right, message]] of rows.entries())
  test(`${code} (${i}) is found at its line, and not without cause`, async () => {
    const found = checkContracts((await fixture(wrong)).graph).map(({ finding }) => finding)
    const finding = found.find((each) => each.code === code)
    assert.ok(finding, `found instead: ${JSON.stringify(found)}`)
    assert.match(finding.message, message)
    assert.equal(finding.line, line)
    const quiet = await fixture(right)
    assert.deepEqual(
      [...quiet.contracts.findings, ...checkContracts(quiet.graph).map((each) => each.finding)],
      [],
    )
  })

test('every rule has a row above, a reason and an example', () => {
  const tried = new Set(rows.map(([code]) => code))
  for (const { code, why, example } of contractRules) {
    assert.ok(tried.has(code), `no row for ${code}`)
    assert.ok(why.endsWith('.') && example.wrong !== example.right)
  }
  assert.equal(new Set(contractRules.map(({ code }) => code)).size, contractRules.length)
})

test('aliases that share their parts a billion times over are walked once', async () => {
  const levels = Array.from({ length: 30 }, (_, i) => `  a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)
  const bomb = ['x-bomb:', '  a0: &a0 { b: 1 }', ...levels].join('\n')
  const { contracts, graph } = await fixture(one(api({ extra: bomb })))
  assert.deepEqual([contracts.findings, checkContracts(graph)], [[], []])
})

function announcing(eventType: string): string {
  return `# Spec\n\n## Events Published\n\n### Event: ${eventType}\n**Consumers:** stock-service\n`
}

test('an event that only a spec announces has a publisher', async () => {
  const { graph } = await fixture({
    'order-service': { spec: announcing('order.order.placed') },
    'stock-service': { spec: specOf({ consumes: ['order.order.placed'] }) },
  })
  assert.deepEqual(
    checkContracts(graph).map(({ finding }) => finding.code),
    ['event-only-announced'],
  )
})
