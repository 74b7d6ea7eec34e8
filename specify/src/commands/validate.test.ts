import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  truncateSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeLargeWorkspace } from '../../bench/large-workspace.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { allRules } from '../rules/all-rules.ts'

const PROJECTS = join(import.meta.dirname, '../../test/projects')

test('every rule has a project that triggers it and one that just does not', () => {
  assert.deepEqual(readdirSync(join(PROJECTS, 'rules')).sort(), allRules.map(({ code }) => code).sort())
})

test('no two rules share a code', () => {
  assert.equal(new Set(allRules.map(({ code }) => code)).size, allRules.length)
})

for (const { code } of allRules) {
  test(`${code}: its project has exactly the expected findings, the one beside it none of them`, async (t) => {
    const expected = readFileSync(join(PROJECTS, 'rules', code, 'expected.txt'), 'utf8')
      .trim()
      .split('\n')
    assert.deepEqual(places((await validate(project(t, code, 'triggers'), '--all')).findings), expected)
    const beside = await validate(project(t, code, 'just-not'), '--all')
    assert.deepEqual(places(beside.findings), [])
  })
}

test('a good project passes with nothing to say', async (t) => {
  const { exitCode, findings } = await validate(project(t), '--all')
  assert.equal(exitCode, 0)
  assert.deepEqual(findings, [])
})

test('a good spec is ready for planning, in the words people know', async (t) => {
  const { stdout } = await runSpecify(join(project(t), 'specs/001-log-in'), ['validate', '--spec'])
  assert.equal(
    stdout,
    `✅ spec.md: All required sections present
✅ No TODO/TBD placeholders found
✅ Sufficient content (1,478 bytes)
Ready to proceed to planning phase
`,
  )
})

test('each feature and the constitution carry the mark of their own findings', async (t) => {
  const first = async (code: string) => {
    const { stdout } = await runSpecify(project(t, code, 'triggers'), ['validate', '--all'])
    return stdout
      .split('\n')
      .slice(0, 2)
      .map((line) => line.split(':')[0])
  }
  assert.deepEqual(await first('vague-word'), ['⚠️  specs/001-log-in', '✅ constitution.md'])
  assert.deepEqual(await first('duplicate-id'), ['❌ specs/001-log-in', '✅ constitution.md'])
  assert.deepEqual(await first('constitution-without-principle'), [
    '✅ specs/001-log-in',
    '❌ constitution.md',
  ])
})

test('one file with errors is counted, one with warnings passes', async (t) => {
  const text = async (code: string, kind: string) =>
    (await runSpecify(project(t, code, 'triggers'), ['validate', kind])).stdout.split('\n\n')[0]
  assert.equal(await text('duplicate-id', '--spec'), '❌ spec.md: 1 error')
  assert.match(
    (await text('missing-plan-section', '--plan'))!,
    /^⚠️ {2}plan\.md: Sections are missing\n[^]*\n1 warning\nReady to break/,
  )
  assert.match((await text('vague-word', '--spec'))!, /Ready to proceed to planning phase$/)
})

test('who asks about one kind of file hears nothing of the others', async (t) => {
  assert.deepEqual((await validate(project(t, 'missing-constitution', 'triggers'), '--spec')).findings, [])
  assert.deepEqual((await validate(project(t, 'duplicate-id', 'triggers'), '--tasks')).findings, [])
  assert.deepEqual(places((await validate(project(t, 'duplicate-task', 'triggers'), '--tasks')).findings), [
    'specs/001-log-in/tasks.md:14: duplicate-task',
  ])
})

test('a spec without stories or ids is not compared with its tasks', async (t) => {
  const root = project(t)
  writeFileSync(
    join(root, 'specs/001-log-in/spec.md'),
    `# Log in\n\n## Scenarios\n\n## Requirements\n\n## Success\n\n${'word '.repeat(120)}\n`,
  )
  assert.deepEqual((await validate(root, '--all')).findings, [])
})

test('two runs print the same bytes in every format', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  for (const format of ['text', 'json', 'sarif', 'junit', 'github']) {
    const [first, second] = [
      await runSpecify(root, ['validate', '--all', '--format', format]),
      await runSpecify(root, ['validate', '--all', '--format', format]),
    ]
    assert.equal(first.stdout, second.stdout)
    assert.equal(first.exitCode, 1)
    assert.match(first.stdout, /duplicate-id/)
  }
})

test('findings name files as seen from where one stands', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  const { findings } = await validate(join(root, 'specs/001-log-in'))
  assert.deepEqual(places(findings), ['spec.md:51: duplicate-id'])
})

test('the current feature of .specify/feature.json is meant at the root, all features with --all', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  mkdirSync(join(root, 'specs/002-log-out'))
  writeFileSync(join(root, 'specs/002-log-out/spec.md'), '')
  mkdirSync(join(root, '.specify'))
  writeFileSync(join(root, '.specify/feature.json'), '{"feature_directory": "specs/002-log-out"}')
  assert.deepEqual(places((await validate(root)).findings), ['specs/002-log-out/spec.md:1: empty-file'])
  assert.deepEqual(places((await validate(root, '--all')).findings), [
    'specs/001-log-in/spec.md:51: duplicate-id',
    'specs/002-log-out/spec.md:1: empty-file',
  ])
})

test('strict validation makes a warning fail', async (t) => {
  const root = project(t, 'vague-word', 'triggers')
  assert.equal((await validate(root, '--all')).exitCode, 0)
  writeFileSync(join(root, '.speckit.config.json'), '{"validation": {"strict": true}}')
  assert.equal((await validate(root, '--all')).exitCode, 1)
})

