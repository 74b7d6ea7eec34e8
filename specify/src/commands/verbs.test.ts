import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')

// @spec 001#FR-001
test('specify numbers, names, fills in what it knows, and makes the feature the current one', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, 'specs/004-older'), { recursive: true })
  const { data } = await run(cwd, ['specify', 'Add OAuth2 login', 'for users'])
  assert.deepEqual(data, {
    BRANCH_NAME: '005-oauth2-login-users',
    SPEC_FILE: join(cwd, 'specs/005-oauth2-login-users/spec.md'),
    FEATURE_NUM: '005',
  })
  const spec = readFileSync(text(data['SPEC_FILE']), 'utf8')
  assert.match(spec, /\*\*Feature Branch\*\*: `005-oauth2-login-users`\n\*\*Created\*\*: \d{4}-\d\d-\d\d\n/)
  assert.match(spec, /User description: "Add OAuth2 login for users"/)
  assert.match(readFileSync(join(cwd, '.specify/feature.json'), 'utf8'), /"specs\/005-oauth2-login-users"/)
})

test('ten at once get ten numbers', async (t) => {
  const cwd = emptyProject(t)
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, i) => run(cwd, ['specify', `Feature word${i}`])),
  )
  const numbers = made.map(({ data }) => text(data['FEATURE_NUM']))
  assert.deepEqual(
    numbers.sort(),
    Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(3, '0')),
  )
  assert.ok(!existsSync(join(cwd, '.specify/.numbering.lock')))
})

test('a taken number becomes the next free one, and that is said', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, 'specs/003-older'), { recursive: true })
  const { data, codes } = await run(cwd, ['specify', 'Log in twice', '--number', '3'])
  assert.equal(data['FEATURE_NUM'], '004')
  assert.deepEqual(codes, ['number-taken'])
  assert.deepEqual((await run(cwd, ['specify', 'Log in thrice', '--number', '9'])).codes, [])
})

test('an empty folder made for the feature is taken; one with files, or of other words, is not', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, 'specs/001-jwt-authentication'), { recursive: true })
  mkdirSync(join(cwd, 'specs/002-user-profile'), { recursive: true })
  writeFileSync(join(cwd, 'specs/002-user-profile/notes.md'), 'mine\n')
  const numberOf = async (description: string) =>
    (await run(cwd, ['specify', description])).data['FEATURE_NUM']
  assert.equal(await numberOf('Create a JWT-based authentication service'), '001')
  assert.equal(await numberOf('Create a JWT-based authentication service'), '003')
  assert.equal(await numberOf('Create the user profile'), '004')
  assert.equal(readFileSync(join(cwd, 'specs/002-user-profile/notes.md'), 'utf8'), 'mine\n')
})

test('a service has numbers of its own; --allow-existing-branch keeps what is written', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, 'services/order-service/contracts'), { recursive: true })
  writeFileSync(join(cwd, 'services/order-service/contracts/api-spec.yaml'), 'openapi: 3.1.0\n')
  const argv = ['specify', 'Refunds', '--service', 'order-service', '--allow-existing-branch']
  const { data } = await run(cwd, argv)
  assert.equal(text(data['SPEC_FILE']), join(cwd, 'services/order-service/specs/001-refunds/spec.md'))
  writeFileSync(text(data['SPEC_FILE']), 'mine\n')
  assert.equal((await run(cwd, argv)).data['BRANCH_NAME'], '001-refunds')
  assert.equal(readFileSync(text(data['SPEC_FILE']), 'utf8'), 'mine\n')
  // Standing in the service says it, too.
  const inside = await run(join(cwd, 'services/order-service'), ['specify', 'Cancel orders'])
  assert.equal(inside.data['SPEC_FILE'], join(cwd, 'services/order-service/specs/002-cancel-orders/spec.md'))
})

test('an override of the template wins over a preset, a preset over the standard', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, '.specify/presets'), { recursive: true })
  writeFileSync(
    join(cwd, '.specify/presets/.registry'),
    '{"presets":{"late":{"priority":20},"soon":{"priority":1}}}',
  )
  const content = async () => text((await run(cwd, ['resolve-template', 'plan'])).data['TEMPLATE_CONTENT'])
  assert.match(await content(), /^# Implementation Plan/)
  for (const [folder, text] of [
    ['.specify/extensions/x/templates', 'extension\n'],
    ['.specify/presets/late/templates', 'late\n'],
    ['.specify/presets/soon/templates', 'soon\n'],
    ['.specify/templates/overrides', 'override\n'],
  ] as const) {
    mkdirSync(join(cwd, folder), { recursive: true })
    writeFileSync(join(cwd, folder, 'plan-template.md'), text)
    assert.equal(await content(), text)
  }
})

