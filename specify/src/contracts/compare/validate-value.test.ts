// One row for each keyword and each way of naming a schema; the whole test suite of the specification runs in
// conformance/json-schema.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SchemaDraft } from './schema-index.ts'
import { valueCheck } from './validate-value.ts'

type Row = readonly [
  name: string,
  schema: unknown,
  valid: readonly unknown[],
  invalid: readonly unknown[],
  draft?: SchemaDraft,
]

const S = { type: 'string' }
const rows: readonly Row[] = [
  ['true and false', { properties: { a: true, b: false } }, [{ a: 1 }, 7], [{ b: 1 }]],
  ['type', { type: ['integer', 'null'] }, [1, 1.0, null], [1.5, '1', true]],
  ['enum and const', { enum: [1, { a: [1] }], not: { const: 1 } }, [{ a: [1] }], [1, 2]],
  ['minimum and exclusiveMaximum', { minimum: 1, exclusiveMaximum: 2 }, [1, 1.9, 'x'], [0.9, 2]],
  ['maximum and exclusiveMinimum', { maximum: 2, exclusiveMinimum: 1 }, [2], [1, 2.1]],
  ['multipleOf in decimals', { multipleOf: 0.01 }, [0.29, 19.99], [0.001]],
  ['lengths in code points', { minLength: 2, maxLength: 2 }, ['ab', '😀😀', 1], ['a', '😀']],
  ['pattern', { pattern: '^\\p{L}+$' }, ['ä', 1], ['1']],
  [
    'counts',
    { minItems: 1, maxItems: 2, minProperties: 1, maxProperties: 1 },
    [[1], { a: 1 }],
    [[], [1, 2, 3], {}],
  ],
  [
    'uniqueItems',
    { uniqueItems: true },
    [
      [1, '1'],
      [{ a: 1 }, { a: 2 }],
    ],
    [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
  ],
  ['required', { required: ['a', '__proto__'] }, [JSON.parse('{"a":1,"__proto__":1}'), 1], [{ a: 1 }]],
  [
    'prefixItems and items',
    { prefixItems: [S], items: { type: 'integer' } },
    [['a', 1], []],
    [[1], ['a', 'b']],
  ],
  [
    'contains with counts',
    { contains: S, minContains: 2, maxContains: 2 },
    [['a', 1, 'b']],
    [['a'], ['a', 'b', 'c']],
  ],
  ['contains none', { contains: S, minContains: 0 }, [[]], []],
  [
    'patternProperties',
    { patternProperties: { '^a': S }, additionalProperties: false },
    [{ ab: 'x' }],
    [{ ab: 1 }, { b: 1 }],
  ],
  ['propertyNames', { propertyNames: { maxLength: 2 } }, [{ ab: 1 }], [{ abc: 1 }]],
  ['dependentRequired', { dependentRequired: { a: ['b'] } }, [{ a: 1, b: 1 }, {}], [{ a: 1 }]],
  ['dependentSchemas', { dependentSchemas: { a: { required: ['b'] } } }, [{ a: 1, b: 1 }], [{ a: 1 }]],
  [
    'allOf, anyOf, oneOf, not',
    {
      allOf: [{ minimum: 1 }],
      anyOf: [{ maximum: 5 }, { minimum: 9 }],
      oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }],
      not: { const: 4 },
    },
    [2, 3, 9],
    [0, 4, 6, 7],
  ],
  ['if, then, else', { if: { minimum: 5 }, then: { multipleOf: 5 }, else: { const: 1 } }, [5, 1], [6, 2]],
  [
    'unevaluatedProperties',
    {
      allOf: [{ properties: { a: S } }],
      anyOf: [{ required: ['b'], properties: { b: S } }, true],
      unevaluatedProperties: false,
    },
    [{ a: 'x', b: 'x' }],
    [{ a: 'x', c: 1 }, { a: 1 }],
  ],
  [
    'unevaluatedItems',
    { prefixItems: [S], contains: { const: 1 }, unevaluatedItems: false },
    [['a', 1, 1]],
    [['a', 1, 2]],
  ],
  [
    'a failed branch leaves no mark',
    { anyOf: [{ properties: { a: S }, required: ['x'] }, true], unevaluatedProperties: false },
    [{}],
    [{ a: 'x' }],
  ],
  ['$ref with siblings', { $ref: '#/$defs/a', maxLength: 2, $defs: { a: S } }, ['ab'], ['abc', 1]],
  [
    '$ref without siblings',
    { $ref: '#/definitions/a', maxLength: 2, definitions: { a: S } },
    ['abc'],
    [1],
    'draft-07',
  ],
  [
    '$anchor and $id',
    {
      $id: 'https://a.example/x/',
      $ref: 'b#here',
      $defs: { b: { $id: 'b', $defs: { c: { $anchor: 'here', type: 'null' } } } },
    },
    [null],
    [1],
  ],
  [
    '$id of draft-07 as an anchor',
    { $ref: '#here', definitions: { a: { $id: '#here', type: 'null' } } },
    [null],
    [1],
    'draft-07',
  ],
  ['a schema elsewhere', { $ref: 'https://b.example/s#/$defs/a' }, ['x'], [1]],
  [
    'a reference into an unknown keyword',
    { $ref: '#/x/y', x: { y: { $ref: '#/$defs/a' } }, $defs: { a: S } },
    ['x'],
    [1],
  ],
  [
    'an $id inside an enum is data',
    {
      $ref: '#a',
      $defs: { x: { enum: [{ $anchor: 'a', type: 'null' }] }, y: { $anchor: 'a', type: 'string' } },
    },
    ['x'],
    [null],
  ],
  [
    '$dynamicRef to the outermost anchor',
    {
      $id: 'https://a.example/strict',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: {
        tree: { $id: 'tree', $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } } },
      },
    },
    [{ next: { next: {} } }],
    [{ next: { other: 1 } }],
  ],
  [
    'a schema inside itself',
    { properties: { next: { $ref: '#' }, id: S } },
    [{ next: { next: { id: 'x' } } }],
    [{ next: { next: { id: 1 } } }],
  ],
  [
    'items as a list',
    { items: [S], additionalItems: { type: 'integer' } },
    [['a', 1]],
    [['a', 'b'], [1]],
    'draft-07',
  ],
  [
    'dependencies',
    { dependencies: { a: ['b'], c: { required: ['d'] } } },
    [
      { a: 1, b: 1 },
      { c: 1, d: 1 },
    ],
    [{ a: 1 }, { c: 1 }],
    'draft-07',
  ],
  ['format is an annotation', { format: 'email', contentEncoding: 'base64' }, ['no mail'], []],
]

for (const [name, schema, valid, invalid, draft = '2020-12'] of rows)
  test(`${name}, in ${draft}`, () => {
    const isValid = valueCheck(schema, { draft, schemas: { 'https://b.example/s': { $defs: { a: S } } } })
    for (const value of valid) assert.equal(isValid(value), true, JSON.stringify(value))
    for (const value of invalid) assert.equal(isValid(value), false, JSON.stringify(value))
  })

test('a reference to nothing is an error once it is needed', () => {
  const isValid = valueCheck({ properties: { a: { $ref: '#/nowhere' } } }, { draft: '2020-12' })
  assert.equal(isValid({}), true)
  assert.throws(() => isValid({ a: 1 }), /"#\/nowhere" leads to nothing/)
})
