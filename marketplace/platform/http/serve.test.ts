import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signServiceToken } from '../auth/service-token.ts'
import { loadOperations, type OpenApi } from '../contract/load-contract.ts'
import type { Environment } from '../environment.ts'
import { ShopError } from '../errors.ts'
import { createLog } from '../log.ts'
import { authenticator } from './caller.ts'
import { addOperations, createServer } from './serve.ts'
import { generateKeyPairSync } from 'node:crypto'

const problemContent = { 'application/problem+json': { schema: { type: 'object' } } }
const document: OpenApi = {
  info: { title: 'Test', version: 'v1' },
  paths: {
    '/api/v1/mugs': {
      get: {
        operationId: 'listMugs',
        security: [],
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
          { name: 'skus', in: 'query', schema: { type: 'array', items: { type: 'string', minLength: 3 } } },
        ],
        responses: { '200': { content: { 'application/json': { schema: { type: 'object' } } } } },
      },
      post: {
        operationId: 'addMug',
        security: [{ serviceToken: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Mug' } } },
        },
        responses: {
          '201': {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Mug' } } },
          },
          '409': { content: problemContent },
        },
      },
    },
    '/api/v1/mugs/{sku}': {
      delete: {
        operationId: 'dropMug',
        security: [{ buyerToken: [] }],
        parameters: [{ name: 'sku', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '204': {} },
      },
    },
  },
  components: {
    schemas: {
      Mug: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'cents'],
        properties: { name: { type: 'string' }, cents: { type: 'integer' } },
      },
    },
  },
}

const { publicKey } = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const environment = { serviceSecret: 'secret', authPublicKey: publicKey } as Environment
const token = signServiceToken('secret', 'catalog-service', 'mug-service', Date.now())
const quiet = createLog('test', 'error', () => {})

function server(
  addMug: (request: { body: { name: string } }) => unknown = ({ body }) => ({ status: 201, body }),
) {
  const app = createServer(quiet)
  const handlers = {
    listMugs: ({ query }: { query: object }) => ({ status: 200, body: query }),
    addMug,
    dropMug: () => ({ status: 204 }),
  }
  addOperations(app, loadOperations(document), handlers, {
    authenticate: authenticator(environment, 'mug-service'),
    log: quiet,
  })
  return app
}

const post = (body: unknown, authorization = `Bearer ${token}`) => ({
  method: 'POST' as const,
  url: '/api/v1/mugs',
  headers: { authorization, 'content-type': 'application/json' },
  payload: typeof body === 'string' ? body : JSON.stringify(body),
})

test('query parameters arrive as what the contract says, defaults included', async () => {
  const answer = await server().inject('/api/v1/mugs?skus=abc,def')
  assert.deepEqual(answer.json(), { page: 1, skus: ['abc', 'def'] })
})

test('a query that breaks the contract is refused with every reason', async () => {
  const answer = await server().inject('/api/v1/mugs?page=zero&skus=ab&colour=red')
  assert.equal(answer.statusCode, 400)
  assert.match(answer.headers['content-type'] as string, /application\/problem\+json/)
  const problem = answer.json()
  assert.equal(problem.code, 'invalid-request')
  assert.deepEqual(
    problem.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/query/page', '/query/skus', '/query/colour'],
  )
})

test('a body with an unknown field is refused', async () => {
  const answer = await server().inject(post({ name: 'Speckled', cents: 1490, role: 'admin' }))
  assert.equal(answer.statusCode, 400)
  assert.match(answer.json().detail, /role/)
})

test('a missing body and one that is not JSON are refused', async () => {
  assert.equal((await server().inject(post(''))).json().code, 'invalid-request')
  assert.equal((await server().inject(post('{"name":'))).json().code, 'invalid-json')
})

test('a NUL character and half a surrogate pair are refused wherever they stand, their spelling is not', async () => {
  for (const name of ['a\0b', '\0', 'a\ud800b'])
    assert.equal((await server().inject(post({ name, cents: 1 }))).json().code, 'invalid-request')
  assert.equal((await server().inject('/api/v1/mugs?skus=ab%00c')).statusCode, 400)
  assert.equal((await server().inject(post({ name: 'Bécher 🫖', cents: 1 }))).statusCode, 201)
  assert.equal((await server().inject(post({ name: String.raw`a\u0000b`, cents: 1 }))).statusCode, 201)
})

test('a service operation is closed to strangers, guests and tokens for others', async () => {
  const elsewhere = signServiceToken('secret', 'catalog-service', 'jug-service', Date.now())
  for (const authorization of ['', 'Basic x', 'Bearer nonsense', `Bearer ${elsewhere}`]) {
    const answer = await server().inject(post({ name: 'Speckled', cents: 1490 }, authorization))
    assert.equal(answer.statusCode, 401, authorization)
  }
})

test('a refusal of the shop becomes a problem with its code and details', async () => {
  const refuse = () => {
    throw new ShopError('sold-out', { skus: ['MUG-1'] }, 'Take another one.', 409)
  }
  const answer = await server(refuse).inject(post({ name: 'Speckled', cents: 1490 }))
  assert.equal(answer.statusCode, 409)
  const { code, skus, hint, title } = answer.json()
  assert.deepEqual(
    { code, skus, hint, title },
    { code: 'sold-out', skus: ['MUG-1'], hint: 'Take another one.', title: 'Sold out' },
  )
})

test('a response that breaks the contract is never sent', async () => {
  const leak = () => ({ status: 201, body: { name: 'Speckled', cents: 1490, supplierPrice: 200 } })
  const answer = await server(leak).inject(post({ name: 'Speckled', cents: 1490 }))
  assert.equal(answer.statusCode, 500)
  assert.doesNotMatch(answer.body, /supplierPrice/)
  assert.equal(
    (await server(() => ({ status: 418, body: {} })).inject(post({ name: 'a', cents: 1 }))).statusCode,
    500,
  )
})

test('an unexpected error tells the caller nothing about its inside', async () => {
  const broken = () => {
    throw new Error('password of the database is hunter2')
  }
  const answer = await server(broken).inject(post({ name: 'Speckled', cents: 1490 }))
  assert.equal(answer.statusCode, 500)
  assert.doesNotMatch(answer.body, /hunter2|at /)
})

test('forgetting a handler, or having one too many, is found at the start', () => {
  const options = { authenticate: authenticator(environment, 'mug-service'), log: quiet }
  assert.throws(() => addOperations(createServer(quiet), loadOperations(document), {}, options), /listMugs/)
  const handlers = { listMugs: () => ({}), addMug: () => ({}), dropMug: () => ({}), dance: () => ({}) }
  assert.throws(
    () => addOperations(createServer(quiet), loadOperations(document), handlers, options),
    /dance/,
  )
})
