import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'
import { tokenCounter } from '../context/count-tokens.ts'

const BASE = join(import.meta.dirname, '../../test/projects/base')
const SPEC = 'specs/001-log-in/spec.md'

function project(t: TestContext): string {
  const root = temporaryFolder(t)
  cpSync(BASE, root, { recursive: true })
  return root
}

async function budget(root: string, ...args: string[]) {
  const { stdout, exitCode } = await runSpecify(root, ['budget', ...args, '--json'])
  const { data, findings, error } = JSON.parse(stdout)
  return { exitCode, data, error, codes: (findings ?? []).map(({ code }: { code: string }) => code) }
}

test('tokens are those of the tokenizer, not a share of the bytes', async () => {
  const o200k = await tokenCounter('o200k_base')
  const cl100k = await tokenCounter('cl100k_base')
  assert.equal(o200k('hello world'), 2)
  assert.equal(o200k('<|endoftext|>'), cl100k('<|endoftext|>'))
  assert.ok(o200k('사용자는 로그인할 수 있다') < cl100k('사용자는 로그인할 수 있다'))
})

test('files come largest first, and sum up', async (t) => {
  const { data, exitCode } = await budget(project(t))
  assert.equal(exitCode, 0)
  const tokens = data.files.map((file: { tokens: number }) => file.tokens)
  assert.deepEqual(
    tokens,
    tokens.toSorted((a: number, b: number) => b - a),
  )
  assert.equal(
    data.total,
    tokens.reduce((a: number, b: number) => a + b),
  )
  assert.deepEqual([data.status, data.features[0].feature], ['healthy', '001'])
})

test('a verb counts what it makes an agent read, the constitution included', async (t) => {
  const { data } = await budget(project(t), '--verb', 'plan')
  assert.deepEqual(data.files.map(({ file }: { file: string }) => file).sort(), ['constitution.md', SPEC])
})

test('a small window fills', async (t) => {
  const { data } = await budget(project(t), '--window', '700')
  assert.equal(data.status, 'critical')
})

test('a file over the limit is a warning, and an error at the gate', async (t) => {
  const root = project(t)
  const over = await budget(root, '--limit', '300')
  assert.deepEqual([over.exitCode, [...new Set(over.codes)]], [0, ['over-budget']])
  await budget(root, '--save')
  assert.equal((await budget(root, '--limit', '300', '--gate')).exitCode, 1)
  assert.equal((await budget(root, '--gate')).exitCode, 0)
})

test('the gate fails when a file has grown, and not when a word was added', async (t) => {
  const root = project(t)
  await budget(root, '--save')
  const text = readFileSync(join(root, SPEC), 'utf8')
  writeFileSync(join(root, SPEC), `${text}One more word.\n`)
  assert.deepEqual((await budget(root, '--gate')).codes, [])
  writeFileSync(join(root, SPEC), text + 'A sentence that nobody needed stands here. '.repeat(30))
  assert.deepEqual((await budget(root, '--gate')).codes, ['budget-grown'])
})

test('a long quick reference is a warning, one of 200 tokens is none', async (t) => {
  const root = project(t)
  const file = join(root, 'specs/001-log-in/quick-ref.md')
  writeFileSync(file, 'word '.repeat(250))
  assert.deepEqual((await budget(root)).codes, ['long-quick-ref'])
  writeFileSync(file, 'word '.repeat(150))
  assert.deepEqual((await budget(root)).codes, [])
})

test('a dry run writes nothing; a gate without or with a broken ledger says what to do', async (t) => {
  const root = project(t)
  const ledger = join(root, '.specify/token-budget.json')
  await budget(root, '--save', '--dry-run')
  assert.ok(!existsSync(ledger))
  assert.deepEqual(
    [(await budget(root, '--gate')).error.code, (await budget(root, '--gate')).exitCode],
    ['no-ledger', 2],
  )
  await budget(root, '--save')
  writeFileSync(ledger, '{')
  assert.equal((await budget(root, '--gate')).error.code, 'bad-ledger')
})

test('wrong numbers, verbs and empty places are refused', async (t) => {
  const root = project(t)
  assert.equal((await budget(root, '--limit', 'x')).error.code, 'bad-number')
  assert.equal((await budget(root, '--verb', 'plann')).error.code, 'bad-choice')
  assert.equal((await budget(root, 'nowhere')).error.code, 'no-such-path')
  const empty = temporaryFolder(t)
  writeFileSync(join(empty, '.speckit.config.json'), '{}')
  assert.equal((await budget(empty)).error.code, 'nothing-to-count')
})

test("a model brings its tokenizer and the size of its context, and says when the tokenizer is not the model's", async (t) => {
  const root = project(t)
  const { data } = await budget(root, '--model', 'gpt-4')
  assert.deepEqual([data.model, data.encoding, data.window], ['gpt-4', 'cl100k_base', 8192])
  assert.equal((await budget(root, '--model', 'gpt-4', '--window', '9000')).data.window, 9000)
  const said = (await runSpecify(root, ['budget', '--model', 'claude'])).stdout
  assert.match(said, /The tokenizer of claude is not public; o200k_base stands in for it\./)
  assert.doesNotMatch((await runSpecify(root, ['budget', '--model', 'gpt-4o'])).stdout, /stands in/)
})

test("the config's thresholds warn, and the critical one fails at the gate; just below nothing is said", async (t) => {
  const root = project(t)
  const { data } = await budget(root, '--save')
  const config = (budgetConfig: object) =>
    writeFileSync(join(root, '.speckit.config.json'), JSON.stringify({ budget: budgetConfig }))
  config({ warn_threshold: data.total + 1, critical_threshold: data.total + 2 })
  assert.deepEqual((await budget(root, '--gate')).codes, [])
  config({ warn_threshold: data.total, critical_threshold: data.total + 1 })
  assert.deepEqual((await budget(root, '--gate')).codes, ['budget-warning'])
  config({ warn_threshold: 1, critical_threshold: data.total })
  const ungated = await budget(root)
  assert.deepEqual([ungated.exitCode, ungated.codes], [0, ['budget-critical']])
  const gated = await budget(root, '--gate')
  assert.deepEqual([gated.exitCode, gated.codes], [1, ['budget-critical']])
})

test("a quick reference may cost what the config's token_target says", async (t) => {
  const root = project(t)
  writeFileSync(join(root, 'specs/001-log-in/quick-ref.md'), '# Log in\n\nA password and a token.\n')
  writeFileSync(join(root, '.speckit.config.json'), JSON.stringify({ documentation: { token_target: 5 } }))
  assert.ok((await budget(root)).codes.includes('long-quick-ref'))
  writeFileSync(join(root, '.speckit.config.json'), JSON.stringify({ documentation: { token_target: 50 } }))
  assert.ok(!(await budget(root)).codes.includes('long-quick-ref'))
})
