import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkSchema, compileSchema, type CompileOptions } from './compile-schema.ts'
import { SchemaError } from './schema-error.ts'

const problems = (schema: unknown, value: unknown, options: Partial<CompileOptions> = {}) =>
  compileSchema(schema, { dialect: '2020-12', ...options })(value)
const messages = (schema: unknown, value: unknown, options: Partial<CompileOptions> = {}) =>
  problems(schema, value, options).map(({ message }) => message)

const product = {
  type: 'object',
  required: ['name', 'priceCents'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 2 },
    priceCents: { type: 'integer', minimum: 0 },
    state: { enum: ['draft', 'active', 'sold-out'] },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
  },
}

describe('a check made from a schema', () => {
  it('passes what fits', () => {
    assert.deepEqual(
      problems(product, { name: 'Mug', priceCents: 900, state: 'active', tags: ['a', 'b'] }),
      [],
    )
  })

  it('lists every problem at once with its pointer, in the value and in the schema', () => {
    const found = problems(product, { nmae: 'Mug', priceCents: '9', state: 'activ', tags: ['a', 1] })
    assert.deepEqual(
      found.map(({ pointer, schemaPointer, message }) => [pointer, schemaPointer, message]),
      [
        ['', '/required', 'name is missing'],
        ['/nmae', '/additionalProperties', 'nmae is not a known property; did you mean "name"?'],
        ['/priceCents', '/properties/priceCents/type', 'priceCents must be a whole number, not "9"'],
        [
          '/state',
          '/properties/state/enum',
          'state must be one of "draft", "active", "sold-out", not "activ"; did you mean "active"?',
        ],
        ['/tags/1', '/properties/tags/items/type', 'tags[1] must be text, not 1'],
      ],
    )
  })

  it('speaks plain English for every keyword', () => {
    const cases: [schema: unknown, value: unknown, message: string][] = [
      [{ type: ['string', 'null'] }, 1, 'the value must be text or null, not 1'],
      [{ const: 3 }, 4, 'the value must be 3, not 4'],
      [{ minimum: 3 }, 2, 'the value must be at least 3, not 2'],
      [{ maximum: 3 }, 4, 'the value must be at most 3, not 4'],
      [{ exclusiveMinimum: 3 }, 3, 'the value must be more than 3, not 3'],
      [{ exclusiveMaximum: 3 }, 3, 'the value must be less than 3, not 3'],
      [{ multipleOf: 5 }, 3, 'the value must be a multiple of 5, not 3'],
      [{ minLength: 1 }, '', 'the value must have at least 1 character, has 0'],
      [{ maxLength: 1 }, '😀😀', 'the value must have at most 1 character, has 2'],
      [{ minItems: 2 }, [1], 'the value must have at least 2 items, has 1'],
      [{ maxItems: 1 }, [1, 2], 'the value must have at most 1 item, has 2'],
      [{ minProperties: 2 }, { a: 1 }, 'the value must have at least 2 properties, has 1'],
      [{ maxProperties: 1 }, { a: 1, b: 2 }, 'the value must have at most 1 property, has 2'],
      [{ uniqueItems: true }, [7, 8, 7], 'the value must not repeat an item, but items 0 and 2 are equal'],
      [{ pattern: '^a' }, 'b', 'the value must match /^a/, not "b"'],
      [{ format: 'date' }, 'today', 'the value must be a date, not "today"'],
      [{ not: { type: 'null' } }, null, 'the value must not be null'],
      [{ properties: { a: false } }, { a: 1 }, 'a is not allowed here'],
      [{ contains: { const: 1 }, type: 'array' }, [], 'the value has no item of the kind it must contain'],
      [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'b is missing, needed beside "a"'],
      [{ unevaluatedProperties: false }, { 'x y': 1 }, '["x y"] is not a known property'],
      [{ anyOf: [{ minimum: 5 }, { minimum: 9 }] }, 1, 'the value fits none of the 2 allowed forms'],
      [
        { oneOf: [{ minimum: 5 }, { minimum: 9 }] },
        10,
        'the value fits more than one of the 2 allowed forms',
      ],
      [{ if: { minimum: 5 }, then: { maximum: 9 } }, 10, 'the value must be at most 9, not 10'],
    ]
    for (const [schema, value, message] of cases) assert.deepEqual(messages(schema, value), [message])
    assert.deepEqual(messages({ propertyNames: { maxLength: 1 } }, { ab: 1 }), [
      'the name "ab" must have at most 1 character, has 2',
      'the value has a property with a name that is not allowed: "ab"',
    ])
  })

  it('ignores formats and keywords it does not know, and what $schema says', () => {
    const foreign = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'http://x.test/a',
      type: 'string',
    }
    assert.deepEqual(problems(foreign, 'a'), [])
    assert.deepEqual(problems({ type: 'string', format: 'sku', 'x-owner': 'catalog', example: 1 }, 'a'), [])
  })

  it('points at the true complaints of a oneOf when the kind of the value tells which branch is meant', () => {
    const events = {
      oneOf: [
        { $ref: '#/$defs/Placed' },
        { type: 'object', required: ['type', 'reason'], properties: { type: { const: 'cancelled' } } },
        { type: 'null' },
      ],
      $defs: {
        Placed: {
          type: 'object',
          required: ['type', 'lines'],
          properties: { type: { const: 'placed' }, lines: { type: 'array', items: { type: 'string' } } },
        },
      },
    }
    const options = { root: events }
    assert.deepEqual(messages(events, { type: 'placed', lines: [1] }, options), [
      'lines[0] must be text, not 1',
    ])
    assert.deepEqual(messages(events, { type: 'cancelled' }, options), ['reason is missing'])
    assert.deepEqual(messages(events, { type: 'lost' }, options), [
      'the value fits none of the 3 allowed forms',
    ])
    assert.deepEqual(messages(events, 5, options), ['the value fits none of the 3 allowed forms'])
  })
})

