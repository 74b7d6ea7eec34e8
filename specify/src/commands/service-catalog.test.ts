import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import type { Catalog } from '../contracts/catalog.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PLATFORM = join(import.meta.dirname, '../../test/projects/contracts-platform')
const FILE = 'docs/SERVICE-CATALOG.md'

function platform(t: { after(end: () => void): void }): string {
  const folder = temporaryFolder(t)
  cpSync(PLATFORM, folder, { recursive: true })
  return folder
}

test('the first run writes the file, the second finds it as it should be', async (t) => {
  const root = platform(t)
  const first = await runSpecify(root, ['service-catalog'])
  assert.match(first.stderr, /wrote docs\/SERVICE-CATALOG.md/)
  assert.equal(first.stdout, readFileSync(join(root, FILE), 'utf8'))
  assert.ok(
    first.stdout.includes(`### 3. user-service
**Type:** API and Event Service  
**Endpoints:** 1 (putAvatar)  
**Events Published:** user.profile.created  
**Events Consumed:** None  
**Dependencies:** ↑ auth-service  
**Dependents:** ↓ notification-service, ↓ order-service
`),
    first.stdout,
  )
  const second = await runSpecify(root, ['service-catalog'])
  assert.deepEqual([second.exitCode, second.stderr, second.stdout], [0, '', first.stdout])
})

test('a file that no longer fits is an error and stays as it is; --regenerate replaces it', async (t) => {
  const root = platform(t)
  await runSpecify(root, ['service-catalog', '--quiet'])
  const good = readFileSync(join(root, FILE), 'utf8')
  rmSync(join(root, 'services/auth-service'), { recursive: true })
  const { exitCode, stdout } = await runSpecify(root, ['service-catalog', '--json'])
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  assert.equal(exitCode, 1)
  assert.deepEqual(
    findings.map(({ code, file, line }) => [code, file, line]),
    [['catalog-stale', FILE, 7]],
  )
  assert.equal(readFileSync(join(root, FILE), 'utf8'), good)

  const dry = await runSpecify(root, ['service-catalog', '--regenerate', '--dry-run'])
  assert.match(dry.stderr, /would write/)
  assert.equal(readFileSync(join(root, FILE), 'utf8'), good)
  assert.equal((await runSpecify(root, ['service-catalog', '--regenerate'])).exitCode, 0)
  assert.notEqual(readFileSync(join(root, FILE), 'utf8'), good)
  assert.equal((await runSpecify(root, ['service-catalog'])).exitCode, 0)
})

test('line ends that git changed do not make the file stale', async (t) => {
  const root = platform(t)
  await runSpecify(root, ['service-catalog'])
  writeFileSync(join(root, FILE), readFileSync(join(root, FILE), 'utf8').replaceAll('\n', '\r\n'))
  assert.equal((await runSpecify(root, ['service-catalog'])).exitCode, 0)
})

test('the graph alone writes nothing and is Mermaid, boxes or JSON', async (t) => {
  const root = platform(t)
  const mermaid = await runSpecify(root, ['service-catalog', '--graph-only', '--format=mermaid'])
  assert.equal(
    mermaid.stdout,
    `flowchart TD
  s0["auth-service"]
  s1["notification-service"]
  s2["order-service"]
  s3["user-service"]
  s3 -->|"Token validation"| s0
  s2 -->|"User details"| s3
  s2 -.->|"order.order.placed"| s1
  s3 -.->|"user.profile.created"| s1
  s3 -.->|"user.profile.created"| s2
`,
  )
  const markdown = await runSpecify(root, ['service-catalog', '--graph-only'])
  assert.match(
    markdown.stdout,
    /│ order-service │ ──▶ user-service \(User details\)\n└───────────────┘ ··▶ notification-service \(order\.order\.placed\)/,
  )
  const json = await runSpecify(root, ['service-catalog', '--graph-only', '--format=json'])
  assert.deepEqual((JSON.parse(json.stdout) as Catalog['edges'])[0], {
    kind: 'calls',
    from: 'user-service',
    to: 'auth-service',
    purpose: 'Token validation',
  })
  assert.ok(!existsSync(join(root, FILE)))
})

test('as a page of HTML it is whole: every link leads to a section, and names are text', async (t) => {
  const root = platform(t)
  const contract = join(root, 'services/user-service/contracts/api-spec.yaml')
  const text = readFileSync(contract, 'utf8')
  writeFileSync(contract, text.replace(/summary: .*/, "summary: 'Put <b>an</b> avatar & more'"))
  const { exitCode, stdout } = await runSpecify(root, ['service-catalog', '--format', 'html', '--dry-run'])
  assert.equal(exitCode, 0)
  const ids = [...stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  const targets = [...stdout.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    [...new Set(targets)].filter((id) => !ids.includes(id)),
    [],
  )
  assert.ok(
    stdout.includes('Put &lt;b&gt;an&lt;/b&gt; avatar &amp; more') && !/<script|<link|https?:/.test(stdout),
  )
  const graph = await runSpecify(root, ['service-catalog', '--graph-only', '--format', 'html'])
  assert.match(graph.stdout, /^<section.*\n<h2 id="dependencies">/)
})
