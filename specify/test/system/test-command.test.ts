// The whole of "specify test": a service started from the config, asked, and stopped.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Finding } from '@specwright/cli/finding.ts'
import { runSpecify, temporaryFolder } from '../run-specify.ts'

const PLATFORM = join(import.meta.dirname, '../projects/contracts-platform')
const BIN = join(import.meta.dirname, '../../bin/specify.js')
const SPEC = 'services/order-service/specs/001-order-management/spec.md'
const SERVER = 'services/order-service/src/server.mjs'
const CONFIG = '.speckit.config.json'
const ENV = { PATH: process.env['PATH'] ?? '' }

function platform(t: TestContext): string {
  const folder = temporaryFolder(t)
  cpSync(PLATFORM, folder, { recursive: true })
  return folder
}

function edit(root: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(root, file), 'utf8')
  assert.ok(text.includes(from), `${file} holds ${from}`)
  writeFileSync(join(root, file), text.replace(from, to))
}

/** The port the service wrote down, and whether anybody still listens there. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  })
}

const WRITES_PORT = "import { writeFileSync } from 'node:fs'\nwriteFileSync('port.txt', process.env.PORT)\n"

test('a service is started, asked and stopped; every scenario has its result', async (t) => {
  const root = platform(t)
  edit(root, SERVER, 'import { randomUUID }', `${WRITES_PORT}import { randomUUID }`)
  const { exitCode, stdout, stderr } = await runSpecify(root, ['test'], ENV)
  assert.equal(exitCode, 0, stdout + stderr)
  assert.match(stderr, /starting order-service: node services/)
  assert.deepEqual(
    stdout
      .split('\n')
      .slice(0, 6)
      .map((line) => line.replace(/ \d+ ms$/, '').replaceAll(/ {2,}/g, ' ')),
    [
      '✅ order-service/001#US1.1 passed',
      '✅ order-service/001#US1.2 passed',
      '○ order-service/001#US1.3 unbound: prose only',
      '✅ order-service/001#US2.1 passed',
      '○ order-service/001#US2.2 unbound: no event bus is configured ("events.bus"): its events are only checked against their contracts',
      '○ user-service/001#US1.1 unbound: no event bus is configured ("events.bus"): its events are only checked against their contracts',
    ],
  )
  assert.equal(await isTaken(Number(readFileSync(join(root, 'port.txt'), 'utf8'))), false)
})

test('a field the service no longer sends fails the run at the line that asks for it', async (t) => {
  const root = platform(t)
  edit(root, SERVER, 'totalCents: quantity * 1000, ', '')
  const { exitCode, stdout } = await runSpecify(root, ['test', '--json'], ENV)
  assert.equal(exitCode, 1)
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  assert.deepEqual(
    findings.map(({ code, file, line }) => `${file}:${line} ${code}`),
    [`${SPEC}:34 scenario-failed`],
  )
  assert.match(findings[0]!.message, /totalCents" == 2000\n +expected: integer <2000>\n +actual: +nothing/)
})

test('a service that ends at once is an error with its log', async (t) => {
  const root = platform(t)
  writeFileSync(join(root, SERVER), "console.error('no database'); process.exit(7)")
  const { exitCode, stderr } = await runSpecify(root, ['test'], ENV)
  assert.equal(exitCode, 2)
  assert.match(stderr, /order-service ended before it answered \(exit code 7\)[\s\S]*no database/)
})

test('a service that never answers is an error with its log, and is gone afterwards', async (t) => {
  const root = platform(t)
  writeFileSync(
    join(root, SERVER),
    `${WRITES_PORT}console.log('waiting for godot')\nsetInterval(() => {}, 1000)\n`,
  )
  const { exitCode, stderr } = await runSpecify(root, ['test', '--health-timeout', '1'], ENV)
  assert.equal(exitCode, 2)
  assert.match(
    stderr,
    /order-service did not answer at http:\/\/127\.0\.0\.1:\d+\/health within 1 s[\s\S]*waiting for godot/,
  )
})

test('what runs already is asked as it is', async (t) => {
  const root = platform(t)
  const port = await freePort()
  const service = spawn(process.execPath, [join(root, SERVER)], { env: { ...ENV, PORT: String(port) } })
  t.after(() => service.kill('SIGKILL'))
  await new Promise<void>((resolve) => service.stdout.once('data', () => resolve()))
  edit(root, CONFIG, '"node services/order-service/src/server.mjs"', '"exit 1"')
  writeFileSync(
    join(root, CONFIG),
    readFileSync(join(root, CONFIG), 'utf8').replaceAll('{port}', String(port)),
  )
  const { exitCode, stdout, stderr } = await runSpecify(root, ['test', '--service', 'order-service'], ENV)
  assert.equal(exitCode, 0, stdout)
  assert.match(stderr, /order-service answers already at http:/)
})

test('a service that crashes while its scenarios run is said so with its log; what ran before keeps its result', async (t) => {
  const root = platform(t)
  edit(
    root,
    SERVER,
    "if (request.url === '/health')",
    "if (request.method === 'GET' && request.url.startsWith('/api/')) { console.error('out of memory'); process.exit(9) }\n  if (request.url === '/health')",
  )
  const { exitCode, stdout } = await runSpecify(root, ['test', '--service', 'order-service'], ENV)
  assert.equal(exitCode, 1)
  assert.match(
    stdout,
    /order-service ended while its scenarios ran \(exit code 9\)[\s\S]*out of memory[\s\S]*\[service-crashed\]/,
  )
  assert.match(stdout, /closed the connection without an answer|nobody listens at/)
  assert.match(stdout, /✅ order-service\/001#US\d\.\d +passed/)
})

test('a port that somebody else has is an error with the log that says so', async (t) => {
  const root = platform(t)
  const taken = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => taken.close())
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  writeFileSync(
    join(root, CONFIG),
    readFileSync(join(root, CONFIG), 'utf8')
      .replaceAll('{port}', String(port))
      .replace('"node services', `"PORT=${port} node services`),
  )
  const { exitCode, stderr } = await runSpecify(root, ['test'], ENV)
  assert.equal(exitCode, 2)
  assert.match(stderr, /order-service ended before it answered[\s\S]*EADDRINUSE/)
})

test('events go through the bus the config names, and those that do not come fail at their line', async (t) => {
  const root = platform(t)
  edit(root, CONFIG, '{', '{ "events": { "bus": "events.ndjson" },')
  edit(
    root,
    'services/user-service/specs/001-user-profile/spec.md',
    'expect user.profile.created { "email": "{{unique}}@example.org" }',
    'publish user.profile.created { "userId": "{{uuid}}", "email": "{{unique}}@example.org" }\nexpect user.profile.created { "email": "{{unique}}@example.org" }',
  )
  edit(
    root,
    SPEC,
    'expect order.order.placed { "orderId": "01930a5e-7c1a-4000-8000-0000000000d1" }',
    'expect order.order.placed { "orderId": "01930a5e-7c1a-4000-8000-0000000000d1" } within 50ms',
  )
  const { exitCode, stdout } = await runSpecify(root, ['test'], ENV)
  assert.equal(exitCode, 1, stdout)
  assert.match(stdout, /✅ user-service\/001#US1\.1 +passed/)
  assert.match(stdout, /❌ order-service\/001#US2\.2 +failed/)
  assert.match(stdout, /no event order\.order\.placed within 50 ms/)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(
    `a run ended by ${signal} leaves no process behind`,
    { skip: process.platform === 'win32' && 'no process groups' },
    async (t) => {
      const root = platform(t)
      edit(root, SERVER, 'import { randomUUID }', `${WRITES_PORT}import { randomUUID }`)
      edit(
        root,
        SPEC,
        'GET {{order-service}}/api/v1/orders/{{order}}',
        'GET {{order-service}}/api/v1/orders/{{order}}\n   [Options]\n   delay: 60s',
      )
      const run = spawn(process.execPath, [BIN, 'test'], {
        cwd: root,
        env: { ...process.env, ...ENV },
        stdio: 'ignore',
      })
      const ended = new Promise<number | null>((resolve) => {
        run.once('exit', resolve)
      })
      const port = await portOf(root)
      await until(() => isTaken(port))
      run.kill(signal)
      assert.equal(await ended, 130)
      assert.equal(await isTaken(port), false)
    },
  )

async function portOf(root: string): Promise<number> {
  for (;;) {
    try {
      const text = readFileSync(join(root, 'port.txt'), 'utf8')
      if (text !== '') return Number(text)
    } catch {
      // not started yet
    }
    await sleep(20)
  }
}

async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await sleep(20)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
