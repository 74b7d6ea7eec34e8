import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadEvents } from '../contracts/load-events.ts'
import { loadOpenApi } from '../contracts/load-openapi.ts'
import { parseSpec } from '../spec/parse-spec.ts'
import type { Workspace } from '../workspace/model.ts'
import { checkScenarios } from './check-scenarios.ts'
import { scenarioCodes } from './scenario-codes.ts'

const API = `openapi: 3.0.3
info: { title: Orders, version: v1 }
security: [{ bearer: [] }]
paths:
  /health:
    get:
      security: []
      responses: { '204': { description: Fine } }
  /api/v1/orders:
    get:
      security: []
      parameters:
        - { name: state, in: query, schema: { type: string, enum: [open, paid] } }
        - { name: page, in: query, required: true, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Order' } }
                  meta: { type: object, additionalProperties: true }
        default: { description: Problem, content: { application/problem+json: { schema: { type: object, properties: { code: { type: string } } } } } }
    post:
      parameters:
        - { name: Idempotency-Key, in: header, required: true, schema: { type: string, minLength: 3 } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewOrder' } } }
      responses:
        '201': { description: Order, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '4XX': { description: Problem }
  /api/v1/orders/{orderId}:
    get:
      security: []
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string, format: uuid } }]
      responses:
        '200': { description: Order, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '404': { description: None }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    NewOrder:
      type: object
      additionalProperties: false
      required: [sku, quantity]
      properties:
        sku: { type: string, pattern: '^[A-Z]+$' }
        quantity: { type: integer, minimum: 1, maximum: 99 }
        gift: { type: boolean }
        note: { type: string, nullable: true, maxLength: 5 }
        endless: { $ref: '#/components/schemas/Endless' }
        wrap: { type: string, nullable: true, enum: [paper, cloth] }
        tags: { type: array, maxItems: 2, items: { type: string } }
        payment: { oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Invoice' }] }
    Endless: { allOf: [{ $ref: '#/components/schemas/Endless' }, { $ref: '#/components/schemas/Endless' }, { required: [way], properties: { way: { type: integer } } }] }
    Card: { type: object, required: [card], properties: { card: { type: string } } }
    Invoice: { type: object, required: [email], properties: { email: { type: string, format: email } } }
    Order:
      allOf:
        - { type: object, required: [orderId], properties: { orderId: { type: string, format: uuid } } }
        - type: object
          properties:
            state: { type: string, enum: [open, paid] }
            total: { type: number }
            count: { type: integer }
            endless: { $ref: '#/components/schemas/Endless' }
            extra: { anyOf: [{ type: object, properties: { a: {} } }, {}] }
            paidAt: { type: string, format: date-time, nullable: true }
            lines: { type: array, items: { type: object, properties: { sku: { type: string } } } }
            payment: { oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Invoice' }] }
`

const EVENTS = `{"events": [{"eventType": "order.order.placed", "version": "v1", "consumers": [], "schema": {
  "type": "object", "required": ["eventId", "data"], "properties": {
    "eventId": {"type": "string", "format": "uuid"}, "eventType": {"const": "order.order.placed"}, "timestamp": {"type": "string"},
    "data": {"type": "object", "additionalProperties": false, "required": ["orderId", "total"],
      "properties": {"orderId": {"type": "string"}, "total": {"type": "integer"}}}}}}]}`

const { api } = loadOpenApi(API, 'services/order-service/contracts/api-spec.yaml', 'order-service')
const { eventFile } = loadEvents(
  EVENTS,
  'services/order-service/contracts/events/order-events.json',
  'order-service',
)
const contracts = { apis: [api!], eventFiles: [eventFile!], findings: [] }
const workspace: Workspace = {
  root: '/nowhere',
  config: { services: {}, baseUrl: undefined, roots: [], members: [], strict: false },
  services: [
    { name: 'order-service', path: 'services/order-service', features: [], apiFiles: [], eventFiles: [] },
  ],
  features: [],
  constitution: undefined,
  sharedApiFiles: [],
  sharedEventFiles: [],
  files: [],
}

/** Line of the block's first line in every spec made here. */
const FIRST = 8

