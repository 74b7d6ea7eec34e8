import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { agents } from '../agents/agents.ts'
import { readPrompts } from '../init/project-files.ts'

const CONSTITUTION = '.specify/memory/constitution.md'

test('a new project gets templates, constitution, config and the commands of its agent', async (t) => {
  const cwd = temporaryFolder(t)
  const { exitCode, stdout } = await runSpecify(cwd, ['init', 'demo', '--ai', 'claude'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /Ready for Claude Code\. Next:\n {2}cd demo\n {2}\/speckit-constitution /)
  for (const path of [
    '.speckit.config.json',
    CONSTITUTION,
    '.specify/templates/spec-template.md',
    '.claude/skills/speckit-plan/SKILL.md',
  ])
    assert.ok(existsSync(join(cwd, 'demo', path)), path)
})

test('validate in a fresh project points at every bracket of the constitution, and at nothing else', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  const { exitCode, stdout } = await runSpecify(cwd, ['validate', '--all', '--json'])
  const { findings } = JSON.parse(stdout) as { findings: { code: string; file: string }[] }
  assert.equal(exitCode, 1)
  assert.deepEqual(
    new Set(findings.map(({ code, file }) => `${file} ${code}`)),
    new Set([`${CONSTITUTION} placeholder`]),
  )
})

test('a spec made from the template is all placeholders, and has every section', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--microservices', '--ai', 'claude'])
  for (const [name, template] of [
    ['001-plain', '.specify/templates/spec-template.md'],
    ['002-service', 'templates/microservices/service-spec-template.md'],
  ] as const) {
    mkdirSync(join(cwd, 'specs', name), { recursive: true })
    writeFileSync(join(cwd, 'specs', name, 'spec.md'), readFileSync(join(cwd, template)))
    const { stdout } = await runSpecify(join(cwd, 'specs', name), ['validate', '--spec', '--json'])
    const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] }
    const errors = findings.filter(({ severity }) => severity === 'error')
    assert.ok(errors.length >= 10)
    assert.deepEqual(new Set(errors.map(({ code }) => code)), new Set(['placeholder']))
  }
})

test('a second init changes no byte and says so', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude,gemini,goose'])
  const before = snapshot(cwd)
  const { stdout } = await runSpecify(cwd, ['init', '.'])
  assert.equal(stdout, 'Nothing to do: the project has everything for Claude Code, Gemini CLI, Goose.\n')
  assert.deepEqual(snapshot(cwd), before)
})

for (const { key } of agents) {
  test(`${key}: an edited command survives a second init, and takes in what is new`, async (t) => {
    const cwd = temporaryFolder(t)
    await runSpecify(cwd, ['init', '.', '--ai', key])
    const command = filesOf(cwd).filter((path) => /speckit.plan[./]/.test(path))
    assert.equal(command.length, 1, `one plan command for ${key}`)
    const path = join(cwd, command[0]!)
    const original = readFileSync(path, 'utf8')
    const edited = `${original}my own rule\n`
    writeFileSync(path, edited)
    const { exitCode, stdout } = await runSpecify(cwd, ['init', '.', '--integration', key])
    assert.equal(exitCode, 0)
    assert.match(stdout, /^Nothing to do/)
    assert.equal(readFileSync(path, 'utf8'), edited)

    const older = original.replace('1. Run', '1. Formerly run')
    assert.notEqual(older, original)
    pretendOlder(cwd, command[0]!, older)
    writeFileSync(path, `${older}my own rule\n`)
    const upgrade = await runSpecify(cwd, ['init', '.', '--integration', key])
    assert.match(upgrade.stdout, /^Merged our changes into yours, kept as \.orig:\n/)
    assert.equal(readFileSync(path, 'utf8'), edited)
    assert.equal(readFileSync(`${path}.orig`, 'utf8'), `${older}my own rule\n`)
  })
}

test('where both changed the same lines the new version stands beside the edit', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  const file = '.specify/templates/plan-template.md'
  const current = readFileSync(join(cwd, file), 'utf8')
  pretendOlder(cwd, file, current.replace('# Implementation Plan', '# Old Plan'))
  const edited = current.replace('# Implementation Plan', '# My Plan')
  writeFileSync(join(cwd, file), edited)
  const { exitCode, stdout } = await runSpecify(cwd, ['init', '.'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /edited-file-kept/)
  assert.equal(readFileSync(join(cwd, file), 'utf8'), edited)
  assert.equal(readFileSync(join(cwd, `${file}.new`), 'utf8'), current)
})

