// Laws on schemas made at random: a keyword changed in a place somebody looks at makes the whole narrower or wider, and
// the verdict follows from that and the direction; what only says the same in other words is no change at all.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect } from '@specwright/json-schema/prepare-schema.ts'
import type { SchemaAt } from '../model.ts'
import { SchemaComparison } from './schema-comparison.ts'
import { valueCheck } from './validate-value.ts'

type Schema = Record<string, unknown>
type Random = () => number

const SEED = Number(process.env['LAWS_SEED'] ?? 20_261_120)
const ROUNDS = 6

/** mulberry32: small, and all bits are as good as the first. */
function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

/** The second allows less than the first. */
const narrowings: readonly (readonly [name: string, wide: Schema, narrow: Schema])[] = [
  ['type', { type: ['string', 'null'] }, { type: 'string' }],
  ['type', { type: 'number' }, { type: 'integer' }],
  ['enum', { enum: ['a', 'b', 3] }, { enum: ['a', 3] }],
  ['const', { type: 'string' }, { const: 'a' }],
  ['minimum', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 2 }],
  ['exclusiveMinimum', { type: 'number', minimum: 1 }, { type: 'number', exclusiveMinimum: 1 }],
  ['maximum', { type: 'number', maximum: 9.5 }, { type: 'number', maximum: 9.25 }],
  ['exclusiveMaximum', { type: 'integer', exclusiveMaximum: 9 }, { type: 'integer', exclusiveMaximum: 8 }],
  ['multipleOf', { type: 'number', multipleOf: 0.01 }, { type: 'number', multipleOf: 0.1 }],
  ['minLength', { type: 'string' }, { type: 'string', minLength: 1 }],
  ['maxLength', { type: 'string', maxLength: 5 }, { type: 'string', maxLength: 4 }],
  ['pattern', { type: 'string', pattern: '^[a-z0-9]+$' }, { type: 'string', pattern: '^[a-z]+$' }],
  [
    'minItems',
    { type: 'array', items: { type: 'integer' } },
    { type: 'array', items: { type: 'integer' }, minItems: 1 },
  ],
  ['maxItems', { type: 'array', maxItems: 3 }, { type: 'array', maxItems: 2 }],
  [
    'uniqueItems',
    { type: 'array', items: { type: 'boolean' } },
    { type: 'array', items: { type: 'boolean' }, uniqueItems: true },
  ],
  ['contains', { type: 'array' }, { type: 'array', contains: { const: 1 } }],
  ['prefixItems', { type: 'array' }, { type: 'array', prefixItems: [{ type: 'string' }] }],
  ['items', { type: 'array', items: { type: 'number' } }, { type: 'array', items: { type: 'integer' } }],
  [
    'required',
    { type: 'object', properties: { k: { type: 'string' } } },
    { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
  ],
  [
    'minProperties',
    { type: 'object', additionalProperties: { type: 'string' } },
    { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1 },
  ],
  [
    'maxProperties',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: true, maxProperties: 2 },
  ],
  [
    'additionalProperties',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: false },
  ],
  [
    'propertyNames',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: true, propertyNames: { maxLength: 3 } },
  ],
  [
    'patternProperties',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: true, patternProperties: { '^x': { type: 'string' } } },
  ],
  [
    'dependentRequired',
    { type: 'object', properties: { k: {}, l: {} } },
    { type: 'object', properties: { k: {}, l: {} }, dependentRequired: { k: ['l'] } },
  ],
  ['not', { type: 'string' }, { type: 'string', not: { const: 'a' } }],
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'integer' }] }, { anyOf: [{ type: 'string' }] }],
  [
    'oneOf',
    { oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
    { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  ],
  ['allOf', { allOf: [{ type: 'string' }] }, { allOf: [{ type: 'string' }, { minLength: 2 }] }],
  [
    'if',
    { type: 'object', properties: { k: {}, l: {} } },
    { type: 'object', properties: { k: {}, l: {} }, if: { required: ['k'] }, then: { required: ['l'] } },
  ],
]

/** Something around a schema through which its values still come and go. */
const surroundings: readonly ((inner: Schema, random: Random) => Schema)[] = [
  (inner, random) => ({
    type: 'object',
    properties: {
      id: { type: 'string' },
      part: inner,
      ...(random() < 0.5 && { note: { type: 'string', maxLength: 9 } }),
    },
    required: random() < 0.5 ? ['part'] : ['id'],
    ...(random() < 0.3 && { additionalProperties: false }),
  }),
  (inner) => ({ type: 'array', items: inner, maxItems: 4 }),
  (inner) => ({ type: 'object', additionalProperties: inner }),
  (inner) => ({
    allOf: [
      { type: 'object', properties: { part: inner } },
      { type: 'object', properties: { other: { type: 'integer' } }, required: ['other'] },
    ],
  }),
  (inner) => ({
    oneOf: [
      { type: 'object', properties: { kind: { const: 'a' }, part: inner }, required: ['kind'] },
      { type: 'object', properties: { kind: { const: 'b' } }, required: ['kind'] },
    ],
  }),
  (inner) => ({ type: 'array', prefixItems: [{ type: 'string' }, inner] }),
]

/** The same surroundings around both. */
function around(schemas: readonly [Schema, Schema], random: Random): [Schema, Schema] {
  let both: [Schema, Schema] = [...schemas]
  for (let depth = Math.floor(random() * 3); depth > 0; depth--) {
    const wrap = pick(random, surroundings)
    const bits = Array.from({ length: 4 }, random)
    const replay = () => {
      let i = 0
      return () => bits[i++ % bits.length]!
    }
    both = [wrap(both[0], replay()), wrap(both[1], replay())]
  }
  return both
}

for (const [number, [name, wide, narrow]] of narrowings.entries())
  test(`${name} (${number}): narrower breaks who writes, wider breaks who reads, and swapping swaps`, () => {
    const random = randomOf(SEED + number)
    for (let round = 0; round < ROUNDS; round++) {
      const [before, after] = around([wide, narrow], random)
      const say = `seed ${SEED + number}, round ${round}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`
      assert.deepEqual(
        {
          narrowedRequest: verdicts(before, after, 'request'),
          narrowedResponse: verdicts(before, after, 'response'),
          widenedRequest: verdicts(after, before, 'request'),
          widenedResponse: verdicts(after, before, 'response'),
        },
        {
          narrowedRequest: 'breaking',
          narrowedResponse: 'nothing',
          widenedRequest: 'nothing',
          widenedResponse: 'breaking',
        },
        say,
      )
    }
  })

test('other names, references, order and dialects change nothing', () => {
  const random = randomOf(SEED)
  for (let round = 0; round < 40; round++) {
    const [schema] = around([pick(random, narrowings)[1], {}], random)
    for (const [what, other, dialect] of sameAgain(schema, random))
      for (const exchange of ['request', 'response'] as const) {
        const say = `seed ${SEED}, round ${round}, ${what}: ${JSON.stringify(schema)}`
        assert.equal(judged(at(schema), at(other, dialect), exchange), 'nothing', say)
        assert.equal(judged(at(other, dialect), at(schema), exchange), 'nothing', say)
      }
  }
})

function sameAgain(
  schema: Schema,
  random: Random,
): (readonly [what: string, schema: Schema, dialect: Dialect])[] {
  const name = `N${Math.floor(random() * 1000)}`
  return [
    ['a reference', { $ref: `#/$defs/${name}`, $defs: { [name]: schema } }, '2020-12'],
    ['another order', reordered(schema, random) as Schema, '2020-12'],
    ['inside allOf', { allOf: [schema] }, '2020-12'],
    ['inside a union with itself', { anyOf: [schema, schema] }, '2020-12'],
    ['in words for people', { ...schema, description: name, title: name, examples: [name] }, '2020-12'],
    ['in draft-07', toDraft07(schema) as Schema, 'draft-07'],
  ]
}

/** Members, and lists where order means nothing. */
function reordered(value: unknown, random: Random, key = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((each) => reordered(each, random))
    return key === 'prefixItems' ? list : list.toSorted(() => random() - 0.5)
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => [
    name,
    reordered(each, random, name),
  ])
  return Object.fromEntries(entries.toSorted(() => random() - 0.5))
}

