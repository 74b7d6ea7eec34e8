import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSet } from '../generate.ts'
import { rowPieces, type RowForm, type RowSource } from '../rows/row-form.ts'
import { rowPool } from './row-pool.ts'

const files = [join(import.meta.dirname, '../../examples/shop.json')]
const flags = { seed: undefined, scale: '0.3', count: [], now: undefined }
const cwd = import.meta.dirname

async function bytesOf(source: RowSource, table: string, form: RowForm): Promise<Buffer> {
  const { plan } = await openSet(files, { seed: 1, scale: 0.3 })
  return await read(
    source,
    plan.databases[0]!.tables.find((one) => one.table.name === table)!,
    form,
  )
}

async function read(source: RowSource, plan: Parameters<RowSource>[0], form: RowForm): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const { bytes } of source(plan, form, { from: 3, to: plan.rows - 2 }))
    parts.push(Buffer.from(bytes))
  return Buffer.concat(parts)
}

test('workers give the rows that this thread gives, in order, in every form', async (t) => {
  const { plan } = await openSet(files, { seed: 1, scale: 0.3 })
  const lines = plan.databases[0]!.tables.find(({ table }) => table.name === 'orders')!
  const pool = rowPool(2, plan, { files, flags, cwd })
  t.after(() => pool.close())
  const inserts = { namesColumns: true, rowsPerStatement: 9 }
  for (const form of [
    { kind: 'copy' },
    { kind: 'inserts', form: inserts, major: 18 },
    { kind: 'ndjson' },
  ] as const) {
    const made = await read(pool.source, lines, form)
    assert.ok(made.length > 1024 * 1024)
    assert.ok(made.equals(await bytesOf(rowPieces, 'orders', form)), form.kind)
  }
})

test('a worker that cannot make its rows tells the reason, every time', async (t) => {
  const { plan } = await openSet(files, { seed: 1, scale: 0.3 })
  const pool = rowPool(2, plan, { files: ['gone.json'], flags, cwd })
  t.after(() => pool.close())
  const table = plan.databases[0]!.tables.find((one) => one.table.name === 'orders')!
  for (let times = 0; times < 2; times++)
    await assert.rejects(read(pool.source, table, { kind: 'copy' }), { code: 'file-missing' })
})
