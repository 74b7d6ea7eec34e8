// Pairs of whole documents: what is around the schemas. `breaks` and `differs` name the code that is found.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractCodes } from '../contract-codes.ts'
import { compareContracts } from '../compare-contracts.ts'
import { fixture } from '../contract-fixture.ts'

type Doc = Record<string, unknown>
type Expected = 'ok' | `${'breaks' | 'differs'} ${string}`

const S = { type: 'string' }
const fine = { '200': { description: 'Fine' } }
const doc = (operation: object, more: object = {}, version = '3.1.0'): Doc => ({
  openapi: version,
  info: { title: 'Things', version: 'v1' },
  paths: { '/things/{id}': { get: { responses: fine, ...operation } } },
  ...more,
})
const query = (schema: object, more: object = {}) =>
  doc({ parameters: [{ name: 'a', in: 'query', schema, ...more }] })
const body = (content: object, more = {}) => doc({ requestBody: { content } }, more)
const answers = (responses: object) => doc({ responses })
const json = (schema: object) => ({ 'application/json': { schema } })
const answer = (schema: object) => ({ description: 'Fine', content: json(schema) })
const keys = (name: string, field: string, kind = 'apiKey') => ({
  components: { securitySchemes: { [name]: { type: kind, in: 'header', name: field } } },
})
const webhook = (schema: object) => ({
  ...doc({}),
  webhooks: { sent: { post: { requestBody: { content: json(schema) }, responses: fine } } },
})
const callback = (schema: object) =>
  doc({
    callbacks: {
      sent: { '{$request.query.url}': { post: { requestBody: { content: json(schema) }, responses: fine } } },
    },
  })
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
const list = { type: 'array', items: S }
const animal = (mapping: Record<string, string> | undefined) => ({
  oneOf: ['Cat', 'Dog'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  discriminator: {
    propertyName: 'k',
    ...(mapping && {
      mapping: Object.fromEntries(
        Object.entries(mapping).map(([value, name]) => [value, `#/components/schemas/${name}`]),
      ),
    }),
  },
})
const animals = {
  components: {
    schemas: { Cat: object({ k: S, c: S }, ['k', 'c']), Dog: object({ k: S, d: S }, ['k', 'd']) },
  },
}

const bodyOf = (required: boolean) => ({
  ...doc({}),
  webhooks: { sent: { post: { requestBody: { required, content: json(S) }, responses: fine } } },
})

const cases: readonly (readonly [name: string, before: Doc, now: Doc, expected: Expected])[] = [
  [
    'a path parameter has another name',
    doc({ parameters: [{ name: 'id', in: 'path', required: true, schema: S }] }),
    {
      ...doc({}),
      paths: {
        '/things/{key}': {
          get: { parameters: [{ name: 'key', in: 'path', required: true, schema: S }], responses: fine },
        },
      },
    },
    'ok',
  ],
  [
    'a path parameter takes less',
    doc({ parameters: [{ name: 'id', in: 'path', required: true, schema: S }] }),
    doc({ parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] }),
    'breaks type-narrowed',
  ],
  [
    'a static path comes before one with a parameter',
    doc({}),
    { ...doc({}), paths: { ...(doc({})['paths'] as object), '/things/me': { get: { responses: fine } } } },
    'differs path-shadowed',
  ],
  [
    'a parameter of the path moves to its operation',
    {
      ...doc({}),
      paths: {
        '/things/{id}': { parameters: [{ name: 'a', in: 'query', schema: S }], get: { responses: fine } },
      },
    },
    query(S),
    'ok',
  ],
  ['an optional query parameter goes', query(S), doc({}), 'differs parameter-removed'],
  [
    'a header in other letters',
    doc({ parameters: [{ name: 'X-Thing', in: 'header', schema: S }] }),
    doc({ parameters: [{ name: 'x-thing', in: 'header', schema: S }] }),
    'ok',
  ],
  [
    'a list is no longer exploded',
    query(list),
    query(list, { explode: false }),
    'breaks parameter-style-changed',
  ],
  ['the default style is written out', query(list), query(list, { style: 'form', explode: true }), 'ok'],
  ['a value becomes a list', query(S), query(list), 'ok'],
  ['a list becomes a value', query(list), query(S), 'breaks type-narrowed'],
  [
    'a path parameter nobody described takes less than any text',
    doc({}),
    doc({ parameters: [{ name: 'id', in: 'path', required: true, schema: { ...S, pattern: '^a' } }] }),
    'breaks constraint-tightened',
  ],
  [
    'a path parameter nobody described takes any text',
    doc({}),
    doc({ parameters: [{ name: 'id', in: 'path', required: true, schema: S }] }),
    'ok',
  ],
  ['the body of a webhook may be missing', bodyOf(true), bodyOf(false), 'breaks notice-body-optional'],
  ['the body of a webhook is always there', bodyOf(false), bodyOf(true), 'ok'],
  ['a number in a query becomes text', query({ type: 'number' }), query(S), 'ok'],
  [
    'a number in an object of a query becomes text',
    query({ type: 'object', properties: { n: { type: 'number' } } }, { style: 'deepObject' }),
    query({ type: 'object', properties: { n: S } }, { style: 'deepObject' }),
    'ok',
  ],
  ['one number becomes a list of texts', query({ type: 'number' }), query(list), 'ok'],
  [
    'a number in a query becomes one of some texts',
    query({ type: 'number' }),
    query({ ...S, pattern: 'a' }),
    'breaks type-narrowed',
  ],
  [
    'a number in JSON becomes text',
    doc({ parameters: [{ name: 'a', in: 'query', content: json({ type: 'number' }) }] }),
    doc({ parameters: [{ name: 'a', in: 'query', content: json(S) }] }),
    'breaks type-narrowed',
  ],
  [
    'a header of text becomes a number',
    answers({ '200': { description: 'Fine', headers: { N: { schema: S } } } }),
    answers({ '200': { description: 'Fine', headers: { N: { schema: { type: 'integer' } } } } }),
    'ok',
  ],
  [
    'a header that is no free text becomes a number',
    answers({ '200': { description: 'Fine', headers: { N: { schema: { ...S, minLength: 1 } } } } }),
    answers({ '200': { description: 'Fine', headers: { N: { schema: { type: 'integer' } } } } }),
    'breaks type-widened',
  ],
  [
    'a field that no answer ever held goes',
    answers({ '200': answer(object({ a: S, b: { ...S, writeOnly: true } })) }),
    answers({ '200': answer(object({ a: S })) }),
    'ok',
  ],
  [
    'a parameter becomes JSON',
    query(S),
    doc({ parameters: [{ name: 'a', in: 'query', content: json(S) }] }),
    'breaks parameter-style-changed',
  ],
  [
    'another default',
    query({ ...S, default: 'x' }),
    query({ ...S, default: 'y' }),
    'differs default-changed',
  ],
  ['a request may be of any application type', body(json(S)), body({ 'application/*': { schema: S } }), 'ok'],
  ['a charset', body(json(S)), body({ 'application/json; charset=utf-8': { schema: S } }), 'ok'],
  [
    'a second success',
    answers(fine),
    answers({ ...fine, '202': { description: 'Later' } }),
    'differs response-added',
  ],
  ['an error', answers(fine), answers({ ...fine, '404': { description: 'None' } }), 'ok'],
  ['a range of successes becomes one', answers({ '2XX': { description: 'Fine' } }), answers(fine), 'ok'],
  [
    'one success becomes a range',
    answers(fine),
    answers({ '2XX': { description: 'Fine' } }),
    'differs response-added',
  ],
  [
    'a promised header goes',
    answers({ '200': { description: 'Fine', headers: { 'X-Count': { required: true, schema: S } } } }),
    answers(fine),
    'breaks response-header-removed',
  ],
  [
    'a header has another type',
    answers({ '200': { description: 'Fine', headers: { 'X-Count': { schema: { type: 'integer' } } } } }),
    answers({ '200': { description: 'Fine', headers: { 'x-count': { schema: S } } } }),
    'breaks type-widened',
  ],
  [
    'an answer loses its schema',
    answers({ '200': answer(S) }),
    answers({ '200': { description: 'Fine', content: { 'application/json': {} } } }),
    'breaks type-widened',
  ],
  [
    'credentials',
    doc({}, keys('k', 'X-Key')),
    doc({ security: [{ k: [] }] }, keys('k', 'X-Key')),
    'breaks security-added',
  ],
  [
    'another way in',
    doc({ security: [{ k: [] }] }, keys('k', 'X-Key')),
    doc({ security: [{ k: [] }, { j: [] }] }, keys('k', 'X-Key')),
    'ok',
  ],
  [
    'a second credential',
    doc({ security: [{ k: [] }] }, keys('k', 'X-Key')),
    doc({ security: [{ k: [], j: [] }] }, keys('k', 'X-Key')),
    'breaks security-changed',
  ],
  [
    'one way in less',
    doc({ security: [{ k: [] }, { j: [] }] }),
    doc({ security: [{ j: [] }] }),
    'breaks security-changed',
  ],
  [
    'a scope more',
    doc({ security: [{ o: ['r'] }] }),
    doc({ security: [{ o: ['r', 'w'] }] }),
    'breaks security-changed',
  ],
  ['anybody may come', doc({ security: [{ k: [] }] }), doc({ security: [{ k: [] }, {}] }), 'ok'],
  ['credentials for all', doc({}), doc({}, { security: [{ k: [] }] }), 'breaks security-added'],
  ['credentials for all others', doc({}), doc({ security: [] }, { security: [{ k: [] }] }), 'ok'],
  [
    'credentials move to the operation',
    doc({}, { security: [{ k: [] }] }),
    doc({ security: [{ k: [] }] }),
    'ok',
  ],
  [
    'a key in another header',
    doc({ security: [{ k: [] }] }, keys('k', 'X-Key')),
    doc({ security: [{ k: [] }] }, keys('k', 'X-Token')),
    'breaks security-changed',
  ],
  [
    'a scheme with another name',
    doc({ security: [{ k: [] }] }, keys('k', 'X-Key')),
    doc({ security: [{ key: [] }] }, keys('key', 'X-Key')),
    'ok',
  ],
  [
    'another path of the server',
    doc({}, { servers: [{ url: 'https://a.example/v1' }] }),
    doc({}, { servers: [{ url: 'https://a.example/v2' }] }),
    'breaks server-path-changed',
  ],
  [
    'another operationId',
    doc({ operationId: 'a' }),
    doc({ operationId: 'b' }),
    'differs operation-id-changed',
  ],
  ['a webhook promises more', webhook(object({ a: S })), webhook(object({ a: S }, ['a'])), 'ok'],
  [
    'a webhook promises less',
    webhook(object({ a: S }, ['a'])),
    webhook(object({ a: S })),
    'breaks response-field-optional',
  ],
  [
    'a webhook says something new',
    webhook({ enum: ['a'] }),
    webhook({ enum: ['a', 'b'] }),
    'breaks enum-widened',
  ],
  ['a webhook goes', webhook(S), doc({}), 'breaks notice-removed'],
  [
    'a callback promises less',
    callback(object({ a: S }, ['a'])),
    callback(object({ a: S })),
    'breaks response-field-optional',
  ],
  [
    'null in two dialects',
    doc({ requestBody: { content: json({ ...S, nullable: true }) } }, {}, '3.0.3'),
    body(json({ type: ['string', 'null'] })),
    'ok',
  ],
  [
    'what stands beside a reference wakes up',
    doc(
      { requestBody: { content: json({ $ref: '#/components/schemas/A', maxLength: 5 }) } },
      { components: { schemas: { A: S } } },
      '3.0.3',
    ),
    body(json({ $ref: '#/components/schemas/A', maxLength: 5 }), { components: { schemas: { A: S } } }),
    'breaks constraint-tightened',
  ],
  [
    'a required member only answers hold',
    body(json(object({ a: { ...S, readOnly: true } }))),
    body(json(object({ a: { ...S, readOnly: true } }, ['a']))),
    'ok',
  ],
  [
    'a required member only requests hold',
    body(json(object({ b: S }))),
    body(json(object({ a: { ...S, writeOnly: true }, b: S }, ['a']))),
    'breaks required-field-added',
  ],
  [
    'a member leaves the answers',
    answers({ '200': answer(object({ a: S, b: S }, ['a'])) }),
    answers({ '200': answer(object({ a: { ...S, writeOnly: true }, b: S }, ['a'])) }),
    'breaks response-field-optional',
  ],
  [
    'more than 32 bits come',
    answers({ '200': answer({ type: 'integer', format: 'int32' }) }),
    answers({ '200': answer({ type: 'integer', format: 'int64' }) }),
    'breaks constraint-loosened',
  ],
  [
    'more than 32 bits may be sent',
    body(json({ type: 'integer', format: 'int32' })),
    body(json({ type: 'integer', format: 'int64' })),
    'ok',
  ],
  [
    'an open list gains a value',
    answers({ '200': answer({ ...S, 'x-extensible-enum': ['a'] }) }),
    answers({ '200': answer({ ...S, 'x-extensible-enum': ['a', 'b'] }) }),
    'ok',
  ],
  [
    'a value of a discriminator goes',
    body(json(animal({ cat: 'Cat', dog: 'Dog', hound: 'Dog' })), animals),
    body(json(animal({ cat: 'Cat', dog: 'Dog' })), animals),
    'breaks discriminator-value-removed',
  ],
  [
    'a value of a discriminator comes',
    doc({ responses: { '200': answer(animal({ dog: 'Dog' })) } }, animals),
    doc({ responses: { '200': answer(animal({ dog: 'Dog', hound: 'Dog' })) } }, animals),
    'breaks discriminator-value-added',
  ],
  [
    'the names of alternatives are spelled out',
    body(json(animal(undefined)), animals),
    body(json(animal({ Cat: 'Cat', Dog: 'Dog' })), animals),
    'ok',
  ],
  ['a format is asked for', body(json(S)), body(json({ ...S, format: 'date' })), 'differs format-changed'],
  ['a format is no longer asked for', body(json({ ...S, format: 'date' })), body(json(S)), 'ok'],
  [
    'a format is no longer promised',
    answers({ '200': answer(object({ a: { ...S, format: 'date' } })) }),
    answers({ '200': answer(object({ a: S })) }),
    'differs format-changed',
  ],
  [
    'a member becomes read-only',
    body(json(object({ a: S }))),
    body(json(object({ a: { ...S, readOnly: true } }))),
    'differs field-read-only',
  ],
  [
    'null beside a list of values without null',
    doc({ responses: { '200': answer({ ...S, enum: ['a'], nullable: true }) } }, {}, '3.0.3'),
    doc({ responses: { '200': answer({ ...S, enum: ['a'] }) } }, {}, '3.0.3'),
    'ok',
  ],
  [
    'null without a type',
    doc({ responses: { '200': answer({ minLength: 1 }) } }, {}, '3.0.3'),
    doc({ responses: { '200': answer({ minLength: 1, nullable: true }) } }, {}, '3.0.3'),
    'ok',
  ],
  [
    'an error inside the range there was',
    answers({ ...fine, '4XX': { description: 'No' } }),
    answers({ ...fine, '4XX': { description: 'No' }, '404': { description: 'None' } }),
    'ok',
  ],
  ['an operation goes', doc({}), { ...doc({}), paths: {} }, 'breaks operation-removed'],
  [
    'an operation goes after its day',
    doc({ deprecated: true, 'x-sunset': '2001-01-01' }),
    { ...doc({}), paths: {} },
    'ok',
  ],
]

for (const [name, before, now, expected] of cases)
  test(`${name}: ${expected}`, async () => {
    const load = (api: Doc) => fixture({ things: { api: JSON.stringify(api) } })
    const [old, current] = [await load(before), await load(now)]
    const changes = compareContracts(old.contracts, current.contracts, current.graph)
    const found = changes.map(
      ({ verdict, code }) =>
        `${verdict === 'behaviour' || verdict === 'source' ? 'differs' : 'breaks'} ${code}`,
    )
    assert.deepEqual(found, expected === 'ok' ? [] : [expected])
  })

test('every code of these is listed', () => {
  for (const [, , , expected] of cases) {
    const [verdict, code] = expected.split(' ')
    if (code !== undefined)
      assert.ok(
        Object.hasOwn(contractCodes, `${verdict === 'breaks' ? 'breaking' : 'changed'}-${code}`),
        code,
      )
  }
})
