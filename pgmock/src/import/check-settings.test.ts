import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { importSql } from './import-sql.ts'

/** The settings of column `x` of a table with one check. */
async function settings(check: string, type = 'int'): Promise<unknown> {
  const sql = `CREATE TABLE t (a int, s timestamp, x ${type}, CHECK (${check}));`
  const { schema } = await importSql(sql, { file: 'x.sql', database: 'x' })
  const tables = schema!['tables'] as { t: { columns: { x: Record<string, unknown> } } } // as toSchema makes them
  const { type: _, nullable: __, ...rest } = tables.t.columns.x
  return rest
}

const cases: readonly (readonly [check: string, type: string, settings: object])[] = [
  ["x IN ('a', 'b')", 'varchar(9)', { values: ['a', 'b'] }],
  ["x = 'a' OR x = 'b'", 'text', { values: ['a', 'b'] }],
  ["(x)::text = ANY ((ARRAY['a'::character varying])::text[])", 'varchar', { values: ['a'] }],
  ['x BETWEEN 1 AND 5', 'int', { min: 1, max: 5 }],
  ['x > 0 AND x < 10', 'int', { min: 1, max: 9 }],
  ['10 >= x', 'int', { max: 10 }],
  ['x > 0 AND x <= 1.5', 'numeric(5,2)', { min: 0.01, max: 1.5 }],
  ['x IS NULL OR x > 5', 'int', { min: 6 }],
  ["x >= '2020-01-01'", 'date', { min: '2020-01-01' }],
  ["x ~ '^[A-Z]{2}\\d{3}$'", 'text', { pattern: '[A-Z]{2}\\d{3}' }],
  ["x ~ '(?i)a.*'", 'text', {}],
  ['a IS NULL OR x IS NULL', 'int', { nullRate: 1 }],
  ['a IS NULL OR x IS NOT NULL', 'int', { nullRate: 0 }],
  ['num_nonnulls(a, x) = 1', 'int', { nullRate: 1 }],
  ['num_nonnulls(x, a) = 1', 'int', { nullRate: 0 }],
  ['a < x', 'int', { derive: 'a + 1' }],
  ['x > s', 'timestamp', { generator: { name: 'after', of: 's' } }],
  ['x < a', 'int', {}],
  ['length(x) > 3', 'text', {}],
]

suite('a check becomes the settings that keep it', () => {
  for (const [check, type, wanted] of cases)
    test(`${type}: ${check}`, async () => assert.deepEqual(await settings(check, type), wanted))
})
