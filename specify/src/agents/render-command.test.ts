import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agents, type Agent } from './agents.ts'
import { parsePrompt, renderCommand } from './render-command.ts'

const PROMPT = parsePrompt(
  'plan',
  '---\ndescription: Plan: how\n---\n\nDo $ARGUMENTS with \\d and """, then __COMMAND_TASKS__.\n\n1. Go.\n',
)

test('a skill names itself and what it is for, and refers to others with a hyphen', () => {
  assert.deepEqual(renderCommand(agent('codex'), PROMPT), {
    path: '.agents/skills/speckit-plan/SKILL.md',
    content:
      '---\nname: speckit-plan\ndescription: "Plan: how"\n---\n\nDo $ARGUMENTS with \\d and """, then /speckit-tasks.\n\n1. Go.\n',
  })
})

test('Claude Code is told that people may type the command', () => {
  assert.match(
    renderCommand(agent('claude'), PROMPT).content,
    /\nargument-hint: ".+"\nuser-invocable: true\n---\n/,
  )
})

test('Markdown commands carry the ending, the argument and the separator their agent knows', () => {
  const rendered = ['opencode', 'firebender', 'cline', 'forge', 'kiro-cli'].map((key) =>
    renderCommand(agent(key), PROMPT),
  )
  assert.deepEqual(
    rendered.map(({ path, content }) => [
      path,
      /^Do (.*) with/m.exec(content)![1],
      /then (.*)\.$/m.exec(content)![1],
    ]),
    [
      ['.opencode/commands/speckit.plan.md', '$ARGUMENTS', '/speckit.tasks'],
      ['.firebender/commands/speckit.plan.mdc', '$ARGUMENTS', '/speckit.tasks'],
      ['.clinerules/workflows/speckit-plan.md', '$ARGUMENTS', '/speckit-tasks'],
      ['.forge/commands/speckit.plan.md', '{{parameters}}', '/speckit.tasks'],
      ['.kiro/prompts/speckit.plan.md', 'what the user wrote after the command', '/speckit.tasks'],
    ],
  )
})

test('TOML doubles backslashes and cannot be ended from inside', () => {
  assert.deepEqual(renderCommand(agent('gemini'), PROMPT), {
    path: '.gemini/commands/speckit.plan.toml',
    content:
      'description = "Plan: how"\n\nprompt = """\nDo {{args}} with \\\\d and \\"\\"\\", then /speckit.tasks.\n\n1. Go.\n"""\n',
  })
})

test('a recipe indents the prompt, blank lines stay blank', () => {
  const { path, content } = renderCommand(agent('goose'), PROMPT)
  assert.equal(path, '.goose/recipes/speckit.plan.yaml')
  assert.ok(
    content.endsWith('prompt: |\n  Do {{ args }} with \\d and """, then /speckit.tasks.\n\n  1. Go.\n'),
  )
})

test('38 agents, each key once, and no two that would write different things to one path', () => {
  assert.equal(agents.length, 38)
  assert.equal(new Set(agents.map(({ key }) => key)).size, 38)
  const contents = new Map<string, string>()
  for (const one of agents) {
    const { path, content } = renderCommand(one, PROMPT)
    assert.equal(contents.get(path) ?? content, content, `${one.key} at ${path}`)
    contents.set(path, content)
  }
})

function agent(key: string): Agent {
  return agents.find((one) => one.key === key)!
}
