import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PROJECTS = join(import.meta.dirname, '../../test/projects')
const FEATURE = 'specs/001-log-in'

test('status counts phases and names what is ready', async (t) => {
  const { stdout, exitCode } = await runSpecify(project(t), ['status'])
  assert.equal(exitCode, 0)
  assert.equal(
    stdout,
    `specs/001-log-in: 1 of 4 tasks done
  ✅ 1/1  Phase 1: Setup
  ○  0/2  Phase 2: User Story 1 - Log in with a password (Priority: P1)
  ○  0/1  Phase 3: User Story 2 - Log out (Priority: P2)
Ready:
  T002  [P] [US1] Sign tokens in src/tokens.ts (FR-001)
  T004  [US2] Revoke the token in src/log-out.ts (FR-003)
Side by side without touching the same file: T002, T004
`,
  )
})

// @spec 001#FR-005
test('a task is ticked once its file is there, and its evidence is kept', async (t) => {
  const cwd = project(t)
  const before = tasksOf(cwd)
  const early = await run(cwd, ['done', 'T002'])
  assert.deepEqual([early.exitCode, early.codes], [1, ['task-without-evidence']])
  assert.equal(tasksOf(cwd), before)
  mkdirSync(join(cwd, 'src'))
  writeFileSync(join(cwd, 'src/tokens.ts'), '// tokens\n')
  assert.equal((await run(cwd, ['done', 'T002', '--dry-run'])).data['ticked'], false)
  assert.equal(tasksOf(cwd), before)
  const late = await run(cwd, ['done', 't002'])
  assert.deepEqual(
    [late.exitCode, late.data['evidence'], late.data['next']],
    [0, ['src/tokens.ts'], ['T003', 'T004']],
  )
  assert.equal(tasksOf(cwd), before.replace('[ ] T002', '[X] T002'))
  const progress = JSON.parse(readFileSync(join(cwd, '.specify/progress/001-log-in.json'), 'utf8')) as {
    done: { task: string }[]
    pending?: unknown
  }
  assert.deepEqual(
    progress.done.map(({ task }) => task),
    ['T002'],
  )
  assert.equal(progress.pending, undefined)
  const { stdout } = await runSpecify(cwd, ['done', 'T002'])
  assert.equal(stdout, 'T002 is ticked already.\n')
})

test('a task whose turn has not come is not ticked, --force says one knows', async (t) => {
  const cwd = project(t)
  mkdirSync(join(cwd, 'src'))
  writeFileSync(join(cwd, 'src/log-in.ts'), '')
  assert.deepEqual((await run(cwd, ['done', '3'])).codes, ['task-not-ready'])
  assert.equal((await run(cwd, ['done', '3', '--force'])).data['ticked'], true)
})

