import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { findTemplates, templateText } from '../config/templates.ts'
import { homeOf, templateNamed } from './templates.ts'

export const init = command({
  name: 'init',
  summary: 'Write a schema file from a template',
  description: `Copies the template whole; with --extend the file only names it, and holds what you change.`,
  args: '[schema.json]',
  options: {
    template: { type: 'string', placeholder: 'name', summary: '"pgmock templates list" shows them' },
    extend: { type: 'boolean', summary: 'Write "extends" instead of a copy' },
    force: { type: 'boolean', summary: 'Replace a file that exists' },
    'dry-run': { type: 'boolean', summary: 'Say what would be written; write nothing' },
  },
  examples: [
    { run: 'pgmock init --template saas', does: 'Writes schema.json' },
    {
      run: 'pgmock init crm.json --template saas --extend',
      does: 'Writes a file that builds on the template',
    },
  ],
  async run({ args: [path = 'schema.json', ...more], options, cwd, env }) {
    const templates = findTemplates(homeOf(env), cwd)
    if (more.length > 0) throw new CliError('bad-arguments', 'init writes one file.')
    if (options.template === undefined)
      throw new CliError(
        'no-template',
        'Name a template with --template.',
        `There is ${[...templates.keys()].join(', ')}.`,
      )
    const template = templateNamed(templates, options.template)
    const content = options.extend ? extending(template.name) : templateText(template)
    const file = resolve(cwd, path)
    if (!options.force && (await exists(file)))
      throw new CliError('file-exists', `${path} exists.`, 'Name another file, or add --force.')
    if (!options['dry-run']) await writeFileAtomic(file, content)
    return {
      data: { file: path, template: template.name, bytes: Buffer.byteLength(content) },
      findings: [],
      text: () =>
        options['dry-run']
          ? `${path} would be written from the template ${template.name}. Nothing was written.`
          : `${path}: from the template ${template.name}. Next: pgmock generate ${path} -f ${path.replace(/\.json$/, '')}.sql`,
    }
  },
})

function extending(name: string): string {
  return `${JSON.stringify({ version: '1.0', extends: name, tables: {} }, null, 2)}\n`
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
