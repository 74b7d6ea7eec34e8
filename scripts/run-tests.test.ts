import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'

const planted = {
  'a.test.ts': `import { describe, it, before } from 'node:test'
it('passes', () => {})
it('fails', () => { throw new Error('boom') })
it('waits', { skip: 'psql is not installed' }, () => {})
describe('a suite', () => { it('fails inside', () => { throw new Error('deep') }) })
describe('a broken hook', () => { before(() => { throw new Error('hook') }); it('never runs', () => {}) })
`,
  'b.test.ts': 'const x: = 1\n',
  'c.test.ts': `import { it } from 'node:test'
it('ends early', () => process.exit(3))
`,
  'd.test.ts': `import { it } from 'node:test'
it('hangs', async () => await new Promise((resolve) => setTimeout(resolve, 3_000)))
`,
}

it('failures, skips, broken files and hanging tests are all told and counted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-tests-'))
  try {
    for (const [name, text] of Object.entries(planted)) writeFileSync(join(folder, name), text)
    const script = join(folder, 'script.ts')
    writeFileSync(
      script,
      `import { runTests } from ${JSON.stringify(new URL('run-tests.ts', import.meta.url).href)}
const tally = await runTests({ root: new URL(${JSON.stringify(`${pathToFileURL(folder).href}/`)}), files: ${JSON.stringify(Object.keys(planted))}, timeoutMs: 1000 })
console.log('TALLY' + JSON.stringify(tally))`,
    )
    // A test runner inside a test runner runs nothing, unless it does not know.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { stdout } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env,
    })
    const [report = '', tally = '{}'] = stdout.split('TALLY')
    assert.deepEqual(JSON.parse(tally), {
      passed: 1,
      failures: [
        'a.test.ts › fails',
        'a.test.ts › fails inside',
        'a.test.ts › never runs',
        'a.test.ts › a broken hook',
        'b.test.ts (the file itself: it could not be loaded, or ended early)',
        'c.test.ts (the file itself: it could not be loaded, or ended early)',
        'd.test.ts › hangs',
      ],
      skips: ['a.test.ts › waits: psql is not installed'],
    })
    for (const told of [
      /✖ a\.test\.ts › fails\n {4}Error: boom/,
      /Error: deep/,
      /Error: hook/,
      /ERR_INVALID_TYPESCRIPT_SYNTAX/,
    ])
      assert.match(report, told)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
