import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PLATFORM = join(import.meta.dirname, '../../test/projects/contracts-platform')
const USER_API = 'services/user-service/contracts/api-spec.yaml'
const ORDER_API = 'services/order-service/contracts/api-spec.yaml'
const ORDER_SPEC = 'services/order-service/specs/001-order-management/spec.md'
const hasGit = (() => {
  try {
    return execFileSync('git', ['--version']).length > 0
  } catch {
    return false
  }
})()

function platform(t: { after(end: () => void): void }): string {
  const folder = temporaryFolder(t)
  cpSync(PLATFORM, folder, { recursive: true })
  return folder
}

function edit(root: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(root, file), 'utf8')
  assert.ok(text.includes(from), `${file} holds ${from}`)
  writeFileSync(join(root, file), text.replace(from, to))
}

async function findings(
  cwd: string,
  ...args: string[]
): Promise<{ exitCode: number; places: string[]; findings: Finding[] }> {
  const { exitCode, stdout } = await runSpecify(cwd, ['validate-contracts', ...args, '--json'])
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  return { exitCode, findings, places: findings.map(({ file, line, code }) => `${file}:${line} ${code}`) }
}

test('one service is answered in the words people know', async (t) => {
  const { exitCode, stdout } = await runSpecify(platform(t), ['validate-contracts', '--service=user-service'])
  assert.equal(exitCode, 0)
  assert.ok(
    stdout.startsWith(`✅ API spec complete and valid
✅ Event schemas well-defined
✅ All dependencies exist (auth-service found)
✅ Scenarios fit the contracts
⚠️  notification-service listed as consumer but not yet implemented

Recommendation: Implement notification-service to complete dependency chain

services/user-service/contracts/events/user-events.json:24: warning: `),
    stdout,
  )
})

test('the whole platform is answered in the words people know', async (t) => {
  const { exitCode, stdout } = await runSpecify(platform(t), ['validate-contracts'])
  assert.equal(exitCode, 0)
  assert.ok(
    stdout.startsWith(`✅ All API specs valid
✅ All event schemas defined
✅ All dependencies exist
✅ No circular dependencies
✅ Scenarios fit the contracts
⚠️  notification-service not yet implemented

Recommendation: Implement notification-service to complete dependency chain
`),
    stdout,
  )
})

test('a field renamed in the contract is found at the line of the spec that relies on it', async (t) => {
  const root = platform(t)
  edit(root, ORDER_API, '        totalCents: { type: integer }', '        sumCents: { type: integer }')
  const { exitCode, places, findings: found } = await findings(root, '--service=order-service')
  assert.equal(exitCode, 1)
  assert.deepEqual(
    places.filter((place) => place.includes('scenario-')),
    [`${ORDER_SPEC}:34 scenario-undeclared-property`],
  )
  assert.match(found.find(({ code }) => code.startsWith('scenario-'))!.hint ?? '', /api-spec\.yaml:\d+/)
})

test('a contract that cannot be read is one finding, not the end', async (t) => {
  const root = platform(t)
  writeFileSync(join(root, USER_API), '# API\n\n```yaml\nopenapi: 3.0.0\n```\n')
  const { exitCode, places } = await findings(root)
  assert.equal(exitCode, 1)
  assert.deepEqual(
    places.filter((place) => place.startsWith(USER_API)),
    [`${USER_API}:1 contract-syntax`],
  )
  assert.match((await runSpecify(root, ['validate-contracts'])).stdout, /^❌ API specs have errors/)
})

test('only APIs, only events', async (t) => {
  const root = platform(t)
  edit(root, ORDER_API, 'summary: Read an order', "x: 'no summary'")
  edit(
    root,
    'services/order-service/contracts/events/order-events.json',
    '"description": "Published when a user places an order",',
    '',
  )
  const codes = async (flag: string) =>
    [...new Set((await findings(root, flag)).findings.map(({ code }) => code))].sort()
  assert.deepEqual(await codes('--api-only'), ['operation-without-summary'])
  assert.deepEqual(await codes('--events-only'), ['consumer-not-implemented', 'event-without-description'])
  assert.equal((await runSpecify(root, ['validate-contracts', '--api-only', '--events-only'])).exitCode, 2)
})

