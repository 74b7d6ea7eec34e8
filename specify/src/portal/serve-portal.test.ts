import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { servePortal } from './serve-portal.ts'

/** One scenario that passes, and one that fails. */
const TALKING = `# Feature Specification: Say it\n\n## User Scenarios & Testing\n\n### User Story 1 - Say (Priority: P1)\n\n1. **Given** a shell, **When** it is told to, **Then** it says so\n\n   \`\`\`console\n   $ echo hello\n   hello\n   \`\`\`\n\n2. **Given** a shell, **When** it says another thing, **Then** that is seen\n\n   \`\`\`console\n   $ echo hello\n   goodbye\n   \`\`\`\n\n## Requirements\n\n- **FR-001**: System MUST say it\n`

const PROJECTS = join(import.meta.dirname, '../../test/projects')

suite('the live portal', () => {
  test('answers with its pages, and with nothing that lies beside them', async (t) => {
    const { url } = await served(t)
    for (const path of ['', 'index.html', 'services.html', 'data/search.js', 'assets/portal.css'])
      assert.equal((await fetch(url + path)).status, 200, path)
    for (const path of [
      'nope.html',
      '..%2f..%2fetc/passwd',
      '%2e%2e/%2e%2e/constitution.md',
      'constitution.md',
      '.speckit.config.json',
      'assets/../../package.json',
      '/etc/passwd',
    ]) {
      const { status, text } = await raw(url, `/${path}`)
      assert.equal(status, 404, path)
      assert.match(text, /There is no such page/)
    }
    assert.equal((await raw(url, '/%')).status, 400)
    const page = await fetch(url)
    assert.match(page.headers.get('content-security-policy')!, /default-src 'none'; script-src 'self'/)
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 405)
    assert.equal(await (await fetch(url, { method: 'HEAD' })).text(), '')
  })

  test('answers to this machine only, and acts only for its own pages', async (t) => {
    const { url } = await served(t)
    assert.equal((await raw(url, '/', { Host: 'portal.example' })).status, 421)
    assert.equal((await raw(url, '/', { Host: `localhost:${new URL(url).port}` })).status, 200)
    for (const path of ['-/run', '-/try']) {
      const post = (token: string) =>
        fetch(url + path, { method: 'POST', headers: { 'X-Specify-Token': token }, body: '{}' })
      assert.equal((await post('guessed')).status, 403)
      assert.equal((await post('')).status, 403)
      assert.equal((await fetch(url + path)).status, 405)
    }
  })

  test('passes on a request to a service of this machine, and to nobody else', async (t) => {
    const { url } = await served(t)
    const token = await tokenOf(url)
    const service = createServer((asked, answer) => {
      answer.writeHead(201, { 'X-Method': asked.method }).end(`{"got":"${asked.headers['x-it'] as string}"}`)
    }).listen(0, '127.0.0.1')
    t.after(() => service.close())
    await new Promise((resolve) => service.once('listening', resolve))
    const { port } = service.address() as AddressInfo
    const ask = async (target: string) => {
      const answer = await fetch(`${url}-/try`, {
        method: 'POST',
        headers: { 'X-Specify-Token': token },
        body: JSON.stringify({ method: 'POST', url: target, headers: { 'X-It': 'here' }, body: '{}' }),
      })
      return {
        status: answer.status,
        answer: (await answer.json()) as { status?: number; body?: string; message?: string },
      }
    }
    const { answer } = await ask(`http://127.0.0.1:${port}/x`)
    assert.deepEqual([answer.status, answer.body], [201, '{"got":"here"}'])
    assert.equal((await ask('http://192.0.2.1/')).status, 403)
    assert.equal((await ask('file:///etc/passwd')).status, 403)
    service.close()
    service.closeAllConnections()
    const gone = await ask(`http://127.0.0.1:${port}/x`)
    assert.deepEqual([gone.status, gone.answer.message], [502, 'nobody listens there'])
  })

  test('a changed file is on the page at the next look, and told to whoever watches', async (t) => {
    const { url, root } = await served(t)
    const events = await fetch(`${url}-/events`)
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    await reader.read()
    const spec = join(root, 'specs/001-log-in/spec.md')
    writeFileSync(
      spec,
      readFileSync(spec, 'utf8').replace(/^# .*$/m, '# Feature Specification: Brand new title'),
    )
    let told = ''
    while (!told.includes('event: changed')) told += (await reader.read()).value
    await reader.cancel()
    assert.match(await (await fetch(`${url}features.html`)).text(), /Brand new title/)
  })

  test('runs scenarios at a click and shows how they ended; a name nobody has is refused', async (t) => {
    const { url, root } = await served(t)
    writeFileSync(join(root, 'specs/001-log-in/spec.md'), TALKING)
    const token = await tokenOf(url)
    const run = (scenario: string) =>
      fetch(`${url}-/run`, {
        method: 'POST',
        headers: { 'X-Specify-Token': token },
        body: JSON.stringify({ scenario }),
      })
    assert.equal((await run('nobody')).status, 422)
    const events = await fetch(`${url}-/events`)
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    assert.equal((await run('')).status, 202)
    let told = ''
    while (!told.includes('event: changed')) told += (await reader.read()).value
    await reader.cancel()
    assert.match(told, /event: running\ndata: {"done":2,"total":2,"failed":1}/)
    assert.match(told, /event: stopped\ndata: {"message":"done, 1 failed"}/)
    const page = await (await fetch(`${url}scenarios.html`)).text()
    assert.match(page, /class="mark passed"[^]*class="mark failed"[^]*goodbye/)
  })

  test('what "specify test" found in another window is on the page', async (t) => {
    const { url, root } = await served(t)
    await fetch(url)
    writeFileSync(join(root, 'specs/001-log-in/spec.md'), TALKING)
    await runSpecify(root, ['test', '--json'])
    assert.match(
      await (await fetch(`${url}scenarios.html`)).text(),
      /class="mark passed"[^]*class="mark failed"/,
    )
  })

  test('a workspace whose config breaks for a moment keeps its pages', async (t) => {
    const { url, root } = await served(t)
    await fetch(url)
    writeFileSync(join(root, '.speckit.config.json'), '{"roots":')
    assert.equal((await fetch(`${url}features.html`)).status, 200)
  })
})

