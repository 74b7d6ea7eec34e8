import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { openWorkspace } from './open-workspace.ts'
import { pathFrom, pathInside } from './paths.ts'

const OPENAPI = 'openapi: 3.1.0\n'

test('the layout of the seed: services, features, contracts, shared events, constitution', async (t) => {
  const root = folder(t, {
    'constitution.md': '',
    'services/auth-service/specs/001-jwt-authentication/spec.md': '',
    'services/auth-service/specs/001-jwt-authentication/quick-ref.md': '',
    'services/auth-service/contracts/api-spec.yaml': OPENAPI,
    'services/user-service/contracts/api-spec.yaml': '# Markdown by mistake\n',
    'services/user-service/contracts/events/user-events.json': '{"events": []}',
    'services/user-service/contracts/types.ts': '',
    'services/user-service/src/main.ts': '',
    'shared/contracts/events/common-events.json': '{"events": []}',
    'node_modules/x/specs/001-no/spec.md': '',
  })
  const { workspace, findings } = await openWorkspace(join(root, 'services/auth-service'))
  assert.deepEqual(findings, [])
  assert.equal(workspace.root, root)
  assert.equal(workspace.constitution, 'constitution.md')
  assert.deepEqual(workspace.sharedEventFiles, ['shared/contracts/events/common-events.json'])
  const feature = {
    id: '001-jwt-authentication',
    path: 'services/auth-service/specs/001-jwt-authentication',
    service: 'auth-service',
    files: {
      quickRef: 'services/auth-service/specs/001-jwt-authentication/quick-ref.md',
      spec: 'services/auth-service/specs/001-jwt-authentication/spec.md',
    },
  }
  assert.deepEqual(workspace.features, [feature])
  assert.deepEqual(workspace.services, [
    {
      name: 'auth-service',
      path: 'services/auth-service',
      features: [feature],
      apiFiles: ['services/auth-service/contracts/api-spec.yaml'],
      eventFiles: [],
    },
    {
      name: 'user-service',
      path: 'services/user-service',
      features: [],
      apiFiles: ['services/user-service/contracts/api-spec.yaml'],
      eventFiles: ['services/user-service/contracts/events/user-events.json'],
    },
  ])
})

test("Spec Kit's single project, service roots elsewhere, and specs in docs", async (t) => {
  const root = folder(t, {
    '.specify/memory/constitution.md': '',
    '.specify/templates/spec-template.md': '',
    'specs/001-a/spec.md': '',
    'docs/specs/002-b/spec.md': '',
    'platform/billing/docs/specs/001-c/spec.md': '',
  })
  const { workspace } = await openWorkspace(root)
  assert.equal(workspace.constitution, '.specify/memory/constitution.md')
  assert.deepEqual(
    workspace.features.map(({ path, service }) => [path, service]),
    [
      ['docs/specs/002-b', undefined],
      ['platform/billing/docs/specs/001-c', 'billing'],
      ['specs/001-a', undefined],
    ],
  )
})

test('the nearest folder that says it is a workspace wins over a nearer one that only looks like one', async (t) => {
  const root = folder(t, {
    '.speckit.config.json': '{}',
    'services/a/specs/001-x/spec.md': '',
    'tools/specs/001-y/spec.md': '',
  })
  for (const cwd of ['services/a', 'services/a/specs/001-x', 'tools'])
    assert.equal((await openWorkspace(join(root, cwd))).workspace.root, root)
})

test('no workspace is an error that says what to do', async (t) => {
  await assert.rejects(openWorkspace(temporaryFolder(t)), { code: 'no-workspace', hint: /specify init \./ })
})

test('paths are translated between where one stands and the root, and kept inside', () => {
  assert.equal(pathFrom('/w/services/a', '/w', 'services/a/x.md'), 'x.md')
  assert.equal(pathFrom('/w/services/a', '/w', 'docs/y.md'), '../../docs/y.md')
  assert.equal(pathFrom('/w', '/w', ''), '.')
  assert.equal(pathInside('/w/services', '/w', '../docs'), 'docs')
  assert.equal(pathInside('/w', '/w', '..hidden'), '..hidden')
  for (const typed of ['..', '../v', '/elsewhere'])
    assert.throws(() => pathInside('/w', '/w', typed), { code: 'outside-workspace' })
})