test('a task that names no file, or takes one away, asks for a file or a commit as evidence', async (t) => {
  const cwd = project(t)
  const tasks = join(cwd, FEATURE, 'tasks.md')
  writeFileSync(
    tasks,
    '## Phase 1: A\n\n- [ ] T001 Agree on the names\n- [ ] T002 Delete specs/001-log-in/plan.md\n',
  )
  assert.deepEqual((await run(cwd, ['done', 'T001'])).codes, ['task-without-evidence'])
  assert.deepEqual((await run(cwd, ['done', 'T001', '--evidence', 'constitution.md:3'])).data['evidence'], [
    'constitution.md:3',
  ])
  assert.deepEqual((await run(cwd, ['done', 'T002'])).codes, ['task-without-evidence'])
  execFileSync('git', ['init', '-q', cwd])
  execFileSync('git', [
    '-C',
    cwd,
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@b',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  ])
  const commit = execFileSync('git', ['-C', cwd, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
  assert.deepEqual((await run(cwd, ['done', 'T002', '--evidence', commit.slice(0, 10)])).data['evidence'], [
    `commit:${commit.slice(0, 10)}`,
  ])
})

test('words are no evidence', async (t) => {
  const cwd = project(t)
  for (const evidence of ['I looked', 'deadbeef', 'nothing.md']) {
    const { exitCode, stderr } = await runSpecify(cwd, ['done', 'T002', '--evidence', evidence])
    assert.equal(exitCode, 2)
    assert.match(stderr, /neither a file here nor a commit/)
  }
})

// @spec 001#FR-006
test('what a killed process had begun is finished by resume, and shown first without', async (t) => {
  const cwd = project(t)
  const before = tasksOf(cwd)
  mkdirSync(join(cwd, '.specify/progress'), { recursive: true })
  const entry = { task: 'T002', at: '2026-02-03T00:00:00.000Z', evidence: ['src/tokens.ts'] }
  const place = join(cwd, '.specify/progress/001-log-in.json')
  writeFileSync(place, JSON.stringify({ version: 1, feature: FEATURE, pending: entry, done: [] }))
  assert.equal((await run(cwd, ['resume', '--dry-run'])).data['recovered'], 'T002')
  assert.equal(tasksOf(cwd), before)
  const { data } = await run(cwd, ['resume'])
  assert.deepEqual([data['recovered'], data['completed'], data['withoutEvidence']], ['T002', 2, ['T001']])
  assert.equal(tasksOf(cwd), before.replace('[ ] T002', '[X] T002'))
  assert.deepEqual((await run(cwd, ['resume'])).data['recovered'], null)
  // A box taken back by hand stays open: only what was pending is finished.
  writeFileSync(join(cwd, FEATURE, 'tasks.md'), before)
  await run(cwd, ['resume'])
  assert.equal(tasksOf(cwd), before)
})

test('the blocks of the microservice guide are worked off like boxes', async (t) => {
  const cwd = project(t)
  writeFileSync(
    join(cwd, FEATURE, 'tasks.md'),
    '## Phase 1: F\n\n### Task 1.1: Setup\n- File: constitution.md\n- Dependencies: None\n\n### Task 1.2: Next\n- File: x.py\n- Dependencies: Task 1.1\n',
  )
  assert.deepEqual((await run(cwd, ['done', '1.2', '--evidence', 'constitution.md'])).codes, [
    'task-not-ready',
  ])
  assert.deepEqual((await run(cwd, ['done', 'Task', '1.1'])).data['next'], ['Task 1.2'])
  assert.match(tasksOf(cwd), /- Dependencies: None\n- Status: done\n\n### Task 1\.2/)
})

// @spec 001#FR-004
test('next hands out task, requirement, scenarios, operation, files and quick references, in that order', async (t) => {
  const cwd = temporaryFolder(t)
  cpSync(join(PROJECTS, 'contracts-platform'), cwd, { recursive: true })
  const folder = 'services/order-service/specs/001-order-management'
  writeFileSync(
    join(cwd, folder, 'tasks.md'),
    '## Phase 1: A\n\n- [ ] T001 [US1] Answer in src/server.mjs (FR-001)\n',
  )
  mkdirSync(join(cwd, 'services/user-service/specs/001-user-profile'), { recursive: true })
  writeFileSync(join(cwd, 'services/user-service/specs/001-user-profile/quick-ref.md'), '# user-service\n')
  const { data, stdout } = await run(cwd, ['next', '--feature', folder])
  const pack = data['pack'] as { sections: { kind: string; name: string; tokens: number }[]; tokens: number }
  const kinds = [...new Set(pack.sections.map(({ kind }) => kind))]
  assert.deepEqual(
    kinds.filter((kind) => kind !== 'requirement'),
    ['task', 'scenario', 'contract', 'file', 'quick-ref'],
    stdout,
  )
  assert.equal(
    pack.tokens,
    pack.sections.reduce((sum, { tokens }) => sum + tokens, 0),
  )
  const small = (await run(cwd, ['next', '--feature', folder, '--budget', '60'])).data[
    'pack'
  ] as typeof pack & { leftOut: unknown[] }
  assert.ok(small.tokens <= 60)
  assert.equal(small.sections[0]!.kind, 'task')
  assert.equal(small.sections.length + small.leftOut.length, pack.sections.length)
})

test('ticking and appending at the same time loses neither', async (t) => {
  const cwd = project(t)
  mkdirSync(join(cwd, 'src'))
  for (const name of ['tokens', 'log-out']) writeFileSync(join(cwd, `src/${name}.ts`), '')
  await Promise.all([
    runSpecify(cwd, ['done', 'T002']),
    runSpecify(cwd, ['converge', '--gap', 'FR-002:partial:first']),
    runSpecify(cwd, ['done', 'T004']),
    runSpecify(cwd, ['converge', '--gap', 'FR-003:partial:second']),
  ])
  const text = tasksOf(cwd)
  for (const part of ['[X] T002', '[X] T004', 'first per FR-002 (partial)', 'second per FR-003 (partial)'])
    assert.ok(text.includes(part), `${part} in\n${text}`)
})

test('when all is done, next says what follows', async (t) => {
  const cwd = project(t)
  writeFileSync(join(cwd, FEATURE, 'tasks.md'), '## A\n\n- [x] T001 done\n')
  assert.match((await runSpecify(cwd, ['next'])).stdout, /^All tasks are done/)
})

test('what cannot be done is refused with what to do instead', async (t) => {
  const cwd = project(t)
  for (const [argv, message] of [
    [['done'], /Name the task[^]*specify done T012/],
    [['done', 'T020'], /no task "T020"[^]*Did you mean "T002"/],
    [['done', 'T002', '--evidence', '../x'], /outside the workspace/],
    [['next', '--budget', '0'], /whole number from 1/],
  ] as const) {
    const { exitCode, stderr } = await runSpecify(cwd, argv)
    assert.equal(exitCode, 2, argv.join(' '))
    assert.match(stderr, message)
  }
  mkdirSync(join(cwd, '.specify/progress'), { recursive: true })
  writeFileSync(join(cwd, '.specify/progress/001-log-in.json'), '{"version": 2}')
  assert.match((await runSpecify(cwd, ['resume'])).stderr, /not written by this version/)
  const empty = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), empty, { recursive: true })
  writeFileSync(join(empty, FEATURE, 'tasks.md'), '# Tasks\n')
  assert.match((await runSpecify(empty, ['status'])).stderr, /no tasks yet[^]*specify tasks/)
})

function project(t: { after(end: () => void): void }): string {
  const cwd = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), cwd, { recursive: true })
  assert.ok(existsSync(join(cwd, FEATURE)))
  return cwd
}

function tasksOf(cwd: string): string {
  return readFileSync(join(cwd, FEATURE, 'tasks.md'), 'utf8')
}

async function run(cwd: string, argv: readonly string[]) {
  const { exitCode, stdout, stderr } = await runSpecify(cwd, [...argv, '--json'])
  const answer = JSON.parse(stdout) as { data?: Record<string, unknown>; findings?: { code: string }[] }
  assert.ok(answer.data, stdout + stderr)
  return { exitCode, stdout, data: answer.data, codes: (answer.findings ?? []).map(({ code }) => code) }
}

test('DELETE as a method of HTTP and a button that removes take nothing away', async (t) => {
  const cwd = project(t)
  const tasks = [
    '- [ ] T001 [US1] Implement DELETE /albums/{id} in src/albums.ts',
    '- [ ] T002 [US1] Add a remove button to src/albums.ts',
    '- [ ] T003 [P] Remove the old list from src/albums.ts',
    '- [ ] T004 Mend src/albums.ts and delete its copy',
  ]
  writeFileSync(join(cwd, FEATURE, 'tasks.md'), `## Phase 1: A\n\n${tasks.join('\n')}\n`)
  mkdirSync(join(cwd, 'src'))
  writeFileSync(join(cwd, 'src/albums.ts'), '')
  for (const [task, codes] of [
    ['T001', []],
    ['T002', []],
    ['T003', ['task-without-evidence']],
    ['T004', ['task-without-evidence']],
  ] as const)
    assert.deepEqual((await run(cwd, ['done', task, '--force', '--dry-run'])).codes, codes, task)
})

test('a block whose bullets are boxes is done when they are ticked, all of them at once', async (t) => {
  const cwd = project(t)
  mkdirSync(join(cwd, 'src'))
  writeFileSync(join(cwd, 'src/a.ts'), '')
  const block = '### Task 1.1: Add src/a.ts\n\n- [x] write it\n- [ ] test it\n'
  writeFileSync(join(cwd, FEATURE, 'tasks.md'), `## Phase 1: A\n\n${block}`)
  assert.equal((await run(cwd, ['done', 'Task 1.1'])).data['ticked'], true)
  assert.equal(tasksOf(cwd), `## Phase 1: A\n\n${block.replace('[ ]', '[X]')}`)
})
