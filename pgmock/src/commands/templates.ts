import { homedir } from 'node:os'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { describeTemplate, findTemplates, templateText, type Template } from '../config/templates.ts'
import { textTable } from './text-table.ts'

export const templatesCommand = command({
  name: 'templates',
  summary: 'List the templates, or show one',
  description: `A template is a whole schema under a name: the embedded ones, those in the folder
"templates" of installed npm packages called pgmock-template-…, and the JSON files in ~/.pgmock/templates.`,
  args: '[list | show <name> | describe <name>]',
  examples: [
    { run: 'pgmock templates list', does: 'Names, tables and what they are about' },
    { run: 'pgmock templates show saas > saas.json', does: 'The schema of one' },
    {
      run: 'pgmock templates describe saas > saas.md',
      does: 'A picture of its tables (Mermaid) and rows of each, as Markdown',
    },
  ],
  async run({ args: [verb = 'list', name, ...more], cwd, env }) {
    const templates = findTemplates(homeOf(env), cwd)
    if (verb === 'list' && name === undefined) {
      const data = [...templates.values()].map((template) => {
        const { summary, tables } = describeTemplate(template)
        return { name: template.name, layer: template.layer, summary, tables }
      })
      return {
        data,
        findings: [],
        text: () =>
          textTable(
            ['template', 'from', 'tables', 'what'],
            data.map((one) => [one.name, one.layer, String(one.tables.length), one.summary]),
            110,
          ),
      }
    }
    if (!['show', 'describe'].includes(verb) || name === undefined || more.length > 0)
      throw new CliError(
        'bad-arguments',
        'Write "templates list", "templates show <name>" or "templates describe <name>".',
      )
    const template = templateNamed(templates, name)
    const text = verb === 'show' ? templateText(template) : await described(template)
    return { data: { template: text }, findings: [], text: () => text, raw: true }
  },
})

/** Loaded here: it plans the template, which the other verbs need not. */
async function described(template: Template): Promise<string> {
  const { templateDescription } = await import('../config/template-page.ts')
  return await templateDescription(template)
}

/** Throws CliError with the nearest name. */
export function templateNamed(templates: ReadonlyMap<string, Template>, name: string): Template {
  const found = templates.get(name)
  if (found) return found
  throw new CliError(
    'unknown-template',
    `There is no template "${name}".`,
    didYouMean(name, templates.keys()) ?? `There is ${[...templates.keys()].join(', ')}.`,
  )
}

/** The environment's home folder before the system's, so that tests and containers can choose it. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['HOME'] ?? homedir()
}
