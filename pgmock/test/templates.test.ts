import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findTemplates } from '../src/config/templates.ts'
import { openSet } from '../src/generate.ts'
import { runPgmock, temporaryFolder } from './run-pgmock.ts'

for (const template of findTemplates(undefined).values())
  test(`the template ${template.name} has at least twelve tables, a comment and no findings`, async () => {
    const { plan, findings } = await openSet([template.path], { seed: 1 })
    assert.deepEqual(findings, [])
    const { tables } = plan.databases[0]!
    assert.ok(tables.length >= 12, `${tables.length} tables`)
    for (const { table, rows } of tables) assert.ok(rows > 0, table.name)
    const links = tables.filter(({ table }) => table.foreignKeys.length > 0).length
    assert.ok(links >= tables.length / 2, 'most tables hang together')
  })

test('init writes a template that validates, and not over a file that exists', async (t) => {
  const folder = temporaryFolder(t)
  const first = await runPgmock(folder, ['init', '--template', 'saas'])
  assert.equal(first.exitCode, 0)
  assert.equal(
    first.stdout,
    'schema.json: from the template saas. Next: pgmock generate schema.json -f schema.sql\n',
  )
  const { stdout } = await runPgmock(folder, ['validate', 'schema.json'])
  assert.match(stdout, /^saas: 17 tables/)
  writeFileSync(join(folder, 'schema.json'), 'mine')
  const again = await runPgmock(folder, ['init', '--template', 'blog'])
  assert.equal(again.exitCode, 2)
  assert.match(again.stderr, /schema\.json exists/)
  assert.equal(readFileSync(join(folder, 'schema.json'), 'utf8'), 'mine')
})

test('init without a template, or with an unknown one, names what there is and writes nothing', async (t) => {
  const folder = temporaryFolder(t)
  const none = await runPgmock(folder, ['init'])
  assert.equal(none.exitCode, 2)
  assert.match(none.stderr, /blog, e-commerce, finance, healthcare, iot, saas/)
  const wrong = await runPgmock(folder, ['init', '--template', 'sass'])
  assert.match(wrong.stderr, /Did you mean "saas"/)
  await runPgmock(folder, ['init', '--template', 'saas', '--dry-run'])
  assert.deepEqual(readdirSync(folder), [])
})

test("a user's own template is listed beside the embedded ones", async (t) => {
  const home = temporaryFolder(t)
  mkdirSync(join(home, '.pgmock/templates'), { recursive: true })
  writeFileSync(
    join(home, '.pgmock/templates/mine.json'),
    JSON.stringify({
      version: '1.0',
      database: { name: 'mine', comment: 'My own' },
      tables: { a: {}, b: {} },
    }),
  )
  const { stdout } = await runPgmock(home, ['templates', 'list'], undefined, { HOME: home })
  assert.match(stdout, /^mine +user +2 +My own$/m)
  assert.match(stdout, /^saas +embedded +17 +Software as a service/m)
  const shown = await runPgmock(home, ['templates', 'show', 'mine'], undefined, { HOME: home })
  assert.deepEqual(Object.keys(JSON.parse(shown.stdout).tables), ['a', 'b'])
})