test('plan stands beside the spec, and is never written over', async (t) => {
  const cwd = baseProject(t)
  const plan = join(cwd, 'specs/001-log-in/plan.md')
  const { data } = await run(cwd, ['plan'])
  assert.deepEqual(Object.keys(data), ['FEATURE_SPEC', 'IMPL_PLAN', 'SPECS_DIR', 'BRANCH'])
  assert.equal(readFileSync(plan, 'utf8'), readFileSync(join(BASE, 'specs/001-log-in/plan.md'), 'utf8'))
})

// @spec 001#FR-002
test('a spec with errors stops the plan, --force does not', async (t) => {
  const cwd = emptyProject(t)
  await run(cwd, ['specify', 'Log in'])
  const plan = join(cwd, 'specs/001-log/plan.md')
  const { exitCode, codes } = await run(cwd, ['plan'])
  assert.equal(exitCode, 1)
  assert.ok(codes.includes('placeholder'))
  assert.ok(!existsSync(plan))
  assert.equal((await run(cwd, ['plan', '--force', '--dry-run'])).exitCode, 0)
  assert.ok(!existsSync(plan))
  assert.equal((await run(cwd, ['plan', '--force'])).exitCode, 0)
  assert.match(readFileSync(plan, 'utf8'), /^# Implementation Plan/)
})

test('check-prerequisites prints what the script of that name prints', async (t) => {
  const cwd = baseProject(t)
  const folder = join(cwd, 'specs/001-log-in')
  writeFileSync(join(folder, 'research.md'), '# R\n')
  mkdirSync(join(folder, 'contracts'))
  assert.deepEqual((await run(cwd, ['check-prerequisites', '--paths-only'])).data, {
    REPO_ROOT: cwd,
    BRANCH: '001-log-in',
    FEATURE_DIR: folder,
    FEATURE_SPEC: join(folder, 'spec.md'),
    IMPL_PLAN: join(folder, 'plan.md'),
    TASKS: join(folder, 'tasks.md'),
  })
  const { data } = await run(cwd, [
    'check-prerequisites',
    '--include-tasks',
    '--require-tasks',
    '--template',
    'spec',
  ])
  assert.deepEqual(data['AVAILABLE_DOCS'], ['research.md', 'tasks.md'])
  assert.match(text(data['TEMPLATE_CONTENT']), /^# Feature Specification/)
})

test('a verb that comes too early names the one before it', async (t) => {
  const cwd = emptyProject(t)
  mkdirSync(join(cwd, 'specs/001-x'), { recursive: true })
  const env = { SPECIFY_FEATURE_DIRECTORY: 'specs/001-x' }
  for (const [argv, verb] of [
    [['plan'], 'specify specify'],
    [['clarify'], 'specify specify'],
    [['tasks'], 'specify plan'],
    [['check-prerequisites'], 'specify plan'],
    [['check-prerequisites', '--require-tasks'], 'specify tasks'],
  ] as const) {
    const { exitCode, stdout } = await runSpecify(cwd, argv, env)
    assert.equal(exitCode, 1)
    assert.match(stdout, new RegExp(`"${verb}" first[^]*|missing-step`))
    assert.match(stdout, new RegExp(`Run "${verb}" first`))
  }
})

test('the feature: typed, else of the environment, else around, else the current one, else the only one', async (t) => {
  const cwd = baseProject(t)
  for (const name of ['002-b', '003-c', '004-d']) mkdirSync(join(cwd, 'specs', name), { recursive: true })
  for (const name of ['002-b', '003-c']) writeFileSync(join(cwd, 'specs', name, 'spec.md'), '# X\n')
  const branch = async (place: string, argv: string[] = [], env = {}) => {
    const { stdout } = await runSpecify(
      join(cwd, place),
      ['check-prerequisites', '--paths-only', '--json', ...argv],
      env,
    )
    const answer = JSON.parse(stdout) as { data?: { BRANCH: string }; error?: { code: string } }
    return answer.data?.BRANCH ?? answer.error?.code
  }
  assert.equal(await branch(''), 'no-feature')
  mkdirSync(join(cwd, '.specify'))
  writeFileSync(join(cwd, '.specify/feature.json'), '{"feature_directory":"specs/004-d"}')
  assert.equal(await branch(''), '004-d')
  assert.equal(await branch('specs/002-b'), '002-b')
  const env = { SPECIFY_FEATURE_DIRECTORY: join(cwd, 'specs/003-c') }
  assert.equal(await branch('specs/002-b', [], env), '003-c')
  assert.equal(await branch('specs/002-b', ['--feature', '001'], env), '001-log-in')
  assert.equal(await branch('', ['--feature', 'specs/003-c']), '003-c')
  assert.equal(await branch('', ['--feature', '009']), 'unknown-feature')
  assert.equal(await branch('', ['--feature', '../elsewhere']), 'outside-workspace')
  assert.equal(await branch('', [], { SPECIFY_FEATURE_DIRECTORY: 'specs/010-gone' }), 'unknown-feature')
  assert.equal(await branch('', [], { SPECIFY_INIT_DIR: join(cwd, 'specs') }), 'no-workspace')
  for (const content of ['{"feature_directory":', '{"feature_directory":""}', '{}', 'null', '7']) {
    writeFileSync(join(cwd, '.specify/feature.json'), content)
    assert.equal(await branch(''), 'bad-feature-file', content)
    const { stdout } = await runSpecify(cwd, ['validate', '--json'])
    assert.match(stdout, /"code": "bad-feature-file"/, 'every reader of the file says the same')
  }
})

test('who stands in a service means its feature, whatever service was worked on before', async (t) => {
  const cwd = temporaryFolder(t)
  for (const path of [
    'orders/specs/001-orders',
    'users/specs/001-profile',
    'users/specs/002-avatar',
    'new/src',
  ]) {
    mkdirSync(join(cwd, 'services', path), { recursive: true })
    writeFileSync(join(cwd, 'services', path, 'spec.md'), '# Spec\n')
  }
  mkdirSync(join(cwd, 'specs/001-platform'), { recursive: true })
  writeFileSync(join(cwd, 'specs/001-platform/spec.md'), '# Spec\n')
  const branch = async (place: string, current: string) => {
    mkdirSync(join(cwd, '.specify'), { recursive: true })
    writeFileSync(join(cwd, '.specify/feature.json'), JSON.stringify({ feature_directory: current }))
    const { stdout } = await runSpecify(join(cwd, place), ['check-prerequisites', '--paths-only', '--json'])
    const answer = JSON.parse(stdout) as { data?: { BRANCH: string }; error?: { code: string } }
    return answer.data?.BRANCH ?? answer.error?.code
  }
  assert.equal(await branch('services/orders', 'services/users/specs/002-avatar'), '001-orders')
  assert.equal(await branch('services/users', 'services/users/specs/002-avatar'), '002-avatar')
  assert.equal(await branch('services/users', 'services/orders/specs/001-orders'), 'no-feature')
  assert.equal(await branch('services/new', 'services/orders/specs/001-orders'), '001-orders')
  assert.equal(await branch('services/orders', 'specs/001-platform'), '001-platform')
})

test('tasks hands out documents and template, and writes nothing', async (t) => {
  const cwd = baseProject(t)
  const before = readdirSync(cwd, { recursive: true })
  const { data, exitCode } = await run(cwd, ['tasks'])
  assert.equal(exitCode, 0)
  assert.deepEqual(Object.keys(data), [
    'FEATURE_DIR',
    'AVAILABLE_DOCS',
    'TASKS_TEMPLATE',
    'TASKS_TEMPLATE_CONTENT',
  ])
  assert.deepEqual(readdirSync(cwd, { recursive: true }), before)
})

test('clarify shows what earlier sessions asked and answered', async (t) => {
  const cwd = baseProject(t)
  const spec = join(cwd, 'specs/001-log-in/spec.md')
  const sessions = `## Clarifications

### Session 2026-02-03

- Q: How many attempts? → A: five
- Q: Which hash? → A: argon2id

### Session 2026-02-05

- Q: Who unlocks? → A: nobody, time does

## Requirements`
  writeFileSync(
    spec,
    readFileSync(spec, 'utf8').replace('## Requirements', () => sessions),
  )
  const { data } = await run(cwd, ['clarify'])
  const answered = data['answered'] as { question: string; answer: string; session: string }[]
  assert.deepEqual(
    answered.map(({ question, answer, session }) => `${session}: ${question} ${answer}`),
    [
      '2026-02-03: How many attempts? five',
      '2026-02-03: Which hash? argon2id',
      '2026-02-05: Who unlocks? nobody, time does',
    ],
  )
  const { stdout } = await runSpecify(cwd, ['clarify'])
  assert.match(stdout, /^No open question\.\nAnswered, 2026-02-03: How many attempts\? · Which hash\?\n/)
})

test('clarify lists what is open and records an answer in its place', async (t) => {
  const cwd = baseProject(t)
  const spec = join(cwd, 'specs/001-log-in/spec.md')
  writeFileSync(spec, `${readFileSync(spec, 'utf8')}- **SC-002**: lives [NEEDS CLARIFICATION: how long?]\n`)
  assert.deepEqual((await run(cwd, ['clarify'])).data['open'], [{ question: 'how long?', line: 57 }])
  const answer = ['clarify', '--question', 'How long?', '--answer', 'a day', '--replace', '24 hours']
  const before = readFileSync(spec, 'utf8')
  assert.equal((await run(cwd, [...answer, '--dry-run'])).data['recorded'], true)
  assert.equal(readFileSync(spec, 'utf8'), before)
  assert.deepEqual((await run(cwd, answer)).data['open'], [])
  assert.match(readFileSync(spec, 'utf8'), /→ A: a day\n[^]*\*\*SC-002\*\*: lives 24 hours\n/)
  assert.equal((await run(cwd, answer)).data['recorded'], false)
})

test('checklists: started from the template, ticked, and a gate while one item is open', async (t) => {
  const cwd = baseProject(t)
  assert.equal((await run(cwd, ['checklist'])).exitCode, 0)
  assert.equal((await run(cwd, ['checklist', 'security'])).exitCode, 0)
  const open = await run(cwd, ['checklist'])
  assert.deepEqual([open.exitCode, open.codes], [1, ['open-checklist']])
  await run(cwd, ['checklist', 'security', '--tick', 'CHK001,chk002'])
  const { exitCode, stdout } = await runSpecify(cwd, ['checklist'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /\| security\.md \| 2 \| 2 \| 0 \| ✓ PASS \|/)
})

test('the constitution is made when missing and raised on demand', async (t) => {
  const cwd = emptyProject(t)
  const path = join(cwd, '.specify/memory/constitution.md')
  assert.equal((await run(cwd, ['constitution', '--dry-run'])).data['isNew'], true)
  assert.ok(!existsSync(path))
  assert.equal((await run(cwd, ['constitution'])).exitCode, 1) // full of brackets
  writeFileSync(
    path,
    '# C\n\n## Core Principles\n\n### I. Tests first\n\nAlways.\n\n**Version**: 1.0.0 | **Last Amended**: 2025-01-01\n',
  )
  const { data } = await run(cwd, ['constitution', '--bump', 'minor'])
  assert.equal(data['version'], '1.1.0')
  assert.match(readFileSync(path, 'utf8'), /\*\*Version\*\*: 1\.1\.0 \| \*\*Last Amended\*\*: 20(?!25)/)
})

test('check tells what is there, also where there is no project', async (t) => {
  const nowhere = await run(temporaryFolder(t), ['check'])
  assert.deepEqual([nowhere.exitCode, nowhere.data['project']], [0, null])
  const { data, codes } = await run(baseProject(t), ['check'])
  assert.equal((data['project'] as { features: number }).features, 1)
  assert.deepEqual(codes, ['no-agent'])
  const empty = emptyProject(t)
  assert.deepEqual((await run(empty, ['check'])).codes, ['no-agent', 'no-constitution'])
  await runSpecify(empty, ['init', '.', '--ai', 'claude'])
  assert.deepEqual((await run(empty, ['check'])).codes, [])
})

test('what cannot be done is refused with what to do instead', async (t) => {
  const cwd = baseProject(t)
  for (const [argv, message] of [
    [['specify'], /Say what you want to build[^]*specify specify "/],
    [['specify', 'x', '--number', 'no'], /whole number/],
    [['specify', 'x', '--short-name', '!!'], /neither letters nor digits/],
    [['specify', 'x', '--service', '../out'], /no service "\.\.\/out"/],
    [['resolve-template', 'spce'], /no template "spce"[^]*Did you mean "spec"/],
    [['resolve-template', '../../etc'], /no name of a template/],
    [['resolve-template'], /Name the template/],
    [['clarify', '--question', 'a'], /go together/],
    [['clarify', '--question', ' ', '--answer', 'x'], /Say the question/],
    [['checklist', '../x'], /cannot name a checklist/],
    [['checklist', '--tick', 'CHK001'], /Name the checklist/],
    [['checklist', 'ux', '--tick', 'CHK001'], /There is no specs\/001-log-in\/checklists\/ux\.md/],
    [['constitution', '--bump', 'huge'], /major, minor, patch/],
  ] as const) {
    const { exitCode, stderr } = await runSpecify(cwd, argv)
    assert.equal(exitCode, 2, argv.join(' '))
    assert.match(stderr, message)
  }
})

function emptyProject(t: { after(end: () => void): void }): string {
  const cwd = temporaryFolder(t)
  mkdirSync(join(cwd, 'specs'))
  writeFileSync(join(cwd, '.speckit.config.json'), '{}')
  return cwd
}

function baseProject(t: { after(end: () => void): void }): string {
  const cwd = temporaryFolder(t)
  cpSync(BASE, cwd, { recursive: true })
  return cwd
}

async function run(cwd: string, argv: readonly string[]) {
  const { exitCode, stdout, stderr } = await runSpecify(cwd, [...argv, '--json'])
  const answer = JSON.parse(stdout) as { data?: Record<string, unknown>; findings?: { code: string }[] }
  assert.ok(answer.data, stdout + stderr)
  return { exitCode, data: answer.data, codes: (answer.findings ?? []).map(({ code }) => code) }
}

function text(value: unknown): string {
  assert.equal(typeof value, 'string')
  return value as string
}
