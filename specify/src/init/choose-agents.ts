import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { agents, type Agent } from '../agents/agents.ts'

/** Agents by key; several in one value are separated by commas. Throws CliError `unknown-agent`. */
export function agentsByKey(values: readonly string[]): Agent[] {
  const keys = values.flatMap((value) => value.split(',')).map((key) => key.trim().toLowerCase())
  return [...new Set(keys)].filter((key) => key !== '').map(agentByKey)
}

function agentByKey(key: string): Agent {
  const found = agents.find((agent) => agent.key === key)
  if (found !== undefined) return found
  const keys = agents.map((agent) => agent.key)
  const longer = keys.find((candidate) => candidate.startsWith(`${key}-`))
  throw new CliError(
    'unknown-agent',
    `There is no agent "${key}".`,
    longer === undefined
      ? (didYouMean(key, keys) ?? `Known: ${keys.join(', ')}.`)
      : `Did you mean "${longer}"?`,
  )
}

/** Whose commands are in the project already: running init again without a flag serves the same agents. */
export function installedAgents(root: string): Agent[] {
  return agents.filter(({ folder, format, separator = '.' }) => {
    const name = `speckit${separator}specify`
    const endings = { skill: '/SKILL.md', markdown: '.md', toml: '.toml', yaml: '.yaml' }
    return existsSync(join(root, folder, `${name}${endings[format]}`))
  })
}

type Streams = {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly signal: AbortSignal
}

/** Asks at a terminal; an empty answer takes the first agent. */
export async function askForAgents({ input, output, signal }: Streams): Promise<Agent[]> {
  const lines = agents.map(({ name, key }, i) => `${String(i + 1).padStart(3)}  ${name} (${key})`)
  const prompt = createInterface({ input, output })
  try {
    const answer = await prompt.question(
      `${lines.join('\n')}\nWhich coding agent? Numbers or names, separated by commas [1]: `,
      { signal },
    )
    const chosen = answer.trim() === '' ? '1' : answer
    return agentsByKey(chosen.split(',').map((part) => agents[Number(part.trim()) - 1]?.key ?? part))
  } finally {
    prompt.close()
  }
}
