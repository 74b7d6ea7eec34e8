import { existsSync, readdirSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Agent } from '../agents/agents.ts'
import { typedCommand } from '../agents/render-command.ts'
import { agentsByKey, askForAgents, installedAgents } from '../init/choose-agents.ts'
import { install, planInstall, type Action, type Step } from '../init/install.ts'
import { projectFiles } from '../init/project-files.ts'
import { refuseNewerState, writtenBySpecKit } from '../init/spec-kit-state.ts'

export const init = command({
  name: 'init',
  summary: 'Prepare a project: templates, constitution, config and the commands of your coding agent',
  description: `Writes into a new folder, or with "." or --here into this one. Run it again at any time: what is up to date stays;
into what you edited, changes of ours are merged (yours kept as .orig), and where both changed the same lines the new
version is put beside it as .new. Without --ai it asks at a terminal; elsewhere it
takes the agents already installed, else SPECKIT_INTEGRATION_DEFAULT, else copilot.`,
  args: '[name|.]',
  options: {
    ai: {
      type: 'string',
      multiple: true,
      placeholder: 'agent',
      summary: 'Coding agent, such as claude, codex, gemini',
    },
    integration: { type: 'string', multiple: true, placeholder: 'agent', summary: 'The same as --ai' },
    here: { type: 'boolean', summary: 'Prepare the current folder' },
    microservices: {
      type: 'boolean',
      summary: 'Layout with services/, shared/contracts/events/ and constitution.md at the root',
    },
    force: {
      type: 'boolean',
      summary:
        'Put new versions in place of files you edited (kept as .orig), and write into a folder in use',
    },
    adopt: {
      type: 'boolean',
      summary:
        'Take over a project of Spec Kit, also of a newer one: its unedited files give way (kept as .orig)',
    },
    'dry-run': { type: 'boolean', summary: 'Show what would be written, write nothing' },
    'non-interactive': { type: 'boolean', summary: 'Never ask' },
    script: {
      type: 'string',
      placeholder: 'kind',
      choices: ['sh', 'ps', 'py'],
      summary: 'Accepted for old command lines; there are no scripts to choose',
    },
    'ignore-agent-tools': {
      type: 'boolean',
      summary: 'Accepted for old command lines; no tool is looked for',
    },
    'no-git': { type: 'boolean', summary: 'Accepted for old command lines; git is left alone' },
  },
  examples: [
    { run: 'specify init shop --ai claude', does: 'Make the folder shop, ready for Claude Code' },
    { run: 'specify init . --ai codex,gemini', does: 'Prepare this folder for two agents' },
    {
      run: 'specify init . --microservices --dry-run',
      does: 'Show what the layout of several services would add',
    },
  ],

  async run({ args, options, cwd, env, signal }) {
    const root = projectRoot(args, { cwd, here: options.here, force: options.force })
    const named = agentsByKey([...options.ai, ...options.integration])
    const chosen =
      named.length > 0 ? named : await agentsFor(root, env, options['non-interactive'] ? undefined : signal)
    const layout = options.microservices || existsSync(resolve(root, 'services')) ? 'microservices' : 'single'
    const files = (await projectFiles(chosen, layout)).filter(({ path }) => !hasConstitution(root, path))
    if (!options.adopt) await refuseNewerState(root)
    const foreign = options.adopt ? await writtenBySpecKit(root) : new Map<string, string>()
    const { steps, manifest } = await planInstall(root, files, { force: options.force, foreign })
    if (!options['dry-run']) await install(root, steps, manifest)

    const place = relative(cwd, root).replaceAll('\\', '/') || '.'
    return {
      data: {
        root,
        agents: chosen.map(({ key }) => key),
        layout,
        dryRun: options['dry-run'],
        files: steps.map(({ path, action, target, backup }) => ({ path, action, target, backup })),
      },
      findings: steps
        .filter(({ action }) => action === 'beside')
        .map(({ path, target }) => ({
          code: 'edited-file-kept',
          severity: 'warning' as const,
          message: `You edited ${path}; it was left alone, the new version is ${target}.`,
          hint: `Take over what you want and delete ${target}; --force swaps them and keeps yours as .orig.`,
          file: place === '.' ? path : `${place}/${path}`,
        })),
      text: () => report({ place, chosen, steps, dryRun: options['dry-run'] }),
    }
  },
})

