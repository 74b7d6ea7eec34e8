import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { rowsOf } from '../generate.ts'

const customers = { rowCount: 7, columns: { id: { type: 'integer', primaryKey: true } } }

async function partitionRows(
  own: Record<string, unknown>,
): Promise<Readonly<Record<string, string | null>>[]> {
  const columns = {
    id: { type: 'integer', min: 1, max: 1000 },
    day: { type: 'date', min: '2024-01-01', max: '2024-12-31' },
    customer_id: { type: 'integer' },
    amount: { type: 'integer', min: 1, max: 1000 },
  }
  const partition = (from: string, to: string, more: Record<string, unknown> = {}) => ({
    columns,
    partitionOf: { table: 'payments', bound: `FOR VALUES FROM ('${from}') TO ('${to}')` },
    ...more,
  })
  const { tables } = await planOf({
    customers,
    payments: { rowCount: 200, columns, partitionBy: 'RANGE (day)' },
    early: partition('2024-01-01', '2024-07-01', own),
    late: partition('2024-07-01', '2025-01-01'),
  })
  return tables.filter(({ table }) => table.name === 'early').flatMap((table) => [...rowsOf(table)])
}

test('a reference that only a partition has is kept', async () => {
  const rows = await partitionRows({
    foreignKeys: [{ columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } }],
  })
  assert.ok(rows.length > 50)
  const parents = new Set(rows.map((row) => Number(row['customer_id'])))
  assert.ok(
    [...parents].every((id) => id >= 1 && id <= 7),
    [...parents].join(' '),
  )
})

test('a unique constraint that only a partition has is kept', async () => {
  const rows = await partitionRows({ unique: [['id']] })
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length)
})

test('a check that only a partition has holds for the rows of that partition', async () => {
  const rows = await partitionRows({ checks: [{ name: 'small', expression: 'amount < 100' }] })
  assert.ok(rows.length > 50)
  assert.ok(rows.every(({ amount }) => Number(amount) < 100))
})
