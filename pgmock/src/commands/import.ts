import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { basename, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { importSql } from '../import/import-sql.ts'

export const importCommand = command({
  name: 'import',
  summary: 'Turn SQL, or a plain dump, into a schema file',
  description: `Reads CREATE TABLE and its kin with PostgreSQL's own grammar. Rows are not taken over: the schema
makes its own. What the schema language has no word for is left out with a warning.`,
  args: '<schema.sql>',
  options: {
    output: {
      type: 'string',
      short: 'o',
      placeholder: 'path',
      file: true,
      summary: 'Write here instead of stdout',
    },
    name: { type: 'string', placeholder: 'database', summary: 'Name of the database; default: the file’s' },
    'row-count': { type: 'string', placeholder: 'number', summary: 'rowCount of every table' },
    'dry-run': { type: 'boolean', summary: 'Show what was read; write nothing' },
  },
  examples: [
    { run: 'pgmock import schema.sql -o schema.json', does: 'Writes a schema that "pgmock generate" reads' },
    { run: 'pg_dump --schema-only shop | pgmock import -o shop.json -', does: 'Reads a dump from a pipe' },
  ],
  async run({ args, options, cwd }) {
    const [path] = args
    if (path === undefined || args.length > 1)
      throw new CliError(
        'no-sql',
        'Give one SQL file, or - for stdin.',
        'For example: pgmock import schema.sql -o schema.json',
      )
    const sql = await readText(path, cwd)
    const database = options.name ?? (path === '-' ? 'imported' : basename(path).replace(/\.[^.]*$/, ''))
    const rowCount =
      options['row-count'] === undefined ? undefined : wholeNumber(options['row-count'], '--row-count')
    const { schema, findings } = await importSql(sql, { file: path, database, rowCount })
    if (!schema) return { data: null, findings, text: () => '' }
    const text = `${JSON.stringify(schema, undefined, 2)}\n`
    const tables = Object.keys(schema['tables'] as object).length // toSchema always makes it
    if (options['dry-run'])
      return { data: { tables }, findings, text: () => `${tables} tables. Nothing was written.` }
    if (options.output === undefined) return { data: schema, findings, text: () => text, raw: true }
    await writeFileAtomic(resolve(cwd, options.output), text)
    return {
      data: { file: options.output, tables },
      findings,
      text: () => `${options.output}: ${tables} tables`,
    }
  },
})

async function readText(path: string, cwd: string): Promise<string> {
  try {
    return path === '-' ? await readAll(process.stdin) : await readFile(resolve(cwd, path), 'utf8')
  } catch {
    throw new CliError('file-missing', `${path} cannot be read.`)
  }
}
