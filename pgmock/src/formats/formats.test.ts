import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chunk } from '../bytes/chunk.ts'
import { drawFor } from '../bytes/hash.ts'
import { defaultText } from '../schema/default-text.ts'
import { NO_TYPES, parsePgType } from '../schema/pg-type.ts'
import { jsonbText } from '../values/literal-value.ts'
import { writeText } from './copy-text.ts'
import { madeName, quoteName, quoteText } from './names.ts'
import { valueText } from './value-text.ts'

const type = (text: string) => parsePgType(text, { ...NO_TYPES, enums: new Map([['mood', ['happy']]]) })!

/** What PostgreSQL documents for COPY text, character by character. */
function escapedSlowly(text: string): string {
  const escapes: Record<string, string> = {
    '\b': '\\b',
    '\t': '\\t',
    '\n': '\\n',
    '\v': '\\v',
    '\f': '\\f',
    '\r': '\\r',
    '\\': '\\\\',
  }
  return Array.from(text, (char) => escapes[char] ?? char).join('')
}

test('COPY text escapes exactly what COPY needs, in short and long texts', () => {
  const alphabet = [
    'a',
    'Z',
    ' ',
    '\t',
    '\n',
    '\\',
    '\r',
    '\b',
    '\v',
    '\f',
    'ü',
    '✓',
    '😀',
    '\u0001',
    '"',
    "'",
  ]
  const draw = drawFor('texts')
  for (let i = 0; i < 3000; i++) {
    const length = draw(i) % 40
    const text = Array.from({ length }, (_, k) => alphabet[(draw(i * 64 + k) >>> 8) % alphabet.length]!).join(
      '',
    )
    const out = new Chunk(8)
    const end = writeText(out, 0, text) // may grow the chunk
    assert.equal(out.bytes.subarray(0, end).toString(), escapedSlowly(text))
  }
})

test('types print as pg_dump prints them', () => {
  const cases = [
    ['int', 'integer'],
    ['serial', 'integer'],
    ['bigserial', 'bigint'],
    ['varchar(20)', 'character varying(20)'],
    ['varchar', 'character varying'],
    ['char', 'character(1)'],
    ['decimal(5)', 'numeric(5,0)'],
    ['numeric', 'numeric'],
    ['numeric( 10 , 2 )', 'numeric(10,2)'],
    ['timestamptz', 'timestamp with time zone'],
    ['timestamp(3)', 'timestamp(3) without time zone'],
    ['timestamp(0) with time zone', 'timestamp(0) with time zone'],
    ['float', 'double precision'],
    ['text[]', 'text[]'],
    ['integer[3]', 'integer[]'],
    ['mood', 'public.mood'],
    ['BOOLEAN', 'boolean'],
    ['time', 'time without time zone'],
  ] as const
  for (const [written, printed] of cases) assert.equal(type(written).text, printed)
  for (const wrong of [
    'strng',
    'varchar(0)',
    'numeric(2,3)',
    'text(5)',
    'timestamp(9)',
    'serial[]',
    '',
    'int(4)',
  ])
    assert.equal(parsePgType(wrong, NO_TYPES), undefined, wrong)
})

test('floats print as float8out and float4out do', () => {
  const cases = [
    [1e15, '1e+15'],
    [123_456_789_012_345, '123456789012345'],
    [1e-5, '1e-05'],
    [0.0001, '0.0001'],
    [-0, '-0'],
    [1.5, '1.5'],
    [-2.25e-7, '-2.25e-07'],
  ] as const
  for (const [value, text] of cases) assert.equal(valueText(value, type('float8')), text)
  const reals = [
    [1e6, '1e+06'],
    [367_250.625, '367250.62'],
    [0.1, '0.1'],
    [123_456, '123456'],
    [16_777_216, '1.6777216e+07'],
  ] as const
  for (const [value, text] of reals) assert.equal(valueText(value, type('real')), text)
})

test('defaults print in the form that survives a restore', () => {
  const cases = [
    ['text', "it's", "'it''s'::text"],
    ['varchar(5)', 'b', "'b'::character varying"],
    ['char(3)', 'ab', "'ab'::bpchar"],
    ['integer', -1, "'-1'::integer"],
    ['bigint', 5e9, "'5000000000'::bigint"],
    ['numeric(5,2)', -1.5, "'-1.5'::numeric"],
    ['integer', 5, '5'],
    ['boolean', true, 'true'],
    ['jsonb', { bb: 1, a: [] }, `'{"a": [], "bb": 1}'::jsonb`],
    ['date', '2020-01-01', "'2020-01-01'::date"],
    ['mood', 'happy', "'happy'::public.mood"],
    ['text[]', ['a b', ''], `'{"a b",""}'::text[]`],
  ] as const
  for (const [of, given, text] of cases) assert.equal(defaultText(given, type(of)), text)
  assert.equal(defaultText('sad', type('mood')), undefined)
  assert.equal(defaultText(1.5, type('integer')), undefined)
})

test('names are quoted when they must be, keywords by version', () => {
  assert.equal(quoteName('name', 15), 'name')
  assert.equal(quoteName('order', 15), '"order"')
  assert.equal(quoteName('Id', 18), '"Id"')
  assert.equal(quoteName('a"b', 18), '"a""b"')
  assert.equal(quoteName('json', 15), 'json')
  assert.equal(quoteName('json', 18), '"json"')
  assert.equal(quoteName('json', 16), 'json')
  assert.deepEqual(
    [15, 16, 17].map((major) => quoteName('json_array', major)),
    ['json_array', '"json_array"', '"json_array"'],
  )
  assert.equal(quoteText(String.raw`it's \ x`), String.raw`'it''s \ x'`)
})

test('made-up names are cut to 63 bytes where PostgreSQL cuts them', () => {
  assert.equal(madeName('users', ['email'], 'key'), 'users_email_key')
  assert.equal(madeName('a'.repeat(60), ['b'.repeat(30)], 'seq').length, 63)
  assert.equal(madeName('a'.repeat(60), ['b'.repeat(10)], 'idx'), `${'a'.repeat(48)}_${'b'.repeat(10)}_idx`)
})

test('jsonb sorts keys by length, then bytes', () => {
  assert.equal(
    jsonbText({ bb: 1, a: { z: null, y: [true, 1e21] } }),
    '{"a": {"y": [true, 1000000000000000000000], "z": null}, "bb": 1}',
  )
})