function check(block: string, language = 'hurl') {
  const text = `# Spec\n\n### User Story 1 - Order (Priority: P1)\n\n1. **Given** a shop, **When** asked, **Then** it answers\n\n   \`\`\`${language}\n${block.replaceAll(/^(?=.)/gm, '   ')}\n   \`\`\`\n`
  const spec = parseSpec(text, { file: 'spec.md', service: 'order-service', featureId: '001-orders' })
  return checkScenarios(workspace, [spec], contracts)
}

const UUID = '01930a5e-7c1a-4000-8000-0000000000d1'
const LIST = 'GET {{baseUrl}}/api/v1/orders?page=1\nHTTP 200\n'
const ONE = `GET {{baseUrl}}/api/v1/orders/${UUID}\nHTTP 200\n`
const post = (body: string, status = 201) =>
  `POST {{baseUrl}}/api/v1/orders\nIdempotency-Key: abc\nAuthorization: Bearer x\n${body}\nHTTP ${status}`
const order = (rest: string) => post(`{"sku": "A", "quantity": 1, ${rest}}`)

// code, a block that triggers it at the line (of the block, from 0), a block that just does not
const rows: [code: string, wrong: string, line: number, right: string, message?: RegExp][] = [
  ['hurl-syntax', 'GET {{baseUrl}}/health\nHTTP ok', 1, 'GET {{baseUrl}}/health\nHTTP 204'],
  [
    'hurl-unsupported',
    'GET {{baseUrl}}/health\n[Options]\nproxy: a:1\nHTTP 204',
    2,
    'GET {{baseUrl}}/health\n[Options]\nverbose: true\nHTTP 204',
  ],
  ['scenario-empty-block', '# nothing yet', 0, 'GET {{baseUrl}}/health\nHTTP 204'],
  ['scenario-without-status', 'GET {{baseUrl}}/health', 0, 'GET {{baseUrl}}/health\nHTTP *'],
  [
    'scenario-unknown-path',
    'GET {{baseUrl}}/api/v1/order?page=1\nHTTP 200',
    0,
    LIST,
    /no contract has an operation GET \/api\/v1\/order/,
  ],
  [
    'scenario-unknown-path',
    'GET {{baseUrl}}/api/v1/nothing\nHTTP 200',
    0,
    'GET {{baseUrl}}/api/v1/nothing\nHTTP 404',
  ],
  [
    'scenario-unknown-method',
    `PUT {{baseUrl}}/api/v1/orders/${UUID}\nHTTP 200`,
    0,
    `GET {{baseUrl}}/api/v1/orders/${UUID}\nHTTP 200`,
    /has GET for \/api\/v1\/orders\/{orderId}, not PUT/,
  ],
  [
    'scenario-missing-parameter',
    'GET {{baseUrl}}/api/v1/orders\nHTTP 200',
    0,
    'GET {{baseUrl}}/api/v1/orders\n[Query]\npage: 1\nHTTP 200',
    /requires the query parameter "page"/,
  ],
  [
    'scenario-missing-parameter',
    'POST {{baseUrl}}/api/v1/orders\nAuthorization: x\n{"sku": "A", "quantity": 1}\nHTTP 201',
    0,
    'POST {{baseUrl}}/api/v1/orders\nAuthorization: x\nidempotency-key: abc\n{"sku": "A", "quantity": 1}\nHTTP 201',
    /header "Idempotency-Key"/,
  ],
  [
    'scenario-undeclared-parameter',
    'GET {{baseUrl}}/api/v1/orders?page=1&stat=open\nHTTP 200',
    0,
    'GET {{baseUrl}}/api/v1/orders?page=1&state=open\nHTTP 200',
    /"stat"/,
  ],
  [
    'scenario-parameter-value',
    'GET {{baseUrl}}/api/v1/orders?page=0\nHTTP 200',
    0,
    'GET {{baseUrl}}/api/v1/orders?page={{timestamp}}\nHTTP 200',
    /"page" is 0/,
  ],
  [
    'scenario-parameter-value',
    'GET {{baseUrl}}/api/v1/orders\n[Query]\npage: 1\nstate: closed\nHTTP 200',
    3,
    'GET {{baseUrl}}/api/v1/orders\n[Query]\npage: 1\nstate: paid\nHTTP 200',
    /"closed"/,
  ],
  [
    'scenario-parameter-value',
    'GET {{baseUrl}}/api/v1/orders/12\nHTTP 200',
    0,
    'GET {{baseUrl}}/api/v1/orders/12\nHTTP 404',
    /format uuid/,
  ],
  [
    'scenario-missing-credentials',
    'POST {{baseUrl}}/api/v1/orders\nIdempotency-Key: abc\n{"sku": "A", "quantity": 1}\nHTTP 201',
    0,
    'POST {{baseUrl}}/api/v1/orders\nIdempotency-Key: abc\n{"sku": "A", "quantity": 1}\nHTTP 401',
  ],
  ['scenario-missing-body', post(''), 0, post('', 400)],
  [
    'scenario-unexpected-body',
    'GET {{baseUrl}}/health\n{"a": 1}\nHTTP 204',
    1,
    'GET {{baseUrl}}/health\nHTTP 204',
  ],
  [
    'scenario-media-type',
    post('[Form]\nsku: A'),
    4,
    post('{"sku": "A", "quantity": 1}'),
    /takes application\/json, not application\/x-www-form/,
  ],
  [
    'scenario-media-type',
    `GET {{baseUrl}}/api/v1/orders/${UUID}\nHTTP 200\nContent-Type: text/html`,
    2,
    `GET {{baseUrl}}/api/v1/orders/${UUID}\nHTTP 200\nContent-Type: application/json; charset=utf-8`,
  ],
  [
    'scenario-body-mismatch',
    post('{"sku": "A"}'),
    3,
    post('{"sku": "A", "quantity": {{timestamp}}}'),
    /the body lacks the required property "quantity"/,
  ],
  [
    'scenario-body-mismatch',
    post('{\n"sku": "A",\n"quantity": "1"}'),
    5,
    post('{\n"sku": "A",\n"quantity": 1}'),
    /"quantity" is a string, the contract wants an integer/,
  ],
  ['scenario-body-mismatch', order('"gifts": true'), 3, order('"gift": true'), /no property "gifts"/],
  ['scenario-body-mismatch', order('"note": "too long"'), 3, order('"note": null'), /allows 5/],
  [
    'scenario-body-mismatch',
    order('"tags": ["a", "b", "c"]'),
    3,
    order('"tags": ["a", "{{unique}}"]'),
    /3 items/,
  ],
  ['scenario-body-mismatch', order('"tags": ["a", 1]'), 3, order('"tags": []'), /"tags\[1\]" is an integer/],
  [
    'scenario-body-mismatch',
    order('"payment": {"email": "nobody"}'),
    3,
    order('"payment": {"email": "a@b.c"}'),
    /format email/,
  ],
  [
    'scenario-body-mismatch',
    post('{"sku": "a", "quantity": 1}'),
    3,
    post('{"sku": "{{unique}}", "quantity": 1}'),
    /the pattern/,
  ],
  [
    'scenario-body-mismatch',
    post('{"sku": "A", "quantity": 100}'),
    3,
    post('{"sku": "A", "quantity": 100}', 422),
    /at most 99/,
  ],
  [
    'scenario-undeclared-status',
    'GET {{baseUrl}}/health\nHTTP 200',
    1,
    'GET {{baseUrl}}/health\nHTTP 204',
    /declares no answer 200/,
  ],
  [
    'scenario-undeclared-status',
    'GET {{baseUrl}}/health\nHTTP *\n[Asserts]\nstatus == 201',
    3,
    'GET {{baseUrl}}/api/v1/orders?page=1\nHTTP *\n[Asserts]\nstatus == 418',
  ],
  [
    'scenario-no-body',
    'GET {{baseUrl}}/health\nHTTP 204\n[Asserts]\njsonpath "$.ok" exists',
    3,
    `${ONE}[Asserts]\njsonpath "$.total" exists`,
  ],
  [
    'scenario-jsonpath',
    `${ONE}[Asserts]\njsonpath "total" exists`,
    3,
    `${ONE}[Asserts]\njsonpath "$.total" exists`,
  ],
  [
    'scenario-undeclared-property',
    `${ONE}[Asserts]\njsonpath "$.totals" == 1`,
    3,
    `${ONE}[Asserts]\njsonpath "$.total" == 1`,
    /no property "totals"/,
  ],
  [
    'scenario-undeclared-property',
    `${ONE}[Captures]\nid: jsonpath "$.id"`,
    3,
    `${ONE}[Captures]\nid: jsonpath "$.orderId"`,
    /no property "id"/,
  ],
  [
    'scenario-undeclared-property',
    `${LIST}[Asserts]\njsonpath "$.data[0].lines[*].name" exists`,
    3,
    `${LIST}[Asserts]\njsonpath "$.data[0].lines[*].sku" exists\njsonpath "$.meta.anything.at.all" exists`,
    /no property "name"/,
  ],
  [
    'scenario-undeclared-property',
    `${ONE}[Asserts]\njsonpath "$.payment.iban" exists`,
    3,
    `${ONE}[Asserts]\njsonpath "$.payment.email" exists\njsonpath "$.payment.card" exists`,
  ],
  [
    'scenario-undeclared-property',
    `${ONE}[Asserts]\njsonpath "$.lines.sku" exists`,
    3,
    `${ONE}[Asserts]\njsonpath "$..nowhere" count == 0\njsonpath "$.secret" not exists`,
  ],
  [
    'scenario-assert-type',
    `${ONE}[Asserts]\njsonpath "$.total" == "1"`,
    3,
    `${ONE}[Asserts]\njsonpath "$.total" == 1`,
    /is a number, never a string/,
  ],
  [
    'scenario-assert-type',
    `${ONE}[Asserts]\njsonpath "$.count" matches /1/`,
    3,
    `${ONE}[Asserts]\njsonpath "$.state" matches /o/`,
    /is an integer: "matches" can never hold/,
  ],
  [
    'scenario-assert-type',
    `${ONE}[Asserts]\njsonpath "$.state" == null`,
    3,
    `${ONE}[Asserts]\njsonpath "$.paidAt" == null`,
  ],
  [
    'scenario-assert-type',
    `${ONE}[Asserts]\njsonpath "$.lines" count == "1"`,
    3,
    `${ONE}[Asserts]\njsonpath "$.lines" count == 1`,
  ],
  [
    'scenario-assert-type',
    `${ONE}[Asserts]\njsonpath "$.lines[*].sku" nth 0 isInteger`,
    3,
    `${ONE}[Asserts]\njsonpath "$.lines[*].sku" nth 0 isString`,
  ],
  [
    'scenario-assert-value',
    `${ONE}[Asserts]\njsonpath "$.state" == "opn"`,
    3,
    `${ONE}[Asserts]\njsonpath "$.state" == "open"`,
    /never "opn": the contract allows "open", "paid"/,
  ],
  [
    'scenario-assert-value',
    `${ONE}[Asserts]\njsonpath "$.orderId" == "7"`,
    3,
    `${ONE}[Asserts]\njsonpath "$.orderId" == "{{uuid}}"`,
    /format uuid/,
  ],
  [
    'scenario-unknown-variable',
    'GET {{baseUrl}}/api/v1/orders/{{order}}\nHTTP 200',
    0,
    `${LIST}[Captures]\norder: jsonpath "$.data[0].orderId"\n\nGET {{baseUrl}}/api/v1/orders/{{order}}\nHTTP 200`,
    /{{order}}/,
  ],
  [
    'scenario-unknown-variable',
    `${ONE}[Asserts]\nvariable "ordr" exists`,
    3,
    'GET {{order-service}}/health\n[Options]\nvariable: ordr=1\nHTTP 204\n[Asserts]\nvariable "ordr" exists',
  ],
]

