import assert from 'node:assert/strict'
import test from 'node:test'
import { joinContracts, listOperations } from './join-contracts.ts'
import { publicRoutes, readContracts } from './public-routes.ts'

const contracts = await readContracts(new URL('../../', import.meta.url))
const routes = publicRoutes(contracts)
const document = joinContracts(contracts, routes)

// gateway/001#FR-007
test('every reference of the joined document leads somewhere', () => {
  const references: string[] = []
  collect(document)
  assert.ok(references.length > 100)
  for (const reference of references) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    assert.notEqual(target, undefined, reference)
  }

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value))
      if (key === '$ref' && typeof member === 'string') references.push(member)
      else collect(member)
  }
})

test('schemas of one name keep apart by the name of their service', () => {
  const { schemas } = document['components'] as { schemas: object }
  for (const name of ['auth.Problem', 'catalog.Problem', 'cart.Cart', 'Problem'])
    assert.ok(name in schemas, name)
})

// gateway/001#US1.3 FR-008
test('paths and security of services only are not in it', () => {
  assert.equal('/api/v1/reservations' in document.paths, false)
  assert.equal('/api/v1/stock/{sku}' in document.paths, false)
  const { securitySchemes } = document['components'] as { securitySchemes: object }
  assert.deepEqual(Object.keys(securitySchemes), ['buyerToken'])
  assert.equal(JSON.stringify(document.paths).includes('serviceToken'), false)
})

test('each operation says what the gateway itself may answer', () => {
  for (const [path, item] of Object.entries(document.paths))
    for (const operation of Object.values(item as Record<string, { responses: object }>))
      for (const status of ['429', '502', '504'])
        assert.ok(status in operation.responses, `${path} ${status}`)
})

test('the list names method, path, service and what it is for', () => {
  assert.deepEqual(
    listOperations(routes).find(({ operationId }) => operationId === 'listProducts'),
    {
      method: 'GET',
      path: '/api/v1/products',
      operationId: 'listProducts',
      service: 'catalog-service',
      summary: 'Browse and search products',
    },
  )
})