describe('references', () => {
  const root = {
    components: {
      schemas: {
        Order: {
          type: 'object',
          required: ['id'],
          properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
        },
        Line: {
          type: 'object',
          properties: { 'a/b': { type: 'integer' }, parent: { $ref: '#/components/schemas/Order' } },
        },
        'With space': { type: 'boolean' },
      },
    },
  }

  it('are looked up in the document, recursive ones too, and problems point into it', () => {
    const found = problems(
      { type: 'array', items: { $ref: '#/components/schemas/Order' } },
      [{ id: 1, lines: [{ 'a/b': 'x', parent: {} }] }],
      { root, at: '/paths/~1orders/get/schema', dialect: 'openapi-3.1' },
    )
    assert.deepEqual(
      found.map(({ pointer, schemaPointer }) => [pointer, schemaPointer]),
      [
        ['/0/lines/0/a~1b', '/components/schemas/Line/properties/a~1b/type'],
        ['/0/lines/0/parent', '/components/schemas/Order/required'],
      ],
    )
    assert.deepEqual(
      problems({ type: 'string' }, 1, { root, at: '/paths/~1orders/get/schema' }).map((p) => p.schemaPointer),
      ['/paths/~1orders/get/schema/type'],
    )
    const odd = { $defs: { '50% off': { type: 'integer' } } }
    assert.equal(problems({ $ref: '#/$defs/50%25%20off' }, 'x', { root: odd }).length, 1)
    assert.deepEqual(problems({ $ref: '#/components/schemas/With%20space' }, true, { root }), [])
    assert.equal(problems({ $ref: '#/components/schemas/With%20space' }, 1, { root }).length, 1)
  })

  it('reach other schemas by the address they were given under', () => {
    const schemas = { 'money.json': { $defs: { Cents: { type: 'integer' } } } }
    assert.deepEqual(messages({ $ref: 'money.json#/$defs/Cents' }, 'x', { schemas }), [
      'the value must be a whole number, not "x"',
    ])
  })

  it('that lead nowhere, or only to each other, are refused when the check is made', () => {
    const cases = [
      [
        'unresolved-ref',
        { properties: { a: { $ref: '#/components/schemas/Nope' } } },
        { root },
        '/properties/a',
      ],
      ['unresolved-ref', { $ref: 'other.yaml#/Order' }, { root }, ''],
      ['unresolved-ref', { $ref: '#/$defs/Nope' }, {}, ''],
      ['circular-ref', { $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } }, {}, '/$defs/A'],
    ] as const
    for (const [code, schema, options, at] of cases)
      assert.throws(
        () => compileSchema(schema, { dialect: '2020-12', ...options }),
        (error) => error instanceof SchemaError && error.code === code && error.schemaPointer === at,
        JSON.stringify(schema),
      )
  })
})

