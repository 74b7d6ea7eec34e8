import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { agentsByKey, askForAgents } from './choose-agents.ts'

for (const [answer, keys] of [
  ['2, gemini', ['codex', 'gemini']],
  ['', ['claude']],
  ['CLAUDE,claude', ['claude']],
] as const) {
  test(`at a terminal "${answer}" means ${keys.join(' and ')}`, async () => {
    const { chosen, shown } = await ask(answer)
    assert.deepEqual(
      (await chosen).map(({ key }) => key),
      keys,
    )
    assert.match(shown(), / {2}1 {2}Claude Code \(claude\)\n/)
  })
}

test('a number that is none is refused like a name that is none', async () => {
  await assert.rejects((await ask('99')).chosen, { code: 'unknown-agent' })
})

test('Ctrl-C ends the question', async () => {
  const cancel = new AbortController()
  const chosen = askForAgents({ input: new PassThrough(), output: new PassThrough(), signal: cancel.signal })
  cancel.abort()
  await assert.rejects(chosen, { name: 'AbortError' })
})

test('several agents in one value or several, each once', () => {
  assert.deepEqual(
    agentsByKey(['claude,codex', 'claude', ' gemini ']).map(({ key }) => key),
    ['claude', 'codex', 'gemini'],
  )
})

async function ask(answer: string) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const chosen = askForAgents({ input, output, signal: new AbortController().signal })
  chosen.catch(() => {}) // looked at later
  input.write(`${answer}\n`)
  await chosen.catch(() => {})
  return { chosen, shown: () => String(output.read()) }
}
