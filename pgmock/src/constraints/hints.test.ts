import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { drawFor } from '../bytes/hash.ts'
import { NO_TYPES, parsePgType } from '../schema/pg-type.ts'
import { RowInTrial } from './cluster.ts'
import { compileCheck } from './compile.ts'
import { hintsOf } from './hints.ts'
import { slotTerm } from './slots.ts'
import { loadSqlParser } from './sql-parser.ts'

const sql = await loadSqlParser()

function hints(check: string, typeText: string): unknown {
  const trial = new RowInTrial(drawFor('test'))
  const type = (text: string) => parsePgType(text, NO_TYPES)
  const x = slotTerm(() => trial.values, {
    type: type(typeText)!,
    slot: 0,
    isFree: true,
    isNullable: true,
    nonNull: () => null,
  })
  const scope = {
    trial,
    now: 0,
    type,
    body: () => undefined,
    column: (name: string) => (name === 'x' ? x : undefined),
  }
  return hintsOf([compileCheck(sql.expression(check)!, scope)], 0)
}

const cases: readonly (readonly [check: string, type: string, hints: object])[] = [
  ["x IN ('a', 'b')", 'varchar(9)', { values: ['a', 'b'] }],
  ["x = 'a' OR x = 'b'", 'text', { values: ['a', 'b'] }],
  ["x IS NULL OR x = 'a' OR x = 'b'", 'text', { values: ['a', 'b'] }],
  ["(x)::text = ANY ((ARRAY['a'::character varying])::text[])", 'varchar', { values: ['a'] }],
  ['x BETWEEN 1 AND 5', 'int', { min: 1, max: 5 }],
  ['x > 0 AND x < 10', 'int', { min: 1, max: 9 }],
  ['10 >= x', 'int', { max: 10 }],
  ['x > 0 AND x <= 1.5', 'numeric(5,2)', { min: 0.01, max: 1.5 }],
  ['x IS NULL OR x > 5', 'int', { min: 6 }],
  ["x >= '2020-01-01'", 'date', { min: '2020-01-01' }],
  ["x >= '2020-01-01'::date", 'timestamp', { min: '2020-01-01' }],
  ["x ~ '^[A-Z]{2}\\d{3}$'", 'text', { pattern: '^[A-Z]{2}\\d{3}$' }],
  ["x LIKE 'A_%'", 'text', { pattern: '^A[a-z][a-z]{2,8}$' }],
  ["x ~ '^(?=a)a$'", 'text', {}],
  ['lower(x) = x', 'text', { change: 'lower' }],
  ['x = upper(x)', 'text', { change: 'upper' }],
  ['length(x) > 3', 'text', { minLength: 4 }],
  ['char_length(x) BETWEEN 2 AND 8', 'text', { minLength: 2, maxLength: 8 }],
  ["x <> ''", 'text', { minLength: 1 }],
  ["btrim(x) <> ''", 'text', { minLength: 1 }],
  ['x <> 5', 'int', {}],
]

suite('a check of one column says what its values are', () => {
  for (const [check, type, wanted] of cases)
    test(`${type}: ${check}`, () => assert.deepEqual(hints(check, type), wanted))
})
