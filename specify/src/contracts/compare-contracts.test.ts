import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareContracts } from './compare-contracts.ts'
import { contractCodes } from './contract-codes.ts'
import { eventOf, fixture, specOf } from './contract-fixture.ts'

function api({
  request = '{ type: object }',
  response = '{ type: object }',
  operation = '',
  rest = '',
}): string {
  return `openapi: 3.0.3
info: { title: Users, version: v1 }
paths:
  /api/v1/users/{id}/avatar:
    post:
      ${operation === '' ? 'summary: Put an avatar' : operation}
      requestBody: { required: true, content: { application/json: { schema: ${request} } } }
      responses: { '200': { description: Fine, content: { application/json: { schema: ${response} } } } }
${rest}`
}

async function changes(before: string, now: string) {
  const consumer = { 'order-service': { spec: specOf({ calls: ['user-service'] }) } }
  const old = await fixture({ 'user-service': { api: before }, ...consumer })
  const current = await fixture({ 'user-service': { api: now }, ...consumer })
  return compareContracts(old.contracts, current.contracts, current.graph)
}

const object = (properties: string, required = '') =>
  `{ type: object, additionalProperties: false,${required === '' ? '' : ` required: [${required}],`} properties: { ${properties} } }`

const open = (properties: string, required = '') =>
  object(properties, required).replace(' additionalProperties: false,', '')

const rows: [
  code: string,
  before: Parameters<typeof api>[0],
  now: Parameters<typeof api>[0],
  compatible: Parameters<typeof api>[0],
][] = [
  [
    'required-field-added',
    { request: object('a: {}') },
    { request: object('a: {}, imageFormat: {}', 'imageFormat') },
    { request: object('a: {}, imageFormat: {}') },
  ],
  [
    'request-field-removed',
    { request: object('a: {}, b: {}') },
    { request: object('a: {}') },
    { request: object('a: {}, b: {}, c: {}') },
  ],
  [
    'type-narrowed',
    { request: object('a: { type: number }') },
    { request: object('a: { type: integer }') },
    { request: object('a: { oneOf: [{ type: number }, { type: string }] }') },
  ],
  [
    'enum-narrowed',
    { request: object('a: { type: string, enum: [x, y] }') },
    { request: object('a: { type: string, enum: [x] }') },
    { request: object('a: { type: string, enum: [x, y, z] }') },
  ],
  [
    'enum-narrowed',
    { request: object('a: { type: string }') },
    { request: object('a: { type: string, enum: [x] }') },
    { request: object('a: { type: string }') },
  ],
  [
    'constraint-tightened',
    { request: object('a: { type: string, maxLength: 9 }') },
    { request: object('a: { type: string, maxLength: 8 }') },
    { request: object('a: { type: string, maxLength: 10 }') },
  ],
  [
    'constraint-tightened',
    { request: object('a: { type: integer }') },
    { request: object('a: { type: integer, minimum: 1 }') },
    { request: object('a: { type: integer, description: x }') },
  ],
  [
    'response-field-removed',
    { response: open('a: {}, b: {}') },
    { response: open('a: {}') },
    { response: open('a: {}, b: {}, c: {}', 'c') },
  ],
  [
    'response-field-removed',
    { response: open(`a: { type: array, items: ${open('b: {}, c: {}')} }`) },
    { response: open(`a: { type: array, items: ${open('b: {}')} }`) },
    { response: open(`a: { type: array, items: ${open('b: {}, c: {}, d: {}')} }`) },
  ],
  [
    'response-field-added',
    { response: object('a: {}') },
    { response: object('a: {}, b: {}') },
    { response: object('a: { type: string }') },
  ],
  [
    'constraint-loosened',
    { response: open('a: { type: string, maxLength: 9 }') },
    { response: open('a: { type: string, maxLength: 10 }') },
    { response: open('a: { type: string, maxLength: 8 }') },
  ],
  [
    'alternatives-narrowed',
    { request: open('a: { oneOf: [{ type: string }, { type: integer }] }') },
    { request: open('a: { oneOf: [{ type: string }, { type: integer }, { type: number }] }') },
    { request: open('a: { oneOf: [{ type: string }, { type: integer }, { type: boolean }] }') },
  ],
  [
    'alternatives-widened',
    { response: open('a: { oneOf: [{ type: string }, { type: integer }] }') },
    { response: open('a: { anyOf: [{ type: string }, { type: integer }, { type: boolean }] }') },
    { response: open('a: { oneOf: [{ type: string }] }') },
  ],
  [
    'response-field-optional',
    { response: object('a: {}', 'a') },
    { response: object('a: {}') },
    { response: object('a: {}', 'a') },
  ],
  [
    'type-widened',
    { response: object('a: { type: integer }') },
    { response: object('a: { type: number }') },
    { response: object('a: { type: integer, maximum: 5 }') },
  ],
  [
    'type-widened',
    { response: object('a: { type: string }') },
    { response: object('a: { type: string, nullable: true }') },
    { response: object('a: { type: string, minLength: 3 }') },
  ],
  [
    'enum-widened',
    { response: object('a: { enum: [x] }') },
    { response: object('a: { enum: [x, y] }') },
    { response: object('a: { enum: [x] }') },
  ],
  [
    'required-parameter-added',
    {},
    { operation: 'parameters: [{ name: q, in: query, required: true, schema: {} }]' },
    { operation: 'parameters: [{ name: q, in: query, schema: {} }]' },
  ],
  [
    'enum-narrowed',
    { operation: 'parameters: [{ name: q, in: query, schema: { enum: [x, y] } }]' },
    { operation: 'parameters: [{ name: q, in: query, schema: { enum: [x] } }]' },
    { operation: 'parameters: [{ name: q, in: query, schema: { enum: [x, y, z] } }]' },
  ],
  [
    'security-added',
    {},
    { operation: 'security: [{ bearer: [] }]' },
    { operation: 'security: [{ bearer: [] }, {}]' },
  ],
]

