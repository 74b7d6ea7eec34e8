import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { openProject } from '../verbs/open-feature.ts'

export const resolveTemplate = command({
  name: 'resolve-template',
  summary: 'Print the template a project uses: its override, a preset, an extension, or the standard one',
  args: '<name>',
  examples: [{ run: 'specify resolve-template spec', does: 'Print the template of spec.md' }],

  async run({ args, cwd, env }) {
    const [name] = args
    if (name === undefined)
      throw new CliError('missing-name', 'Name the template.', 'specify resolve-template spec')
    const { workspace, findings } = await openProject({ cwd, env })
    const template = await findTemplate(workspace.root, name)
    return {
      data: { TEMPLATE_NAME: template.name, TEMPLATE_CONTENT: template.content },
      findings,
      text: () => template.content.trimEnd(),
    }
  },
})
