import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Workspace } from '../workspace/model.ts'
import { fixture } from './contract-fixture.ts'
import { buildGraph } from './graph.ts'
import { loadContractFiles } from './load-contracts.ts'
import { loadEvents } from './load-events.ts'
import { loadOpenApi } from './load-openapi.ts'
import { checkContracts } from './rules/all-rules.ts'
import { propertyOf, resolved } from './schema-walk.ts'

const unreadable: [name: string, text: string, line: number, code: string, message: RegExp][] = [
  [
    'Markdown',
    '# API\n\nSome words\n\n```yaml\nopenapi: 3.0.0\n```\n',
    1,
    'contract-syntax',
    /This is Markdown, not a contract/,
  ],
  ['fenced YAML', '```yaml\nopenapi: 3.0.0\n```\n', 1, 'contract-syntax', /This is Markdown/],
  ['HTML', '\n<!DOCTYPE html>\n<html>', 2, 'contract-syntax', /HTML or XML/],
  [
    'a merge conflict',
    'openapi: 3.0.0\n<<<<<<< HEAD\ninfo: {}\n=======\ninfo: []\n>>>>>>> x',
    2,
    'contract-syntax',
    /merge conflict/,
  ],
  ['nothing', '  \n', 1, 'contract-syntax', /empty/],
  ['a list', '- a\n- b', 1, 'contract-syntax', /no object/],
  ['bad indentation', 'openapi: 3.0.0\ninfo:\n  title: a\n   version: b\n', 4, 'contract-syntax', /./],
  ['a doubled key', 'openapi: 3.0.0\ninfo: {}\npaths: {}\ninfo: {}\n', 4, 'contract-syntax', /info/],
  ['Swagger 1', "info: {}\nswagger: '1.2'\n", 2, 'contract-version', /Swagger 1.2/],
  ['AsyncAPI', 'asyncapi: 3.0.0\n', 1, 'contract-version', /AsyncAPI/],
  ['another version', "info: {}\nopenapi: '4.0'\n", 2, 'contract-version', /"openapi: 4.0"/],
  ['no version', 'info: {}\n', 1, 'contract-version', /no "openapi" version/],
]

for (const [name, text, line, code, message] of unreadable)
  test(`${name} under an API's name is a finding with its line`, () => {
    const { findings } = loadOpenApi(text, 'api-spec.yaml', 'a')
    assert.match(findings[0]?.message ?? '', message)
    assert.deepEqual([findings[0]!.code, findings[0]!.line, findings[0]!.severity], [code, line, 'error'])
  })

test('a version without quotes, a comment and CRLF are no mistakes', () => {
  const { api, findings } = loadOpenApi(
    '# Orders\r\nopenapi: 3.1\r\ninfo: { title: a, version: b }\r\npaths: {}\r\n',
    'a.yaml',
    'a',
  )
  assert.deepEqual([findings, api?.version, api?.source.dialect], [[], '3.1', 'openapi-3.1'])
})

test('parameters, bodies and answers are found behind references, at the line that uses them', () => {
  const text = `openapi: 3.0.3
info: { title: a, version: b }
security: [{ key: [] }, {}]
servers: [{ url: 'https://example.org/base/' }]
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: page, in: query, schema: { type: integer } }
    post:
      parameters:
        - $ref: '#/components/parameters/Page'
      requestBody: { $ref: '#/components/requestBodies/A' }
      responses:
        '2xx': { $ref: '#/components/responses/A' }
components:
  parameters: { Page: { name: page, in: query, required: true, schema: { type: string } } }
  requestBodies: { A: { required: true, content: { application/json: { schema: { type: object } } } } }
  responses: { A: { description: Fine, content: { 'application/*': { schema: { type: array } } } } }
`
  const { api } = loadOpenApi(text, 'a.yaml', 'a')
  const [operation] = api!.operations
  assert.deepEqual(api!.basePaths, ['/base'])
  assert.deepEqual(
    operation!.parameters.map(({ name, required, line }) => [name, required, line]),
    [
      ['page', true, 12],
      ['id', true, 8],
    ],
  )
  assert.deepEqual([operation!.requestBody?.required, operation!.requestBody?.line], [true, 13])
  assert.deepEqual(
    operation!.responses.map(({ status, description, line }) => [status, description, line]),
    [['2XX', 'Fine', 15]],
  )
  assert.deepEqual(operation!.security, [['key'], []])
  assert.equal(
    operation!.responses[0]!.content[0]!.schema?.pointer,
    '/components/responses/A/content/application~1*/schema',
  )
})

