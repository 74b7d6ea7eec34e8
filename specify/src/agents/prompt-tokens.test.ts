import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { readPrompts } from '../init/project-files.ts'
import { agents } from './agents.ts'
import { renderCommand } from './render-command.ts'

const MOST = 6000
const SPEC_KIT = 30_508 // the ten skills of Spec Kit 1.0, counted the same way

// @spec 001#SC-001
test(`all prompts of an agent together are at most ${MOST} tokens`, async (t) => {
  const prompts = await readPrompts()
  const counts = agents.map((agent) => ({
    key: agent.key,
    tokens: prompts.reduce((sum, prompt) => sum + encode(renderCommand(agent, prompt).content).length, 0),
  }))
  const largest = counts.toSorted((a, b) => b.tokens - a.tokens)[0]!
  t.diagnostic(
    `${prompts.length} prompts, at most ${largest.tokens} tokens (${largest.key}); Spec Kit's ten: ${SPEC_KIT}`,
  )
  assert.ok(largest.tokens <= MOST, `${largest.key}: ${largest.tokens}`)
})

test('every verb of Spec Kit has a prompt', async () => {
  const verbs = new Set((await readPrompts()).map(({ verb }) => verb))
  for (const verb of [
    'constitution',
    'specify',
    'clarify',
    'plan',
    'checklist',
    'tasks',
    'analyze',
    'implement',
    'converge',
    'taskstoissues',
  ])
    assert.ok(verbs.has(verb), verb)
})
