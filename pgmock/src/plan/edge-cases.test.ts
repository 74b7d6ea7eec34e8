import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { parsePgType, NO_TYPES } from '../schema/pg-type.ts'
import { valueText } from '../formats/value-text.ts'
import { edgesOf } from './edge-cases.ts'
import { runPgmock } from '../../test/run-pgmock.ts'
import { copyEscaped } from '../formats/copy-text.ts'
import { Chunk } from '../bytes/chunk.ts'

const tables = {
  notes: {
    columns: {
      id: { type: 'serial', primaryKey: true },
      body: { type: 'text' },
      title: { type: 'varchar(12)' },
      email: { type: 'text', unique: true },
      kind: { type: 'text', values: ['a', 'b'] },
      checked: { type: 'text', check: "(checked <> ''::text)" },
      shout: { type: 'text', derive: 'upper(body)' },
    },
    rowCount: 4000,
  },
}

test('edge cases come in the asked share, in free text alone, and fit the column', async () => {
  const [plain, edged] = [await planOf(tables), await planOf(tables, { edgeCases: 0.05 })]
  const out = new Chunk(8192)
  for (const [i, { column, cell, write }] of edged.tables[0]!.columns.entries()) {
    const before = plain.tables[0]!.columns[i]!.cell
    let changed = 0
    for (let row = 0; row < 4000; row++) {
      const value = cell.value(row)
      if (value !== before.value(row)) changed++
      if (column.name === 'title') assert.ok(Array.from(String(value)).length <= 12)
      if (typeof value !== 'string') continue
      const at = write(out, 0, row)
      assert.equal(out.bytes.subarray(0, at).toString(), copyEscaped(value))
    }
    const free = ['body', 'title', 'shout'].includes(column.name)
    assert.ok(free ? changed > 120 && changed < 280 : changed === 0, `${column.name}: ${changed}`)
  }
})

test('a share that is none is refused', async () => {
  const { exitCode, stderr } = await runPgmock('.', ['preview', 'x.json', 't', '--edge-cases', 'many'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /--edge-cases needs a share, not "many"/)
})

/** A column of each kind, free, and the same kinds where something speaks against edge cases. */
const kinds = {
  whole: { type: 'integer' },
  large: { type: 'bigint' },
  exact: { type: 'numeric(12,2)' },
  rough: { type: 'double precision' },
  day: { type: 'date' },
  instant: { type: 'timestamptz' },
  clock: { type: 'time' },
  span: { type: 'interval' },
  doc: { type: 'jsonb' },
  list: { type: 'text[]' },
  raw: { type: 'bytea' },
  key: { type: 'uuid' },
  address: { type: 'inet' },
}
const spokenFor = {
  id: { type: 'serial', primaryKey: true },
  ranged: { type: 'integer', min: 1, max: 9 },
  counted: { type: 'integer', derive: 'ranged + 1' },
  used: { type: 'integer' },
  sum: { type: 'integer', derive: 'used + 1' },
  first: { type: 'timestamptz' },
  second: { type: 'timestamptz', generator: { name: 'after', of: 'first' } },
  picked: { type: 'integer', values: [1, 2] },
  checked: { type: 'integer', check: '(checked < 100)' },
  single: { type: 'uuid', unique: true },
}

test('every kind of value has its extremes, written as they are; what sums, ranges and checks need has none', async () => {
  const columns = { ...kinds, ...spokenFor }
  const [plain, edged] = await Promise.all(
    [0, 0.2].map((edgeCases) => planOf({ things: { columns, rowCount: 1000 } }, { edgeCases })),
  )
  const out = new Chunk(8192)
  for (const [i, { column, cell, write }] of edged!.tables[0]!.columns.entries()) {
    const before = plain!.tables[0]!.columns[i]!.cell
    const seen = new Set<string>()
    for (let row = 0; row < 1000; row++) {
      const value = cell.value(row)!
      const at = write(out, 0, row)
      const text = valueText(value, column.type)
      assert.equal(out.bytes.subarray(0, at).toString(), copyEscaped(text), column.name)
      if (value !== before.value(row)) seen.add(text)
    }
    const edges = edgesOf(column.type).map((edge) => valueText(edge, column.type))
    if (column.name in kinds)
      assert.ok(
        edges.filter((edge) => seen.has(edge)).length > edges.length / 2,
        `${column.name}: ${[...seen].join()}`,
      )
    else assert.equal(seen.size, 0, column.name)
  }
})

test('the largest bigint is exact', () => {
  assert.ok(edgesOf(parsePgType('bigint', NO_TYPES)!).includes('9223372036854775807'))
})
