// Pairs of schemas whose relation is easily misjudged. `request`: what clients wrote by the old schema is read by the
// new one; `response`: the other way round.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'
import type { SchemaAt } from '../model.ts'
import { ajvAgrees } from './ajv-oracle.ts'
import { Formulas } from './formula.ts'
import { oraclesAgree } from './oracles.ts'
import { Solver } from './solver.ts'
import { Translator } from './translate.ts'

type Verdict = 'ok' | 'breaks'

const I = { type: 'integer' }
const N = { type: 'number' }
const S = { type: 'string' }
const object = (properties: object, required: string[] = [], more = {}) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  ...more,
})
const closed = { additionalProperties: false }
const list = (name: string, item: object) => ({
  $ref: '#/$defs/A',
  $defs: { A: object({ [name]: item, next: { $ref: '#/$defs/A' } }) },
})

const cases: readonly (readonly [
  name: string,
  before: unknown,
  after: unknown,
  request: Verdict,
  response: Verdict,
])[] = [
  ['an integer becomes a number', I, N, 'ok', 'breaks'],
  ['whole multiples of one are the integers', I, { type: 'number', multipleOf: 1 }, 'ok', 'ok'],
  ['a type gains null', S, { type: ['string', 'null'] }, 'ok', 'breaks'],
  [
    'above zero is from one on, for integers',
    { ...I, exclusiveMinimum: 0 },
    { ...I, minimum: 1 },
    'ok',
    'ok',
  ],
  [
    'above zero is more than from one on, for numbers',
    { ...N, exclusiveMinimum: 0 },
    { ...N, minimum: 1 },
    'breaks',
    'ok',
  ],
  ['a limit is itself excluded', { ...N, minimum: 0 }, { ...N, exclusiveMinimum: 0 }, 'breaks', 'ok'],
  ['multiples of four and of six', { ...I, multipleOf: 4 }, { ...I, multipleOf: 6 }, 'breaks', 'breaks'],
  ['hundredths become thousandths', { ...N, multipleOf: 0.01 }, { ...N, multipleOf: 0.001 }, 'ok', 'breaks'],
  ['a first limit of length', S, { ...S, maxLength: 100 }, 'breaks', 'ok'],
  ['a range nothing lies in', { ...I, minimum: 1 }, { ...I, minimum: 1, maximum: 0 }, 'breaks', 'ok'],
  ['a length for numbers says nothing', I, { ...I, maxLength: 3 }, 'ok', 'ok'],
  [
    'a length without a type lets other types through',
    { maxLength: 3 },
    { ...S, maxLength: 3 },
    'breaks',
    'ok',
  ],
  ['a constant and a list of one', { const: 'a' }, { enum: ['a'] }, 'ok', 'ok'],
  ['a list gains a value', { enum: ['a', 'b'] }, { enum: ['a', 'b', 'c'] }, 'ok', 'breaks'],
  [
    'a value of the wrong type leaves the list',
    { ...I, enum: [1, 2, 'x'] },
    { ...I, enum: [1, 2] },
    'ok',
    'ok',
  ],
  [
    'a list becomes a pattern it fits',
    { ...S, enum: ['a', 'b'] },
    { ...S, pattern: '^[a-z]$' },
    'ok',
    'breaks',
  ],
  ['booleans written out', { type: 'boolean' }, { enum: [true, false] }, 'ok', 'ok'],
  [
    'a pattern lets more through',
    { ...S, pattern: '^[a-z]+$' },
    { ...S, pattern: '^[a-z0-9]+$' },
    'ok',
    'breaks',
  ],
  ['a pattern gets anchors', { ...S, pattern: 'abc' }, { ...S, pattern: '^abc$' }, 'breaks', 'ok'],
  ['a dot is no line break', { ...S, maxLength: 3 }, { ...S, pattern: '^.{0,3}$' }, 'breaks', 'ok'],
  ['an optional member comes', object({ a: S }), object({ a: S, b: S }), 'ok', 'ok'],
  [
    'an optional member comes to a closed object',
    object({ a: S }, [], closed),
    object({ a: S, b: S }, [], closed),
    'ok',
    'breaks',
  ],
  ['an optional member goes', object({ a: S, b: S }), object({ a: S }), 'ok', 'ok'],
  [
    'an optional member goes and the object is closed',
    object({ a: S, b: S }),
    object({ a: S }, [], closed),
    'breaks',
    'ok',
  ],
  ['a required member comes', object({ a: S }, ['a']), object({ a: S, b: S }, ['a', 'b']), 'breaks', 'ok'],
  [
    'a required member comes with a default',
    object({ a: S }, ['a']),
    object({ a: S, b: { ...S, default: 'd' } }, ['a', 'b']),
    'breaks',
    'ok',
  ],
  ['a member is no longer required', object({ a: S }, ['a']), object({ a: S }), 'ok', 'breaks'],
  ['an object is closed', object({ a: S }), object({ a: S }, [], closed), 'ok', 'ok'],
  [
    'a declared map is closed',
    object({ a: S }, [], { additionalProperties: true }),
    object({ a: S }, [], closed),
    'breaks',
    'ok',
  ],
  ['a closed object opens', object({ a: S }, [], closed), object({ a: S }), 'ok', 'ok'],
  [
    'a member the map allowed is written out',
    { type: 'object', additionalProperties: S },
    object({ a: S }, [], { additionalProperties: S }),
    'ok',
    'ok',
  ],
  [
    'a member becomes one of a pattern',
    object({ x_a: S }, [], closed),
    { type: 'object', patternProperties: { '^x_': S }, ...closed },
    'ok',
    'breaks',
  ],
  [
    'one member at least, one is required',
    object({ a: S }, ['a']),
    object({ a: S }, ['a'], { minProperties: 1 }),
    'ok',
    'ok',
  ],
  [
    'the type object is left out',
    object({ a: S }, ['a']),
    { properties: { a: S }, required: ['a'] },
    'ok',
    'breaks',
  ],
  [
    'an object is split over allOf',
    object({ a: S, b: I }, ['a', 'b']),
    { allOf: [object({ a: S }, ['a']), object({ b: I }, ['b'])] },
    'ok',
    'ok',
  ],
  [
    'a part of allOf is closed and sees only itself',
    object({ a: S, b: I }),
    { allOf: [object({ a: S }, [], closed), object({ b: I })] },
    'breaks',
    'ok',
  ],
  [
    'closed across allOf by unevaluatedProperties',
    object({ a: S, b: I }, [], closed),
    { allOf: [object({ a: S }), object({ b: I })], unevaluatedProperties: false },
    'ok',
    'ok',
  ],
  ['oneOf gains a branch apart', { oneOf: [S, I] }, { oneOf: [S, I, { type: 'boolean' }] }, 'ok', 'breaks'],
  ['oneOf gains a branch that overlaps', { oneOf: [S, I] }, { oneOf: [S, I, N] }, 'breaks', 'breaks'],
  ['anyOf loses a branch another covers', { anyOf: [I, N] }, { anyOf: [N] }, 'ok', 'ok'],
  ['oneOf becomes anyOf', { oneOf: [I, N] }, { anyOf: [I, N] }, 'ok', 'breaks'],
  ['anyOf becomes oneOf', { anyOf: [I, N] }, { oneOf: [I, N] }, 'breaks', 'ok'],
  ['one of integer and number is a fraction', { oneOf: [I, N] }, { ...N, not: I }, 'ok', 'ok'],
  ['a schema alone in oneOf', object({ a: S }, ['a']), { oneOf: [object({ a: S }, ['a'])] }, 'ok', 'ok'],
  [
    'an object is split over open branches of oneOf',
    object({ foo: S, bar: S }, ['foo', 'bar']),
    { oneOf: [object({ foo: S }, ['foo']), object({ bar: S }, ['bar'])] },
    'breaks',
    'breaks',
  ],
  [
    'an object is split over open branches of anyOf',
    object({ foo: S, bar: S }, ['foo', 'bar']),
    { anyOf: [object({ foo: S }, ['foo']), object({ bar: S }, ['bar'])] },
    'ok',
    'breaks',
  ],
  ['oneOf is reduced to a branch', { oneOf: [I, S] }, I, 'breaks', 'ok'],
  ['null beside a list', { enum: ['a'] }, { oneOf: [{ type: 'null' }, { enum: ['a'] }] }, 'ok', 'breaks'],
  [
    'null twice in oneOf is no null',
    { type: ['string', 'null'] },
    { oneOf: [{ type: 'null' }, { type: ['string', 'null'] }] },
    'breaks',
    'ok',
  ],
  [
    'two ranges make all integers',
    {
      anyOf: [
        { ...I, maximum: 5 },
        { ...I, minimum: 6 },
      ],
    },
    I,
    'ok',
    'ok',
  ],
  [
    'all integers in two ranges',
    I,
    {
      anyOf: [
        { ...I, maximum: 5 },
        { ...I, minimum: 6 },
      ],
    },
    'ok',
    'ok',
  ],
  [
    'an object is split by a constant',
    object({ k: { enum: ['x', 'y'] }, v: I }, ['k']),
    { anyOf: [object({ k: { const: 'x' }, v: I }, ['k']), object({ k: { const: 'y' }, v: I }, ['k'])] },
    'ok',
    'ok',
  ],
  [
    'branches merged member by member mix',
    { anyOf: [object({ a: I, b: I }, ['a', 'b'], closed), object({ a: S, b: S }, ['a', 'b'], closed)] },
    object({ a: { type: ['integer', 'string'] }, b: { type: ['integer', 'string'] } }, ['a', 'b'], closed),
    'ok',
    'breaks',
  ],
  [
    'what not forbids widens',
    { ...S, not: { maxLength: 5 } },
    { ...S, not: { maxLength: 10 } },
    'breaks',
    'ok',
  ],
  [
    'no string is all the other types',
    { not: S },
    { type: ['number', 'boolean', 'null', 'object', 'array'] },
    'ok',
    'ok',
  ],
  [
    'a condition comes',
    object({ k: S, v: S }),
    object({ k: S, v: S }, [], {
      if: { properties: { k: { const: 'x' } }, required: ['k'] },
      then: { required: ['v'] },
    }),
    'breaks',
    'ok',
  ],
  ['items get a type', { type: 'array' }, { type: 'array', items: S }, 'breaks', 'ok'],
  [
    'items of an array that holds none',
    { type: 'array', items: S, maxItems: 0 },
    { type: 'array', items: I, maxItems: 0 },
    'ok',
    'ok',
  ],
  [
    'two values are at most two unique items',
    { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true },
    { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, maxItems: 2 },
    'ok',
    'ok',
  ],
  [
    'the first item was a string before',
    { type: 'array', items: S },
    { type: 'array', prefixItems: [S], items: S },
    'ok',
    'ok',
  ],
  [
    'the second item is free',
    { type: 'array', prefixItems: [S, I] },
    { type: 'array', prefixItems: [S] },
    'ok',
    'breaks',
  ],
  [
    'one item at least, whatever it is',
    { type: 'array', items: S, minItems: 1 },
    { type: 'array', items: S, contains: {} },
    'ok',
    'ok',
  ],
  [
    'a recursion unrolled once',
    list('a', S),
    {
      $ref: '#/$defs/A',
      $defs: { A: object({ a: S, next: object({ a: S, next: { $ref: '#/$defs/A' } }) }) },
    },
    'ok',
    'ok',
  ],
  ['a recursion lets more through', list('a', I), list('a', N), 'ok', 'breaks'],
  [
    'two schemas of each other that part below',
    {
      $ref: '#/$defs/A',
      $defs: {
        A: object({ b: { $ref: '#/$defs/B' } }, [], closed),
        B: object({ a: { $ref: '#/$defs/A' }, v: I }, [], closed),
      },
    },
    {
      $ref: '#/$defs/A',
      $defs: {
        A: object({ b: { $ref: '#/$defs/B' } }, [], closed),
        B: object({ a: { $ref: '#/$defs/A' }, v: S }, [], closed),
      },
    },
    'breaks',
    'breaks',
  ],
  [
    'a limit beside a reference',
    { $ref: '#/$defs/A', $defs: { A: S } },
    { $ref: '#/$defs/A', maxLength: 5, $defs: { A: S } },
    'breaks',
    'ok',
  ],
  [
    'notes of the author',
    { ...S, description: 'a', default: 'x' },
    { ...S, description: 'b', default: 'y', examples: ['z'] },
    'ok',
    'ok',
  ],
]

