import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runSpecify } from './run-specify.ts'

// What we ask of others holds for ourselves: our specs pass our own gates.

const ROOT = join(import.meta.dirname, '..')

for (const name of readdirSync(join(ROOT, 'specs'))) {
  const feature = `specs/${name}`

  test(`${feature} is valid without a warning`, async () => {
    const { exitCode, stdout } = await runSpecify(ROOT, ['validate', feature, '--json'])
    const { findings } = JSON.parse(stdout) as { findings: unknown[] }
    assert.deepEqual([exitCode, findings], [0, []])
  })

  test(`${feature}: spec, plan, tasks and constitution agree, every requirement has its task`, async () => {
    const { stdout } = await runSpecify(ROOT, ['analyze', '--feature', feature, '--json'])
    const { data } = JSON.parse(stdout) as {
      data: { issues: unknown[]; metrics: { coveragePercent: number } }
    }
    assert.deepEqual(data.issues, [])
    assert.equal(data.metrics.coveragePercent, 100)
  })

  test(`${feature}: every requirement is named by a test, every ticked task left its files`, async () => {
    const { exitCode, stdout } = await runSpecify(ROOT, [
      'trace',
      '--feature',
      feature,
      '--at-least',
      'test-exists',
    ])
    assert.equal(exitCode, 0, stdout)
  })
}