test('an edit of a project whose manifest has no texts yet is kept, the new version beside it', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  const file = '.specify/templates/plan-template.md'
  pretendOlder(cwd, file, 'older\n')
  const place = join(cwd, '.specify/specwright.json')
  const { bases, ...first } = JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>
  assert.ok(bases)
  writeFileSync(place, JSON.stringify(first))
  writeFileSync(join(cwd, file), 'older\nmine\n')
  assert.match((await runSpecify(cwd, ['init', '.'])).stdout, /edited-file-kept/)
  assert.equal(readFileSync(join(cwd, file), 'utf8'), 'older\nmine\n')
  // It was offered once; without anything newer there is nothing to say, texts or not.
  const { bases: again, ...second } = JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>
  assert.ok(again)
  writeFileSync(place, JSON.stringify(second))
  assert.match((await runSpecify(cwd, ['init', '.'])).stdout, /^Nothing to do/)
})

test('state of a newer Spec Kit is refused without --adopt; with it unedited files give way, edited ones stay', async (t) => {
  const cwd = temporaryFolder(t)
  const [skill, edited] = ['.claude/skills/speckit-plan/SKILL.md', '.claude/skills/speckit-tasks/SKILL.md']
  for (const [path, content] of [
    ['.specify/init-options.json', '{"speckit_version": "1.1.0"}'],
    [skill, 'theirs\n'],
    [edited, 'theirs, edited\n'],
    [
      '.specify/integrations/claude.manifest.json',
      JSON.stringify({ files: { [skill]: sha256('theirs\n'), [edited]: sha256('theirs\n') } }),
    ],
  ] as const) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), content)
  }
  const before = snapshot(cwd)
  const refused = await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  assert.equal(refused.exitCode, 2)
  assert.match(refused.stderr, /Spec Kit 1\.1\.0; known here is 1\.0[^]*--adopt/)
  assert.deepEqual(snapshot(cwd), before)
  assert.equal((await runSpecify(cwd, ['init', '.', '--ai', 'claude', '--adopt'])).exitCode, 0)
  assert.match(readFileSync(join(cwd, skill), 'utf8'), /specify plan --json/)
  assert.equal(readFileSync(join(cwd, `${skill}.orig`), 'utf8'), 'theirs\n')
  assert.equal(readFileSync(join(cwd, edited), 'utf8'), 'theirs, edited\n')
  // What we know is opened without a word.
  writeFileSync(join(cwd, '.specify/init-options.json'), '{"speckit_version": "1.0.2.dev0"}')
  assert.equal((await runSpecify(cwd, ['init', '.'])).exitCode, 0)
  writeFileSync(join(cwd, '.specify/integration.json'), '{"integration_state_schema": 2}')
  assert.match((await runSpecify(cwd, ['init', '.'])).stderr, /schema 2/)
})

test('a file we wrote and nobody edited is brought up to date', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  const path = join(cwd, '.specify/templates/plan-template.md')
  const current = readFileSync(path, 'utf8')
  pretendOlder(cwd, '.specify/templates/plan-template.md', '# The plan template of an older version\n')
  const { stdout } = await runSpecify(cwd, ['init', '.'])
  assert.match(stdout, /Updated:\n {2}\.specify\/templates\/plan-template\.md\n/)
  assert.equal(readFileSync(path, 'utf8'), current)
})

test('--force puts the new version in place and keeps every edit beside it', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  const path = join(cwd, '.specify/templates/plan-template.md')
  for (const [edit, backup] of [
    ['first edit\n', '.orig'],
    ['second edit\n', '.orig2'],
  ] as const) {
    writeFileSync(path, edit)
    await runSpecify(cwd, ['init', '.', '--force'])
    assert.equal(readFileSync(path + backup, 'utf8'), edit)
    assert.match(readFileSync(path, 'utf8'), /^# Implementation Plan/)
  }
})

test('constitution, config and specs are never touched again, even with --force', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  writeFileSync(join(cwd, CONSTITUTION), 'mine\n')
  writeFileSync(join(cwd, '.speckit.config.json'), '{}\n')
  await runSpecify(cwd, ['init', '.', '--force'])
  assert.equal(readFileSync(join(cwd, CONSTITUTION), 'utf8'), 'mine\n')
  assert.equal(readFileSync(join(cwd, '.speckit.config.json'), 'utf8'), '{}\n')
})

test('a project with a constitution at its root gets no second one', async (t) => {
  const cwd = temporaryFolder(t)
  writeFileSync(join(cwd, 'constitution.md'), 'mine\n')
  await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  assert.ok(!existsSync(join(cwd, CONSTITUTION)))
})