const badEvents: [name: string, text: string, line: number, code: string][] = [
  ['no list of events', '{\n  "event": []\n}', 1, 'event-file-format'],
  ['AsyncAPI 4', '{\n"asyncapi": "4.0.0"}', 2, 'contract-version'],
  ['an event without type', '{"events": [\n  {"version": "v1"}\n]}', 2, 'event-without-type'],
  ['a trailing comma', '{"events": [],\n}', 1, 'contract-syntax'],
]

for (const [name, text, line, code] of badEvents)
  test(`${name} in an event file is a finding with its line`, () => {
    const { findings } = loadEvents(text, 'events.json', 'a')
    assert.deepEqual(
      findings.map((finding) => [finding.code, finding.line]),
      [[code, line]],
    )
  })

test('one unreadable contract does not hide the others', async () => {
  const { contracts } = await fixture({
    a: { api: '<html>' },
    b: { api: 'openapi: 3.1.0\ninfo: { title: b, version: v1 }\npaths: {}' },
  })
  assert.deepEqual(
    [contracts.apis.map(({ source }) => source.service), contracts.findings.map(({ file }) => file)],
    [['b'], ['services/a/contracts/api-spec.yaml']],
  )
})

/** The contracts in files of a workspace that is only these texts. */
async function loadTexts(texts: Record<string, string>, ...files: string[]) {
  return loadContractFiles(files, async (file) => texts[file])
}

async function problems(texts: Record<string, string>, ...files: string[]): Promise<string[]> {
  const contracts = await loadTexts(texts, ...files)
  const graph = buildGraph({ services: [], files: [] } as unknown as Workspace, [], contracts)
  return [...contracts.findings, ...checkContracts(graph).map(({ finding }) => finding)]
    .filter(({ code }) => /ref|contract|invalid-schema/.test(code))
    .map(({ code, file, line }) => `${code} ${file}:${line}`)
}

const MAIN = `openapi: 3.1.0
info: { title: a, version: b }
paths:
  /a:
    $ref: 'paths/a.yaml'
`
const PATH_ITEM = `get:
  responses:
    '200':
      description: Fine
      content: { application/json: { schema: { $ref: '../schemas.json#/$defs/Tree' } } }
`
const SCHEMAS = `{ "$defs": {
  "Tree": { "type": "object", "properties": { "next": { "$ref": "#/$defs/Tree" }, "leaf": { "$ref": "#leaf" } } },
  "Leaf": { "$anchor": "leaf", "type": "strng" }
} }`

test('references lead through other files, in rings too, and findings stand where the text is', async () => {
  const texts = { 'c/api.yaml': MAIN, 'c/paths/a.yaml': PATH_ITEM, 'c/schemas.json': SCHEMAS }
  const { apis } = await loadTexts(texts, 'c/api.yaml')
  const [operation] = apis[0]!.operations
  assert.deepEqual([operation!.source.file, operation!.line], ['c/paths/a.yaml', 1])
  const [response] = operation!.responses
  const tree = propertyOf([response!.content[0]!.schema!], 'next')
  assert.equal(tree.outcome, 'found')
  assert.deepEqual(await problems(texts, 'c/api.yaml'), [])
  const broken = { ...texts, 'c/paths/a.yaml': PATH_ITEM.replace('Tree', 'Tee') }
  assert.deepEqual(await problems(broken, 'c/api.yaml'), ['unresolved-ref c/paths/a.yaml:5'])
})

test('a file that others refer to need be no contract of its own', async () => {
  const texts = { 'c/api.yaml': MAIN, 'c/paths/a.yaml': PATH_ITEM, 'c/schemas.json': SCHEMAS }
  assert.deepEqual(await problems(texts, 'c/api.yaml', 'c/paths/a.yaml', 'c/schemas.json'), [])
  assert.deepEqual(await problems(texts, 'c/paths/a.yaml'), ['contract-version c/paths/a.yaml:1'])
})

