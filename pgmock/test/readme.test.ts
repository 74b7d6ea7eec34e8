import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { program } from '../src/program.ts'
import { generators } from '../src/values/registry.ts'
import { runPgmock, temporaryFolder } from './run-pgmock.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8')

const shown = ['README.md', 'docs/plugins.md'].map(read).join('\n')

for (const [, line, expected] of shown.matchAll(/^```console\n\$ (.*)\n([\s\S]*?)^```$/gm)) {
  test(`the documentation shows what "${line}" prints`, async () => {
    const [command, script, ...args] = line!.split(' ')
    assert.equal(`${command} ${script}`, 'node pgmock/bin/pgmock.js')
    assert.equal((await runPgmock(REPOSITORY, args)).stdout, expected)
  })
}

test('README names every command there is, CHANGELOG counts the generators', () => {
  for (const name of Object.keys(program.commands))
    assert.match(read('README.md'), new RegExp(`^\\| \`${name}\``, 'm'))
  const counted = Number(/more than (\d+) generators/.exec(read('CHANGELOG.md'))![1])
  assert.ok(generators.size > counted && generators.size < counted + 30, `${generators.size} generators`)
})

test('every JSON example of the language description is a schema without findings', async (t) => {
  const folder = temporaryFolder(t)
  const blocks = [...read('docs/schema-language.md').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, block]) => block!,
  )
  const example = (name: string) =>
    readFileSync(join(import.meta.dirname, '../examples/shop-set', name), 'utf8')
  const same = (block: string | undefined, name: string) =>
    assert.deepEqual(JSON.parse(block!), JSON.parse(example(name)))
  const set = blocks.findIndex((block) => block.includes('"set"'))
  same(blocks[set], 'shop.set.json')
  same(blocks[set + 1], 'catalog.json')
  same(blocks[set + 2], 'order.json')
  for (const [i, block] of blocks.entries()) {
    if (i >= set && i <= set + 2) continue
    writeFileSync(join(folder, `${i}.json`), block)
    assert.match((await runPgmock(folder, ['validate', `${i}.json`])).stdout, / Good\.\n$/, block)
  }
  const { exitCode, stdout } = await runPgmock(REPOSITORY, [
    'validate',
    'pgmock/examples/shop-set/shop.set.json',
  ])
  assert.equal(stdout, 'catalog, orders: 4 tables, 23 columns, 63,777 rows. Good.\n')
  assert.equal(exitCode, 0)
})