test('an unknown service is answered with the nearest one', async (t) => {
  const { exitCode, stderr } = await runSpecify(platform(t), ['validate-contracts', '--service=user-servise'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /no service "user-servise".*\n.*Did you mean "user-service"/)
})

test('files are named as seen from where one stands', async (t) => {
  const { places } = await findings(join(platform(t), 'services/user-service'), '--service=user-service')
  assert.deepEqual(places, ['contracts/events/user-events.json:24 consumer-not-implemented'])
})

test(
  'what breaks since the last commit: the change, the consumers, the advice',
  { skip: !hasGit && 'git is not installed' },
  async (t) => {
    const root = platform(t)
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
        stdio: 'pipe',
      })
    git('init', '-q')
    git('add', '.')
    git('commit', '-q', '-m', 'one')
    const quiet = await runSpecify(root, ['validate-contracts', '--breaking-changes-only'])
    assert.deepEqual([quiet.exitCode, quiet.stdout], [0, '✅ No breaking changes found\n'])

    edit(root, USER_API, 'required: [image]', 'required: [image, imageFormat]')
    edit(
      root,
      USER_API,
      '                image: { type: string }',
      '                image: { type: string }\n                imageFormat: { type: string }',
    )
    const { exitCode, stdout } = await runSpecify(root, [
      'validate-contracts',
      '--service=user-service',
      '--breaking-changes-only',
    ])
    assert.equal(exitCode, 1)
    assert.ok(
      stdout.startsWith(`⚠️  Breaking change detected:
    Endpoint: POST /api/v1/users/{id}/avatar
    Change: New required field 'imageFormat'
    Consumers affected: order-service

    Recommendation: Make field optional or bump version to v2
`),
      stdout,
    )
    assert.deepEqual((await findings(root, '--breaking-changes-only')).places, [
      `${USER_API}:21 breaking-required-field-added`,
    ])

    git('commit', '-q', '-a', '-m', 'two')
    assert.deepEqual((await findings(root, '--breaking-changes-only')).places, [])
    assert.deepEqual((await findings(root, '--breaking-changes-only', '--compare-with=HEAD~1')).exitCode, 1)
    rmSync(join(root, USER_API))
    assert.deepEqual(
      (await findings(root, '--breaking-changes-only')).findings.map(({ code }) => code),
      ['breaking-operation-removed'],
    )

    const unknown = await runSpecify(root, ['validate-contracts', '--compare-with=--output=/tmp/x'])
    assert.equal(unknown.exitCode, 2)
    assert.match(unknown.stderr, /git knows no revision/)
  },
)

test(
  'without git there is nothing to compare with, and that is said',
  { skip: !hasGit && 'git is not installed' },
  async (t) => {
    const { exitCode, stderr } = await runSpecify(platform(t), [
      'validate-contracts',
      '--breaking-changes-only',
    ])
    assert.equal(exitCode, 2)
    assert.match(stderr, /no git repository/)
  },
)

const CONTRACT = 'openapi: 3.0.3\ninfo: { title: a, version: b }\npaths: {}\n'

test('whatever stands in a contract is read, or is a finding with its place', async (t) => {
  const file = 'services/a/contracts/api-spec.yaml'
  const rows: [name: string, write: (path: string) => void, expected: string[]][] = [
    ['CRLF', (path) => writeFileSync(path, CONTRACT.replaceAll('\n', '\r\n')), []],
    ['a byte order mark', (path) => writeFileSync(path, `\uFEFF${CONTRACT}`), []],
    ['UTF-16', (path) => writeFileSync(path, Buffer.from(`\uFEFF${CONTRACT}`, 'utf16le')), []],
    ['emoji', (path) => writeFileSync(path, CONTRACT.replace('title: a', 'title: 🛒')), []],
    ['no YAML', (path) => writeFileSync(path, `${CONTRACT}  : [\n`), [`contract-syntax ${file}:4`]],
    [
      'a ring of references',
      (path) =>
        writeFileSync(
          path,
          `${CONTRACT}components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n`,
        ),
      [`unresolved-ref ${file}:6`, `unresolved-ref ${file}:7`],
    ],
    [
      'a reference to an address',
      (path) => writeFileSync(path, `${CONTRACT}x-a: { $ref: 'https://example.org/a.yaml' }\n`),
      [`unresolved-ref ${file}:4`],
    ],
    [
      'a reference out of the workspace',
      (path) => writeFileSync(path, `${CONTRACT}x-a: { $ref: '../../../../a.yaml' }\n`),
      [`unresolved-ref ${file}:4`],
    ],
    [
      '51 MB',
      (path) => {
        writeFileSync(path, CONTRACT)
        truncateSync(path, 51 * 1024 * 1024)
      },
      [`contract-unreadable ${file}:undefined`],
    ],
  ]
  for (const [name, write, expected] of rows) {
    const root = temporaryFolder(t)
    mkdirSync(join(root, 'services/a/contracts'), { recursive: true })
    write(join(root, file))
    const found = await findings(root)
    assert.deepEqual(
      found.findings
        .filter(({ severity }) => severity === 'error')
        .map(({ code, file, line }) => `${code} ${file}:${line}`),
      expected,
      name,
    )
  }
})