for (const [i, [code, wrong, line, right, message]] of rows.entries())
  test(`${code} (${i}) is found at its line, and not without cause`, () => {
    const findings = check(wrong)
    const found = findings.find((finding) => finding.code === code)
    assert.ok(found, `found instead: ${JSON.stringify(findings)}`)
    assert.deepEqual([found.file, found.line], ['spec.md', FIRST + line])
    if (message !== undefined) assert.match(found.message, message)
    assert.equal(findings.length, 1, JSON.stringify(findings))
    assert.deepEqual(check(right), [])
  })

const eventRows: [code: string, wrong: string, right: string][] = [
  ['scenario-event-syntax', 'send order.order.placed', 'publish order.order.placed'],
  ['scenario-unknown-event', 'expect order.order.place', 'expect order.order.placed'],
  [
    'scenario-body-mismatch',
    'publish order.order.placed {"orderId": "a"}',
    'expect order.order.placed {"orderId": "a"}',
  ],
  [
    'scenario-body-mismatch',
    'expect order.order.placed {"sum": 1}',
    'expect order.order.placed {"total": {{timestamp}}}',
  ],
  [
    'scenario-body-mismatch',
    'publish order.order.placed {"eventId": "x", "data": {"orderId": "a", "total": 1}}',
    `publish order.order.placed {"eventId": "${UUID}", "data": {"orderId": "a", "total": 1}}`,
  ],
]

