import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importSql } from './import-sql.ts'

type Tables = Record<string, { columns: Record<string, object>; partitionOf?: { bound: string } }>

async function tablesOf(sql: string): Promise<Tables> {
  const { schema, findings } = await importSql(sql, { file: 'x.sql', database: 'x' })
  assert.deepEqual(findings, [])
  return schema!['tables'] as Tables
}

test('every column of a key has bounds as its own type prints them', async () => {
  const cases = [
    ['(1, 2, 3)', '(10, 20, 30)', "('1', 2, '3') TO ('10', 20, '30')"],
    ['(-1.5, -2, -3)', '(1.5, 2, MAXVALUE)', "('-1.5', '-2', '-3') TO (1.5, 2, MAXVALUE)"],
  ] as const
  for (const [from, to, printed] of cases) {
    const { p } =
      await tablesOf(`CREATE TABLE t (a numeric, b integer, c bigint) PARTITION BY RANGE (a, b, c);
      CREATE TABLE p PARTITION OF t FOR VALUES FROM ${from} TO ${to};`)
    assert.equal(p!.partitionOf!.bound, `FOR VALUES FROM ${printed}`)
  }
})

test('a bound of a numeric with places has as many', async () => {
  const { p } = await tablesOf(`CREATE TABLE t (a numeric(6,2), b double precision) PARTITION BY RANGE (a, b);
    CREATE TABLE p PARTITION OF t FOR VALUES FROM (1, 1) TO (20.5, 2.5);`)
  assert.equal(p!.partitionOf!.bound, "FOR VALUES FROM (1.00, '1') TO (20.50, '2.5')")
})

test('a partition has no identity of its own', async () => {
  const { t, p } = await tablesOf(`
    CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, day date) PARTITION BY RANGE (day);
    CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`)
  assert.ok('identity' in t!.columns['id']!)
  assert.ok(!('identity' in p!.columns['id']!))
})
