import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

function project(t: TestContext): string {
  const root = temporaryFolder(t)
  mkdirSync(join(root, 'research'))
  mkdirSync(join(root, 'specs'))
  writeFileSync(join(root, '.speckit.config.json'), '{}')
  writeFileSync(
    join(root, 'research/events.md'),
    '# Events\n\n## Billing with events\n\nInvoices as billing events.\n\n## Open Questions\n\n- Which broker?\n- Decided already.\n',
  )
  writeFileSync(join(root, 'research/fonts.md'), '# Fonts\n\nTypefaces for pages.\n')
  return root
}

async function createSpec(root: string, ...args: string[]) {
  const { stdout, exitCode } = await runSpecify(root, ['create-spec', ...args, '--json'])
  const { data, error, findings } = JSON.parse(stdout)
  return { exitCode, error, ...data, codes: findings?.map(({ code }: { code: string }) => code) }
}

test('the document has nine sections, cites what is about the topic, and names what is not', async (t) => {
  const root = project(t)
  const { file, exitCode } = await createSpec(root, 'Event-driven billing')
  assert.equal(exitCode, 0)
  assert.match(file, /^specs\/\d{4}-\d\d-\d\d-event-driven-billing\.md$/)
  const text = readFileSync(join(root, file), 'utf8')
  assert.equal(text.match(/^## \d\. /gm)?.length, 9)
  assert.match(text, /- \[Billing with events\]\(\.\.\/research\/events\.md#billing-with-events\)/)
  assert.match(text, /Not used: research\/fonts\.md/)
  assert.match(text, /\*\*Q1\*\*: Which broker\?\n/)
})

test('named research is used whatever its words', async (t) => {
  const { cited } = await createSpec(project(t), 'research/fonts.md', 'billing', '--dry-run')
  assert.deepEqual(
    cited.map(({ link }: { link: string }) => link),
    ['../research/fonts.md#fonts'],
  )
})

test('a fresh document still needs everything, and the check says what', async (t) => {
  const root = project(t)
  const { file } = await createSpec(root, 'billing')
  const { exitCode, codes } = await createSpec(root, '--check', file)
  assert.equal(exitCode, 1)
  assert.ok(codes.includes('empty-design-section') && codes.includes('missing-diagram'))
  assert.ok(
    !codes.includes('missing-design-section') &&
      !codes.includes('unknown-status') &&
      !codes.includes('uncited-research'),
  )
})

test('a dry run writes nothing, a second document of the day is refused', async (t) => {
  const root = project(t)
  await createSpec(root, 'billing', '--dry-run')
  assert.deepEqual(readdirSync(join(root, 'specs')), [])
  await createSpec(root, 'billing')
  assert.equal((await createSpec(root, 'Billing')).error.code, 'already-there')
})

test('what cannot be used is refused with the reason', async (t) => {
  const root = project(t)
  const code = async (...args: string[]) => (await createSpec(root, ...args)).error.code
  assert.equal(await code(), 'missing-topic')
  assert.equal(await code('research/none.md', 'billing'), 'no-such-path')
  assert.equal(await code('../elsewhere', 'billing'), 'outside-workspace')
  assert.equal(await code('--check', 'specs/none.md'), 'no-such-path')
  assert.equal(await code('--check', 'specs/none.md', 'billing'), 'unexpected-argument')
})
