import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PROJECT: Readonly<Record<string, string>> = {
  'services/user-service/specs/001-user-profile/spec.md': `# User Profile

## User Scenarios

### P1: See a profile
**Given** a user with a profile
**When** she opens it
**Then** she sees her name

## Requirements

- **FR-003**: The service MUST keep the policies a user accepted
`,
  'services/user-service/specs/001-user-profile/quick-ref.md':
    '# user-service Quick Reference\n\nUser profile: one per user.\n',
  'services/user-service/specs/001-user-profile/tasks.md':
    '# Tasks\n\n- [ ] T001 User profile in src/profile.ts (FR-003)\n',
  'services/user-service/contracts/api-spec.yaml':
    'openapi: 3.1.0\npaths:\n  /profiles:\n    get:\n      operationId: listProfiles\n',
  'services/user-service/src/accept-policy.ts':
    '// nothing\n\nexport function acceptPolicy(userId: string) {\n  return userId\n}\n',
  'services/user-service/src/accept-policy.test.ts': "test('acceptPolicy keeps it', () => {})\n",
  'docs/README.md': '# Shop\n\n## Authentication\n\nTokens.\n',
  'node_modules/x/readme.md': '# user profile\n',
  '.specify/templates/spec-template.md': '# user profile\n',
  '.speckit.config.json': '{}',
}

type Found = {
  data: { results: { file: string; line: number; type: string; relevance: number }[]; totalResults: number }
}

test('the quick reference comes first, the spec next, each with a line', async (t) => {
  const { stdout } = await runSpecify(project(t), ['find', 'user profile', '--type', 'specs'])
  const lines = stdout.split('\n')
  assert.equal(lines[0], 'Found in:')
  assert.match(
    lines[1]!,
    /^- services\/user-service\/specs\/001-user-profile\/quick-ref\.md:3 \(relevance: \d\d%\) {2}User profile: one per user\.$/,
  )
  assert.match(
    lines[2]!,
    /^- services\/user-service\/specs\/001-user-profile\/spec\.md:1 \(relevance: \d\d%\)/,
  )
})

test('a word is found in its other forms, by its beginning, and inside names of code', async (t) => {
  const cwd = project(t)
  assert.deepEqual(await files(cwd, 'policy', '--type', 'specs'), [
    'services/user-service/specs/001-user-profile/spec.md:12',
  ])
  assert.deepEqual(await files(cwd, 'auth'), ['docs/README.md:3'])
  assert.deepEqual(await files(cwd, 'policies', '--type', 'code'), [
    'services/user-service/src/accept-policy.ts:3',
  ])
})

test('a typing mistake is forgiven, and said', async (t) => {
  const { stdout } = await runSpecify(project(t), ['find', 'authentcation'])
  assert.match(
    stdout,
    /^No word like "authentcation"; looked for "authentication"\.\nFound in:\n- docs\/README\.md:3 /,
  )
})

test('an id is found where it is declared before where it is used', async (t) => {
  assert.deepEqual(await files(project(t), 'FR-003'), [
    'services/user-service/specs/001-user-profile/spec.md:12',
    'services/user-service/specs/001-user-profile/tasks.md:3',
  ])
})

test('kind, feature and limit narrow the search', async (t) => {
  const cwd = project(t)
  assert.deepEqual(await files(cwd, 'listProfiles', '--type', 'contracts'), [
    'services/user-service/contracts/api-spec.yaml:5',
  ])
  assert.deepEqual(await files(cwd, 'acceptPolicy', '--type', 'tests'), [
    'services/user-service/src/accept-policy.test.ts:1',
  ])
  assert.deepEqual(await files(cwd, 'tokens', '--feature', 'user-service/001'), [])
  assert.equal((await files(cwd, 'user', '--limit', '1')).length, 1)
  assert.match(
    (await runSpecify(cwd, ['find', 'user', '--feature', 'usr-service'])).stderr,
    /Did you mean "user-service"\?/,
  )
})

test('files are named as seen from where one stands', async (t) => {
  const cwd = join(project(t), 'services/user-service')
  assert.deepEqual(await files(cwd, 'policies', '--type', 'specs'), ['specs/001-user-profile/spec.md:12'])
})

test('nothing found is an answer, nothing asked is not a question', async (t) => {
  const cwd = project(t)
  const { exitCode, stdout } = await runSpecify(cwd, ['find', 'zzzzqq'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /^Nothing found for "zzzzqq" in \d+ files\.\n$/)
  assert.equal((await runSpecify(cwd, ['find'])).exitCode, 2)
})

function project(t: { after(end: () => void): void }): string {
  const root = temporaryFolder(t)
  for (const [path, text] of Object.entries(PROJECT)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

async function files(cwd: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await runSpecify(cwd, ['find', ...argv, '--json'])
  return (JSON.parse(stdout) as Found).data.results.map(({ file, line }) => `${file}:${line}`)
}
