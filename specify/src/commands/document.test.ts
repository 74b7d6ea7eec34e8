import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PROJECT = join(import.meta.dirname, '../../test/projects/contracts-platform')
const FEATURE = 'services/order-service/specs/001-order-management'

function project(t: TestContext): string {
  const root = temporaryFolder(t)
  cpSync(PROJECT, root, { recursive: true })
  writeFileSync(
    join(root, FEATURE, 'tasks.md'),
    '- [x] T001 [US1] Serve orders in src/server.mjs (FR-001)\n- [ ] T002 Test in src/absent.test.mjs\n',
  )
  writeFileSync(
    join(root, 'services/order-service/src/server.mjs'),
    '// server\n\nexport function serve() {}\n',
  )
  return root
}

async function document(root: string, ...args: string[]) {
  const { stdout, exitCode } = await runSpecify(root, ['document', ...args, '--json'])
  const { data, error, findings } = JSON.parse(stdout)
  const outcomes = data?.files.map(({ outcome }: { outcome: string }) => outcome)
  return {
    exitCode,
    error,
    outcomes,
    files: data?.files,
    codes: findings?.map(({ code }: { code: string }) => code),
  }
}

const read = (root: string, name: string) => readFileSync(join(root, FEATURE, name), 'utf8')

test('the quick reference has at most 200 tokens and names endpoint, file and line', async (t) => {
  const root = project(t)
  const { files, exitCode } = await document(root, 'order-service')
  assert.equal(exitCode, 0)
  assert.ok(files[0].tokens <= 200 && files[0].tokens > 40, String(files[0].tokens))
  const text = read(root, 'quick-ref.md')
  assert.match(text, /^# order-service Quick Reference\n/)
  assert.match(text, /- POST \/\S+/)
  assert.match(text, /- src\/server\.mjs:3 - serve/)
})

test('every place the guide names is there', async (t) => {
  const root = project(t)
  await document(root, 'order-service')
  const text = read(root, 'ai-doc.md')
  assert.doesNotMatch(text, /absent/)
  const places = [...text.matchAll(/([\w/.-]+\.\w+):(\d+)/g)]
  assert.ok(places.length > 5)
  for (const [, file, line] of places) {
    const path = [FEATURE, 'services/order-service']
      .map((folder) => join(root, folder, file!))
      .find(existsSync)
    assert.ok(path !== undefined, file)
    assert.ok(readFileSync(path, 'utf8').split('\n')[Number(line) - 1]!.trim() !== '', `${file}:${line}`)
  }
})

test('a second run changes nothing; after a change of code only its parts', async (t) => {
  const root = project(t)
  assert.deepEqual((await document(root, 'order-service')).outcomes, ['created', 'created'])
  assert.deepEqual((await document(root, 'order-service')).outcomes, ['unchanged', 'unchanged'])
  writeFileSync(join(root, 'services/order-service/src/server.mjs'), 'export function serveOrders() {}\n')
  const { files } = await document(root, '--all', '--update')
  const changed = Object.fromEntries(
    files.map((one: { file: string; changed: string[] }) => [one.file, one.changed]),
  )
  assert.deepEqual(changed[`${FEATURE}/quick-ref.md`], ['**Key Files:**'])
  assert.deepEqual(changed[`${FEATURE}/ai-doc.md`], ['## Code Map'])
})

test('what somebody edited is kept and named', async (t) => {
  const root = project(t)
  await document(root, 'order-service')
  const file = join(root, FEATURE, 'quick-ref.md')
  writeFileSync(file, read(root, 'quick-ref.md').replace(/src\/server.*/, 'src/server.mjs is all there is'))
  writeFileSync(join(root, 'services/order-service/src/server.mjs'), 'export function serveOrders() {}\n')
  assert.deepEqual((await document(root, 'order-service')).codes, ['edited-part'])
  assert.match(read(root, 'quick-ref.md'), /is all there is/)
})

test('a document written by hand is left alone', async (t) => {
  const root = project(t)
  writeFileSync(join(root, FEATURE, 'quick-ref.md'), 'My own words\n')
  const { outcomes, codes } = await document(root, 'order-service')
  assert.deepEqual([outcomes, codes], [['kept', 'created'], ['hand-written-document']])
  assert.equal(read(root, 'quick-ref.md'), 'My own words\n')
})

test('a dry run writes nothing, an update makes nothing new', async (t) => {
  const root = project(t)
  assert.deepEqual((await document(root, 'order-service', '--dry-run')).outcomes, ['created', 'created'])
  assert.deepEqual((await document(root, 'order-service', '--update')).outcomes, [])
  assert.ok(
    !existsSync(join(root, FEATURE, 'quick-ref.md')) && !existsSync(join(root, '.specify/documents.json')),
  )
})

test('an unknown feature and a broken state say what to do', async (t) => {
  const root = project(t)
  assert.equal((await document(root, 'order-servise')).error.hint, 'Did you mean "order-service"?')
  await document(root, 'order-service')
  writeFileSync(join(root, '.specify/documents.json'), '{')
  assert.equal((await document(root, 'order-service')).error.code, 'bad-document-state')
  rmSync(join(root, '.specify/documents.json'))
  assert.deepEqual((await document(root, 'order-service')).outcomes, ['kept', 'kept'])
})

test('a spec beside its folder is linked where it lies', async (t) => {
  const root = project(t)
  const loose = 'services/order-service/specs/002-refunds'
  writeFileSync(join(root, `${loose}.md`), '# Refunds\n\n## Clarifications\n\n- Q: How long? → A: 14 days\n')
  const { files } = await document(root, loose)
  assert.equal(files.length, 2)
  const made = (name: string) => readFileSync(join(root, loose, name), 'utf8')
  assert.match(made('quick-ref.md'), /Details: \[002-refunds\.md\]\(\.\.\/002-refunds\.md\)/)
  assert.match(made('ai-doc.md'), /\(\.\.\/002-refunds\.md:5\)/)
})
