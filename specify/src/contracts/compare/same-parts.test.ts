import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '../model.ts'
import { sameParts } from './same-parts.ts'

const S = { type: 'string' }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function source(schemas: Record<string, unknown>, dialect: Source['dialect'] = 'openapi-3.1'): Source {
  return {
    file: 'api.yaml',
    service: undefined,
    dialect,
    root: { components: { schemas } },
    lineOf: () => 1,
  }
}

function areSame(old: Source, a: string, now: Source, b: string): boolean {
  const { keyOf } = sameParts(old, now)
  const key = keyOf(old.root, `/components/schemas/${a}`)
  return key !== undefined && key === keyOf(now.root, `/components/schemas/${b}`)
}

/** Nodes that lead to each other, and in the end to `leaf`. */
const ring = (names: readonly [string, string], leaf: unknown) => ({
  [names[0]]: { type: 'object', properties: { next: ref(names[1]) } },
  [names[1]]: { type: 'object', properties: { next: ref(names[0]), leaf } },
})

test('parts of one name that say the same are the same, whatever is there for people', () => {
  const old = source({ A: { ...S, description: 'old', examples: ['x'] }, B: ref('A') })
  const now = source({ A: { ...S, description: 'new' }, B: ref('A') })
  assert.ok(areSame(old, 'A', now, 'A') && areSame(old, 'B', now, 'B'))
})

test('a member called description is a member', () => {
  const of = (schema: object) => source({ A: { type: 'object', properties: { description: schema } } })
  assert.ok(!areSame(of(S), 'A', of({ type: 'integer' }), 'A'))
  assert.ok(
    !areSame(source({ A: { enum: [{ title: 1 }] } }), 'A', source({ A: { enum: [{ title: 2 }] } }), 'A'),
  )
})

test('what refers to a changed part is changed, too', () => {
  const old = source({ A: S, B: ref('A'), C: { items: ref('B') } })
  const now = source({ A: { type: 'integer' }, B: ref('A'), C: { items: ref('B') } })
  assert.ok(!areSame(old, 'B', now, 'B') && !areSame(old, 'C', now, 'C'))
})

test('parts that hold each other are the same under other names', () => {
  const old = source(ring(['A', 'B'], S))
  const now = source(ring(['X', 'Y'], S))
  assert.ok(areSame(old, 'A', now, 'X') && areSame(old, 'B', now, 'Y'))
  assert.ok(!areSame(old, 'A', now, 'Y'))
  assert.ok(!areSame(old, 'A', source(ring(['X', 'Y'], { type: 'integer' })), 'X'))
})

test('a chain of references is followed to its end', () => {
  const chain = (prefix: string, end: unknown) =>
    source(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `${prefix}${i}`,
          i === 29 ? end : { items: ref(`${prefix}${i + 1}`) },
        ]),
      ),
    )
  assert.ok(areSame(chain('A', S), 'A0', chain('X', S), 'X0'))
  assert.ok(!areSame(chain('A', S), 'A0', chain('X', { type: 'integer' }), 'X0'))
})

test('references to nothing, into parts, and dialects are told apart', () => {
  assert.ok(!areSame(source({ A: ref('None') }), 'A', source({ X: ref('None') }), 'X'))
  const into = (name: string) =>
    source({ A: { properties: { p: S, q: { type: 'integer' } } }, B: ref(`A/properties/${name}`) })
  assert.ok(areSame(into('p'), 'B', into('p'), 'B'))
  assert.ok(!areSame(into('p'), 'B', into('q'), 'B'))
  assert.ok(!areSame(source({ A: S }), 'A', source({ A: S }, 'openapi-3.0'), 'A'))
})
