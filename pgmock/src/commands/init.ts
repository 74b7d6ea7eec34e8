import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { describeTemplate, findTemplates, templateText, type Template } from '../config/templates.ts'
import { askAt, type Ask } from './ask.ts'
import { homeOf, templateNamed } from './templates.ts'
import { textTable } from './text-table.ts'

export const init = command({
  name: 'init',
  summary: 'Write a schema file from a template; at a terminal it asks what it needs',
  description: `Copies the template whole; with --extend the file only names it, and holds what you change. Without --template
it asks for template, database name and size, if there is a terminal to ask at.`,
  args: '[schema.json]',
  options: {
    template: { type: 'string', placeholder: 'name', summary: '"pgmock templates list" shows them' },
    database: {
      type: 'string',
      placeholder: 'name',
      summary: 'Name of the database; default: the template’s',
    },
    size: {
      type: 'string',
      placeholder: 'factor',
      summary: 'Multiply the row counts: 0.1, 10; default 1',
    },
    extend: { type: 'boolean', summary: 'Write "extends" instead of a copy' },
    force: { type: 'boolean', summary: 'Replace a file that exists' },
    'dry-run': { type: 'boolean', summary: 'Say what would be written; write nothing' },
  },
  examples: [
    { run: 'pgmock init', does: 'Asks, then writes schema.json' },
    { run: 'pgmock init --template saas', does: 'Writes schema.json without a question' },
    {
      run: 'pgmock init crm.json --template saas --database crm --size 0.1 --extend',
      does: 'Writes a file that builds on the template',
    },
  ],
  async run({ args: [path = 'schema.json', ...more], options, cwd, env, streams, signal }) {
    const templates = findTemplates(homeOf(env), cwd)
    if (more.length > 0) throw new CliError('bad-arguments', 'init writes one file.')
    const file = resolve(cwd, path)
    if (!options.force && (await exists(file)))
      throw new CliError('file-exists', `${path} exists.`, 'Name another file, or add --force.')
    const ask = options.template === undefined ? askAt(streams, signal) : undefined
    const wishes = await wishesOf(options, templates, ask).finally(() => ask?.close())
    const template = templateNamed(templates, wishes.template)
    const content = options.extend ? extending(template, wishes) : copied(template, wishes)
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

type Wishes = { readonly template: string; readonly database: string | undefined; readonly size: number }
type Flags = {
  readonly template: string | undefined
  readonly database: string | undefined
  readonly size: string | undefined
}

async function wishesOf(
  flags: Flags,
  templates: ReadonlyMap<string, Template>,
  ask: Ask | undefined,
): Promise<Wishes> {
  const names = [...templates.keys()]
  if (flags.size !== undefined && sizeProblem(flags.size) !== undefined)
    throw new CliError('bad-size', `--size: ${sizeProblem(flags.size)!}`)
  if (flags.template !== undefined || !ask) {
    if (flags.template === undefined)
      throw new CliError('no-template', 'Name a template with --template.', `There is ${names.join(', ')}.`)
    return { template: flags.template, database: flags.database, size: Number(flags.size ?? 1) }
  }
  const table = textTable(
    ['template', 'tables', 'what'],
    [...templates.values()].map((template) => {
      const { tables, summary } = describeTemplate(template)
      return [template.name, String(tables.length), summary]
    }),
    80,
  )
  ask.tell(table)
  const template = await ask.question(
    'Template',
    names.includes('e-commerce') ? 'e-commerce' : names[0]!,
    (name) =>
      templates.has(name)
        ? undefined
        : `There is no template "${name}". ${didYouMean(name, names) ?? ''}`.trim(),
  )
  const database =
    flags.database ??
    (await ask.question('Name of the database', databaseOf(templates.get(template)!), (name) =>
      Buffer.byteLength(name) > 63 ? 'PostgreSQL takes names of up to 63 bytes.' : undefined,
    ))
  const size =
    flags.size ?? (await ask.question('Size, 1 for as many rows as the template has', '1', sizeProblem))
  return { template, database, size: Number(size) }
}

function sizeProblem(text: string): string | undefined {
  const size = Number(text)
  return size > 0 && size <= 1e6 ? undefined : `a size is a number above 0, such as 0.1 or 10, not "${text}".`
}

function databaseOf(template: Template): string {
  const value: unknown = JSON.parse(template.text)
  const database = isRecord(value) && isRecord(value['database']) ? value['database'] : {}
  return typeof database['name'] === 'string' ? database['name'] : template.name
}

/** The template as it is, unless something else is wished for. */
function copied(template: Template, { database, size }: Wishes): string {
  const text = templateText(template)
  if (database === undefined && size === 1) return text
  const value: unknown = JSON.parse(text)
  return isRecord(value) ? jsonOf({ ...value, ...changes(value, { database, size }) }) : text
}

function extending(template: Template, wishes: Wishes): string {
  const value: unknown = JSON.parse(template.text)
  const tables = isRecord(value) && isRecord(value['tables']) ? value['tables'] : {}
  const sized =
    wishes.size === 1
      ? {}
      : Object.fromEntries(
          Object.entries(tables).flatMap(([name, table]) => rowsOf(name, table, wishes.size)),
        )
  return jsonOf({
    version: '1.0',
    extends: template.name,
    ...(wishes.database === undefined ? {} : { database: { name: wishes.database } }),
    tables: sized,
  })
}

/** Counts per parent stay: they grow with their parents. */
function rowsOf(name: string, table: unknown, size: number): [string, { rowCount: number }][] {
  const rows = isRecord(table) ? table['rowCount'] : undefined
  return typeof rows === 'number' ? [[name, { rowCount: Math.max(1, Math.round(rows * size)) }]] : []
}

function changes(
  value: Record<string, unknown>,
  { database, size }: Pick<Wishes, 'database' | 'size'>,
): object {
  const tables = isRecord(value['tables']) ? value['tables'] : {}
  const known = isRecord(value['database']) ? value['database'] : {}
  return {
    database: { ...known, ...(database === undefined ? {} : { name: database }) },
    tables: Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [
        name,
        isRecord(table) ? { ...table, ...rowsOf(name, table, size)[0]?.[1] } : table,
      ]),
    ),
  }
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
