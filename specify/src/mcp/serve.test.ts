import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { tokenCounter } from '../context/count-tokens.ts'
import { program } from '../program.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

// The official client, a real process, a real project: what an agent's host does.

const BASE = join(import.meta.dirname, '../../test/projects/base')
const BROKEN = join(import.meta.dirname, '../../test/projects/broken')
const BIN = join(import.meta.dirname, '../../bin/specify.js')

type Answer = {
  readonly ok: boolean
  readonly data?: Readonly<Record<string, unknown>>
  readonly findings?: readonly { code: string; file: string; line: number; hint: string }[]
  readonly error?: { code: string; message: string; hint: string }
  readonly page?: { from: number; to: number; total: number; cursor?: string }
}

async function open(cwd: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', cwd] }))
  return client
}

async function connect(t: TestContext, cwd: string): Promise<Client> {
  const client = await open(cwd)
  t.after(() => client.close())
  return client
}

/** One process for all tests that only read the base project. */
let base: Promise<Client> | undefined
const baseClient = () => (base ??= open(BASE))
after(async () => (await base)?.close())

async function call(client: Client, name: string, input: Record<string, unknown> = {}) {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: input })
  const [text] = content as { text: string }[]
  assert.deepEqual(JSON.parse(text!.text), structuredContent)
  // Sound: the client has just validated it by the tool's output schema.
  return { ...(structuredContent as Answer), isError: isError === true }
}

test('every verb that ends by itself is a tool, but init, and all descriptions together stay cheap to read', async (t) => {
  const client = await baseClient()
  const { tools } = await client.listTools()
  const others = new Set(['init', 'mcp', 'mock', 'serve'])
  const verbs = Object.keys(program.commands).filter((name) => !others.has(name))
  assert.deepEqual(
    tools.map(({ name }) => name),
    [...verbs, 'page'],
  )
  const count = await tokenCounter()
  const seen = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))
  const tokens = count(JSON.stringify(seen))
  t.diagnostic(`${tools.length} tools, ${tokens} tokens`)
  assert.ok(tokens <= 5000, `${tokens} tokens`)
})

// @spec 001#FR-011
test('a tool answers with the document its command prints', async (t) => {
  const client = await connect(t, BROKEN)
  const { stdout } = await runSpecify(BROKEN, ['validate', '--json'])
  const { isError, ...answer } = await call(client, 'validate')
  assert.deepEqual(answer, JSON.parse(stdout))
  assert.equal(isError, false, 'findings are an answer, no failure of the tool')
  assert.equal(answer.ok, false)
})

test('what cannot run is an error with code and hint, and the server goes on', async () => {
  const client = await baseClient()
  const wrong = await call(client, 'next', { feature: '001-log-on' })
  assert.deepEqual([wrong.ok, wrong.isError, wrong.error?.code], [false, true, 'unknown-feature'])
  assert.equal(wrong.error?.hint, 'Did you mean "001-log-in"?')
  assert.equal((await call(client, 'next', { fature: 'x' })).error?.code, 'unknown-option')
  assert.equal((await call(client, 'find', {})).error?.code, 'missing-words')
  await assert.rejects(
    client.callTool({ name: 'stats' }),
    /There is no tool "stats". Did you mean "status"\?/,
  )
  assert.equal((await call(client, 'status')).ok, true)
})

test('a long answer comes in pages that hold every finding once', async (t) => {
  const cwd = temporaryFolder(t)
  cpSync(BASE, cwd, { recursive: true })
  const spec = join(cwd, 'specs/001-log-in/spec.md')
  const lines = Array.from({ length: 400 }, (_, i) => `- **FR-${i + 100}**: The service MUST be fast.`)
  writeFileSync(spec, readFileSync(spec, 'utf8').replace(/^- \*\*FR-001/m, `${lines.join('\n')}\n$&`))
  const client = await connect(t, cwd)
  const found: string[] = []
  let answer = await call(client, 'validate', { args: ['specs/001-log-in'], spec: true })
  assert.equal(answer.page?.from, 0)
  for (let pages = 1; ; pages++) {
    assert.ok(JSON.stringify(answer).length < 26_000)
    found.push(...(answer.findings ?? []).map(({ code, line }) => `${line} ${code}`))
    const cursor: string | undefined = answer.page?.cursor
    if (cursor === undefined) {
      assert.ok(pages > 3, `${pages} pages`)
      break
    }
    answer = await call(client, 'page', { cursor })
  }
  const { stdout } = await runSpecify(cwd, ['validate', 'specs/001-log-in', '--spec', '--json'])
  const { findings } = JSON.parse(stdout) as Required<Answer>
  assert.deepEqual(
    found,
    findings.map(({ code, line }) => `${line} ${code}`),
  )
  assert.equal((await call(client, 'page', { cursor: '0.1' })).error?.code, 'unknown-cursor')
})