test('contracts are told apart by what they say, not only by where they are', async (t) => {
  const root = folder(t, {
    'services/a/contracts/orders.yaml': 'asyncapi: 3.0.0\n',
    'services/a/contracts/list.json': '{ "events": [] }',
    'services/a/contracts/openapi.json': '{}',
    'services/a/contracts/billing.json': '{ "swagger": "2.0" }',
    'services/a/contracts/payload.json': '{ "type": "object" }',
    'services/a/contracts/broken.yaml': '# A heading\n',
    'services/a/contracts/readme.md': '',
  })
  const { workspace } = await openWorkspace(root)
  const names = (files: readonly string[]) => files.map((file) => file.split('/').at(-1))
  assert.deepEqual(names(workspace.services[0]!.apiFiles), ['billing.json', 'broken.yaml', 'openapi.json'])
  assert.deepEqual(names(workspace.services[0]!.eventFiles), ['list.json', 'orders.yaml'])
})

test('a service may be called like a folder of build output', async (t) => {
  const root = folder(t, {
    'services/vendor/src/main.ts': '',
    'services/vendor/build/main.js': '',
    'specs/build/spec.md': '',
  })
  const { workspace } = await openWorkspace(root)
  assert.deepEqual(workspace.files, ['services/vendor/src/main.ts', 'specs/build/spec.md'])
})

test('configured roots hold services, too', async (t) => {
  const root = folder(t, {
    '.speckit.config.json': '{"roots": ["apps/"]}',
    'apps/web/src/main.ts': '',
    'apps/readme.md': '',
  })
  const { workspace } = await openWorkspace(root)
  assert.deepEqual(
    workspace.services.map(({ path }) => path),
    ['apps/web'],
  )
})

test('the config reaches its readers, with a byte order mark and CRLF', async (t) => {
  const root = folder(t, {
    '.speckit.config.json':
      '\ufeff{\r\n"baseUrl": "http://127.0.0.1:1",\r\n"services": {"a": {"start": "node a.ts", "healthUrl": "http://h", "baseUrl": "http://b"}},\r\n"validation": {"strict": true}, "cache": {"enabled": false}}',
    'services/a/src/a.ts': '',
  })
  const { workspace, findings } = await openWorkspace(root)
  assert.deepEqual(findings, [])
  assert.deepEqual(workspace.config, {
    services: { a: { start: 'node a.ts', healthUrl: 'http://h', baseUrl: 'http://b' } },
    baseUrl: 'http://127.0.0.1:1',
    roots: [],
    members: [],
    strict: true,
    cache: false,
  })
})

test("the seed's own config has nothing wrong with it", async (t) => {
  const root = folder(t, {
    '.speckit.config.json': `{
      "cache": { "enabled": true, "retention_days": 30 },
      "analysis": { "default_mode": "incremental" },
      "validation": { "strict": true, "auto_validate": true },
      "documentation": { "auto_generate_quick_ref": true, "token_target": 200 }
    }`,
  })
  assert.deepEqual((await openWorkspace(root)).findings, [])
})

