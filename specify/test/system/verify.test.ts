// "specify verify" on a service that keeps to its contract, on the same one with one fault at a time, and on servers that
// misbehave as servers do.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseHurl } from '../../src/scenarios/hurl/parse.ts'
import type { ReportedFailure } from '../../src/verify/report.ts'
import { contract, faults, startShelf, TOKEN, type Fault, type Shelf } from '../faulty-service.ts'
import { runSpecify, temporaryFolder } from '../run-specify.ts'

const BIN = join(import.meta.dirname, '../../bin/specify.js')

type Report = {
  readonly data: {
    readonly requests: number
    readonly operations: readonly {
      method: string
      path: string
      requests: number
      statuses: Record<string, number>
    }[]
    readonly failures: readonly ReportedFailure[]
  }
  readonly findings: readonly Finding[]
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string }
}

async function verify(
  folder: string,
  url: string,
  ...args: readonly string[]
): Promise<{ exitCode: number; report: Report; text: string }> {
  const argv = ['verify', '--contract', 'api.yaml', '--url', url, '--json', ...args]
  const { exitCode, stdout } = await runSpecify(folder, argv)
  return { exitCode, report: JSON.parse(stdout) as Report, text: stdout }
}

async function shelfWith(t: TestContext, fault?: Fault): Promise<{ folder: string; shelf: Shelf }> {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'api.yaml'), contract)
  const shelf = await startShelf(fault)
  t.after(() => shelf.close())
  return { folder, shelf }
}

const auth = ['--auth', `token=${TOKEN}`]

function codesOf({ findings }: Report): string[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))]
}

function errorOf({ findings }: Report): string {
  return findings.find(({ severity }) => severity === 'error')?.message ?? ''
}

describe('a service that keeps to its contract', () => {
  for (const seed of ['1', '2', 'another'])
    it(`gives no finding, seed ${seed}`, async (t) => {
      const { folder, shelf } = await shelfWith(t)
      const { exitCode, report } = await verify(folder, shelf.url, ...auth, '--seed', seed)
      assert.deepEqual(report.findings, [])
      assert.equal(exitCode, 0)
      assert.ok(report.data.requests > 300, `${report.data.requests} requests`)
    })

  it('is only read with --read-only', async (t) => {
    const { folder, shelf } = await shelfWith(t)
    const { exitCode, report } = await verify(folder, shelf.url, ...auth, '--read-only')
    assert.equal(exitCode, 0)
    const writing = report.data.operations.filter(({ method }) => method !== 'GET')
    assert.deepEqual(
      writing.map(({ requests }) => requests),
      writing.map(() => 0),
    )
  })

  it('without its credential is told apart from one that never works', async (t) => {
    const { folder, shelf } = await shelfWith(t)
    const { exitCode, report } = await verify(folder, shelf.url)
    assert.equal(exitCode, 0)
    const finding = report.findings.find(({ code }) => code === 'verify-never-succeeded')
    assert.equal(finding?.hint, 'Give credentials: --auth token=…')
  })
})