function projectRoot(
  args: readonly string[],
  { cwd, here, force }: { cwd: string; here: boolean; force: boolean },
): string {
  const [name, ...more] = args
  if (more.length > 0)
    throw new CliError('unexpected-argument', `One name is enough, got "${args.join(' ')}".`)
  if (here || name === '.') {
    if (name !== undefined && name !== '.')
      throw new CliError(
        'name-and-here',
        `--here prepares the current folder, "${name}" a new one.`,
        'Leave one out.',
      )
    return cwd
  }
  if (name === undefined)
    throw new CliError(
      'missing-name',
      'Say where: a name for a new folder, or "." for this one.',
      'specify init .',
    )
  const root = resolve(cwd, name)
  if (!existsSync(root)) return root
  if (!statSync(root).isDirectory()) throw new CliError('not-a-folder', `"${name}" is a file.`)
  if (readdirSync(root).length > 0 && !force)
    throw new CliError(
      'folder-in-use',
      `The folder "${name}" is not empty.`,
      `cd ${name} && specify init . writes into it; nothing there is overwritten.`,
    )
  return root
}

async function agentsFor(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal | undefined,
): Promise<Agent[]> {
  const installed = installedAgents(root)
  if (installed.length > 0) return installed
  // Both ends must be a terminal: a question nobody sees or answers would hang a build for hours.
  if (signal !== undefined && process.stdin.isTTY && process.stderr.isTTY && !env['CI'])
    return await askForAgents({ input: process.stdin, output: process.stderr, signal })
  return agentsByKey([env['SPECKIT_INTEGRATION_DEFAULT'] ?? 'copilot'])
}

/** A project has one constitution, wherever it stands. */
function hasConstitution(root: string, path: string): boolean {
  const places = ['constitution.md', '.specify/memory/constitution.md', 'memory/constitution.md']
  return places.includes(path) && places.some((place) => place !== path && existsSync(resolve(root, place)))
}

const VERB: Record<Exclude<Action, 'same'>, readonly [string, string]> = {
  create: ['Created', 'Would create'],
  update: ['Updated', 'Would update'],
  keep: ['Left as you wrote it', 'Would leave as you wrote it'],
  merge: [
    'Merged our changes into yours, kept as .orig',
    'Would merge our changes into yours, keeping yours as .orig',
  ],
  beside: ['New version beside your edit', 'Would put the new version beside your edit'],
  replace: ['Replaced, yours kept as .orig', 'Would replace, keeping yours as .orig'],
}

function report(state: {
  place: string
  chosen: readonly Agent[]
  steps: readonly Step[]
  dryRun: boolean
}): string {
  const { place, chosen, steps, dryRun } = state
  const lines: string[] = []
  for (const [action, [done, would]] of Object.entries(VERB)) {
    const paths = steps.filter((step) => step.action === action).map(({ target }) => target)
    if (paths.length > 0) lines.push(`${dryRun ? would : done}:`, ...folded(paths).map((path) => `  ${path}`))
  }
  const changes = steps.some(({ action }) => action !== 'same' && action !== 'keep')
  if (!changes) return `Nothing to do: the project has everything for ${names(chosen)}.`
  if (dryRun) return lines.join('\n')
  const first = chosen[0]!
  return [
    ...lines,
    '',
    `Ready for ${names(chosen)}. Next:`,
    ...(place === '.' ? [] : [`  cd ${place}`]),
    `  ${typedCommand(first, 'constitution')} <your principles>   in ${first.name}, or fill in the constitution by hand`,
    `  ${typedCommand(first, 'specify')} <what you want to build>`,
    '  specify validate --all',
  ].join('\n')
}

// Twelve files that differ in the verb are one line: `.claude/skills/speckit-*/SKILL.md (12 files)`.
function folded(paths: readonly string[]): string[] {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const pattern = path.replace(/(speckit[.-])[\w-]+/, '$1*')
    groups.set(pattern, [...(groups.get(pattern) ?? []), path])
  }
  return [...groups].map(([pattern, group]) =>
    group.length === 1 ? group[0]! : `${pattern} (${group.length} files)`,
  )
}

function names(chosen: readonly Agent[]): string {
  return chosen.map(({ name }) => name).join(', ')
}