for (const [name, before, after, request, response] of cases)
  test(`${name}: a request ${request}, a response ${response}`, () => {
    assert.deepEqual(
      { request: verdict(before, after, 'request'), response: verdict(after, before, 'response') },
      { request, response },
    )
  })

test('unevaluatedProperties sees what the branches that hold declare', () => {
  const split = {
    oneOf: [object({ a: { const: 1 }, b: S }, ['a']), object({ a: { const: 2 }, c: S }, ['a'])],
    unevaluatedProperties: false,
  }
  const closed = (properties: object) => ({ ...object(properties, ['a']), additionalProperties: false })
  const same = { anyOf: [closed({ a: { const: 1 }, b: S }), closed({ a: { const: 2 }, c: S })] }
  assert.deepEqual([verdict(split, same, 'request'), verdict(same, split, 'request')], ['ok', 'ok'])
  const wider = { anyOf: [closed({ a: { const: 1 }, b: S, c: S }), closed({ a: { const: 2 }, c: S })] }
  assert.deepEqual([verdict(split, wider, 'request'), verdict(wider, split, 'request')], ['ok', 'breaks'])
  const when = {
    ...object({ a: S }),
    if: { required: ['a'] },
    then: object({ b: S }),
    else: object({ c: S }),
    unevaluatedProperties: false,
  }
  assert.equal(verdict(closed({ a: S, b: S }), when, 'request'), 'ok')
  assert.equal(verdict({ ...object({ c: S, b: S }), additionalProperties: false }, when, 'request'), 'breaks')
})