describe('each planted fault is found', () => {
  for (const [fault, code] of Object.entries(faults))
    it(`${fault}: ${code}`, async (t) => {
      const { folder, shelf } = await shelfWith(t, fault as Fault)
      const { exitCode, report } = await verify(folder, shelf.url, ...auth, '--max-examples', '5')
      assert.ok(codesOf(report).includes(code), JSON.stringify(report.findings.map(({ message }) => message)))
      assert.equal(exitCode, 1)
      // Every failure comes with what it takes to see it again, in the language of scenarios, too.
      for (const { curl, hurl, again } of report.data.failures) {
        assert.match(curl[0]!, /^curl -i -X [A-Z]+ 'http:\/\/127\.0\.0\.1:\d+\//)
        assert.match(again, /--seed 1 .*--case '/)
        const block = hurl.replace(/^```hurl\n/, '').replace(/\n```$/, '')
        assert.deepEqual(parseHurl(block).problems, [], hurl)
      }
    })
})

describe('a failure', () => {
  it('is the smallest request that shows it', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'fails on NUL')
    const { report } = await verify(folder, shelf.url, ...auth)
    const failure = report.data.failures.find(({ operation }) => operation === 'POST /items')
    const body = JSON.parse(/--data-raw '(.*)'$/.exec(failure!.curl[0]!)![1]!) as Record<string, unknown>
    assert.deepEqual(Object.keys(body).sort(), ['kind', 'name', 'priceCents', 'quantity', 'sku'])
    assert.deepEqual([body['name'], body['quantity']], ['a\u0000b', 0])
  })

  it('is seen again by the printed command', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'nested required not enforced')
    const { report } = await verify(folder, shelf.url, ...auth, '--seed', '5')
    const [failure] = report.data.failures
    const again = await verify(folder, shelf.url, ...auth, '--seed', '5', '--case', failure!.case)
    assert.deepEqual(
      again.report.data.failures.map((each) => [each.code, each.operation, each.case]),
      [[failure!.code, failure!.operation, failure!.case]],
    )
    assert.ok(again.report.data.requests < report.data.requests / 2)
  })

  it('is the same in every run with the same seed', async (t) => {
    const runs = []
    for (let i = 0; i < 2; i++) {
      const { folder, shelf } = await shelfWith(t, 'enum not checked')
      const { report } = await verify(folder, shelf.url, ...auth, '--seed', '9')
      runs.push(report.data.failures.map(({ code, case: id, message }) => [code, id, message]))
    }
    assert.deepEqual(runs[0], runs[1])
  })

  it('that a shared schema causes is told once, with the operations that show it', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'extra field in a closed object')
    const { report } = await verify(folder, shelf.url, ...auth)
    assert.equal(report.findings.length, 1)
    assert.match(
      report.findings[0]!.message,
      /^POST \/items answers 201 .*internalCost is not a known property \(also at GET \/items/,
    )
    assert.deepEqual([report.findings[0]!.file, report.findings[0]!.line], ['api.yaml', 33])
  })

  it('does not tell a credential that came as a header', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'enum not checked')
    const { text, report } = await verify(folder, shelf.url, '--header', `Authorization: Bearer ${TOKEN}`)
    assert.ok(!text.includes(TOKEN))
    assert.match(report.data.failures[0]!.curl[0]!, /-H 'Authorization: Bearer '"\$AUTHORIZATION"''/)
  })

  it('does not tell the credential', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'missing field in the answer')
    const { text } = await verify(folder, shelf.url, ...auth, '--junit', 'out.xml')
    assert.ok(!text.includes(TOKEN))
    const junit = readFileSync(join(folder, 'out.xml'), 'utf8')
    assert.ok(!junit.includes(TOKEN))
    assert.match(junit, /<testsuites name="specify verify" tests="6" failures="\d">/)
    assert.match(junit, /<failure type="verify-response-body"/)
  })

  it('that is known, with a reason, fails nothing; what is known and not seen is told', async (t) => {
    const { folder, shelf } = await shelfWith(t, 'limit ignored')
    const entry =
      '{ code: verify-limit-ignored, operation: GET /items, owner: shelf, reason: few items, until: "2099-01-01" }'
    writeFileSync(join(folder, 'acknowledged.yaml'), `verify:\n  - ${entry}\n`)
    const known = await verify(folder, shelf.url, ...auth)
    assert.equal(known.exitCode, 0)
    assert.deepEqual(
      known.report.findings.map(({ code, severity }) => [code, severity]),
      [['verify-acknowledged', 'info']],
    )
    assert.match(known.report.findings[0]!.message, /Known: few items \(shelf, until 2099-01-01\)/)

    writeFileSync(
      join(folder, 'acknowledged.yaml'),
      `verify:\n  - ${entry.replace('2099', '2020')}\n  - { code: x }\n`,
    )
    const over = await verify(folder, shelf.url, ...auth)
    assert.equal(over.exitCode, 1)
    assert.deepEqual(
      over.report.findings.map(({ code, severity, line }) => [code, severity, line]),
      [
        ['verify-acknowledgement', 'warning', 2],
        ['verify-acknowledgement', 'error', 3],
        ['verify-limit-ignored', 'error', 12],
      ],
    )
  })
})

