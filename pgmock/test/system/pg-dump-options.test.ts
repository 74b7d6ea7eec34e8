import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generate } from '../../src/commands/generate.ts'
import { suiteForEachPostgres } from '../throwaway-cluster.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/pg-dump-options.md'), 'utf8')
const [have = '', haveNot = ''] = page.split('| option | why not |')
const named = (text: string) => new Set(text.match(/--[a-z][a-z-]+/g))

suiteForEachPostgres('the options of pg_dump', ({ bin }) => {
  test('each has its place in the documentation', () => {
    const help = execFileSync(join(bin, 'pg_dump'), ['--help'], { encoding: 'utf8' })
    const options = help.match(/^ +(?:-\S, )?--[a-z-]+/gm)!.map((line) => /--[a-z-]+/.exec(line)![0])
    assert.ok(options.length > 50)
    assert.deepEqual(
      options.filter((option) => !named(page).has(option)),
      [],
    )
  })
})

test('what the documentation says we have, we have; what not, not', () => {
  const ours = new Set(Object.keys(generate.options!).map((name) => `--${name}`))
  const text = have.slice(have.indexOf('| option |'))
  assert.deepEqual(
    [...named(text)].filter((option) => !ours.has(option)),
    [],
  )
  const refused = haveNot
    .slice(0, haveNot.indexOf('Of our own'))
    .split('\n')
    .map((line) => line.split('|')[1] ?? '')
  assert.deepEqual(
    [...named(refused.join())].filter((option) => ours.has(option)),
    [],
  )
})
