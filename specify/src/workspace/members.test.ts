import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { openWorkspace } from './open-workspace.ts'

const PROJECTS = join(import.meta.dirname, '../../test/projects')

/** Three repositories side by side: `main` has the others as members; `billing` is one service, `shop` has several. */
function repositories(t: TestContext, members: readonly string[] = ['../billing', '../shop/']): string {
  const folder = temporaryFolder(t)
  const main = join(folder, 'main')
  cpSync(join(PROJECTS, 'base'), main, { recursive: true })
  cpSync(join(PROJECTS, 'base/specs'), join(folder, 'billing/specs'), { recursive: true })
  cpSync(join(PROJECTS, 'contracts-platform'), join(folder, 'shop'), { recursive: true })
  mkdirSync(join(main, 'services/user-service/specs/001-members'), { recursive: true })
  cpSync(
    join(PROJECTS, 'base/specs/001-log-in/spec.md'),
    join(main, 'services/user-service/specs/001-members/spec.md'),
  )
  writeFileSync(join(main, '.speckit.config.json'), JSON.stringify({ members }))
  return main
}

const run = async (cwd: string, ...argv: string[]) => {
  const { exitCode, stdout } = await runSpecify(cwd, [...argv, '--json'])
  const { data, error, findings } = JSON.parse(stdout) as {
    data: Record<string, unknown>
    error?: { code: string; hint: string }
    findings?: { code: string; file: string; message: string }[]
  }
  return { exitCode, data, error, findings: findings ?? [] }
}

test('services and features of other repositories have full names of their own', async (t) => {
  const { workspace, findings } = await openWorkspace(repositories(t))
  assert.deepEqual(findings, [])
  assert.deepEqual(
    workspace.services.map(({ name, path }) => [name, path]),
    [
      ['billing', '../billing'],
      ['auth-service', '../shop/services/auth-service'],
      ['order-service', '../shop/services/order-service'],
      ['shop/user-service', '../shop/services/user-service'],
      ['user-service', 'services/user-service'],
    ],
  )
  assert.deepEqual(
    workspace.features.map(({ service, path }) => [service, path]),
    [
      ['billing', '../billing/specs/001-log-in'],
      ['order-service', '../shop/services/order-service/specs/001-order-management'],
      ['shop/user-service', '../shop/services/user-service/specs/001-user-profile'],
      ['user-service', 'services/user-service/specs/001-members'],
      [undefined, 'specs/001-log-in'],
    ],
  )
})

test('verbs that read work across repositories', async (t) => {
  const main = repositories(t)
  const validated = await run(main, 'validate', '--all')
  assert.equal((validated.data['features'] as unknown[]).length, 5)
  const status = await run(main, 'status', '--feature', 'billing/001')
  assert.equal(status.exitCode, 0)
  const catalog = await run(main, 'service-catalog', '--dry-run')
  assert.deepEqual(
    (catalog.data['services'] as { name: string; endpoints: unknown[] }[]).map(({ name, endpoints }) => [
      name,
      endpoints.length,
    ]),
    [
      ['auth-service', 1],
      ['billing', 0],
      ['order-service', 3],
      ['shop/user-service', 1],
      ['user-service', 0],
    ],
  )
  const found = await run(main, 'find', 'order management')
  assert.match(
    JSON.stringify(found.data),
    /"\.\.\/shop\/services\/order-service\/specs\/001-order-management\/spec\.md"/,
  )
  const next = await run(main, 'next', '--feature', 'billing/001')
  assert.equal(next.data['task'], 'T002')
  assert.equal((await run(main, 'trace', '--feature', 'billing/001')).error, undefined)
  assert.equal((await run(main, 'analyze', '--feature', 'shop/user-service/001')).error, undefined)
  assert.equal((await run(main, 'budget')).error, undefined)
})

test('nothing is written into another repository', async (t) => {
  const main = repositories(t)
  const before = snapshot(join(main, '..'))
  for (const argv of [
    ['plan', '--feature', 'billing/001'],
    ['done', 'T002', '--feature', 'billing/001', '--evidence', 'constitution.md'],
    ['clarify', '--feature', 'billing/001', '--question', 'a?', '--answer', 'b'],
    ['checklist', 'security', '--feature', 'billing/001'],
    ['converge', '--feature', 'billing/001'],
    ['document', 'billing/001'],
    ['specify', 'Refund an order', '--service', 'order-service'],
  ]) {
    const { error } = await run(main, ...argv)
    assert.equal(error?.code, 'member-is-read-only', argv.join(' '))
    assert.match(error?.hint ?? '', /^cd \.\.\/(?:billing|shop) and run it there\.$/)
  }
  await run(main, 'validate', '--all', '--fix')
  await run(main, 'document', '--all')
  const after = snapshot(join(main, '..'))
  for (const path of new Set([...before.keys(), ...after.keys()]))
    if (!path.startsWith('main')) assert.equal(after.get(path), before.get(path), path)
})

test('what cannot be a member is a finding', async (t) => {
  const main = repositories(t, ['../billing', '../billing/', '..', '../gone', 'services', '/tmp'])
  const { findings } = await openWorkspace(main)
  assert.deepEqual(
    findings.map(({ code, message }) => `${code} ${message}`),
    [
      'config-bad-member "../billing/" in "members" is named twice.',
      'config-bad-member ".." in "members" holds this workspace itself.',
      'config-bad-member "../gone" in "members" is not a folder.',
      'config-bad-member "services" in "members" is inside the workspace already; services in a folder of their own go into "roots".',
      'config-bad-member "/tmp" in "members" is absolute, and would be wrong on the next machine.',
    ],
  )
})

test("a member's config says where its services are", async (t) => {
  const main = repositories(t, ['../billing'])
  writeFileSync(join(main, '../billing/.speckit.config.json'), '{"roots": ["platform"]}')
  mkdirSync(join(main, '../billing/platform/ledger/contracts'), { recursive: true })
  writeFileSync(join(main, '../billing/platform/ledger/contracts/api-spec.yaml'), 'openapi: 3.1.0\n')
  const { workspace } = await openWorkspace(main)
  assert.deepEqual(
    workspace.services.map(({ name, apiFiles }) => [name, apiFiles]),
    [
      ['billing', []],
      ['ledger', ['../billing/platform/ledger/contracts/api-spec.yaml']],
      ['user-service', []],
    ],
  )
  assert.equal(workspace.features.find(({ path }) => path.startsWith('../'))?.service, 'billing')
})

function snapshot(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  )
}
