import assert from 'node:assert/strict'
import test from 'node:test'
import type { OpenApi, OpenApiOperation } from '../../../platform/contract/load-contract.ts'
import { missingMethods, publicRoutes, readContracts, type Contract } from './public-routes.ts'

const open = [] as const
const servicesOnly = [{ serviceToken: [] }]
const buyers = [{ buyerToken: [] }]

function contract(
  service: string,
  paths: Record<string, Record<string, readonly Readonly<Record<string, readonly string[]>>[]>>,
): Contract {
  const operations = Object.entries(paths).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item).map(([method, security]): [string, OpenApiOperation] => [
        method,
        {
          operationId: path === '/health' ? 'getHealth' : `${method}${path.replaceAll(/\W+/g, '_')}`,
          security,
          responses: {},
        },
      ]),
    ),
  ])
  const document: OpenApi = { info: { title: service, version: 'v1' }, paths: Object.fromEntries(operations) }
  return { service, document }
}

const catalog = contract('catalog-service', {
  '/api/v1/products': { get: open },
  '/api/v1/products/{slug}': { get: open },
  '/api/v1/products/lookup': { post: open },
  '/api/v1/products/{sku}/price': { post: servicesOnly },
  '/health': { get: open },
})
const order = contract('order-service', {
  '/api/v1/orders': { get: buyers, post: servicesOnly },
  '/api/v1/orders/{orderId}': { get: [{}, ...buyers] },
  '/health': { get: open },
})

// gateway/001#FR-001 FR-008
test('operations for guests and buyers are public, those between services and health are not', () => {
  assert.deepEqual(
    publicRoutes([order, catalog]).map(({ service, method, path }) => `${service} ${method} ${path}`),
    [
      'order-service GET /api/v1/orders',
      'order-service GET /api/v1/orders/{orderId}',
      'catalog-service GET /api/v1/products',
      'catalog-service POST /api/v1/products/lookup',
      'catalog-service GET /api/v1/products/{slug}',
    ],
  )
})

test('two services may not claim one operation, whatever they call its parameters', () => {
  const other = contract('search-service', { '/api/v1/products/{id}': { get: open } })
  assert.throws(() => publicRoutes([catalog, other]), /belongs to catalog-service and to search-service/)
})

// gateway/001#US2.5 FR-002
test('methods a path does not have are known, except where another template takes them', () => {
  const missing = new Map(missingMethods(publicRoutes([catalog, order])).map((entry) => [entry.path, entry]))
  assert.deepEqual(missing.get('/api/v1/products'), {
    path: '/api/v1/products',
    methods: ['PUT', 'POST', 'PATCH', 'DELETE'],
    allowed: ['GET'],
  })
  // GET /products/lookup is a product with the slug "lookup".
  assert.deepEqual(missing.get('/api/v1/products/lookup')?.methods, ['PUT', 'PATCH', 'DELETE'])
  // A method that exists between services only must look as absent as any other.
  assert.equal(missing.get('/api/v1/orders')?.methods.includes('POST'), true)
  assert.equal(missing.has('/api/v1/products/{sku}/price'), false)
})

test('the real contracts have public operations of every service, and none for services only', async () => {
  const contracts = await readContracts(new URL('../../', import.meta.url))
  const routes = publicRoutes(contracts)
  const ids = new Set(routes.map(({ operation }) => operation.operationId))
  for (const id of [
    'login',
    'listProducts',
    'getStock',
    'putLine',
    'placeCheckout',
    'getOrder',
    'receiveProviderEvent',
  ])
    assert.ok(ids.has(id), id)
  for (const id of [
    'reserveStock',
    'setStock',
    'changePrice',
    'authorizePayment',
    'placeOrder',
    'listMessages',
    'getHealth',
  ])
    assert.equal(ids.has(id), false, id)
})
