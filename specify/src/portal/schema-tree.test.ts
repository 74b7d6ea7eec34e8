import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContract } from '../contracts/load-contract.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { ValueChecks } from '../contracts/value-check.ts'
import { exampleOf } from './example-of.ts'
import { schemaTree } from './schema-tree.ts'

test('an example takes what the author wrote, keeps to the schema, and leaves out what only the server sets', () => {
  const schema = schemaAt({
    type: 'object',
    properties: {
      id: { type: 'string', readOnly: true },
      email: { type: 'string', format: 'email' },
      name: { type: 'string', example: 'Ada' },
      kind: { enum: ['buyer', 'seller'] },
      age: { type: 'integer', minimum: 18 },
      sku: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' },
      tags: { type: 'array', items: { type: 'string', minLength: 6 } },
      both: {
        allOf: [
          { type: 'object', properties: { a: { type: 'boolean' } } },
          { properties: { b: { default: 2 } } },
        ],
      },
    },
  })
  const example = exampleOf(schema, 'request') as Readonly<Record<string, unknown>>
  assert.deepEqual(new ValueChecks('request').checkOf(schema)(example), [])
  assert.deepEqual(Object.keys(example), ['email', 'name', 'kind', 'age', 'sku', 'tags', 'both'])
  const { name, kind, both } = example
  assert.deepEqual([name, kind, (both as { b: unknown }).b], ['Ada', 'buyer', 2])
  assert.deepEqual(exampleOf(schema, 'request'), example)
})

test('an example of what nothing fits is null', () => {
  assert.equal(exampleOf(schemaAt({ type: 'string', allOf: [{ type: 'integer' }] }), 'request'), null)
})

test('a schema that holds itself ends, as an example and as a tree', () => {
  const schema = schemaAt({ type: 'object', properties: { next: { $ref: '#/components/schemas/Tried' } } })
  assert.match(JSON.stringify(exampleOf(schema, 'request')), /^({"next":){1,8}{}}{1,8}$/)
  assert.ok(schemaTree(schema, () => undefined).text.length < 2000)
})

test('a tree says name, type, limits and what is required; named schemas are links', () => {
  const schema = schemaAt({
    type: 'object',
    required: ['email'],
    properties: {
      email: { type: 'string', format: 'email', maxLength: 80, description: 'Where to write' },
      other: { $ref: '#/components/schemas/Other' },
    },
  })
  const text = schemaTree(schema, (pointer) =>
    pointer === '/components/schemas/Other' ? { name: 'Other', href: '#schema-Other' } : undefined,
  ).text
  assert.match(
    text,
    /email<\/code> <span class="type">string · email<\/span> <span class="required">required/,
  )
  assert.match(text, /at most 80 characters[^]*Where to write/)
  assert.match(text, /<a class="type" href="#schema-Other">Other<\/a>/)
})

/** The schema as it would stand in a contract. */
function schemaAt(schema: object): SchemaAt {
  const document = {
    openapi: '3.0.3',
    info: { title: 'x', version: '1' },
    paths: {
      '/x': {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Tried' } } },
          },
          responses: { 200: { description: 'x' } },
        },
      },
    },
    components: { schemas: { Tried: schema, Other: { type: 'object', properties: {} } } },
  }
  const { apis } = loadContract(
    { text: JSON.stringify(document), file: 'api.json', service: undefined, linked: new Map() },
    'api',
  )
  return apis[0]!.operations[0]!.requestBody!.content[0]!.schema!
}
