import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '../bytes/dates.ts'
import { planOf } from '../../test/plan-of.ts'

const now = parseInstant('2026-03-04T13:37:00Z')!

test('no rows pile up at now, or at the beginning of the span', async () => {
  const { tables } = await planOf(
    {
      events: {
        columns: {
          id: { type: 'serial', primaryKey: true },
          happened_at: { type: 'timestamptz', generator: { name: 'timestamp', from: '-36 hours' } },
          answered_at: {
            type: 'timestamptz',
            generator: { name: 'after', of: 'happened_at', max: '9 days' },
          },
        },
        rowCount: 5000,
      },
    },
    { now },
  )
  for (const name of ['happened_at', 'answered_at']) {
    const { cell } = tables[0]!.columns.find(({ column }) => column.name === name)!
    const values = Array.from({ length: 5000 }, (_, row) => Number(cell.value(row)))
    assert.equal(new Set(values).size, 5000, name)
    assert.ok(Math.max(...values) <= now)
    assert.ok(Math.min(...values) >= now - 36 * 3_600_000_000)
    // Roughly even at this short range: the last hour is neither empty nor a heap.
    const lastHour = values.filter((at) => at > now - 3_600_000_000).length
    assert.ok(lastHour > 50 && lastHour < 1500, `${name}: ${lastHour} in the last hour`)
  }
})

test('later rows are later, whatever hour now is', async () => {
  const { tables } = await planOf(
    {
      events: {
        columns: { id: { type: 'serial', primaryKey: true }, created_at: { type: 'timestamptz' } },
        rowCount: 2000,
      },
    },
    { now },
  )
  const { cell } = tables[0]!.columns[1]!
  for (let row = 1; row < 2000; row++) assert.ok(Number(cell.value(row)) > Number(cell.value(row - 1)))
})
