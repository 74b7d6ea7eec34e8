import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Exchange } from '../contracts/compare/modern-schema.ts'
import { valueCheck } from '../contracts/compare/validate-value.ts'
import { loadOpenApi } from '../contracts/load-openapi.ts'
import type { Api, SchemaAt } from '../contracts/model.ts'
import { sample } from './sample.ts'
import { validSample } from './valid-sample.ts'
import { ValueChecks } from '../contracts/value-check.ts'

/** One schema in a document of its own. */
function schemaAt(schema: unknown, schemas: object = {}, openapi = '3.1.0'): SchemaAt {
  const document = {
    openapi,
    info: { title: 't', version: '1' },
    paths: {},
    components: { schemas: { ...schemas, Tried: schema } },
  }
  const { api } = loadOpenApi(JSON.stringify(document), 'api.json', undefined)
  return { schema, pointer: '/components/schemas/Tried', source: api!.source }
}

function sampled(at: SchemaAt, seed: string, exchange: Exchange = 'response'): unknown {
  const result = validSample(at, new ValueChecks(exchange).checkOf(at), { exchange, seed })
  return result.outcome === 'value' ? result.value : undefined
}

const UUID = /^[0-9a-f-]{36}$/
const hardSchemas: readonly (readonly [title: string, schema: unknown])[] = [
  ['limits of numbers', { type: 'number', exclusiveMinimum: 0, maximum: 0.5 }],
  ['a multiple within limits', { type: 'number', minimum: 1, maximum: 2, multipleOf: 0.25 }],
  ['two multiples at once', { allOf: [{ multipleOf: 6 }, { multipleOf: 4, minimum: 13 }], type: 'integer' }],
  ['a pattern with lengths', { type: 'string', pattern: '^[A-Z]{2}-[0-9]+$', minLength: 12, maxLength: 14 }],
  ['two patterns', { allOf: [{ pattern: '^a' }, { pattern: 'z$' }], type: 'string', minLength: 5 }],
  ['a pattern that looks ahead', { type: 'string', pattern: '^(?=.*[0-9])[a-z0-9]{6,}$' }],
  ['long text of a format', { type: 'string', format: 'email', minLength: 40 }],
  ['short text', { type: 'string', maxLength: 2 }],
  [
    'exactly one of open objects',
    {
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
  ],
  ['any of, none of', { anyOf: [{ type: 'string' }, { type: 'integer' }], not: { type: 'string' } }],
  [
    'a forbidden property',
    { type: 'object', properties: { a: {}, b: {} }, required: ['a'], not: { required: ['b'] } },
  ],
  [
    'a closed object joined with another',
    {
      allOf: [
        { properties: { a: { type: 'integer' }, b: true }, additionalProperties: false },
        { required: ['a'], properties: { a: { minimum: 5 } } },
      ],
    },
  ],
  [
    'a map with names',
    {
      type: 'object',
      propertyNames: { pattern: '^x-[a-z]+$' },
      additionalProperties: { type: 'integer' },
      minProperties: 2,
    },
  ],
  [
    'pattern properties',
    {
      type: 'object',
      patternProperties: { '^k[0-9]$': { type: 'boolean' } },
      additionalProperties: false,
      minProperties: 3,
    },
  ],
  ['different items', { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 }],
  [
    'a tuple',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
  ],
  ['contained items', { type: 'array', contains: { const: 'x' }, minContains: 2, items: { type: 'string' } }],
  [
    'if and then',
    {
      type: 'object',
      properties: { kind: { enum: ['a', 'b'] } },
      required: ['kind'],
      if: { properties: { kind: { const: 'a' } } },
      then: { required: ['more'] },
      else: { required: ['less'] },
    },
  ],
  [
    'what depends on what',
    {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      dependentRequired: { a: ['b'] },
      dependentSchemas: { a: { properties: { c: { type: 'integer', minimum: 7 } }, required: ['c'] } },
    },
  ],
  ['a null among types', { type: ['null', 'array'], items: { type: 'null' } }],
  [
    'a wrong example',
    {
      type: 'object',
      properties: {
        n: { type: 'integer', example: 'many' },
        at: { type: 'string', format: 'date-time', example: 'yesterday' },
      },
      required: ['n', 'at'],
    },
  ],
  [
    'unevaluated properties',
    {
      allOf: [{ properties: { a: { type: 'string' } } }],
      properties: { b: { type: 'string' } },
      unevaluatedProperties: false,
      required: ['a', 'b'],
    },
  ],
]

describe('a value made from a schema', () => {
  for (const [title, schema] of hardSchemas)
    it(`keeps to it: ${title}`, () => {
      const judge = valueCheck(schema, { draft: '2020-12' })
      for (let i = 0; i < 20; i++) {
        const value = sampled(schemaAt(schema), `seed ${i}`)
        assert.ok(value !== undefined && judge(value), `seed ${i}: ${JSON.stringify(value)}`)
      }
    })

  it('is the same for the same seed, another for another', () => {
    const at = schemaAt({
      type: 'object',
      properties: { id: { type: 'string', format: 'uuid' } },
      required: ['id'],
    })
    assert.deepEqual(sampled(at, 'a'), sampled(at, 'a'))
    assert.notDeepEqual(sampled(at, 'a'), sampled(at, 'b'))
    assert.match((sampled(at, 'a') as { id: string }).id, UUID)
  })

  it("takes the author's examples where they are valid", () => {
    const at = schemaAt({
      type: 'object',
      properties: { name: { type: 'string', example: 'Ada' }, n: { type: 'integer', example: 'x' } },
    })
    assert.equal((sampled(at, '1') as { name: string }).name, 'Ada')
    assert.equal(typeof (sampled(at, '1') as { n: unknown }).n, 'number')
  })

  it('ends where schemas hold themselves', () => {
    const at = schemaAt(
      { $ref: '#/components/schemas/Tree' },
      {
        Tree: {
          type: 'object',
          required: ['children'],
          properties: {
            children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
            parent: { $ref: '#/components/schemas/Tree' },
          },
        },
      },
    )
    assert.ok(JSON.stringify(sampled(at, '1')).length < 20_000)
  })

  it('is none where nothing fits', () => {
    assert.equal(sampled(schemaAt({ allOf: [{ type: 'string' }, { type: 'integer' }] }), '1'), undefined)
    assert.equal(sampled(schemaAt({ type: 'string', enum: ['a'], minLength: 2 }), '1'), undefined)
  })

  it('has no read-only property in a request and no write-only one in an answer', () => {
    const at = schemaAt({
      type: 'object',
      required: ['id', 'secret'],
      properties: { id: { type: 'integer', readOnly: true }, secret: { type: 'string', writeOnly: true } },
    })
    assert.deepEqual(Object.keys(sampled(at, '1', 'request') as object), ['secret'])
    assert.deepEqual(Object.keys(sampled(at, '1', 'response') as object), ['id'])
  })

  it('says by the discriminator which branch it is', () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    const open = { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } }
    const at = schemaAt(
      {
        oneOf: [ref('Cat')],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
      },
      { Cat: open },
    )
    assert.equal(
      (sample(at, { exchange: 'response', seed: '1', plain: true }) as { kind: string }).kind,
      'cat',
    )
  })

  it('of OpenAPI 3.0 knows nullable and boolean bounds', () => {
    const at = schemaAt(
      { type: 'integer', minimum: 1, exclusiveMinimum: true, maximum: 2, nullable: true },
      {},
      '3.0.3',
    )
    assert.equal(sampled(at, '1'), 2)
  })
})

