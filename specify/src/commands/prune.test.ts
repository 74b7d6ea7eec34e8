import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { tokenCounter } from '../context/count-tokens.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')
const FEATURE = 'specs/001-log-in'

function project(t: TestContext): string {
  const root = temporaryFolder(t)
  cpSync(BASE, root, { recursive: true })
  return root
}

async function prune(root: string, ...args: string[]) {
  const { stdout, exitCode } = await runSpecify(root, ['prune', ...args, '--json'])
  const { data, error } = JSON.parse(stdout)
  return { exitCode, error, ...data }
}

test('the summary says what is decided, done, next and open, and where to read', async (t) => {
  const root = project(t)
  writeFileSync(join(root, FEATURE, 'research.md'), '## Tokens\n\n- **Decision**: sign with EdDSA\n')
  writeFileSync(
    join(root, FEATURE, 'spec.md'),
    `${readFileSync(join(root, FEATURE, 'spec.md'), 'utf8')}\n## Clarifications\n\n- Q: How long? → A: 15 minutes\n\n[NEEDS CLARIFICATION: which browsers?]\n`,
  )
  const { summary, file } = await prune(root, '--note', 'ask Ada about limits')
  for (const part of [
    '- sign with EdDSA',
    '- How long? → 15 minutes',
    '1 of 4 tasks, last T001 Create the service',
    '- T002 [P] [US1] Sign tokens in src/tokens.ts (FR-001) (tasks.md:9)',
    '- which browsers? (spec.md:',
    '- ask Ada about limits',
    '- specs/001-log-in/spec.md',
  ])
    assert.ok(summary.includes(part), `${part}\n\n${summary}`)
  assert.equal(readFileSync(join(root, file), 'utf8'), summary)
})

test('the saving is what a tokenizer counts', async (t) => {
  const root = project(t)
  const { before, after, saved, summary } = await prune(root, '--dry-run')
  const count = await tokenCounter()
  const read = ['spec.md', 'plan.md', 'tasks.md'].map((name) =>
    count(readFileSync(join(root, FEATURE, name), 'utf8')),
  )
  assert.equal(
    before,
    read.reduce((a, b) => a + b),
  )
  assert.deepEqual([after, saved], [count(summary), before - after])
})

test('a dry run writes nothing', async (t) => {
  const root = project(t)
  await prune(root, '--dry-run')
  assert.ok(!existsSync(join(root, '.speckit')))
})

test('of several features one must be named, of none there is nothing to sum up', async (t) => {
  const root = project(t)
  mkdirSync(join(root, 'specs/002-log-out'))
  writeFileSync(join(root, 'specs/002-log-out/spec.md'), '# Log out\n')
  const { error, exitCode } = await prune(root)
  assert.deepEqual(
    [error.code, error.hint, exitCode],
    ['which-feature', 'Name one: specify prune specs/001-log-in', 2],
  )
  assert.equal((await prune(root, 'specs/002-log-out')).exitCode, 0)
  const empty = temporaryFolder(t)
  writeFileSync(join(empty, '.speckit.config.json'), '{}')
  assert.equal((await prune(empty)).error.code, 'which-feature')
})
