import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixture } from './contract-fixture.ts'
import { loadEvents } from './load-events.ts'
import { loadOpenApi } from './load-openapi.ts'

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
  ['Swagger 2', "swagger: '2.0'\ninfo: {}\n", 1, 'contract-version', /Swagger 2/],
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
  ['AsyncAPI', '{"asyncapi": "3.0.0"}', 1, 'event-file-format'],
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
