import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { basename, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { fitRowCounts } from '../plan/fit-row-counts.ts'
import { importSql } from '../import/import-sql.ts'
import { serverSql, type Via } from '../live/server-sql.ts'

export const importCommand = command({
  name: 'import',
  summary: 'Turn SQL, a plain dump or a live server into a schema file',
  description: `Reads CREATE TABLE and its kin with PostgreSQL's own grammar; of a server, what its pg_dump prints or, without
one, what the catalog says, in a session that cannot write. Rows are not taken over: the schema makes its own. What the
schema language has no word for is left out with a warning.`,
  args: '<schema.sql | - | postgres://…>',
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
    via: {
      type: 'string',
      choices: ['pg_dump', 'catalog'],
      summary: 'How a server is read; default: pg_dump if there is one',
    },
    'dry-run': { type: 'boolean', summary: 'Show what was read; write nothing' },
  },
  examples: [
    { run: 'pgmock import schema.sql -o schema.json', does: 'Writes a schema that "pgmock generate" reads' },
    { run: 'pg_dump --schema-only shop | pgmock import -o shop.json -', does: 'Reads a dump from a pipe' },
    {
      run: 'pgmock import postgres://me@localhost/shop -o shop.json --row-count 1000',
      does: 'Reads a server, and changes nothing there',
    },
  ],
  async run({ args, options, cwd, env, signal }) {
    const [path] = args
    if (path === undefined || args.length > 1)
      throw new CliError(
        'no-sql',
        'Give one SQL file, - for stdin, or the URL of a server.',
        'For example: pgmock import schema.sql -o schema.json',
      )
    const source = /^postgres(ql)?:\/\//.test(path)
      ? await ofServer(path, { via: options.via as Via | undefined, signal, env })
      : await ofFile(path, cwd)
    const rowCount =
      options['row-count'] === undefined ? undefined : wholeNumber(options['row-count'], '--row-count')
    const imported = await importSql(source.sql, {
      file: source.file,
      database: options.name ?? source.database,
      rowCount,
    })
    const read = [...source.findings, ...imported.findings]
    if (!imported.schema) return { data: null, findings: read, text: () => '' }
    const { schema, findings: fewer } = await fitRowCounts(imported.schema, source.file)
    const findings = [...read, ...fewer]
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

type Source = {
  readonly sql: string
  readonly file: string
  readonly database: string
  readonly findings: readonly Finding[]
}

async function ofFile(path: string, cwd: string): Promise<Source> {
  try {
    const sql = path === '-' ? await readAll(process.stdin) : await readFile(resolve(cwd, path), 'utf8')
    return {
      sql,
      file: path,
      database: path === '-' ? 'imported' : basename(path).replace(/\.[^.]*$/, ''),
      findings: [],
    }
  } catch {
    throw new CliError('file-missing', `${path} cannot be read.`)
  }
}

/** Findings name the place in what the server printed: `pg_dump of shop`. */
async function ofServer(url: string, options: Parameters<typeof serverSql>[1]): Promise<Source> {
  const path = URL.parse(url)?.pathname.slice(1)
  const database = path ? decodeURIComponent(path) : 'imported'
  const { sql, via } = await serverSql(url, options)
  const file = `${via} of ${database}`
  const partial: Finding = {
    code: 'read-by-catalog',
    severity: 'info',
    file,
    message: 'privileges, policies, rules, aggregates, storage and statistics were not read',
    hint: 'With a pg_dump of the server’s version in PATH everything is.',
  }
  return { sql, file, database, findings: via === 'catalog' ? [partial] : [] }
}
