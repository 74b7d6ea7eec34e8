// What pgmock promises is written in specs/ in specify's format: it is valid there, every requirement has its task, and
// its scenarios run. By the command, since the products know nothing of each other's code.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { suite, test } from 'node:test'
import { temporaryFolder } from '../run-pgmock.ts'

const ROOT = join(import.meta.dirname, '../..')
const BIN = join(ROOT, '../node_modules/.bin')
const absent = !existsSync(join(BIN, 'specify'))

async function specify(...args: readonly string[]): Promise<{ exitCode: number; stdout: string }> {
  const env = { ...process.env, PATH: [BIN, process.env['PATH'] ?? ''].join(delimiter) }
  return await new Promise((resolve) => {
    execFile(join(BIN, 'specify'), args, { cwd: ROOT, env, maxBuffer: 1 << 26 }, (error, stdout) =>
      resolve({ exitCode: error ? Number(error.code) : 0, stdout }),
    )
  })
}

suite("pgmock's own specs", { skip: absent ? 'needs the command specify of this repository' : false }, () => {
  for (const name of readdirSync(join(ROOT, 'specs'))) {
    const feature = `specs/${name}`

    test(`${name} is valid without a warning, and every requirement has its task`, async () => {
      const valid = await specify('validate', feature, '--json')
      assert.deepEqual((JSON.parse(valid.stdout) as { findings: unknown[] }).findings, [])
      const { stdout } = await specify('analyze', '--feature', feature, '--json')
      const { data } = JSON.parse(stdout) as {
        data: { issues: unknown[]; metrics: { coveragePercent: number } }
      }
      assert.deepEqual(data.issues, [])
      assert.equal(data.metrics.coveragePercent, 100)
    })

    test(`the scenarios of ${name} pass, and prove the requirements they name`, async (t) => {
      const report = join(temporaryFolder(t), 'scenarios.xml')
      const run = await specify('test', feature, '--junit', report)
      assert.equal(run.exitCode, 0, run.stdout)
      assert.match(run.stdout, /\b0 failed, 0 unbound/)
      const { stdout } = await specify('trace', '--feature', feature, '--junit', report, '--json')
      const { data } = JSON.parse(stdout) as { data: { levels: Record<string, number> } }
      assert.ok(data.levels['scenario-passed']! >= 8, stdout)
    })
  }
})
