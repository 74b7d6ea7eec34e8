import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../run-specify.ts'

const ROOT = join(import.meta.dirname, '../..')
const PATH = [join(ROOT, '../node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter)

for (const name of readdirSync(join(ROOT, 'specs'))) {
  test(`the scenarios of specs/${name} pass, and prove the requirements they name`, async (t) => {
    const report = join(temporaryFolder(t), 'scenarios.xml')
    const run = await runSpecify(ROOT, ['test', `specs/${name}`, '--junit', report], { PATH })
    assert.equal(run.exitCode, 0, run.stdout + run.stderr)
    assert.match(run.stdout, /\b0 failed, 0 unbound/)
    const { stdout } = await runSpecify(ROOT, [
      'trace',
      '--feature',
      `specs/${name}`,
      '--junit',
      report,
      '--json',
    ])
    const { data } = JSON.parse(stdout) as { data: { levels: Record<string, number> } }
    t.diagnostic(JSON.stringify(data.levels))
    assert.ok(data.levels['scenario-passed']! > 0)
  })
}