test('unevaluatedItems sees what was looked at, and what contains asks for', () => {
  const rest = (items: unknown, ...prefixItems: unknown[]) => ({
    type: 'array',
    prefixItems,
    unevaluatedItems: items,
  })
  assert.equal(verdict(rest(N, S, N), rest(N, S, N, N), 'request'), 'ok')
  assert.equal(verdict(rest(N, S, N, S), rest(N, S, N), 'request'), 'breaks')
  assert.equal(verdict(rest(N, S), rest(S, S), 'request'), 'breaks')
  const asked = { type: 'array', contains: S, unevaluatedItems: N }
  const either = { type: 'array', items: { anyOf: [S, N] }, contains: S }
  assert.deepEqual([verdict(asked, either, 'request'), verdict(either, asked, 'request')], ['ok', 'ok'])
})

test('more of the same kind is enough for less of it', () => {
  const some = (minContains: number, maxContains = 9) => ({
    type: 'array',
    contains: N,
    minContains,
    maxContains,
  })
  assert.equal(verdict(some(2), some(1), 'request'), 'ok')
  assert.equal(verdict(some(1), some(2), 'request'), 'breaks')
})

test('a list that must contain what its items cannot be allows nothing', () => {
  const texts = (min: number) => ({
    type: 'array',
    items: S,
    contains: I,
    minContains: min,
    maxContains: min + 4,
  })
  assert.equal(verdict(texts(1), { type: 'string' }, 'request'), 'ok')
  assert.equal(verdict({ ...texts(1), prefixItems: [I] }, { type: 'string' }, 'request'), 'breaks')
})

