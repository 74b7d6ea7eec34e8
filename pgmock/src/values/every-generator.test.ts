// All generators at once, each in every kind of column it fits: what is written is what the value says, it fits the
// column, and `unique` is kept or refused.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { Chunk } from '../bytes/chunk.ts'
import { copyEscaped } from '../formats/copy-text.ts'
import { valueText } from '../formats/value-text.ts'
import type { Kind } from '../schema/pg-type.ts'
import { generators } from './registry.ts'

const TYPES: Partial<Record<Kind, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  numeric: 'numeric(12,3)',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
}
const OPTIONS: Readonly<Record<string, Record<string, unknown>>> = {
  values: { values: ['1'] },
  pattern: { pattern: '[A-Z]{2}-[0-9]{4}' },
  after: { of: 'created_at' },
  arrival: { of: 'created_at' },
}

const columns: Record<string, unknown> = {
  row_id: { type: 'serial', primaryKey: true },
  created_at: { type: 'timestamptz' },
  quantity: { type: 'integer' },
  unit_price: { type: 'numeric(10,2)' },
}
for (const { name, fits } of generators.values())
  for (const kind of name === 'values' ? (['text'] as const) : fits)
    columns[`${name}_${kind}`] = { type: TYPES[kind] ?? kind, generator: { name, ...OPTIONS[name] } }

test('there are at least two hundred generators', () => {
  assert.ok(generators.size >= 200, `${generators.size}`)
})

test('what every generator writes is its value, in each kind of column it fits', async () => {
  const { tables } = await planOf({ everything: { columns, rowCount: 400 } })
  const out = new Chunk(4096)
  for (const { column, cell, write } of tables[0]!.columns)
    for (let row = 0; row < 40; row++) {
      const value = cell.value(row)
      const text = value === null ? String.raw`\N` : copyEscaped(valueText(value, column.type))
      const at = write(out, 0, row)
      assert.equal(out.bytes.subarray(0, at).toString(), text, `${column.name} row ${row}`)
      if (cell.type.kind === 'text')
        assert.ok(Array.from(String(value)).length <= cell.maxChars, `${column.name}: ${value}`)
    }
})

test('a unique text column has no value twice, whatever generator fills it', async () => {
  const texts = [...generators.values()].filter(
    ({ name, fits, uniqueness }) =>
      fits.includes('text') && uniqueness !== 'never' && !['values', 'pattern'].includes(name),
  )
  const unique = Object.fromEntries(
    texts.map(({ name }) => [name, { type: 'text', unique: true, generator: name }]),
  )
  const { tables } = await planOf({
    things: { columns: { row_id: { type: 'serial', primaryKey: true }, ...unique }, rowCount: 300 },
  })
  for (const { column, cell } of tables[0]!.columns)
    assert.equal(new Set(Array.from({ length: 300 }, (_, row) => cell.value(row))).size, 300, column.name)
})
