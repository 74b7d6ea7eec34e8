import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const CONTRACT = 'specs/001-albums/contracts/albums.yaml'

const SPEC = `# Feature Specification: Albums

## User Scenarios & Testing

### User Story 1 - Keep an album (Priority: P1)

**Acceptance Scenarios**:

1. **Given** nothing, **When** an album is kept, **Then** it is there

   \`\`\`hurl
   POST {{baseUrl}}/v1/albums
   { "title": "Blue" }
   HTTP 201
   \`\`\`
`

function api(method: string, status = '201'): string {
  return `openapi: 3.1.0
info: { title: Albums, version: 1.0.0 }
paths:
  /v1/albums:
    ${method}:
      operationId: keepAlbum
      summary: Keeps an album
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [title], properties: { title: { type: string } } }
      responses:
        '${status}': { description: Kept }
        '400': { description: Without a title }
`
}

test('the contract of a feature is the one its scenarios are held against', async (t) => {
  const cwd = project(t, { [CONTRACT]: api('post'), 'specs/001-albums/spec.md': SPEC })
  const kept = await validate(cwd)
  assert.match(kept.text, /^✅ All API specs valid/)
  assert.deepEqual(kept.codes, [])
  write(cwd, { [CONTRACT]: api('put') })
  assert.deepEqual((await validate(cwd)).codes, ['scenario-unknown-method'])
  const { exitCode, stdout } = await runSpecify(cwd, ['test', '--check'])
  assert.equal(exitCode, 1, stdout)
})

test('of two features that describe the same operation, each is held against its own', async (t) => {
  const later = 'specs/002-more/contracts/albums.yaml'
  const cwd = project(t, {
    [CONTRACT]: api('post', '202'),
    'specs/001-albums/plan.md': '',
    [later]: api('post'),
    'specs/002-more/spec.md': SPEC,
  })
  assert.deepEqual((await validate(cwd)).codes, [])
  write(cwd, { [later]: api('post', '202') })
  assert.deepEqual((await validate(cwd)).codes, ['scenario-undeclared-status'])
})

test('contracts at the root of a project without services count; beside services they are anything', async (t) => {
  const cwd = project(t, { 'contracts/api.yaml': api('put'), 'specs/001-albums/spec.md': SPEC })
  assert.deepEqual((await validate(cwd)).codes, ['scenario-unknown-method'])
  const platform = project(t, { 'contracts/deploy.yaml': 'kind: Job\n', 'services/a/src/main.ts': '' })
  assert.match((await validate(platform)).text, /No API specs/)
})

test('what a change of a feature’s contract breaks is found against git', async (t) => {
  const cwd = project(t, { [CONTRACT]: api('post'), 'specs/001-albums/spec.md': SPEC })
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args])
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', 'x')
  assert.match((await validate(cwd, '--breaking-changes-only')).text, /No breaking changes/)
  write(cwd, { [CONTRACT]: api('put') })
  assert.match((await validate(cwd, '--breaking-changes-only')).text, /Breaking change detected/)
})

test('the one configured service of a project without service folders is the project', async (t) => {
  const files = { [CONTRACT]: api('post'), 'specs/001-albums/spec.md': SPEC }
  const config = (...names: string[]) =>
    JSON.stringify({ services: Object.fromEntries(names.map((name) => [name, { baseUrl: 'http://h' }])) })
  assert.deepEqual(
    (await validate(project(t, { ...files, '.speckit.config.json': config('albums') }))).codes,
    [],
  )
  const two = project(t, { ...files, '.speckit.config.json': config('albums', 'songs') })
  assert.deepEqual((await validate(two)).codes, ['config-unknown-service', 'config-unknown-service'])
})

function project(t: { after(end: () => void): void }, files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder(t)
  write(root, { 'constitution.md': '', ...files })
  return root
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** What is said, and the codes of errors and warnings. */
async function validate(cwd: string, ...args: string[]): Promise<{ text: string; codes: string[] }> {
  const { stdout } = await runSpecify(cwd, ['validate-contracts', ...args, '--json'])
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] }
  const { stdout: text } = await runSpecify(cwd, ['validate-contracts', ...args])
  return { text, codes: findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code) }
}
