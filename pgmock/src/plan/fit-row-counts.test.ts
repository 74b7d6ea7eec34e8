import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitRowCounts } from './fit-row-counts.ts'

type Json = Record<string, unknown>

const key = { type: 'integer', primaryKey: true }

async function fitted(tables: Json): Promise<{ tables: Record<string, Json>; messages: string[] }> {
  const schema = { version: '1.0', database: { name: 'db' }, tables }
  const { schema: made, findings } = await fitRowCounts(schema, 'x.sql')
  return {
    tables: made['tables'] as Record<string, Json>,
    messages: findings.map(({ message }) => message),
  }
}

test('a schema with room for all its rows stays as it is, without a word', async () => {
  const tables = { t: { columns: { id: key }, rowCount: 200 } }
  assert.deepEqual(await fitted(tables), { tables, messages: [] })
})

test('a table whose check allows one row gets one', async () => {
  const { tables, messages } = await fitted({
    t: { columns: { id: key }, checks: ['id = 0'], rowCount: 200 },
  })
  assert.equal(tables['t']!['rowCount'], 1)
  assert.match(messages.join(), /t gets 1 row: /)
})

test('a unique pair of an enum and a truth value gets as many rows as there are pairs', async () => {
  const pair = { m: { type: 'text', values: ['a', 'b', 'c'] }, b: { type: 'boolean' } }
  const { tables } = await fitted({ t: { columns: pair, primaryKey: ['m', 'b'], rowCount: 200 } })
  assert.equal(tables['t']!['rowCount'], 6)
})

test('a unique column without room is NULL where it may be, and the rows stay', async () => {
  const { tables, messages } = await fitted({
    t: { columns: { id: key, b: { type: 'boolean', unique: true, nullable: true } }, rowCount: 200 },
  })
  assert.equal(tables['t']!['rowCount'], 200)
  assert.deepEqual(tables['t']!['columns'], {
    id: key,
    b: { type: 'boolean', unique: true, nullable: true, nullRate: 1 },
  })
  assert.match(messages.join(), /t gets NULL in b: /)
})

test('a check that cannot be read leaves its column NULL, or else the table and what needs it empty', async () => {
  const { tables, messages } = await fitted({
    free: { columns: { id: key, e: { type: 'text', nullable: true } }, checks: ['ok(e)'], rowCount: 200 },
    bound: { columns: { id: key, e: { type: 'text' } }, checks: ['ok(e)'], rowCount: 200 },
    child: { columns: { id: key, of: { type: 'integer', references: 'bound.id' } }, rowCount: 200 },
  })
  assert.deepEqual(
    Object.entries(tables).map(([name, { rowCount }]) => [name, rowCount]),
    [
      ['free', 200],
      ['bound', 0],
      ['child', 0],
    ],
  )
  assert.equal(messages.length, 3)
})

test('a table that counts as it should by default gets a count only when that is too many', async () => {
  const { tables } = await fitted({
    many: { columns: { id: key } },
    one: { columns: { id: key }, checks: ['id = 0'] },
  })
  assert.equal(tables['many']!['rowCount'], undefined)
  assert.equal(tables['one']!['rowCount'], 1)
})