const SMALL = `openapi: 3.1.0
info: { title: Small, version: 1.0.0 }
paths:
  /ping:
    get:
      responses:
        '200': { description: Yes., content: { application/json: { schema: { type: object, required: [ok], properties: { ok: { type: boolean } } } } } }
  /notes:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } } }
      responses:
        '201': { description: Kept., content: { application/json: { schema: { type: object } } } }
        '400': { description: No. }
`

async function small(
  t: TestContext,
  answer: RequestListener,
): Promise<{ folder: string; url: string; server: Server }> {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'api.yaml'), SMALL)
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { folder, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk
  return text
}

const JSON_TYPE = { 'content-type': 'application/json' }

describe('a server that misbehaves', () => {
  it('nobody listens: said at once, nothing else', async (t) => {
    const { folder, url, server } = await small(t, () => {})
    await new Promise((resolve) => server.close(resolve))
    const { exitCode, report } = await verify(folder, url, '--wait', '0')
    assert.equal(exitCode, 2)
    assert.equal(report.error?.code, 'service-not-answering')
    assert.match(report.error.message, /nobody listens at 127\.0\.0\.1:\d+/)
  })

  it('another machine is not asked unless that is wanted', async (t) => {
    const { folder } = await small(t, () => {})
    const { exitCode, report } = await verify(folder, 'http://shop.example.com')
    assert.equal(exitCode, 2)
    assert.equal(report.error?.code, 'remote-url')
    assert.match(report.error.hint, /--allow-remote/)
  })

  it('redirects are not followed', async (t) => {
    const { folder, url } = await small(t, (_request, response) => {
      response.writeHead(302, { location: 'http://elsewhere.example.com/' }).end()
    })
    const { exitCode, report } = await verify(folder, url)
    assert.equal(exitCode, 1)
    assert.ok(
      report.findings.some(({ message }) =>
        /GET \/ping answers 302 \(to http:\/\/elsewhere\.example\.com\/\)/.test(message),
      ),
    )
  })

  it('an answer that never ends is cut off by the time limit', async (t) => {
    const { folder, url } = await small(t, (request, response) => {
      response.writeHead(200, JSON_TYPE)
      if (request.url !== '/ping') return response.end('{}')
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
      return undefined
    })
    const { report } = await verify(folder, url, '--operations', 'GET *', '--timeout', '1')
    assert.deepEqual(codesOf(report), ['verify-no-answer'])
    assert.match(errorOf(report), /gave no complete answer within 1000 ms/)
  })

  it('an answer larger than memory should hold is cut off', async (t) => {
    const chunk = Buffer.alloc(1 << 20, ' ')
    const { folder, url } = await small(t, (request, response) => {
      response.writeHead(200, JSON_TYPE)
      if (request.url !== '/ping') return response.end('{}')
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
      return undefined
    })
    const { report } = await verify(folder, url, '--operations', 'GET *')
    assert.deepEqual(codesOf(report), ['verify-no-answer'])
    assert.match(errorOf(report), /larger than 67108864 bytes/)
  })

  it('a service that dies is noticed, with the request that did it', async (t) => {
    const { folder, url, server } = await small(t, (request, response) => {
      const answer = async () => {
        const text = await bodyOf(request)
        if (text.includes('👩')) {
          server.close()
          server.closeAllConnections()
        } else if (request.url === '/ping') response.writeHead(200, JSON_TYPE).end('{"ok":true}')
        else response.writeHead(text.startsWith('{"text":"') ? 201 : 400, JSON_TYPE).end('{}')
      }
      answer().catch(() => {})
    })
    const { exitCode, report } = await verify(folder, url)
    assert.equal(exitCode, 1)
    const finding = report.findings.find(({ code }) => code === 'verify-incomplete')
    assert.match(finding!.message, /The service is gone: nobody listens/)
    assert.match(finding!.hint!, /The last request: curl -i -X POST .*👩/u)
  })

  it('a rate limit is waited for as long as it asks', async (t) => {
    let count = 0
    const { folder, url } = await small(t, (_request, response) => {
      if (++count % 3 === 0) response.writeHead(429, { 'retry-after': '0' }).end()
      else response.writeHead(200, JSON_TYPE).end('{"ok":true}')
    })
    const { report } = await verify(folder, url, '--operations', 'GET *')
    assert.deepEqual(
      report.findings.filter(({ code }) => code !== 'verify-method-accepted'),
      [],
    )
  })

  it('a rate limit that asks for an hour ends the run', async (t) => {
    const { folder, url } = await small(t, (_request, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end()
    })
    const { exitCode, report } = await verify(folder, url)
    assert.equal(exitCode, 1)
    assert.match(report.findings[0]!.message, /answered 429 and asks to wait 3601 s/)
    assert.match(report.findings[0]!.hint!, /--rate/)
  })
})

