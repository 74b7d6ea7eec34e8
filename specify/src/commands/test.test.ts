import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PLATFORM = join(import.meta.dirname, '../../test/projects/contracts-platform')
const SPEC = 'services/order-service/specs/001-order-management/spec.md'

type Document = {
  ok: boolean
  data: { counts: Record<string, number>; scenarios: ScenarioResult[] }
  findings: Finding[]
}

function platform(t: TestContext): string {
  const folder = temporaryFolder(t)
  cpSync(PLATFORM, folder, { recursive: true })
  return folder
}

/** A workspace of one spec whose blocks are given, under a story each. */
function shop(t: TestContext, ...blocks: string[]): string {
  const root = temporaryFolder(t)
  const stories = blocks.map(
    (block, i) =>
      `### User Story ${i + 1} - Story (Priority: P1)\n\n1. **Given** a, **When** b, **Then** c\n\n${block}\n`,
  )
  write(root, '.speckit.config.json', '{}')
  write(root, 'specs/001-shop/spec.md', `# Shop\n\n${stories.join('\n')}`)
  return root
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

async function answering(t: TestContext, answer: (path: string) => unknown): Promise<string> {
  const server = createServer((request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(answer(request.url ?? '')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const hurl = (text: string) => `\`\`\`hurl\n${text}\n\`\`\``

async function run(cwd: string, ...args: string[]): Promise<Document & { exitCode: number }> {
  const { exitCode, stdout } = await runSpecify(cwd, ['test', '--json', ...args], {
    PATH: process.env['PATH'] ?? '',
  })
  return { ...(JSON.parse(stdout) as Document), exitCode }
}

test('a failed assert is a finding at its line, with both sides and the request', async (t) => {
  const baseUrl = await answering(t, () => ({ state: 'open' }))
  const root = shop(
    t,
    hurl('POST {{baseUrl}}/orders\n{"a": 1}\nHTTP 200\n[Asserts]\njsonpath "$.state" == "paid"'),
  )
  const { exitCode, findings, data } = await run(root, '--base-url', baseUrl)
  assert.equal(exitCode, 1)
  assert.deepEqual(data.counts, { passed: 0, failed: 1, unbound: 0 })
  assert.deepEqual(
    findings.map(({ code, file, line, column }) => [code, file, line, column]),
    [['scenario-failed', 'specs/001-shop/spec.md', 12, 1]],
  )
  assert.match(
    findings[0]!.message,
    /^001#US1\.1: jsonpath "\$\.state" == "paid"\n +expected: string <paid>\n +actual: +string <open>/,
  )
  assert.equal(
    findings[0]!.hint,
    `curl -X POST '${baseUrl}/orders' -H 'Content-Type: application/json' --data-binary '{"a": 1}'`,
  )
})

test('prose is counted, named and never a pass', async (t) => {
  const baseUrl = await answering(t, () => ({}))
  const root = shop(t, hurl('GET {{baseUrl}}/\nHTTP 200'), 'No block here.')
  const { exitCode, data } = await run(root, '--base-url', baseUrl)
  assert.equal(exitCode, 0)
  assert.deepEqual(data.counts, { passed: 1, failed: 0, unbound: 1 })
  assert.deepEqual(
    data.scenarios.map(({ id, outcome, reason }) => [id, outcome, reason]),
    [
      ['001#US1.1', 'passed', undefined],
      ['001#US2.1', 'unbound', 'prose only'],
    ],
  )
  const { stdout } = await runSpecify(root, ['test', '--base-url', baseUrl])
  assert.match(
    stdout,
    /^✅ 001#US1\.1 {2}passed \d+ ms\n○ {2}001#US2\.1 {2}unbound: prose only\n\n1 passed, 0 failed, 1 unbound, \d+\.\d s\n$/,
  )
})

test('variables and cookies of one scenario are unknown to the next', async (t) => {
  const baseUrl = await answering(t, (path) => ({ path }))
  const first = hurl('GET {{baseUrl}}/a\nHTTP 200\n[Captures]\nkept: jsonpath "$.path"')
  const root = shop(
    t,
    `${first}\n\n2. **Given** a, **When** b, **Then** c\n\n${hurl('GET {{baseUrl}}{{kept}}\nHTTP 200')}`,
  )
  const { data, findings } = await run(root, '--base-url', baseUrl)
  assert.deepEqual(
    data.scenarios.map(({ outcome }) => outcome),
    ['passed', 'failed'],
  )
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['scenario-failed', 'scenario-unknown-variable'],
  )
})

test('variables from outside reach every scenario, typed', async (t) => {
  const baseUrl = await answering(t, (path) => ({ path }))
  const root = shop(
    t,
    hurl('GET {{baseUrl}}/{{name}}\nHTTP 200\n[Asserts]\njsonpath "$.path" == "/ann"\nvariable "count" == 3'),
  )
  const { data, findings } = await run(
    root,
    '--base-url',
    baseUrl,
    '--variable',
    'name=ann',
    '--variable',
    'count=3',
  )
  assert.deepEqual([data.counts, findings], [{ passed: 1, failed: 0, unbound: 0 }, []])
})

/** The most requests a server had at the same moment, and the ids in the order of the results. */
async function mostAtOnce(t: TestContext, ...args: string[]): Promise<{ most: number; ids: string[] }> {
  let [running, most] = [0, 0]
  const server = createServer((_request, response) => {
    most = Math.max(most, ++running)
    setTimeout(() => {
      running--
      response.end('{}')
    }, 20)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const root = shop(t, ...Array.from({ length: 6 }, () => hurl('GET {{baseUrl}}/\nHTTP 200')))
  const { data } = await run(root, '--base-url', baseUrl, ...args)
  return { most, ids: data.scenarios.map(({ id }) => id) }
}

const SIX = ['001#US1.1', '001#US2.1', '001#US3.1', '001#US4.1', '001#US5.1', '001#US6.1']

test('stories that ask one address wait for each other', async (t) => {
  assert.deepEqual(await mostAtOnce(t, '--jobs', '3'), { most: 1, ids: SIX })
})

test('independent stories run side by side, as many as asked for; results keep their order', async (t) => {
  assert.deepEqual(await mostAtOnce(t, '--jobs', '3', '--independent'), { most: 3, ids: SIX })
})

test('a secret that was captured does not show in the report', async (t) => {
  const baseUrl = await answering(t, () => ({ token: 's3cr3t' }))
  const root = shop(
    t,
    hurl(
      'GET {{baseUrl}}/\nHTTP 200\n[Captures]\ntoken: jsonpath "$.token" redact\n\nGET {{baseUrl}}/\nAuthorization: Bearer {{token}}\nHTTP 500',
    ),
  )
  const { findings } = await run(root, '--base-url', baseUrl)
  assert.match(findings[0]!.hint ?? '', /Bearer \*\*\*/)
  assert.ok(!JSON.stringify(findings).includes('s3cr3t'))
})

test('JUnit names every scenario, the failed with their reason, the unbound as skipped', async (t) => {
  const baseUrl = await answering(t, () => ({}))
  const root = shop(t, hurl('GET {{baseUrl}}/\nHTTP 200'), hurl('GET {{baseUrl}}/<a>\nHTTP 404'), 'Prose.')
  await run(root, '--base-url', baseUrl, '--junit', 'out/results.xml')
  const xml = readFileSync(join(root, 'out/results.xml'), 'utf8')
  assert.match(xml, /<testsuites name="specify test" tests="3" failures="1" skipped="1">/)
  assert.match(
    xml,
    /<testcase name="001#US1\.1 given a, when b, then c" classname="001" file="specs\/001-shop\/spec\.md" line="5" time="\d+\.\d{3}"\/>/,
  )
  assert.match(xml, /<failure message="the status differs">specs\/001-shop\/spec\.md:\d+\n/)
  assert.match(xml, /&lt;a&gt;|%3Ca%3E/)
  assert.match(xml, /<skipped message="prose only"\/>/)
})

test('a console block whose output differs fails at its command', async (t) => {
  const root = shop(t, '```console\n$ echo one\none\n$ echo two\nthree\n```')
  const { exitCode, findings } = await run(root)
  assert.equal(exitCode, 1)
  assert.deepEqual(
    findings.map(({ line, hint }) => [line, hint]),
    [[10, 'echo two']],
  )
  assert.match(findings[0]!.message, /the output differs\n +expected: three\n +actual: +two/)
})

test('--check holds the blocks against the contracts and runs nothing', async (t) => {
  const root = platform(t)
  const good = await runSpecify(root, ['test', '--check'])
  assert.deepEqual(
    [good.exitCode, good.stdout],
    [0, '✅ 5 scenarios fit the contracts\n○  1 scenario is unbound (no block to run)\n'],
  )
  const file = join(root, 'services/order-service/contracts/api-spec.yaml')
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('        state: { type: string, enum: [open, paid] }\n', ''),
  )
  const { exitCode, findings } = await run(root, '--check')
  assert.equal(exitCode, 1)
  assert.deepEqual(
    findings.map(({ code, file, line }) => `${file}:${line} ${code}`),
    [`${SPEC}:33 scenario-undeclared-property`],
  )
})

test('validate --all says of the blocks what test --check says', async (t) => {
  const root = platform(t)
  write(root, SPEC, readFileSync(join(root, SPEC), 'utf8').replace('$.state', '$.status'))
  const { stdout } = await runSpecify(root, ['validate', '--all', '--json'])
  const { findings } = JSON.parse(stdout) as Document
  assert.deepEqual(
    findings
      .filter(({ code }) => code.startsWith('scenario-'))
      .map(({ file, line, column }) => [file, line, column]),
    [[SPEC, 33, 4]],
  )
})

test('a workspace is found around the path that was typed', async (t) => {
  const root = platform(t)
  const { data } = await run(dirname(root), '--check', join(root, 'services/user-service'))
  assert.deepEqual(
    data.scenarios.map(({ id, file }) => [id, file]),
    [['user-service/001#US1.1', `${basename(root)}/services/user-service/specs/001-user-profile/spec.md`]],
  )
})

test('scenarios are chosen by id, story, feature and service', async (t) => {
  const root = platform(t)
  const ids = async (...args: string[]) =>
    (await run(root, '--check', ...args)).data.scenarios.map(({ id }) => id.replace(/^.*#/, ''))
  assert.deepEqual(await ids('--scenario', 'order-service/001#US1.2'), ['US1.2'])
  assert.deepEqual(await ids('--service', 'order-service', '--scenario', 'US2'), ['US2.1', 'US2.2'])
  assert.deepEqual(await ids('--scenario', 'user-service/001', '--scenario', 'order-service/001#US1.3'), [
    'US1.3',
    'US1.1',
  ])
  assert.deepEqual(await ids('services/user-service'), ['US1.1'])
})

const refused: [name: string, args: string[], message: RegExp][] = [
  [
    'an unknown scenario',
    ['--scenario', 'order-service/001#US1.9'],
    /No scenario here is called .*\n.*Did you mean "order-service\/001#US1\.\d"/,
  ],
  ['an unknown service', ['--service', 'orderservice'], /no service "orderservice".*\n.*"order-service"/],
  ['an address that is none', ['--base-url', 'localhost:80'], /needs an http or https address/],
  ['a variable without value', ['--variable', 'token'], /name=value/],
  ['no jobs', ['--jobs', '0'], /--jobs needs a whole number from 1/],
  ['a folder that is not there', ['services/none'], /There is no "services\/none"/],
]

for (const [name, args, message] of refused)
  test(`${name} is refused with a hint`, async (t) => {
    const { exitCode, stderr } = await runSpecify(platform(t), ['test', ...args])
    assert.equal(exitCode, 2)
    assert.match(stderr, message)
  })

test('without an address nothing is sent anywhere, and the way out is named', async (t) => {
  const root = shop(t, hurl('GET {{baseUrl}}/\nHTTP 200'))
  const { exitCode, stderr } = await runSpecify(root, ['test'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /Nobody says where the requests of 001#US1\.1 go.*\n.*--base-url/)
})