/** prefixItems were items, items were additionalItems, dependentRequired were dependencies. */
function toDraft07(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toDraft07)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
    const isList = Object.hasOwn(value, 'prefixItems')
    const old =
      name === 'prefixItems'
        ? 'items'
        : name === 'items' && isList
          ? 'additionalItems'
          : name === 'dependentRequired'
            ? 'dependencies'
            : name
    return [old, toDraft07(each)]
  })
  return Object.fromEntries(entries)
}

function verdicts(before: Schema, after: Schema, exchange: 'request' | 'response'): string {
  return judged(at(before), at(after), exchange)
}

function judged(before: SchemaAt, after: SchemaAt, exchange: 'request' | 'response'): string {
  const found = new SchemaComparison(exchange).compare(before, after)
  for (const { verdict, ...change } of found)
    if (verdict === 'breaking') witnessed(before, after, exchange, change.witness)
  return [...new Set(found.map(({ verdict }) => verdict))].join(', ') || 'nothing'
}

/** Whatever found the witness: the specification, by the letter, sees it the same way. */
function witnessed(
  before: SchemaAt,
  after: SchemaAt,
  exchange: 'request' | 'response',
  value: unknown,
): void {
  const [writer, reader] = exchange === 'request' ? [before, after] : [after, before]
  const isValid = ({ schema, source }: SchemaAt) =>
    valueCheck(schema, { draft: source.dialect === 'draft-07' ? 'draft-07' : '2020-12' })(value)
  assert.deepEqual([isValid(writer), isValid(reader)], [true, false], JSON.stringify(value))
}

function at(schema: unknown, dialect: Dialect = '2020-12'): SchemaAt {
  return {
    schema,
    pointer: '',
    source: { file: 'x.json', service: undefined, dialect, root: schema, lineOf: () => 1 },
  }
}