for (const [code, wrong, right] of eventRows)
  test(`${code} in an event block: ${wrong}`, () => {
    assert.deepEqual(
      check(wrong, 'event').map((finding) => [finding.code, finding.line]),
      [[code, FIRST]],
    )
    assert.deepEqual(check(right, 'event'), [])
  })

test('scenario-console-syntax: output before any command', () => {
  assert.deepEqual(
    check('hello\n$ echo hello', 'console').map(({ code, line }) => [code, line]),
    [['scenario-console-syntax', FIRST]],
  )
  assert.deepEqual(check('$ echo hello\nhello', 'console'), [])
})

test('null fits whatever is nullable, also beside an enum without it', () => {
  assert.deepEqual(check(order('"wrap": null')), [])
  assert.deepEqual(
    check(order('"wrap": "silk"')).map(({ code }) => code),
    ['scenario-body-mismatch'],
  )
})

test('a schema that holds itself through allOf is judged once around, not for ever', () => {
  assert.deepEqual(
    check(order('"endless": {"way": "1"}')).map(({ message }) => message),
    ['"endless.way" is a string, the contract wants an integer'],
  )
  assert.deepEqual(check(`${ONE}[Asserts]\njsonpath "$.endless.way" == 1`), [])
  assert.equal(check(`${ONE}[Asserts]\njsonpath "$.endless.weigh" == 1`).length, 1)
})