test('verbs write, one after the other', async (t) => {
  const cwd = temporaryFolder(t)
  mkdirSync(join(cwd, 'specs'))
  const client = await connect(t, cwd)
  const made = await Promise.all(
    Array.from({ length: 5 }, (_, i) => call(client, 'specify', { args: [`Feature word${i}`] })),
  )
  assert.deepEqual(
    new Set(made.map(({ data }) => data?.['FEATURE_NUM'])),
    new Set(['001', '002', '003', '004', '005']),
  )
})

test('documents are resources: listed, whole, or some lines; nothing else can be read', async () => {
  const client = await baseClient()
  const { resources } = await client.listResources()
  assert.deepEqual(
    resources.map(({ uri, description }) => [uri, description]),
    [
      ['specify:///constitution.md', 'The principles of the project'],
      ['specify:///specs/001-log-in/plan.md', 'plan of 001'],
      ['specify:///specs/001-log-in/spec.md', 'spec of 001'],
      ['specify:///specs/001-log-in/tasks.md', 'tasks of 001'],
    ],
  )
  const read = async (uri: string) => {
    const [one] = (await client.readResource({ uri })).contents
    return one as { text: string; mimeType: string }
  }
  const whole = readFileSync(join(BASE, 'specs/001-log-in/spec.md'), 'utf8')
  assert.deepEqual(await read('specify:///specs/001-log-in/spec.md'), {
    uri: 'specify:///specs/001-log-in/spec.md',
    mimeType: 'text/markdown',
    text: whole,
  })
  const some = await read('specify:///specs/001-log-in/spec.md?lines=2-3')
  assert.equal(some.text, whole.split('\n').slice(1, 3).join('\n'))
  await assert.rejects(read('specify:///specs/001-log-in/spec.md?lines=900'), /names no lines of/)
  await assert.rejects(read('specify:///specs/001-log-in/../../../../README.md'), /There is no resource/)
  await assert.rejects(read('specify:///specs/001-log-in/spek.md'), /Did you mean "specify:\/\/\/specs\/001/)
})

test('many documents are listed in pages; a long one ends with the way to the rest', async (t) => {
  const cwd = temporaryFolder(t)
  for (let i = 100; i < 230; i++) {
    mkdirSync(join(cwd, `specs/${i}-x`), { recursive: true })
    writeFileSync(join(cwd, `specs/${i}-x/spec.md`), `# X\n\n${`line of spec ${i}\n`.repeat(3000)}`)
  }
  const client = await connect(t, cwd)
  const first = await client.listResources()
  const second = await client.listResources({ cursor: first.nextCursor })
  assert.equal(new Set([...first.resources, ...second.resources].map(({ uri }) => uri)).size, 130)
  assert.equal(second.nextCursor, undefined)
  const [content] = (await client.readResource({ uri: first.resources[0]!.uri })).contents
  assert.match(
    (content as { text: string }).text,
    /\n… \d+ more lines: specify:\/\/\/specs\/100-x\/spec\.md\?lines=\d+-3003$/,
  )
})

test('the prompts of the verbs are there for agents init has no folder for', async () => {
  const client = await baseClient()
  const { prompts } = await client.listPrompts()
  assert.ok(prompts.some(({ name }) => name === 'speckit.implement'))
  const { messages } = await client.getPrompt({
    name: 'speckit.specify',
    arguments: { input: 'Pin $& notes' },
  })
  const [{ content } = { content: undefined }] = messages
  assert.match((content as { text: string }).text, /^Feature: Pin \$& notes\n[\s\S]*`speckit\.clarify`/)
})

test('outside a project the server says so and does not start', async (t) => {
  const { exitCode, stderr } = await runSpecify(temporaryFolder(t), ['mcp'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /There is no stdin and stdout to speak on/)
})