test('a link that leads round is walked once, one that leads out not at all', async (t) => {
  const root = temporaryFolder(t)
  mkdirSync(join(root, 'services/a/contracts'), { recursive: true })
  writeFileSync(join(root, 'services/a/contracts/api-spec.yaml'), CONTRACT)
  symlinkSync('..', join(root, 'services/a/contracts/round'))
  symlinkSync(PLATFORM, join(root, 'services/a/contracts/elsewhere'))
  const { findings: found } = await findings(root)
  assert.deepEqual(
    found.map(({ code }) => code),
    ['path-escapes-workspace'],
  )
})

test('two files are compared wherever they are, with the mode and the strictness asked for', async (t) => {
  const root = temporaryFolder(t)
  const schema = (properties: object) =>
    JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties })
  mkdirSync(join(root, 'events'))
  writeFileSync(join(root, 'events/old.schema.json'), schema({ a: { type: 'string' } }))
  writeFileSync(
    join(root, 'events/new.schema.json'),
    schema({ a: { type: 'string' }, b: { type: 'string' } }),
  )
  const compare = async (...options: string[]) => {
    const argv = [
      'events/new.schema.json',
      '--compare-with=events/old.schema.json',
      '--breaking-changes-only',
      ...options,
    ]
    return (await findings(root, ...argv)).findings.map(({ code }) => code)
  }
  assert.deepEqual(await compare('--compatibility=full'), [])
  assert.deepEqual(await compare('--compatibility=backward', '--strict'), ['breaking-constraint-tightened'])
  const { exitCode, stderr } = await runSpecify(root, [
    'validate-contracts',
    'events/new.schema.json',
    '--compatibility=forwards',
  ])
  assert.equal(exitCode, 2)
  assert.match(stderr, /Did you mean "FORWARD"/)
})

test(
  'a transitive promise is held against every release',
  { skip: !hasGit && 'git is not installed' },
  async (t) => {
    const root = temporaryFolder(t)
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
        stdio: 'pipe',
      })
    const file = 'services/a/contracts/events/a.json'
    mkdirSync(join(root, 'services/a/contracts/events'), { recursive: true })
    writeFileSync(
      join(root, '.speckit.config.json'),
      '{ "contracts": { "compatibility": "BACKWARD_TRANSITIVE" } }',
    )
    const release = (properties: object, tag: string) => {
      const schema = { type: 'object', properties }
      writeFileSync(
        join(root, file),
        JSON.stringify({ events: [{ eventType: 'a.b.done', version: 'v1', schema }] }),
      )
      git('add', '.')
      git('commit', '-q', '-m', tag)
      git('tag', tag)
    }
    git('init', '-q')
    release({ a: { type: 'integer' } }, 'v1.0.0')
    release({ b: {} }, 'v1.1.0')
    release({ a: { type: 'string' } }, 'later')
    const { findings: found } = await findings(root, '--breaking-changes-only', '--compare-with=HEAD~1')
    assert.deepEqual(
      found.map(({ code }) => code),
      ['breaking-type-narrowed'],
    )
    assert.match(found[0]!.message, /since v1\.0\.0/)
    assert.deepEqual(
      (await findings(root, '--breaking-changes-only', '--compare-with=HEAD~1', '--compatibility=backward'))
        .findings,
      [],
    )
  },
)

test('folders of contracts are compared file by file, and a file with itself at a revision', async (t) => {
  const root = temporaryFolder(t)
  const api = (more = '') =>
    `openapi: 3.1.0\ninfo: { title: a, version: b }\npaths:\n  /api/v1/a: { get: { responses: { '200': { description: Fine } } } }\n${more}`
  const removed = '  /api/v1/b: { get: { responses: { "200": { description: Fine } } } }\n'
  for (const [file, text] of [
    ['old/one.yaml', api(removed)],
    ['old/in/two.yaml', api()],
    ['new/one.yaml', api()],
    ['new/in/two.yaml', api()],
  ] as const) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const places = async (...argv: string[]) =>
    (await findings(root, ...argv, '--breaking-changes-only')).places
  assert.deepEqual(await places('new', '--compare-with=old'), ['new/one.yaml:1 breaking-operation-removed'])
  assert.deepEqual(await places('old', '--compare-with=new'), [])
  const nowhere = await runSpecify(root, ['validate-contracts', 'nowhere.yaml'])
  assert.deepEqual([nowhere.exitCode, /no "nowhere.yaml" here/.test(nowhere.stderr)], [2, true])
  if (!hasGit) return
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      stdio: 'pipe',
    })
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', 'one')
  writeFileSync(join(root, 'old/one.yaml'), api())
  assert.deepEqual(await places('old/one.yaml', '--compare-with=HEAD'), [
    'old/one.yaml:1 breaking-operation-removed',
  ])
})
