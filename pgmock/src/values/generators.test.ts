// Both forms of a cell come from the same draws: what the writer writes is what the value says.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chunk } from '../bytes/chunk.ts'
import { copyEscaped } from '../formats/copy-text.ts'
import { valueText } from '../formats/value-text.ts'
import { generatorSamples } from '../plan/generator-samples.ts'
import { openSet } from '../generate.ts'
import { generators } from './registry.ts'
import { parsePattern } from './pattern.ts'
import { slugOf } from './text.ts'

const fixture = new URL('../../test/fixtures/', import.meta.url).pathname

test('there are at least sixty generators, each with a summary and samples', () => {
  assert.ok(generators.size >= 60)
  for (const { name, summary } of generators.values()) {
    assert.ok(summary.length > 5, name)
    for (const sample of generatorSamples(name, 20)) assert.ok(sample.length > 0, name)
  }
})

for (const file of [
  'all-types.json',
  'keys.json',
  'ledger.json',
  '../../examples/shop.json',
  '../../bench/users.json',
]) {
  test(`what is written for every column of ${file} is its value, escaped`, async () => {
    const { plan, findings } = await openSet([`${fixture}${file}`], { seed: 5, scale: 0.1 })
    assert.deepEqual(findings, [])
    const out = new Chunk(64)
    for (const { tables } of plan.databases)
      for (const { columns, rows, table } of tables)
        for (const { column, cell, write } of columns)
          for (let row = 0; row < Math.min(rows, 300); row++) {
            const value = cell.value(row)
            const expected = value === null ? String.raw`\N` : copyEscaped(valueText(value, column.type))
            const at = write(out, 0, row)
            assert.equal(
              out.bytes.subarray(0, at).toString(),
              expected,
              `${table.name}.${column.name} row ${row}`,
            )
          }
  })
}

test('a person, an address and a product are one thing across their columns', async () => {
  const { plan } = await openSet([`${fixture}../../examples/shop.json`], { seed: 1 })
  const table = plan.databases[0]!.tables.find((one) => one.table.name === 'buyers')!
  const column = (name: string) => table.columns.find((one) => one.column.name === name)!.cell
  const places: Record<string, Set<string>> = {}
  for (let row = 0; row < 500; row++) {
    const first = slugOf(String(column('first_name').value(row))).replaceAll('-', '')
    assert.ok(String(column('email').value(row)).startsWith(`${first}.`))
    ;(places[String(column('city').value(row))] ??= new Set()).add(String(column('country').value(row)))
  }
  assert.ok(Object.values(places).every((countries) => countries.size === 1))
})

test('a pattern of a given size makes each of its texts once', () => {
  const node = parsePattern(String.raw`(a|bc)[x-z]?\d{1,2}`)
  assert.equal(node.size, 2 * 4 * 110)
  const texts = new Set(Array.from({ length: node.size }, (_, i) => node.at(i)))
  assert.equal(texts.size, node.size)
  for (const text of texts) assert.match(text, /^(a|bc)[x-z]?\d{1,2}$/)
  for (const wrong of ['(a', '[', '*', 'a{3,1}', '(?=a)', String.raw`\b`])
    assert.throws(() => parsePattern(wrong), /./, wrong)
})