const folder = fileURLToPath(new URL('../../../../shared/peer-cases/openapi', import.meta.url))

describe(
  'every schema that travels in a public contract gets a value',
  { skip: existsSync(folder) ? false : 'the contracts are not there' },
  () => {
    for (const name of existsSync(folder) ? readdirSync(folder).filter((each) => /discord/.test(each)) : [])
      it(name, () => {
        const text = gunzipSync(readFileSync(`${folder}/${name}`)).toString()
        assert.deepEqual(withoutValue(loadOpenApi(text, name.replace(/\.gz$/, ''), undefined).api!), [])
      })
  },
)

function withoutValue({ operations }: Api): string[] {
  const checks = { request: new ValueChecks('request'), response: new ValueChecks('response') }
  const failed: string[] = []
  for (const { method, path, requestBody, responses } of operations) {
    const travelling = [
      ...(requestBody?.content ?? []).map((media) => ['request', media] as const),
      ...responses.flatMap(({ content }) => content.map((media) => ['response', media] as const)),
    ]
    for (const [exchange, { schema }] of travelling) {
      if (schema === undefined) continue
      const check = checks[exchange].checkOf(schema)
      if (validSample(schema, check, { exchange, seed: '1' }).outcome === 'none')
        failed.push(`${exchange} ${method} ${path}`)
    }
  }
  return failed
}