test('a path may lead into another workspace; one that is not there is refused', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  const { findings } = await validate(join(root, '..'), basename(root))
  assert.deepEqual(places(findings), [`${basename(root)}/specs/001-log-in/spec.md:51: duplicate-id`])
  assert.match((await runSpecify(root, ['validate', 'specs/999'])).stderr, /There is no "specs\/999" here/)
})

test('a file too large to be a text is a finding, and the others are still checked', async (t) => {
  const root = project(t, 'duplicate-task', 'triggers')
  truncateSync(join(root, 'specs/001-log-in/spec.md'), 51 * 1024 * 1024)
  assert.deepEqual(places((await validate(root, '--all')).findings), [
    'specs/001-log-in/spec.md: unreadable-file',
    'specs/001-log-in/tasks.md:14: duplicate-task',
  ])
})

test('CRLF and a byte order mark change no line', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  const path = join(root, 'specs/001-log-in/spec.md')
  writeFileSync(path, `\ufeff${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`)
  assert.deepEqual(places((await validate(root, '--all')).findings), [
    'specs/001-log-in/spec.md:51: duplicate-id',
  ])
})

/** The base project, with the files of a fixture over it; a file that says DELETE is one the project does not have. */
function project(t: { after(end: () => void): void }, code?: string, kind?: 'triggers' | 'just-not'): string {
  const root = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), root, { recursive: true })
  if (code !== undefined && kind !== undefined) {
    const overlay = join(PROJECTS, 'rules', code, kind)
    cpSync(overlay, root, { recursive: true })
    for (const file of readdirSync(overlay))
      if (file.endsWith('.md') && readFileSync(join(overlay, file), 'utf8') === 'DELETE\n')
        rmSync(join(root, file))
  }
  assert.ok(existsSync(join(root, 'specs')))
  return root
}

async function validate(cwd: string, ...argv: string[]): Promise<{ exitCode: number; findings: Finding[] }> {
  const { exitCode, stdout, stderr } = await runSpecify(cwd, ['validate', ...argv, '--json'])
  assert.equal(stderr, '')
  return { exitCode, findings: (JSON.parse(stdout) as { findings: Finding[] }).findings }
}

function places(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ file, line, code }) => `${file ?? ''}${line === undefined ? '' : `:${line}`}: ${code}`,
  )
}

test('the cache changes time and nothing else: cold, warm, after an edit, and broken', async (t) => {
  const root = temporaryFolder(t)
  writeLargeWorkspace(root, 40)
  const all = async () => (await runSpecify(root, ['validate', '--all', '--json'])).stdout
  const cold = await all()
  const file = join(root, '.speckit/cache/validate.json')
  assert.ok(existsSync(file))
  assert.equal(await all(), cold)

  const tasks = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('tasks.md'),
  )!
  const before = readFileSync(join(root, tasks), 'utf8')
  writeFileSync(join(root, tasks), before.replaceAll('[US1]', '[US9]'))
  assert.match(await all(), /"dangling-reference"/)
  writeFileSync(join(root, tasks), before)
  assert.equal(await all(), cold)

  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 1000))
  assert.equal(await all(), cold)
})

test('a baseline lets what is there stand, counts what is new, and does not mind moved lines', async (t) => {
  const root = project(t, 'duplicate-id', 'triggers')
  const run = async (...args: string[]) => {
    const { stdout, exitCode } = await runSpecify(root, ['validate', '--all', '--json', ...args])
    const { data, findings, error } = JSON.parse(stdout)
    return { exitCode, error, known: data?.known, codes: findings?.map(({ code }: Finding) => code) }
  }
  assert.equal((await run('--baseline')).error.code, 'no-baseline')
  assert.equal((await run('--save-baseline', '--dry-run')).exitCode, 0)
  assert.equal((await run('--baseline')).error.code, 'no-baseline')

  assert.equal((await run('--save-baseline')).exitCode, 0)
  const quiet = await run('--baseline')
  assert.deepEqual([quiet.exitCode, quiet.codes, quiet.known > 0], [0, [], true])

  const spec = join(root, 'specs/001-log-in/spec.md')
  const text = readFileSync(spec, 'utf8')
  writeFileSync(spec, text.replace('\n', '\n\n\n'))
  assert.deepEqual((await run('--baseline')).codes, [])
  writeFileSync(spec, `${text}\n- **FR-090**: TODO: later\n`)
  assert.ok((await run('--baseline')).codes.includes('placeholder'))

  writeFileSync(join(root, '.specify/validate-baseline.json'), '{')
  assert.equal((await run('--baseline')).error.code, 'bad-baseline')
})

test('--fix numbers tasks without an id, a dry run only says so', async (t) => {
  const root = project(t, 'task-without-id', 'triggers')
  const tasks = join(root, 'specs/001-log-in/tasks.md')
  const before = readFileSync(tasks, 'utf8')
  const dry = await runSpecify(root, ['validate', '--all', '--fix', '--dry-run'])
  assert.match(dry.stdout, /Would mend ids of 1 task in specs\/001-log-in\/tasks\.md\./)
  assert.equal(readFileSync(tasks, 'utf8'), before)
  const { stdout } = await runSpecify(root, ['validate', '--all', '--fix'])
  assert.match(stdout, /Mended ids of 1 task/)
  assert.doesNotMatch(stdout, /task-without-id/)
  assert.match(readFileSync(tasks, 'utf8'), /- \[.\] T005 /)
})
