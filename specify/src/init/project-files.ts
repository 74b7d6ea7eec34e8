import type { Agent } from '../agents/agents.ts'
import { parsePrompt, renderCommand } from '../agents/render-command.ts'
import { CONFIG_FILE } from '../workspace/settings.ts'
import { ownTemplate, ownTemplateNames } from './own-templates.ts'

/** A file `init` wants to see in the project. */
export type ProjectFile = {
  /** Relative to the project. */
  readonly path: string
  readonly content: string
  /** `ours` is kept up to date; `theirs` is a start for the user to write on and is never touched again. */
  readonly owner: 'ours' | 'theirs'
}

export type Layout = 'single' | 'microservices'

const TEMPLATE_NAMES = ['spec', 'plan', 'tasks', 'checklist', 'constitution', 'quick-ref', 'ai-doc'].map(
  (name) => `${name}-template.md`,
)
/** Where people of several services look for them, and copy them from by hand. */
const MICROSERVICE_TEMPLATES = ['service-spec-template.md', 'constitution-microservices.md'].map(
  (name) => `templates/microservices/${name}`,
)

/** Everything a project of this layout gets for these agents, in a stable order. */
export async function projectFiles(agents: readonly Agent[], layout: Layout): Promise<ProjectFile[]> {
  const isSingle = layout === 'single'
  const paths = [
    ...TEMPLATE_NAMES.map((name) => `.specify/templates/${name}`),
    ...(isSingle ? [] : MICROSERVICE_TEMPLATES),
  ]
  const constitution = isSingle ? 'constitution-template.md' : 'microservices/constitution-microservices.md'
  const files: ProjectFile[] = [
    { path: CONFIG_FILE, content: await template('speckit.config.json'), owner: 'theirs' },
    {
      path: isSingle ? '.specify/memory/constitution.md' : 'constitution.md',
      content: await template(constitution),
      owner: 'theirs',
    },
    // Which feature one works on is a matter of the desk, not of the project.
    { path: '.specify/.gitignore', content: 'feature.json\n', owner: 'theirs' },
    ...(await Promise.all(
      paths.map(async (path): Promise<ProjectFile> => ({
        path,
        content: await template(path.replace(/^(?:\.specify\/)?templates\//, '')),
        owner: 'ours',
      })),
    )),
    ...(isSingle ? [] : folders()),
  ]
  const prompts = await readPrompts()
  // Two agents may read the same folder; they then share the file.
  const commands = new Map(
    agents.flatMap((agent) =>
      prompts.map((prompt) => {
        const { path, content } = renderCommand(agent, prompt)
        return [path, { path, content, owner: 'ours' as const }] as const
      }),
    ),
  )
  return [...files, ...commands.values()]
}

/** The folders of the microservice layout exist once somebody writes into them; git keeps no empty ones. */
function folders(): ProjectFile[] {
  return ['services', 'shared/contracts/events'].map((folder) => ({
    path: `${folder}/.gitkeep`,
    content: '',
    owner: 'theirs',
  }))
}

export async function readPrompts() {
  const names = (await ownTemplateNames()).filter((name) => /^commands\/.*\.md$/.test(name))
  return await Promise.all(
    names.map(async (name) => parsePrompt(name.slice('commands/'.length, -3), await template(name))),
  )
}

async function template(name: string): Promise<string> {
  return (await ownTemplate(name)).content
}
