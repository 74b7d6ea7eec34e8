import assert from 'node:assert/strict'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')

function project(t: TestContext): string {
  const root = temporaryFolder(t)
  cpSync(BASE, root, { recursive: true })
  mkdirSync(join(root, 'src'))
  for (const name of ['service', 'tokens', 'log-in', 'stray'])
    writeFileSync(join(root, `src/${name}.ts`), '\n'.repeat(60))
  return root
}

async function explain(root: string, ...args: string[]) {
  const { stdout, exitCode } = await runSpecify(root, ['error-context', ...args, '--json'])
  const { data, error } = JSON.parse(stdout)
  return { exitCode, error, ...data }
}

const texts = (places: { text: string }[]) => places.map(({ text }) => text.split(/[ :]/)[0])

test('a frame leads through the task that names its file to the requirements the task serves', async (t) => {
  const root = project(t)
  const trace = `Error: unexpected answer\n    at logIn (${root}/src/log-in.ts:12:5)`
  const { verdict, tasks, requirements, frames, exitCode } = await explain(root, trace)
  assert.deepEqual([verdict, exitCode], ['violated', 0])
  assert.deepEqual(texts(tasks), ['T003'])
  assert.deepEqual(texts(requirements), ['FR-001', 'FR-002'])
  assert.deepEqual(
    [frames[0].file, tasks[0].file, tasks[0].line],
    ['src/log-in.ts', 'specs/001-log-in/tasks.md', 10],
  )
})

test('words several of which a requirement and a scenario share lead there without any trace', async (t) => {
  const { verdict, requirements, scenarios, evidence } = await explain(
    project(t),
    'AssertionError: wrong password was not refused',
  )
  assert.equal(verdict, 'violated')
  assert.ok(texts(requirements).includes('FR-002'))
  assert.ok(texts(scenarios).includes('US1.2'))
  assert.match(evidence.join('\n'), /speaks of .*password/)
})

test('an id in a comment above the line is a link', async (t) => {
  const root = project(t)
  writeFileSync(
    join(root, 'src/stray.ts'),
    '// proves 001#FR-003\n// and other-service/002#FR-001\nthrow new Error()\n',
  )
  const { requirements } = await explain(root, 'boom', '--file', 'src/stray.ts', '--line', '3')
  assert.deepEqual(texts(requirements), ['FR-003'])
})

test('a planned file whose task serves no requirement is a deviation', async (t) => {
  const { verdict } = await explain(project(t), 'boom', '--file', 'src/service.ts')
  assert.equal(verdict, 'deviation')
})

test('what nobody wrote about is missing, and the advice is to write it', async (t) => {
  const { verdict, suggestions, evidence } = await explain(project(t), 'boom', '--file', 'src/stray.ts')
  assert.equal(verdict, 'missing')
  assert.match(suggestions[0], /add a requirement/)
  assert.deepEqual(evidence, ['The trace passes src/stray.ts:1.'])
})

test('a refused connection is infrastructure, whatever file it passes', async (t) => {
  const root = project(t)
  const { verdict, evidence } = await explain(
    root,
    `connect ECONNREFUSED 127.0.0.1:5432\n at f (${root}/src/log-in.ts:1:1)`,
  )
  assert.equal(verdict, 'infrastructure')
  assert.match(evidence[0], /"ECONNREFUSED"/)
})

test('a trace may come from a file, a task may be named', async (t) => {
  const root = project(t)
  writeFileSync(join(root, 'crash.log'), `Error\n    at f (/elsewhere/src/tokens.ts:9:1)\n`)
  assert.deepEqual(texts((await explain(root, '--trace', 'crash.log')).tasks), ['T002'])
  assert.ok(texts((await explain(root, 'boom', '--task', 'T004')).requirements).includes('FR-003'))
})

test('what cannot be used is refused with the reason', async (t) => {
  const root = project(t)
  const code = async (...args: string[]) => (await explain(root, ...args)).error.code
  assert.equal(await code(), 'missing-message')
  assert.equal(await code('x', '--line', '3'), 'missing-value')
  assert.equal(await code('x', '--file', 'src/none.ts'), 'no-such-path')
  assert.equal(await code('x', '--file', '../none.ts'), 'outside-workspace')
  assert.equal(await code('x', '--file', 'src/stray.ts', '--line', '0'), 'bad-number')
  assert.equal(await code('--trace', 'none.log'), 'no-such-path')
  assert.equal(await code('x', '--task', 'T099'), 'unknown-task')
})

test("another service's file of the same name is not the one a task names", async (t) => {
  const root = temporaryFolder(t)
  for (const service of ['one', 'two']) {
    mkdirSync(join(root, `services/${service}/specs/001-x`), { recursive: true })
    mkdirSync(join(root, `services/${service}/src`))
    writeFileSync(join(root, `services/${service}/src/routes.ts`), '\n\n')
    writeFileSync(
      join(root, `services/${service}/specs/001-x/spec.md`),
      `# X\n\n## Requirements\n\n- **FR-001**: ${service}\n`,
    )
    writeFileSync(
      join(root, `services/${service}/specs/001-x/tasks.md`),
      '- [x] T001 Serve in src/routes.ts (FR-001)\n',
    )
  }
  const { tasks, requirements } = await explain(root, 'boom', '--file', 'services/two/src/routes.ts')
  assert.deepEqual(
    [...tasks, ...requirements].map(({ file }: { file: string }) => file),
    ['services/two/specs/001-x/tasks.md', 'services/two/specs/001-x/spec.md'],
  )
})
