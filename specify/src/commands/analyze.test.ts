import assert from 'node:assert/strict'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')
const FEATURE = 'specs/001-log-in'

test('a good feature has no issue, full coverage and no critical mark', async (t) => {
  const { stdout, exitCode } = await runSpecify(project(t), ['analyze'])
  assert.equal(exitCode, 0)
  assert.equal(
    stdout,
    `## Specification Analysis Report

No issues.

| Requirement Key | Has Task? | Task IDs | Notes |
|---|---|---|---|
| FR-001 | yes | T002, T003 | 0/2 done |
| FR-002 | yes | T003 | 0/1 done |
| FR-003 | yes | T004 | 0/1 done |
| SC-001 | no |  |  |

Tasks without story or requirement: T001

Requirements: 3 · Tasks: 4 · Coverage: 100 % · Ambiguity: 0 · Duplication: 0 · Critical: 0
`,
  )
})

for (const [code, file, from, to, row] of [
  [
    'near-duplicate',
    'spec.md',
    '## Success',
    '- **FR-004**: The service MUST refuse the token after its owner logged out\n\n## Success',
    'A MEDIUM',
  ],
  ['vague-word', 'spec.md', 'MUST refuse a token after its owner logged out', 'MUST be fast', 'B MEDIUM'],
  [
    'empty-requirement',
    'spec.md',
    'The service MUST refuse a token after its owner logged out',
    '',
    'C HIGH',
  ],
  [
    'unchecked-constitution',
    'plan.md',
    'Principle II: both stories have scenarios that run.\n',
    '',
    'D CRITICAL',
  ],
  ['requirement-without-task', 'tasks.md', '(FR-003)', '', 'E HIGH'],
  [
    'contradictory-number',
    'spec.md',
    '## Success',
    '- **FR-004**: The service MUST exchange a right password for a token that lives 30 minutes\n\n## Success',
    'F HIGH',
  ],
] as const) {
  test(`${code} is found in its pass, and only there`, async (t) => {
    const cwd = project(t)
    edit(cwd, file, from, to)
    const { issues } = await analysis(cwd)
    const own = issues.filter((issue) => issue.code === code)
    assert.equal(own.length, 1)
    assert.equal(`${own[0]!.category} ${own[0]!.severity}`, row)
  })
}

// @spec 001#FR-003
test('ids stay when lines move, and reruns are the same bytes', async (t) => {
  const cwd = project(t)
  edit(cwd, 'tasks.md', '(FR-003)', '')
  edit(cwd, 'spec.md', '- **FR-002**', '- **FR-001**')
  const first = await runSpecify(cwd, ['analyze', '--json'])
  assert.equal((await runSpecify(cwd, ['analyze', '--json'])).stdout, first.stdout)
  const ids = (await analysis(cwd)).issues.map(({ id }) => id)
  edit(cwd, 'spec.md', '## User Scenarios', 'One more line.\n\n## User Scenarios')
  assert.deepEqual(
    (await analysis(cwd)).issues.map(({ id }) => id),
    ids,
  )
  assert.ok(ids.length >= 2)
})

test('a critical issue and a file that is not there give exit code 1', async (t) => {
  const cwd = project(t)
  edit(cwd, 'plan.md', '## Constitution Check', '## Elsewhere')
  assert.equal((await runSpecify(cwd, ['analyze'])).exitCode, 1)
  rmSync(join(cwd, FEATURE, 'plan.md'))
  const { exitCode, stdout } = await runSpecify(cwd, ['analyze'])
  assert.equal(exitCode, 1)
  assert.match(stdout, /Run "specify plan" first/)
})

test('implement stops at an open checklist, --force does not', async (t) => {
  const cwd = project(t)
  const first = await runSpecify(cwd, ['implement'])
  assert.deepEqual([first.exitCode, first.stdout.split('\n')[0]], [0, '3 tasks to do: T002, T003, T004'])
  await runSpecify(cwd, ['checklist', 'ux'])
  const second = await runSpecify(cwd, ['implement'])
  assert.equal(second.exitCode, 1)
  assert.match(
    second.stdout,
    /\| ux\.md \| 2 \| 0 \| 2 \| ✗ FAIL \|\n\nNot ready to build\.[^]*open-checklist/,
  )
  assert.equal((await runSpecify(cwd, ['implement', '--force'])).exitCode, 0)
  rmSync(join(cwd, FEATURE, 'tasks.md'))
  assert.equal((await runSpecify(cwd, ['implement', '--force'])).exitCode, 1)
})

test('converge appends what nobody does, what is ticked without being there, and what a reader found', async (t) => {
  const cwd = project(t)
  edit(cwd, 'tasks.md', '(FR-003)', '')
  const before = read(cwd)
  const argv = ['converge', '--gap', 'FR-002:contradicts:answer 401, not 400, in src/log-in.ts']
  const dry = await runSpecify(cwd, [...argv, '--dry-run'])
  assert.equal(read(cwd), before)
  assert.match(
    dry.stdout,
    /^Would append to specs\/001-log-in\/tasks\.md:\n- \[ \] T005 Implement: The service MUST refuse a token/,
  )
  await runSpecify(cwd, argv)
  const after = read(cwd)
  assert.ok(after.startsWith(before))
  assert.match(
    after,
    /## Phase 4: Convergence\n\n- \[ \] T005 .* per FR-003 \(missing\)\n- \[ \] T006 Redo T001: src\/service\.ts not there \(partial\)\n- \[ \] T007 .* per FR-002 \(contradicts\)\n$/,
  )
  await runSpecify(cwd, argv)
  assert.equal(read(cwd), after)
  const { exitCode, stderr } = await runSpecify(cwd, ['converge', '--gap', 'FR-020:missing:x'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /no FR-020[^]*Did you mean "FR-002"/)
  assert.match(
    (await runSpecify(cwd, ['converge', '--gap', 'FR-002:mising:x'])).stderr,
    /Did you mean "missing"/,
  )
  assert.match((await runSpecify(cwd, ['converge', '--gap', 'FR-002'])).stderr, /is not FR:kind:text/)
})

test('issues: open tasks the tracker does not have', async (t) => {
  const cwd = project(t)
  writeFileSync(join(cwd, 'issues.json'), '[{"title": "T003: check"}, {"title": "unrelated T00"}]')
  const { stdout } = await runSpecify(cwd, ['taskstoissues', '--existing', 'issues.json'])
  assert.equal(
    stdout,
    'T002: Sign tokens in src/tokens.ts (FR-001)\nT004: Revoke the token in src/log-out.ts (FR-003)\n',
  )
  writeFileSync(join(cwd, 'issues.json'), '{}')
  const { exitCode, stderr } = await runSpecify(cwd, ['taskstoissues', '--existing', 'issues.json'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /no JSON list of issues/)
})

type Issue = { id: string; code: string; category: string; severity: string }

async function analysis(cwd: string): Promise<{ issues: Issue[] }> {
  const { stdout } = await runSpecify(cwd, ['analyze', '--json'])
  return (JSON.parse(stdout) as { data: { issues: Issue[] } }).data
}

function project(t: { after(end: () => void): void }): string {
  const cwd = temporaryFolder(t)
  cpSync(BASE, cwd, { recursive: true })
  return cwd
}

function edit(cwd: string, file: string, from: string, to: string): void {
  const path = join(cwd, FEATURE, file)
  const text = readFileSync(path, 'utf8')
  assert.ok(text.includes(from), from)
  writeFileSync(path, text.replace(from, to))
}

function read(cwd: string): string {
  return readFileSync(join(cwd, FEATURE, 'tasks.md'), 'utf8')
}
