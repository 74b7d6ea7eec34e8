import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { installedAgents } from '../init/choose-agents.ts'
import { program } from '../program.ts'
import { openProject } from '../verbs/open-feature.ts'
import { findRoot } from '../workspace/find-root.ts'

export const check = command({
  name: 'check',
  summary: 'Show what is installed and whether the project is in order',
  description: `Outside a project only the tools are looked for. Nothing is run and nothing is written.`,
  examples: [{ run: 'specify check', does: 'Show versions, tools, agents and what the project has' }],

  async run({ cwd, env }) {
    const tools = [
      { name: 'git', isThere: isOnPath('git', env), use: 'trace, done and comparisons with a revision' },
    ]
    const versions = { specify: program.version, node: process.versions.node }
    const project = isProject(cwd, env) ? await openProject({ cwd, env }) : undefined
    const root = project?.workspace.root
    const agents = root === undefined ? [] : installedAgents(root).map(({ key }) => key)
    const about =
      project === undefined
        ? undefined
        : {
            root: project.workspace.root,
            agents,
            constitution: project.workspace.constitution ?? null,
            services: project.workspace.services.length,
            features: project.workspace.features.length,
          }
    return {
      data: { versions, tools, project: about ?? null },
      findings: [...(project?.findings ?? []), ...missingParts(about)],
      text: () =>
        [
          `specify ${versions.specify} on Node ${versions.node}`,
          ...tools.map(
            ({ name, isThere, use }) =>
              `${isThere ? '✅' : '○ '} ${name}${isThere ? '' : `: not found; needed for ${use}`}`,
          ),
          ...(about === undefined
            ? ['No project here: "specify init ." makes one.']
            : [
                `Project: ${about.services} services, ${about.features} features`,
                `Agents: ${agents.join(', ') || 'none'}`,
                `Constitution: ${about.constitution ?? 'none'}`,
              ]),
        ].join('\n'),
    }
  },
})

function isProject(cwd: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['SPECIFY_INIT_DIR']) return true
  try {
    findRoot(cwd)
    return true
  } catch {
    return false // no-workspace is an answer here
  }
}

function missingParts(
  about: { agents: readonly string[]; constitution: string | null } | undefined,
): Finding[] {
  if (about === undefined) return []
  const finding = (code: string, message: string, hint: string): Finding => ({
    code,
    severity: 'warning',
    message,
    hint,
  })
  return [
    ...(about.agents.length > 0
      ? []
      : [finding('no-agent', 'No coding agent has our commands here.', 'specify init . --ai claude')]),
    ...(about.constitution !== null
      ? []
      : [finding('no-constitution', 'The project has no constitution.', 'specify constitution')]),
  ]
}

function isOnPath(name: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  return (env['PATH'] ?? process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .some((folder) => names.some((file) => isRunnable(join(folder, file))))
}

function isRunnable(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