describe('a service of the workspace', () => {
  it('is started by its config, asked, and stopped', async (t) => {
    const root = temporaryFolder(t)
    cpSync(join(import.meta.dirname, '../projects/contracts-platform'), root, { recursive: true })
    const argv = ['verify', '--service', 'order-service', '--json']
    const { exitCode, stdout, stderr } = await runSpecify(root, argv, { PATH: process.env['PATH'] ?? '' })
    const report = JSON.parse(stdout) as Report
    assert.match(stderr, /starting order-service: node services/)
    assert.ok(report.data.requests > 20)
    assert.equal(exitCode, codesOf(report).length > 0 ? 1 : 0)
  })

  it('without an address or a config that has one is not guessed', async (t) => {
    const root = temporaryFolder(t)
    cpSync(join(import.meta.dirname, '../projects/contracts-platform'), root, { recursive: true })
    for (const [args, code] of [
      [['--service', 'user-service'], 'no-url'],
      [['--service', 'usr-service'], 'no-such-service'],
      [[], 'no-service'],
    ] as const) {
      const { exitCode, stdout } = await runSpecify(root, ['verify', ...args, '--json'])
      assert.equal((JSON.parse(stdout) as Report).error?.code, code)
      assert.equal(exitCode, 2)
    }
  })
})

it('Ctrl-C ends the run between two requests', async (t) => {
  let count = 0
  const asked = Promise.withResolvers<void>()
  const { folder, url } = await small(t, (_request, response) => {
    if (++count === 4) asked.resolve()
    setTimeout(() => response.writeHead(200, JSON_TYPE).end('{"ok":true}'), 20)
  })
  const args = ['verify', '--contract', 'api.yaml', '--url', url, '--json']
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  await asked.promise
  child.kill('SIGINT')
  assert.equal(await closed, 130)
  assert.equal((JSON.parse(out) as Report).error?.code, 'cancelled')
})

describe('what cannot be meant is refused before anything is sent', () => {
  const cases: [args: string[], code: string][] = [
    [['--url', 'ftp://x'], 'bad-url'],
    [['--contract', 'nothing.yaml'], 'no-such-path'],
    [['--operations', 'getPong'], 'no-operations'],
    [['--auth', 'tokn=a'], 'no-such-scheme'],
    [['--auth', 'token'], 'bad-auth'],
    [['--header', 'no colon'], 'bad-header'],
    [['--known', 'sku'], 'bad-known'],
  ]
  for (const [args, code] of cases)
    it(`${args.join(' ')}: ${code}`, async (t) => {
      const folder = temporaryFolder(t)
      writeFileSync(join(folder, 'api.yaml'), contract)
      const { exitCode, report } = await verify(folder, 'http://127.0.0.1:9', ...args)
      assert.equal(report.error?.code, code)
      assert.equal(exitCode, 2)
    })
})