test('alternatives are told apart by a member only where it must be there', () => {
  const tagged = (value: string, required: string[]) => object({ k: { const: value } }, required)
  const either = (required: string[]) => ({ oneOf: [tagged('a', required), tagged('b', required)] })
  assert.equal(verdict(tagged('a', ['k']), either(['k']), 'request'), 'ok')
  assert.equal(verdict(tagged('a', ['k']), either([]), 'request'), 'ok')
  assert.equal(verdict(tagged('a', []), either([]), 'request'), 'breaks')
  assert.equal(
    verdict(either(['k']), { oneOf: [tagged('a', ['k']), tagged('c', ['k'])] }, 'request'),
    'breaks',
  )
})

test('what OpenAPI 3.0 says is what it means', () => {
  const in30 = (schema: unknown) => at(schema, 'openapi-3.0')
  const rows: [before: SchemaAt, after: SchemaAt, request: Verdict, response: Verdict][] = [
    [in30({ ...S, nullable: true }), at({ type: ['string', 'null'] }), 'ok', 'ok'],
    [in30({ ...S, enum: ['a'], nullable: true }), in30({ ...S, enum: ['a'] }), 'ok', 'ok'],
    [in30({ minLength: 1, nullable: true }), in30({ minLength: 1 }), 'ok', 'ok'],
    [in30({ ...N, minimum: 0, exclusiveMinimum: true }), at({ ...N, exclusiveMinimum: 0 }), 'ok', 'ok'],
    [
      in30({ $ref: '#/$defs/A', maxLength: 5, $defs: { A: S } }),
      at({ $ref: '#/$defs/A', maxLength: 5, $defs: { A: S } }),
      'breaks',
      'ok',
    ],
  ]
  for (const [before, after, request, response] of rows)
    assert.deepEqual([judge(before, after, 'request'), judge(after, before, 'response')], [request, response])
})