for (const [ref, message] of [
  ['https://example.org/a.yaml', /is an address: specify fetches nothing/],
  ['../../outside.yaml', /leaves the workspace/],
  ['nowhere.yaml#/a', /no readable file c\/nowhere.yaml/],
  ['#nowhere', /no such \$anchor/],
] as const)
  test(`the reference ${ref} is followed nowhere, which is a finding`, async () => {
    const texts = {
      'c/api.yaml': `${MAIN}components: { schemas: { A: { $ref: '${ref}' } } }\n`,
      'c/paths/a.yaml': '{}',
    }
    const read: string[] = []
    const contracts = await loadContractFiles(['c/api.yaml'], async (file) => {
      read.push(file)
      return (texts as Record<string, string>)[file]
    })
    const graph = buildGraph({ services: [], files: [] } as unknown as Workspace, [], contracts)
    const finding = checkContracts(graph).find(({ finding }) => finding.code === 'unresolved-ref')
    assert.match(finding!.finding.message, message)
    assert.equal(finding!.finding.line, 6)
    assert.ok(
      read.every((file) => file.startsWith('c/')),
      read.join(' '),
    )
  })

test('a ring of references that reaches no schema is a finding', async () => {
  const text = `${MAIN.replace("$ref: 'paths/a.yaml'", '{}')}components:\n  schemas:\n    A: { $ref: 'b.yaml#/B' }\n`
  const found = await problems(
    { 'api.yaml': text, 'b.yaml': "B: { $ref: 'api.yaml#/components/schemas/A' }\n" },
    'api.yaml',
  )
  assert.deepEqual(found.sort(), ['unresolved-ref api.yaml:8', 'unresolved-ref b.yaml:1'])
})

test('Swagger 2 is read as OpenAPI 3, at its own lines', () => {
  const text = `swagger: '2.0'
info: { title: a, version: b }
host: example.org
basePath: /base
consumes: [application/json]
produces: [application/json, application/xml]
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, type: integer }
    post:
      parameters:
        - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: multi }
        - { name: body, in: body, required: true, schema: { $ref: '#/definitions/A' } }
      responses:
        200: { description: Fine, schema: { $ref: '#/definitions/A' }, headers: { X-A: { type: string } } }
    put:
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: note, in: formData, type: string }
      responses: { 200: { $ref: '#/responses/Fine' } }
responses:
  Fine: { description: Fine, schema: { type: string } }
definitions:
  A: { type: object, properties: { b: { $ref: '#/definitions/A' } } }
`
  const { api, findings } = loadOpenApi(text, 'a.yaml', 'a')
  assert.deepEqual(findings, [])
  assert.deepEqual([api!.basePaths, api!.source.dialect], [['/base'], 'openapi-3.0'])
  const [put, post] = api!.operations
  assert.deepEqual(
    put!.requestBody!.content.map(({ type }) => type),
    ['multipart/form-data'],
  )
  assert.deepEqual(
    post!.parameters.map(({ name, line }) => [name, line]),
    [
      ['tags', 13],
      ['id', 10],
    ],
  )
  assert.deepEqual([post!.requestBody!.required, post!.requestBody!.line], [true, 14])
  assert.deepEqual(
    post!.responses[0]!.content.map(({ type }) => type),
    ['application/json', 'application/xml'],
  )
  const body = resolved(post!.requestBody!.content[0]!.schema!)
  assert.equal(body?.pointer, '/components/schemas/A')
  assert.equal(api!.source.lineOf('/components/schemas/A/properties/b'), 25)
  assert.deepEqual(put!.responses[0]!.content[0]!.schema!.schema, { type: 'string' })
})

const MESSAGES = {
  2: `asyncapi: 2.6.0
info: { title: a, version: b }
channels:
  orders:
    subscribe: { message: { oneOf: [{ $ref: '#/components/messages/placed' }] } }
  stock:
    publish: { message: { name: stock.low, payload: { type: object } } }
components: { messages: { placed: { name: order.placed, payload: { type: object, required: [a] } } } }
`,
  3: `asyncapi: 3.0.0
info: { title: a, version: b }
channels:
  orders: { address: orders, messages: { order.placed: { payload: { type: object, required: [a] } } } }
  stock: { address: stock, messages: { stock.low: { payload: { schemaFormat: application/schema+json, schema: { type: object } } } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/orders' } }
  hear: { action: receive, channel: { $ref: '#/channels/stock' }, messages: [{ $ref: '#/channels/stock/messages/stock.low' }] }
`,
}

