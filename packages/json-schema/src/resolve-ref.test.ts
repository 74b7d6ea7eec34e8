import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pointer, pointerSegments, valueAt } from './json-pointer.ts'
import { dereferenced, resolveRef } from './resolve-ref.ts'

const root = {
  paths: { '/orders': { get: 1 } },
  components: {
    schemas: {
      Order: { type: 'object' },
      Alias: { $ref: '#/components/schemas/Order' },
      Loop: { $ref: '#/components/schemas/Pool' },
      Pool: { $ref: '#/components/schemas/Loop' },
      Remote: { $ref: 'other.yaml#/Order' },
      'a b~/c': { type: 'string' },
    },
  },
}

it('a reference leads to its value, through other references too', () => {
  const found = { outcome: 'found', value: { type: 'object' }, pointer: '/components/schemas/Order' }
  assert.deepEqual(resolveRef(root, '#/components/schemas/Order'), found)
  assert.deepEqual(resolveRef(root, '#/components/schemas/Alias'), found)
  assert.equal(dereferenced(root, { $ref: '#/components/schemas/Alias' }), root.components.schemas.Order)
  assert.equal(dereferenced(root, root.paths), root.paths)
})

it('escaped segments are decoded', () => {
  const { pointer: at, outcome } = resolveRef(root, '#/components/schemas/a%20b~0~1c') as {
    pointer: string
    outcome: string
  }
  assert.deepEqual([outcome, at], ['found', '/components/schemas/a b~0~1c'])
})

it('a reference to nothing, to itself, or elsewhere is told apart', () => {
  assert.deepEqual(resolveRef(root, '#/components/schemas/Nope'), {
    outcome: 'missing',
    pointer: '/components/schemas/Nope',
  })
  assert.deepEqual(resolveRef(root, '#/components/schemas/Loop'), {
    outcome: 'circular',
    pointers: ['/components/schemas/Loop', '/components/schemas/Pool', '/components/schemas/Loop'],
  })
  assert.deepEqual(resolveRef(root, '#/components/schemas/Remote'), {
    outcome: 'external',
    ref: 'other.yaml#/Order',
  })
  assert.deepEqual(resolveRef(root, 'https://example.com/x.json'), {
    outcome: 'external',
    ref: 'https://example.com/x.json',
  })
  assert.equal(dereferenced(root, { $ref: '#/components/schemas/Loop' }), undefined)
})

it('a pointer goes there and back', () => {
  assert.equal(pointer('paths', '/orders', 0, '~'), '/paths/~1orders/0/~0')
  assert.deepEqual(pointerSegments('/paths/~1orders/0/~0'), ['paths', '/orders', '0', '~'])
  assert.deepEqual(pointerSegments('/~01'), ['~1'])
  assert.deepEqual(pointerSegments(''), [])
  assert.deepEqual(pointerSegments('/'), [''])
  assert.equal(valueAt(root, '/paths/~1orders/get'), 1)
  assert.equal(valueAt(root, '/constructor'), undefined)
})