test('readOnly members bind responses only, writeOnly members requests only', () => {
  const readOnly = object({ a: { ...S, readOnly: true } }, ['a'])
  const writeOnly = object({ a: { ...S, writeOnly: true } }, ['a'])
  assert.equal(verdict(object({}), readOnly, 'request'), 'ok')
  assert.equal(verdict(object({}), writeOnly, 'request'), 'breaks')
  assert.equal(verdict(writeOnly, object({ a: S }, ['a']), 'response'), 'breaks')
})

function verdict(writer: unknown, reader: unknown, exchange: 'request' | 'response'): string {
  return judge(at(writer), at(reader), exchange)
}

function judge(writer: SchemaAt, reader: SchemaAt, exchange: 'request' | 'response'): string {
  const formulas = new Formulas()
  const translator = new Translator(formulas, exchange)
  const solution = new Solver(formulas).ask([
    { formula: translator.formulaOf(writer), isTrue: true, isWriter: true },
    { formula: translator.formulaOf(reader), isTrue: false, isWriter: false },
  ])
  if (solution.outcome === 'unknown') return `unproven: ${solution.why}`
  if (solution.outcome === 'empty') return 'ok'
  return oraclesAgree(solution.value, { writer, reader, exchange, translator }) &&
    ajvAgrees(solution.value, { writer, reader }, exchange)
    ? 'breaks'
    : `oracles disagree on ${JSON.stringify(solution.value)}`
}

function at(schema: unknown, dialect: Dialect = '2020-12'): SchemaAt {
  return {
    schema,
    pointer: '',
    source: { file: 'x.json', service: undefined, dialect, root: schema, lineOf: () => 1 },
  }
}