describe('a schema that is none', () => {
  it('is refused with the place of every fault', () => {
    const schema = { properties: { a: { type: 'text' }, b: { minimum: '3' } } }
    for (const dialect of ['2020-12', 'draft-07', 'openapi-3.0', 'openapi-3.1'] as const) {
      const pointers = new Set(checkSchema(schema, dialect).map(({ pointer }) => pointer))
      assert.deepEqual(pointers, new Set(['/properties/a/type', '/properties/b/minimum']))
      assert.throws(() => compileSchema(schema, { dialect }), { name: 'SchemaError', code: 'invalid-schema' })
    }
    assert.deepEqual(checkSchema(product, '2020-12'), [])
  })

  it('is found behind a reference, at its own place', () => {
    const root = {
      components: {
        schemas: { A: { type: 'object', properties: { nullable: { nullable: true, minimum: 'x' } } } },
      },
    }
    assert.throws(() => compileSchema({ $ref: '#/components/schemas/A' }, { dialect: 'openapi-3.0', root }), {
      code: 'invalid-schema',
      schemaPointer: '/components/schemas/A/properties/nullable/minimum',
    })
  })

  it('may hold a regular expression that cannot be read', () => {
    assert.throws(() => compileSchema({ pattern: '(' }, { dialect: '2020-12' }), { code: 'invalid-schema' })
  })
})

describe('OpenAPI 3.0', () => {
  const dialect = 'openapi-3.0'
  it('lets null pass where nullable says so, beside an enum, a reference or allOf as well', () => {
    const root = { components: { schemas: { S: { type: 'string' } } } }
    const nullables = [
      { type: 'string', nullable: true },
      { enum: ['a'], nullable: true },
      { allOf: [{ $ref: '#/components/schemas/S' }], nullable: true },
    ]
    for (const schema of nullables) {
      assert.deepEqual(problems(schema, null, { dialect, root }), [])
      assert.deepEqual(problems(schema, 'a', { dialect, root }), [])
      const [problem, ...more] = problems(schema, 5, { dialect, root, at: '/x' })
      assert.equal(more.length, 0)
      assert.doesNotMatch(problem?.schemaPointer ?? '/else', /else/)
    }
    assert.equal(problems({ type: 'string' }, null, { dialect }).length, 1)
  })

  it('reads exclusiveMinimum as true or false', () => {
    const schema = { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
    assert.deepEqual(messages(schema, 0, { dialect }), ['the value must be more than 0, not 0'])
    assert.deepEqual(messages(schema, 9, { dialect }), [])
    assert.deepEqual(messages(schema, 10, { dialect }), ['the value must be at most 9, not 10'])
  })

  it('ignores what stands beside a reference', () => {
    const root = { components: { schemas: { S: { type: 'string' } } } }
    const schema = { $ref: '#/components/schemas/S', maxLength: 1 }
    assert.deepEqual(problems(schema, 'long', { dialect, root }), [])
    assert.equal(problems(schema, 'long', { dialect: 'openapi-3.1', root }).length, 1)
  })

  it('leaves properties alone that are called like keywords', () => {
    const schema = {
      type: 'object',
      properties: {
        nullable: { type: 'boolean' },
        minimum: { type: 'number' },
        $schema: { type: 'string' },
        else: { type: 'string' },
      },
      enum: [{ nullable: true, minimum: 1 }],
      default: { nullable: true },
    }
    const data = { const: { nullable: true, minimum: 1, exclusiveMinimum: true } }
    assert.deepEqual(problems(data, data.const, { dialect }), [])
    assert.deepEqual(problems(schema, { nullable: true, minimum: 1 }, { dialect }), [])
    assert.deepEqual(
      problems({ ...schema, enum: undefined }, { else: 1, $schema: 2 }, { dialect }).map(
        (p) => p.schemaPointer,
      ),
      ['/properties/$schema/type', '/properties/else/type'],
    )
  })
})

it('hundredths are multiples of 0.01, whatever binary fractions make of them', () => {
  const check = compileSchema({ multipleOf: 0.01 }, { dialect: '2020-12' })
  for (const value of [0.07, 0.29, 1.1, 4.35, 1234.57]) assert.deepEqual(check(value), [], String(value))
  assert.equal(check(0.075).length, 1)
})

it('draft-07 keeps its own keywords', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    definitions: { n: { type: 'integer' } },
    items: [{ $ref: '#/definitions/n' }],
    additionalItems: false,
  }
  assert.equal(problems(schema, ['x', 2], { dialect: 'draft-07' }).length, 2)
  assert.deepEqual(problems(schema, [1], { dialect: 'draft-07' }), [])
})
