import type { Agent } from './agents.ts'

/** A prompt as it stands in templates/commands: what it is for, and what the agent is told. */
export type Prompt = { readonly verb: string; readonly description: string; readonly body: string }

/** Reads `---\ndescription: …\n---` and the text after it. */
export function parsePrompt(verb: string, text: string): Prompt {
  const match = /^---\ndescription: (.+)\n---\n\n([\s\S]+)$/.exec(text.replaceAll('\r\n', '\n'))
  if (match === null) throw new Error(`templates/commands/${verb}.md has no description`)
  return { verb, description: match[1]!, body: match[2]! }
}

/** The file that makes `prompt` a command of `agent`; the path is relative to the project. */
export function renderCommand(agent: Agent, prompt: Prompt): { path: string; content: string } {
  const { verb, description } = prompt
  const separator = agent.separator ?? '.'
  const name = `speckit${separator}${verb}`
  const body = prompt.body
    .replaceAll('$ARGUMENTS', agent.argument ?? '$ARGUMENTS')
    .replaceAll(/__COMMAND_([A-Z]+)__/g, (_, other: string) => typedCommand(agent, other.toLowerCase()))
  switch (agent.format) {
    case 'skill':
      return {
        path: `${agent.folder}/${name}/SKILL.md`,
        content: frontMatter({ name, description, ...claudeExtras(agent) }, body),
      }
    case 'markdown':
      return {
        path: `${agent.folder}/${name}${agent.ending ?? '.md'}`,
        content: frontMatter({ description }, body),
      }
    case 'toml':
      return {
        path: `${agent.folder}/${name}.toml`,
        content: `description = ${JSON.stringify(description)}\n\nprompt = """\n${tomlText(body)}"""\n`,
      }
    case 'yaml':
      return { path: `${agent.folder}/${name}.yaml`, content: recipe(name, description, body) }
  }
}

/** What one types to run it: `/speckit.plan`, or `/speckit-plan`. */
export function typedCommand(agent: Agent, verb: string): string {
  return `/speckit${agent.separator ?? '.'}${verb}`
}

function claudeExtras({ key }: Agent): Record<string, string> {
  return key === 'claude'
    ? { 'argument-hint': 'what to do, in your own words', 'user-invocable': 'true' }
    : {}
}

/** JSON strings are YAML strings; plain words need no quotes. */
function frontMatter(fields: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(fields).map(
    ([key, value]) => `${key}: ${/^[\w-]+$/.test(value) ? value : JSON.stringify(value)}`,
  )
  return `---\n${lines.join('\n')}\n---\n\n${body}`
}

/** Inside TOML's triple quotes a backslash starts an escape, and three quotes would end the text. */
function tomlText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')
}

function recipe(name: string, description: string, body: string): string {
  return `version: 1.0.0
title: ${name}
description: ${JSON.stringify(description)}
parameters:
  - key: args
    input_type: string
    requirement: optional
    default: ""
    description: What to do, in your own words
extensions:
  - type: builtin
    name: developer
prompt: |
${body.replaceAll(/^(?=.)/gm, '  ')}`
}