test('--dry-run lists what would be written and writes nothing', async (t) => {
  const cwd = temporaryFolder(t)
  const { stdout } = await runSpecify(cwd, ['init', 'demo', '--microservices', '--ai', 'codex', '--dry-run'])
  assert.match(stdout, /^Would create:\n/)
  assert.match(stdout, / {2}\.agents\/skills\/speckit-\*\/SKILL\.md \(21 files\)\n/)
  assert.deepEqual(snapshot(cwd), {})
})

test('the layout of several services has the folders of the seed', async (t) => {
  const cwd = temporaryFolder(t)
  await runSpecify(cwd, ['init', '.', '--microservices', '--ai', 'claude'])
  for (const path of [
    'constitution.md',
    'services',
    'shared/contracts/events',
    'templates/microservices/service-spec-template.md',
  ])
    assert.ok(existsSync(join(cwd, path)), path)
})

test('without a terminal it never asks: installed agents, then the environment, then copilot', async (t) => {
  const agentsOf = async (cwd: string, env = {}) => {
    const { stdout } = await runSpecify(cwd, ['init', '.', '--dry-run', '--json'], { CI: '1', ...env })
    return (JSON.parse(stdout) as { data: { agents: string[] } }).data.agents
  }
  const cwd = temporaryFolder(t)
  assert.deepEqual(await agentsOf(cwd), ['copilot'])
  assert.deepEqual(await agentsOf(cwd, { SPECKIT_INTEGRATION_DEFAULT: 'gemini' }), ['gemini'])
  await runSpecify(cwd, ['init', '.', '--ai', 'zcode'])
  assert.deepEqual(await agentsOf(cwd, { SPECKIT_INTEGRATION_DEFAULT: 'gemini' }), ['zcode'])
})

test('what cannot be done is refused with what to do instead', async (t) => {
  const cwd = temporaryFolder(t)
  mkdirSync(join(cwd, 'used'))
  writeFileSync(join(cwd, 'used/file'), '')
  for (const [argv, message] of [
    [['init', '.', '--ai', 'cloude'], /no agent "cloude"[^]*Did you mean "claude"\?/],
    [['init', '.', '--ai', 'cursor'], /Did you mean "cursor-agent"\?/],
    [['init'], /Say where[^]*specify init \./],
    [['init', 'used', '--ai', 'claude'], /not empty[^]*cd used && specify init \./],
    [['init', 'used/file', '--ai', 'claude'], /is a file/],
    [['init', 'one', 'two'], /One name is enough/],
    [['init', 'demo', '--here'], /Leave one out/],
  ] as const) {
    const { exitCode, stderr } = await runSpecify(cwd, argv)
    assert.equal(exitCode, 2)
    assert.match(stderr, message)
  }
})

test('a link that leads out of the project is not written through', async (t) => {
  const [cwd, outside] = [temporaryFolder(t), temporaryFolder(t)]
  symlinkSync(outside, join(cwd, '.claude'))
  const { exitCode, stderr } = await runSpecify(cwd, ['init', '.', '--ai', 'claude'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /leads out of the project/)
  assert.deepEqual(snapshot(outside), {})
  assert.ok(!existsSync(join(cwd, '.specify')), 'nothing is half-written')
})

test('prompts name only commands that exist', async () => {
  const { program } = await import('../program.ts')
  for (const { verb, body } of await readPrompts())
    for (const [, name] of body.matchAll(/`specify ([a-z-]+)/g))
      assert.ok(Object.hasOwn(program.commands, name!), `${verb}.md names "specify ${name}"`)
})

function snapshot(cwd: string): Record<string, string> {
  return Object.fromEntries(filesOf(cwd).map((path) => [path, readFileSync(join(cwd, path), 'utf8')]))
}

function filesOf(cwd: string): string[] {
  const paths = readdirSync(cwd, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => statSync(join(cwd, path)).isFile()).sort()
}

/** As if an older version had written `content` at `path`. */
function pretendOlder(cwd: string, path: string, content: string): void {
  writeFileSync(join(cwd, path), content)
  const place = join(cwd, '.specify/specwright.json')
  const manifest = JSON.parse(readFileSync(place, 'utf8')) as Record<
    'files' | 'bases',
    Record<string, string>
  >
  manifest.files[path] = sha256(content)
  manifest.bases[path] = content
  writeFileSync(place, JSON.stringify(manifest))
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