test('a port that is taken is said, with what to do', async (t) => {
  const { url } = await served(t)
  await assert.rejects(
    servePortal({ ...options(t, join(PROJECTS, 'base')), port: Number(new URL(url).port) }),
    { code: 'port-taken', hint: /--port 0/ },
  )
})

test('an address that is not of this machine is said', async (t) => {
  await assert.rejects(servePortal({ ...options(t, join(PROJECTS, 'base')), host: '192.0.2.1' }), {
    code: 'bad-host',
  })
})

test('on an address others can reach it can be read only', async (t) => {
  const portal = await servePortal({ ...options(t, join(PROJECTS, 'base')), host: '0.0.0.0' })
  t.after(() => portal.close())
  const url = portal.url.replace('0.0.0.0', '127.0.0.1')
  assert.equal(await tokenOf(url), '')
  const answer = await fetch(`${url}-/run`, {
    method: 'POST',
    headers: { 'X-Specify-Token': '' },
    body: '{}',
  })
  assert.equal(answer.status, 403)
})

async function served(t: TestContext) {
  const root = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), root, { recursive: true })
  const portal = await servePortal(options(t, root))
  t.after(() => portal.close())
  return { url: portal.url, root }
}

function options(t: TestContext, root: string) {
  const stop = new AbortController()
  t.after(() => stop.abort())
  return { root, host: '127.0.0.1', port: 0, env: process.env, signal: stop.signal, say: () => {} }
}

async function tokenOf(url: string): Promise<string> {
  return /<meta name="specify-live" content="([^"]*)">/.exec(await (await fetch(url)).text())![1]!
}

/** Unlike fetch it leaves path and Host as they are. */
function raw(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path, headers }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('end', () => resolve({ status: response.statusCode!, text }))
    })
      .on('error', reject)
      .end()
  })
}
