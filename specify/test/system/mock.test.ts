import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// The command as people start it: a process on a port, until Ctrl-C.

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const running = new Set<ChildProcess>()
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specify-mock-'))
  for (const name of ['note-service', 'tag-service']) {
    await cp(new URL('../projects/mock/', import.meta.url), join(folder, 'services', name), {
      recursive: true,
    })
  }
})
after(() => rm(folder, { recursive: true, force: true }))
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  running.clear()
})

type Started = {
  readonly child: ChildProcess
  readonly services: readonly { readonly name: string; readonly url: string }[]
  readonly events: string
  readonly stderr: () => string
}

async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [CLI, 'mock', '--port', '0', '--json', ...args], { cwd: folder })
  running.add(child)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const line = await firstLine(child)
  const { data } = JSON.parse(line) as { data: { services: Started['services']; events: string } }
  return { child, ...data, stderr: () => stderr }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString()
    if (text.includes('\n')) break
  }
  return text
}

const json = async (url: string, init?: RequestInit) => {
  const answer = await fetch(url, { headers: { 'content-type': 'application/json' }, ...init })
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  }
}
const post = (url: string, body: unknown) => json(url, { method: 'POST', body: JSON.stringify(body) })

describe('specify mock', () => {
  it('says on one line where it answers, under the names of the services or without them', async () => {
    const { services } = await start()
    assert.deepEqual(
      services.map(({ name }) => name),
      ['note-service', 'tag-service'],
    )
    assert.equal((await json(`${services[1]!.url}/notes/7`)).status, 200)
    assert.equal((await json(`${new URL(services[0]!.url).origin}/notes/7`)).status, 200)
    const { status, body } = await json(`${new URL(services[0]!.url).origin}/nope-service/notes`)
    assert.equal(status, 404)
    assert.match(String(body['detail']), /Did you mean "note-service"/)
  })

  it('puts one service at the root, and each on a port of its own when asked', async () => {
    const one = await start('--service', 'tag-service')
    assert.equal((await json(`${one.services[0]!.url}/notes/7`)).status, 200)
    const each = await start('--port-each')
    assert.equal(new Set(each.services.map(({ url }) => new URL(url).port)).size, 2)
    for (const { url } of each.services) assert.equal((await json(`${url}/notes/7`)).status, 200)
  })

  it('mocks a contract file alone', async () => {
    const { services } = await start('services/note-service/contracts/api-spec.yaml')
    assert.equal((await json(`${services[0]!.url}/notes/7`)).body['id'], '7')
  })

  it('ends at Ctrl-C at once, with requests open, and gives the port back', async () => {
    const { child, services, events } = await start()
    const stream = fetch(events).then((answer) => answer.text())
    stream.catch(() => {})
    await json(`${services[0]!.url}/notes/7`)
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    assert.deepEqual(await ended, [130, null])
    await assert.rejects(stream)
    const server = createServer().listen(Number(new URL(services[0]!.url).port), '127.0.0.1')
    await once(server, 'listening')
    server.close()
  })

  it('says that a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const child = spawn(process.execPath, [CLI, 'mock', '--port', String(port), '--json'], { cwd: folder })
    running.add(child)
    const ended = once(child, 'exit')
    let text = ''
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) text += chunk.toString()
    const { error } = JSON.parse(text) as { error: { code: string; message: string } }
    assert.equal(error.code, 'port-taken')
    assert.match(error.message, new RegExp(`Port ${port} is taken`))
    assert.equal((await ended)[0], 2)
    server.close()
  })

  it('tells events to those who listen and writes them to a file', async () => {
    const { child, services, events } = await start('--events', 'events.ndjson')
    const stream = await fetch(events)
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    const { body } = await post(`${services[0]!.url}/notes`, { text: 'buy milk' })
    let told = ''
    while (!told.includes('data:')) told += (await reader.read()).value ?? ''
    assert.match(told, /event: note\.created/)
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
    const [line] = (await readFile(join(folder, 'events.ndjson'), 'utf8')).split('\n')
    const event = JSON.parse(line!) as { eventType: string; data: { id: string; text: string } }
    assert.equal(event.eventType, 'note.created')
    assert.deepEqual(event.data, { id: body['id'], text: 'buy milk' })
  })

  it('begins anew when a contract changes, and stays when it cannot be read', async () => {
    const { services, stderr } = await start('--service', 'note-service')
    const file = join(folder, 'services/note-service/contracts/api-spec.yaml')
    const before = await readFile(file, 'utf8')
    await writeFile(file, before.replaceAll('example: first', 'example: second'))
    const text = async () => (await json(`${services[0]!.url}/notes/7`)).body['text']
    await until(async () => (await text()) === 'second')
    await writeFile(file, 'openapi: [')
    await until(async () => /stay as they were/.test(stderr()))
    assert.equal(await text(), 'second')
    await writeFile(file, before)
    await until(async () => (await text()) === 'first')
  })

  it('answers browsers of other origins, and their question before', async () => {
    const { services } = await start('--service', 'note-service')
    const { url } = services[0]!
    const asked = await fetch(`${url}/notes`, {
      method: 'OPTIONS',
      headers: { origin: 'http://shop.test', 'access-control-request-method': 'POST' },
    })
    assert.equal(asked.status, 204)
    const { headers } = await json(`${url}/notes/7`, { headers: { origin: 'http://shop.test' } })
    assert.equal(headers.get('access-control-allow-origin'), 'http://shop.test')
  })

  it('fails and dawdles as asked', async () => {
    const { services } = await start('--service', 'note-service', '--faults', '100', '--latency', '1-20')
    const outcomes = new Set<number>()
    for (let i = 0; i < 30; i++)
      outcomes.add(
        await fetch(`${services[0]!.url}/notes/7`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
    assert.deepEqual(
      [...outcomes].sort((a, b) => a - b),
      [0, 500, 503],
    )
  })

  it('refuses a body larger than ten megabytes', async () => {
    const { services } = await start('--service', 'note-service')
    const body = JSON.stringify({ text: 'x'.repeat(11_000_000) })
    const status = await fetch(`${services[0]!.url}/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).then(
      (answer) => answer.status,
      () => 413,
    ) // the answer may overtake the rest of the body
    assert.equal(status, 413)
  })

  it('stands in for the services when scenarios run: what was created, what a scenario says, what was sent', async () => {
    const child = spawn(process.execPath, [CLI, 'test', '--mock', '--service', 'note-service', '--json'], {
      cwd: folder,
    })
    running.add(child)
    let text = ''
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) text += chunk.toString()
    const { data, findings } = JSON.parse(text) as { data: { counts: object }; findings: unknown[] }
    assert.deepEqual(
      { counts: data.counts, findings },
      { counts: { passed: 3, failed: 0, unbound: 0 }, findings: [] },
    )
  })

  it('knows which services there are', async () => {
    const child = spawn(process.execPath, [CLI, 'mock', '--service', 'not-service', '--json'], {
      cwd: folder,
    })
    running.add(child)
    let text = ''
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) text += chunk.toString()
    const { error } = JSON.parse(text) as { error: { code: string; hint: string } }
    assert.equal(error.code, 'no-such-service')
    assert.match(error.hint, /note-service/)
  })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await isSo()) return
    await sleep(50)
  }
  assert.fail('it did not happen within ten seconds')
}