for (const [i, [code, before, now, compatible]] of rows.entries())
  test(`${code} (${i}) is found, and the milder change is not`, async () => {
    const found = await changes(api(before), api(now))
    assert.deepEqual(
      found.map((change) => [change.code, change.where, change.consumers]),
      [[code, 'Endpoint: POST /api/v1/users/{id}/avatar', ['order-service']]],
    )
    assert.deepEqual(await changes(api(before), api(compatible)), [])
  })

test('the seed’s avatar: what changed, whom it hurts, what to do', async () => {
  const [change] = await changes(
    api({ request: object('image: {}') }),
    api({ request: object('image: {}, imageFormat: {}', 'imageFormat') }),
  )
  assert.deepEqual(
    [change!.message, change!.recommendation, change!.line],
    ["New required field 'imageFormat'", 'Make field optional or bump version to v2', 7],
  )
})

test('an operation, an answer and a media type that go away break their callers', async () => {
  const gone = await changes(api({}), api({}).replace('    post:', '    put:'))
  assert.deepEqual(
    gone.map(({ code }) => code),
    ['operation-removed'],
  )
  const answer = await changes(api({}), api({}).replace("'200'", "'202'"))
  assert.deepEqual(
    answer.map(({ code }) => code),
    ['response-removed', 'response-added'],
  )
  const media = await changes(api({}), api({}).replaceAll('application/json', 'text/plain'))
  assert.deepEqual(
    media.map(({ code }) => code),
    ['media-type-removed', 'media-type-removed'],
  )
  const body = await changes(api({}).replace('required: true, content', 'content'), api({}))
  assert.deepEqual(
    body.map(({ code }) => code),
    ['required-body-added'],
  )
})

test('renamed path parameters, inlined references and reordered members change nothing', async () => {
  const named = api({
    response: "{ $ref: '#/components/schemas/A' }",
    rest: 'components: { schemas: { A: { type: object, properties: { a: { type: string }, b: {} } } } }',
  })
  const inlined = api({ response: '{ properties: { b: {}, a: { type: string } }, type: object }' }).replace(
    '{id}',
    '{userId}',
  )
  assert.deepEqual([...(await changes(named, inlined)), ...(await changes(inlined, named))], [])
})

test('a schema that holds itself is compared once', async () => {
  const tree = (field: string) =>
    api({
      response: "{ $ref: '#/components/schemas/Node' }",
      rest: `components: { schemas: { Node: { type: object, properties: { ${field}: { type: string }, next: { $ref: '#/components/schemas/Node' } } } } }`,
    })
  assert.deepEqual(
    (await changes(tree('name'), tree('label'))).map(({ code }) => code),
    ['response-field-removed'],
  )
})

test('events are judged as those who read them: removed fields and events break the consumers', async () => {
  const event = (data: object) =>
    eventOf('user.profile.created', {
      consumers: ['order-service'],
      schema: { type: 'object', properties: { data } },
    })
  const before = await fixture({
    'user-service': {
      events: [
        event({ type: 'object', properties: { email: {}, name: {} } }),
        eventOf('user.profile.deleted'),
      ],
    },
  })
  const now = await fixture({
    'user-service': { events: [event({ type: 'object', properties: { email: {} } })] },
  })
  assert.deepEqual(
    compareContracts(before.contracts, now.contracts, now.graph).map(({ code, where, consumers }) => [
      code,
      where,
      consumers,
    ]),
    [
      ['response-field-removed', 'Event: user.profile.created', ['order-service']],
      ['event-removed', 'Event: user.profile.deleted', []],
    ],
  )
})

test('a break comes with a value that shows it', async () => {
  const [change] = await changes(
    api({ request: object('a: { type: number, multipleOf: 0.01 }', 'a') }),
    api({ request: object('a: { type: number, multipleOf: 0.1 }', 'a') }),
  )
  assert.deepEqual([change!.verdict, change!.witness], ['breaking', { a: 0.01 }])
})

test('a field that goes is a loss to its readers, though every answer validates', async () => {
  const [change] = await changes(api({ response: open('a: {}, b: {}') }), api({ response: open('a: {}') }))
  assert.equal(change!.verdict, 'usage-loss')
})

test('what cannot be decided is said to be unproven', async () => {
  const [change] = await changes(
    api({ request: open('a: { type: string, pattern: "^(?=a)[^b]*$" }') }),
    api({ request: open('a: { type: string, pattern: "^(?=a)[^b]*c?$" }') }),
  )
  assert.equal(change!.verdict, 'unproven')
})

test('a cause in a shared schema is told once, with all it reaches', async () => {
  const shared = (type: string) =>
    api({
      request: "{ $ref: '#/components/schemas/A' }",
      rest: `  /api/v1/images:
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
      responses: { '204': { description: Fine } }
components: { schemas: { A: ${open(`a: { type: ${type} }`)} } }`,
    })
  const found = await changes(shared('number'), shared('integer'))
  assert.deepEqual(
    found.map(({ code, where, alsoAt }) => [code, where, alsoAt]),
    [['type-narrowed', 'Endpoint: POST /api/v1/users/{id}/avatar', ['Endpoint: PUT /api/v1/images']]],
  )
})

test('every code found here is listed', () => {
  for (const [code] of rows) assert.ok(Object.hasOwn(contractCodes, `breaking-${code}`), code)
})
