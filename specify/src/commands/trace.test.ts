import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')
const SPEC = 'specs/001-log-in/spec.md'

test('each requirement has the level of its best proof, and a failure takes it back', async (t) => {
  const cwd = project(t)
  write(cwd, 'src/tokens.ts', '')
  assert.deepEqual(await proof(cwd), {
    'FR-001': 'path-exists',
    'FR-002': 'named',
    'FR-003': 'named',
    'SC-001': 'unnamed',
  })
  write(
    cwd,
    'src/log-in.test.ts',
    "test('FR-002: a wrong password is refused', () => {})\n// @spec 001#FR-003\n",
  )
  assert.equal((await proof(cwd))['FR-002'], 'test-exists')
  write(
    cwd,
    'report.xml',
    '<testsuite name="s"><testcase name="FR-002 refused"/><testcase name="001#FR-003 gone"><failure/></testcase></testsuite>',
  )
  const levels = await proof(cwd, '--junit', 'report.xml')
  assert.deepEqual([levels['FR-002'], levels['FR-003']], ['test-ran', 'test-exists'])
  const { exitCode, stdout } = await runSpecify(cwd, ['trace', '--junit', 'report.xml'])
  assert.equal(exitCode, 1)
  assert.match(stdout, /A test of FR-003 failed: s {2}001#FR-003 gone\. \[requirement-failed\]/)
  assert.match(stdout, /✅ FR-002 {2}test-ran {9}T003 · src\/log-in\.test\.ts:1\n/)
})

// @spec 001#FR-007
test('a scenario proves the requirements it names, once it passed', async (t) => {
  const cwd = project(t)
  const spec = readFileSync(join(cwd, SPEC), 'utf8')
  write(
    cwd,
    SPEC,
    spec.replace('POST {{baseUrl}}/api/v1/logout', '# FR-003\n   POST {{baseUrl}}/api/v1/logout'),
  )
  write(
    cwd,
    'report.xml',
    '<testsuite name="001"><testcase name="001#US2.1 Log out"/><testcase name="001#US1.1 Log in"/></testsuite>',
  )
  const levels = await proof(cwd, '--junit', 'report.xml')
  assert.deepEqual([levels['FR-003'], levels['FR-001']], ['scenario-passed', 'named'])
})

test('--at-least is a gate', async (t) => {
  const cwd = project(t)
  assert.equal((await run(cwd, '--at-least', 'unnamed')).codes.includes('below-level'), false)
  const { codes } = await run(cwd, '--at-least', 'path-exists')
  assert.equal(codes.filter((code) => code === 'below-level').length, 4)
  assert.match((await runSpecify(cwd, ['trace', '--at-least', 'proven'])).stderr, /scenario-passed/)
})

// @spec 001#FR-008
test('a ticked task without its file is a phantom; a rename, a new folder and a namesake are told apart', async (t) => {
  const cwd = project(t)
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args])
  assert.deepEqual((await run(cwd)).codes, ['phantom-task'])
  write(cwd, 'src/service.ts', 'export const service = 1\n')
  assert.deepEqual((await run(cwd)).codes, [])
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'one')
  renameSync(join(cwd, 'src'), join(cwd, 'lib'))
  renameSync(join(cwd, 'lib/service.ts'), join(cwd, 'lib/app.ts'))
  // Not committed: git knows nothing of it yet, and no file has the name.
  assert.deepEqual((await run(cwd)).severities, ['error'])
  git('add', '-A')
  git('commit', '-qm', 'two')
  const moved = await run(cwd)
  assert.deepEqual(moved.codes, ['moved-file'])
  assert.match(moved.stdout, /src\/service\.ts, which is lib\/app\.ts now/)
  write(cwd, 'backend/src/service.ts', '')
  renameSync(join(cwd, 'lib/app.ts'), join(cwd, 'lib/other.ts'))
  assert.deepEqual((await run(cwd)).codes, ['moved-file'])
  renameSync(join(cwd, 'backend/src'), join(cwd, 'backend/core'))
  const elsewhere = await run(cwd)
  assert.deepEqual([elsewhere.codes, elsewhere.severities], [['phantom-task'], ['warning']])
})