test('a branch that says nothing lets every property through', () => {
  assert.deepEqual(check(`${ONE}[Asserts]\njsonpath "$.extra.b" exists`), [])
})

test('columns count from the start of the line in the file, indented blocks too', () => {
  const [finding] = check(`${ONE}[Asserts]\njsonpath "$.total" == "1"`)
  assert.equal(finding!.column, 4 + 'jsonpath "$.total" '.length)
})

test('a finding says where the contract says otherwise', () => {
  const [finding] = check(`${ONE}[Asserts]\njsonpath "$.totals" == 1`)
  assert.match(finding!.hint ?? '', /Did you mean "total"\? .*api-spec\.yaml:\d+/)
})

test('a request to a service by its name is judged by that service alone', () => {
  const other = loadOpenApi(
    API.replaceAll('/orders', '/bills'),
    'services/bill-service/contracts/api-spec.yaml',
    'bill-service',
  )
  const both = { ...contracts, apis: [...contracts.apis, other.api!] }
  const services = [...workspace.services, { ...workspace.services[0]!, name: 'bill-service' }]
  const codes = (url: string) => {
    const text = `# S\n\n### User Story 1 - A\n\n1. **Given** a, **When** b, **Then** c\n\n   \`\`\`hurl\n   GET ${url}?page=1\n   HTTP 200\n   \`\`\`\n`
    const spec = parseSpec(text, { file: 'spec.md', service: 'order-service', featureId: '001-x' })
    return checkScenarios({ ...workspace, services }, [spec], both).map(({ code }) => code)
  }
  assert.deepEqual(codes('{{baseUrl}}/api/v1/bills'), [])
  assert.deepEqual(codes('{{bill-service}}/api/v1/bills'), [])
  assert.deepEqual(codes('{{order-service}}/api/v1/bills'), ['scenario-unknown-path'])
})

test('a captured address, or one put together from variables, is not judged', () => {
  assert.deepEqual(
    check(
      'GET {{baseUrl}}/health\nHTTP 204\n[Captures]\nnext: header "Location"\n\nGET {{next}}\nHTTP 200\n\nGET {{baseUrl}}{{next}}\nHTTP 200',
    ),
    [],
  )
})

test('every code of the table has a row above', () => {
  const tried = new Set([...rows, ...eventRows].map(([code]) => code))
  tried.add('scenario-console-syntax')
  assert.deepEqual([...tried].sort(), Object.keys(scenarioCodes).sort())
})
