import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { rowsOf } from '../generate.ts'

test('where only one row may be flagged none is, and the table keeps its rows', async () => {
  const { tables } = await planOf({
    roles: {
      rowCount: 50,
      columns: { id: { type: 'integer', primaryKey: true }, admin: { type: 'boolean' } },
      indexes: [{ columns: ['admin'], unique: true, where: 'admin' }],
    },
  })
  const rows = [...rowsOf(tables[0]!)]
  assert.equal(rows.length, 50)
  assert.ok(rows.every(({ admin }) => admin === 'f'))
})

test('a partial unique index over other columns is kept', async () => {
  const { tables } = await planOf({
    users: {
      rowCount: 50,
      columns: { id: { type: 'integer', primaryKey: true }, code: { type: 'integer', min: 1, max: 60 } },
      indexes: [{ columns: ['code'], unique: true, where: 'code > 0' }],
    },
  })
  const codes = [...rowsOf(tables[0]!)].map(({ code }) => code)
  assert.equal(new Set(codes).size, 50)
})
