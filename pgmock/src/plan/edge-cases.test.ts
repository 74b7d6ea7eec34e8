import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
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