for (const [fact, config, expected] of [
  [
    'an unknown key',
    '{\n  "validaton": {}\n}',
    '2:3 config-unknown-key: "validaton" is not a setting. Did you mean "validation"?',
  ],
  [
    'an unknown key inside',
    '{"services": {"a": {"helthUrl": ""}}}',
    '1:21 config-unknown-key: "services.a.helthUrl" is not a setting. Did you mean "healthUrl"?',
  ],
  [
    'a key like nothing',
    '{"x": 1}',
    '1:2 config-unknown-key: "x" is not a setting. Known here: $schema, roots, members, baseUrl, services, events, contracts, validation, cache, analysis, documentation, budget.',
  ],
  [
    'a value of the wrong type',
    '{"cache": {\n "enabled": "yes"}}',
    '2:2 config-wrong-type: "cache.enabled" must be true or false.',
  ],
  [
    'a choice that is none',
    '{"analysis": {"default_mode": "fast"}}',
    '1:15 config-wrong-type: "analysis.default_mode" must be one of "incremental", "full".',
  ],
  [
    'a value where settings stand',
    '{"cache": true}',
    '1:2 config-wrong-type: "cache" must hold an object, as in { … }.',
  ],
  ['a list instead of the file', '[]', '1: config-wrong-type: The file must hold an object, as in { … }.'],
  [
    'a trailing comma',
    '{\n  "roots": [],\n}',
    '3:1 config-not-json: The file is not JSON: Expected double-quoted property name. Mend the syntax: comments and trailing commas are not JSON.',
  ],
  [
    'a root outside',
    '{"roots": ["../other"]}',
    'config-bad-root: "../other" in "roots" is not a folder inside the workspace. Name folders relative to the workspace root.',
  ],
  [
    'a service nobody has',
    '{"services": {"zzz": {}}}',
    'config-unknown-service: "services.zzz" names no service of this workspace. Services found: a.',
  ],
] as const) {
  test(`${fact} in the config is a finding, and the rest still works`, async (t) => {
    const root = folder(t, { '.speckit.config.json': config, 'services/a/src/a.ts': '' })
    const { findings, workspace } = await openWorkspace(root)
    assert.deepEqual(
      findings
        .filter(({ code }) => code === expected.split(/[: ]+/).find((part) => part.startsWith('config-')))
        .map(({ line, column, code, message, hint }) => {
          const place = line === undefined ? '' : `${line}:${column ?? ''} `
          return `${place}${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`
        }),
      [expected],
    )
    assert.equal(workspace.services.length, 1)
  })
}

test('links: loops end, a link out of the workspace and a broken one are findings', async (t) => {
  const outside = folder(t, { 'specs/009-secret/spec.md': '' })
  const root = folder(t, { '.speckit.config.json': '{}', 'specs/001-a/spec.md': '' })
  symlinkSync(root, join(root, 'specs/loop'))
  symlinkSync(outside, join(root, 'elsewhere'))
  symlinkSync(join(root, 'nothing'), join(root, 'broken'))
  symlinkSync(join(root, 'specs/001-a'), join(root, 'specs/002-same'))
  const { workspace, findings } = await openWorkspace(root)
  assert.deepEqual(
    workspace.features.map(({ path }) => path),
    ['specs/001-a'],
  )
  assert.deepEqual(findings.map(({ code, file }) => `${file} ${code}`).sort(), [
    'broken broken-link',
    'elsewhere path-escapes-workspace',
  ])
})

test('UTF-16 is read by its mark', async (t) => {
  const root = folder(t, {})
  writeFileSync(
    join(root, '.speckit.config.json'),
    Buffer.from('\ufeff{"validation": {"strict": true}}', 'utf16le'),
  )
  assert.equal((await openWorkspace(root)).workspace.config.strict, true)
})

function folder(t: { after(end: () => void): void }, files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder(t)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

test("a numbered document right below specs/ is a feature's spec, unless the folder beside it has one", async (t) => {
  const root = folder(t, {
    'specs/001-carts.md': '# Carts',
    'specs/002-refunds.md': '# Refunds',
    'specs/002-refunds/plan.md': '# Plan',
    'specs/003-vouchers.md': '# Vouchers, for the board',
    'specs/003-vouchers/spec.md': '# Vouchers',
    'specs/overview.md': '# All',
    'specs/003-vouchers/004-notes.md': '# Notes',
  })
  const { workspace } = await openWorkspace(root)
  assert.deepEqual(
    workspace.features.map(({ path, files }) => [path, files.spec]),
    [
      ['specs/001-carts', 'specs/001-carts.md'],
      ['specs/002-refunds', 'specs/002-refunds.md'],
      ['specs/003-vouchers', 'specs/003-vouchers/spec.md'],
    ],
  )
})