test('a spec changed after the code is said', async (t) => {
  const cwd = project(t)
  write(cwd, 'src/service.ts', '')
  write(cwd, 'src/tokens.ts', '')
  const commit = (day: string) => {
    const env = {
      ...process.env,
      GIT_COMMITTER_DATE: `2026-01-${day}T00:00:00Z`,
      GIT_AUTHOR_DATE: `2026-01-${day}T00:00:00Z`,
    }
    execFileSync('git', ['-C', cwd, 'add', '.'])
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', day], {
      env,
    })
  }
  execFileSync('git', ['init', '-q', cwd])
  commit('01')
  assert.deepEqual((await run(cwd)).codes, [])
  write(cwd, SPEC, `${readFileSync(join(cwd, SPEC), 'utf8')}\n`)
  commit('02')
  assert.deepEqual((await run(cwd)).codes, ['spec-newer-than-code'])
})

test('with several features an id in a test counts where only one can be meant', async (t) => {
  const cwd = project(t)
  write(cwd, 'specs/002-b/spec.md', '# B\n\n## Requirements\n\n- **FR-001**: The service MUST wait\n')
  write(cwd, 'test/a.test.ts', '// FR-001\n')
  assert.equal((await proof(cwd, '--feature', '002'))['FR-001'], 'unnamed')
  assert.equal((await proof(cwd, '--feature', '001'))['FR-001'], 'named')
  write(cwd, 'test/a.test.ts', '// 002#FR-001\n')
  assert.equal((await proof(cwd, '--feature', '002'))['FR-001'], 'test-exists')
  assert.equal((await proof(cwd, '--feature', '001'))['FR-001'], 'named')
  const { stdout } = await runSpecify(cwd, ['trace', '--all'])
  assert.match(stdout, /^specs\/001-log-in: 4 requirements\n[^]*\nspecs\/002-b: 1 requirement\n/)
})

test('the same number in two services: a test means the one it stands in, a full name the one it says', async (t) => {
  const cwd = temporaryFolder(t)
  for (const service of ['a', 'b'])
    write(
      cwd,
      `services/${service}/specs/001-x/spec.md`,
      '# X\n\n## Requirements\n\n- **FR-001**: The service MUST wait\n',
    )
  const both = async () => [
    (await proof(cwd, '--feature', 'a/001'))['FR-001'],
    (await proof(cwd, '--feature', 'b/001'))['FR-001'],
  ]
  write(cwd, 'services/a/src/x.test.ts', '// FR-001\n')
  assert.deepEqual(await both(), ['test-exists', 'unnamed'])
  write(cwd, 'services/a/src/x.test.ts', '// b/001#FR-001\n')
  assert.deepEqual(await both(), ['unnamed', 'test-exists'])
  write(cwd, 'services/a/src/x.test.ts', '')
  write(cwd, 'test/x.test.ts', '// FR-001, 001#FR-001\n')
  assert.deepEqual(await both(), ['unnamed', 'unnamed'])
})

test('what is no report is refused', async (t) => {
  const cwd = project(t)
  write(cwd, 'report.xml', '{}')
  assert.match((await runSpecify(cwd, ['trace', '--junit', 'report.xml'])).stderr, /no JUnit report/)
  assert.match((await runSpecify(cwd, ['trace', '--junit', 'none.xml'])).stderr, /none\.xml cannot be read/)
})

async function proof(cwd: string, ...argv: string[]): Promise<Record<string, string>> {
  const { stdout } = await runSpecify(cwd, ['trace', '--json', ...argv])
  const { data } = JSON.parse(stdout) as {
    data: { features: { requirements: { id: string; level: string }[] }[] }
  }
  return Object.fromEntries(data.features[0]!.requirements.map(({ id, level }) => [id, level]))
}

async function run(cwd: string, ...argv: string[]) {
  const { stdout } = await runSpecify(cwd, ['trace', '--json', ...argv])
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] }
  return {
    stdout,
    codes: findings.map(({ code }) => code),
    severities: findings.map(({ severity }) => severity),
  }
}

function project(t: { after(end: () => void): void }): string {
  const cwd = temporaryFolder(t)
  cpSync(BASE, cwd, { recursive: true })
  return cwd
}

function write(cwd: string, file: string, text: string): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true })
  writeFileSync(join(cwd, file), text)
}