for (const [version, text] of Object.entries(MESSAGES))
  test(`AsyncAPI ${version} says what is sent and what is taken in`, () => {
    const { eventFile, findings } = loadEvents(text, 'a.yaml', 'a')
    assert.deepEqual(findings, [])
    assert.deepEqual(
      eventFile!.events.map(({ eventType, schema }) => [eventType, schema?.schema]),
      [['order.placed', { type: 'object', required: ['a'] }]],
    )
    assert.deepEqual(
      eventFile!.received.map(({ eventType, schema }) => [eventType, schema?.schema]),
      [['stock.low', { type: 'object' }]],
    )
  })

test('schemas of older drafts are read in the words of today', () => {
  const old = (draft: string, rest: object) =>
    loadEvents(JSON.stringify({ $schema: `http://json-schema.org/${draft}/schema#`, ...rest }), 'a.json', 'a')
      .eventFile!.events[0]!.schema!
  const four = old('draft-04', { id: 'http://a', properties: { n: { minimum: 1, exclusiveMinimum: true } } })
  assert.deepEqual(
    [four.source.dialect, four.schema],
    ['draft-07', { $id: 'http://a', properties: { n: { exclusiveMinimum: 1 } } }],
  )
  const nineteen = old('draft/2019-09', {
    items: [{ type: 'string' }],
    additionalItems: false,
    $recursiveRef: '#',
  })
  assert.deepEqual(
    [nineteen.source.dialect, nineteen.schema],
    ['2020-12', { prefixItems: [{ type: 'string' }], items: false, $ref: '#' }],
  )
})

test('contracts in the fences of a page are found at the lines of the page', async () => {
  const page = `# Orders\n\nWords.\n\n\`\`\`yaml\n${MAIN.replace("$ref: 'paths/a.yaml'", 'get: {}')}\`\`\`\n\n~~~json\n{"events": [\n{}]}\n~~~\n\n\`\`\`yaml\nother: 1\n\`\`\`\n`
  const contracts = await loadTexts({ 'a.md': page.replaceAll('\n', '\r\n') }, 'a.md')
  assert.deepEqual(
    contracts.apis[0]!.operations.map(({ line }) => line),
    [10],
  )
  assert.deepEqual(
    contracts.findings.map(({ code, line }) => [code, line]),
    [['event-without-type', 15]],
  )
})

test('Avro records are events, and what is wrong in them is a finding with its line', async () => {
  const avro = `{ "type": "record", "name": "Placed", "namespace": "order", "fields": [
  { "name": "id", "type": "string" },
  { "name": "next", "type": ["null", "Placed"], "default": null },
  { "name": "size", "type": "int", "default": "big" },
  { "name": "kind", "type": "Kynd" }
] }`
  const { eventFiles } = await loadTexts({ 'a.avsc': avro }, 'a.avsc')
  assert.deepEqual(
    eventFiles[0]!.events.map(({ eventType, form }) => [eventType, form]),
    [['order.Placed', 'avro']],
  )
  assert.deepEqual(await problems({ 'a.avsc': avro }, 'a.avsc'), [
    'invalid-schema a.avsc:4',
    'invalid-schema a.avsc:5',
  ])
})

test('parameters and answers of Swagger 2 in other files are converted, too', async () => {
  const texts = {
    'api.yaml': `swagger: '2.0'
info: { title: a, version: b }
paths:
  /a:
    get:
      parameters: [{ $ref: 'parts.yaml#/limit' }, { $ref: 'parts.yaml#/body' }]
      responses: { 200: { $ref: 'parts.yaml#/fine' } }
  /b: { $ref: 'parts.yaml#/path' }
`,
    'parts.yaml': `path: { get: { parameters: [{ $ref: '#/limit' }], responses: { 200: { $ref: '#/fine' } } } }
limit: { name: limit, in: query, type: integer }
body: { name: body, in: body, schema: { $ref: '#/thing' } }
fine: { description: Fine, schema: { $ref: '#/thing' } }
thing: { type: object }
`,
  }
  const [operation, other] = (await loadTexts(texts, 'api.yaml')).apis[0]!.operations
  assert.deepEqual(other!.parameters[0]!.schema?.schema, { type: 'integer' })
  assert.deepEqual(
    operation!.parameters.map(({ name, schema }) => [name, schema?.schema]),
    [['limit', { type: 'integer' }]],
  )
  const schemas = [operation!.requestBody!, operation!.responses[0]!].map(
    ({ content }) => content[0]!.schema!,
  )
  assert.deepEqual(
    schemas.map((at) => resolved(at)?.schema),
    [{ type: 'object' }, { type: 'object' }],
  )
})
