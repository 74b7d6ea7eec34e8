import { join, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command, type CommandContext, type Result } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { plainDump, type Piece, type PlainOptions } from '../formats/plain-dump.ts'
import { parseTarget } from '../formats/targets.ts'
import { loadPlan } from '../load.ts'
import type { DatabasePlan, SetPlan } from '../plan/plan-types.ts'
import { tableOrder } from '../plan/table-order.ts'
import { writePiecesAtomic } from './output-file.ts'
import { openFromFlags, setOptions } from './set-options.ts'
import { sizeEstimate } from './size-estimate.ts'
import { tablePattern } from './table-pattern.ts'
import { textTable } from './text-table.ts'

/** A string of the runner's result is the limit of what fits into stdout in one piece. */
const STDOUT_LIMIT_BYTES = 400 * 1024 * 1024

const options = {
  ...setOptions,
  file: {
    type: 'string',
    short: 'f',
    placeholder: 'path',
    file: true,
    summary: 'Write here; a folder when the set has several databases',
  },
  target: {
    type: 'string',
    placeholder: 'version',
    default: '18',
    summary: 'Whose pg_dump: 15, 17, 18, or a full version text',
  },
  'schema-only': { type: 'boolean', summary: 'No rows' },
  'data-only': { type: 'boolean', summary: 'Only rows' },
  table: {
    type: 'string',
    short: 't',
    placeholder: 'pattern',
    multiple: true,
    summary: 'Only tables that match; * and ? stand for anything',
  },
  'exclude-table': { type: 'string', placeholder: 'pattern', multiple: true, summary: 'Not these tables' },
  'no-owner': { type: 'boolean', summary: 'No ALTER … OWNER TO' },
  inserts: { type: 'boolean', summary: 'INSERT statements instead of COPY' },
  rows: { type: 'string', placeholder: 'a..b', summary: 'Only rows a to b of every table, counted from 1' },
  'restrict-key': { type: 'string', placeholder: 'key', summary: 'Letters and digits behind \\restrict' },
  load: {
    type: 'string',
    placeholder: 'url',
    summary: 'Copy straight into a server; {database} in the URL stands for each name',
  },
  'single-transaction': {
    type: 'boolean',
    summary: 'With --load: one transaction per database instead of per table',
  },
  'dry-run': { type: 'boolean', summary: 'Show order, row counts and size; write nothing' },
} as const

export const generate = command({
  name: 'generate',
  summary: 'Make a dump, or fill a server',
  description: `Writes what pg_dump would write, to --file or stdout, or copies straight into a server with --load.
The same files, seed and version give the same bytes.`,
  args: '<schema.json…>',
  options,
  examples: [
    {
      run: 'pgmock generate examples/shop.json -f shop.sql',
      does: 'Writes a dump; psql -f shop.sql restores it',
    },
    { run: 'pgmock generate shop.set.json -f out/', does: 'One file for each database of the set' },
    {
      run: "pgmock generate shop.set.json --load 'postgres://me@localhost/{database}' --data-only",
      does: 'Fills tables that exist',
    },
    { run: 'pgmock generate examples/shop.json --dry-run', does: 'Shows what would be written' },
  ],
  async run(context) {
    const { args, cwd } = context
    checkFlags(context)
    const { plan, findings } = await openFromFlags(args, context.options, cwd)
    if (plan.databases.length === 0) return { data: null, findings, text: () => '' }
    const includes = tablePattern(context.options.table, context.options['exclude-table'])
    if (!plan.databases.some(({ tables }) => tables.some(({ table }) => includes(table.name))))
      throw new CliError('no-tables', 'No table matches --table and --exclude-table.')
    if (context.options['dry-run']) return dryRun(plan, findings, includes)
    if (context.options.load !== undefined)
      return await load(plan, findings, context.options.load, includes, context)
    return await write(plan, findings, plainOptions(context, plan.seed, includes), context)
  },
})

type Context = CommandContext<typeof options>
type Includes = (table: string) => boolean

function checkFlags({ options: flags }: Context): void {
  const pairs = [
    ['schema-only', 'data-only'],
    ['load', 'file'],
    ['load', 'rows'],
    ['load', 'inserts'],
    ['load', 'schema-only'],
  ] as const
  for (const [one, two] of pairs)
    if (flags[one] && flags[two])
      throw new CliError('flags-conflict', `--${one} and --${two} exclude each other.`)
  if (flags['restrict-key'] !== undefined && !/^[A-Za-z0-9]+$/.test(flags['restrict-key']))
    throw new CliError('bad-restrict-key', '--restrict-key takes letters and digits only.')
}

function plainOptions({ options: flags }: Context, seed: number, includes: Includes): PlainOptions {
  return {
    target: parseTarget(flags.target),
    content: flags['schema-only'] ? 'schema' : flags['data-only'] ? 'data' : 'all',
    owner: !flags['no-owner'],
    restrictKey: flags['restrict-key'],
    inserts: flags.inserts,
    rows: parseRows(flags.rows),
    onlyTables: flags.table.length > 0,
    includes,
    seed,
  }
}

function parseRows(text: string | undefined): PlainOptions['rows'] {
  if (text === undefined) return undefined
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text) ?? []
  if (first === undefined || last === undefined)
    throw new CliError('bad-rows', `--rows needs a..b, not "${text}".`, 'For example: --rows 1..1000')
  const from = wholeNumber(first, '--rows', { min: 1 }) - 1
  return { from, to: Math.max(from, wholeNumber(last, '--rows')) }
}

function dryRun(plan: SetPlan, findings: readonly Finding[], includes: Includes): Result {
  const tables = plan.databases.flatMap(({ model, tables: all }) =>
    tableOrder(all.filter(({ table }) => includes(table.name))).order.map((table) => ({
      database: model.database,
      table: table.table.name,
      rows: table.rows,
      bytes: sizeEstimate(table),
    })),
  )
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  return {
    data: { tables, rows, bytes },
    findings,
    text: () =>
      `${textTable(
        ['database', 'table', 'rows', 'about'],
        tables.map((table) => [
          table.database,
          table.table,
          table.rows.toLocaleString('en-US'),
          megabytes(table.bytes),
        ]),
      )}\n${rows.toLocaleString('en-US')} rows, about ${megabytes(bytes)}. Nothing was written.`,
  }
}

async function load(
  plan: SetPlan,
  findings: readonly Finding[],
  url: string,
  includes: Includes,
  context: Context,
): Promise<Result> {
  if (plan.databases.length > 1 && !url.includes('{database}'))
    throw new CliError(
      'bad-url',
      'The set has several databases: put {database} where the name goes.',
      "For example: --load 'postgres://me@localhost/{database}'",
    )
  const total = plan.databases
    .flatMap(({ tables }) => tables)
    .reduce((sum, { table, rows }) => sum + (includes(table.name) ? rows : 0), 0)
  const task = context.progress.start('rows', total, 'rows')
  let before = 0
  let current = 0
  const tables = await loadPlan(plan, {
    connect: (database) => url.replaceAll('{database}', encodeURIComponent(database)),
    content: context.options['data-only'] ? 'data' : 'all',
    transaction: context.options['single-transaction'] ? 'database' : 'table',
    includes,
    signal: context.signal,
    onProgress: ({ rows }) => {
      if (rows === 0) [before, current] = [before + current, 0]
      else current = rows
      task.update(before + current)
    },
  }).finally(() => task.finish())
  return {
    data: { tables },
    findings,
    text: () =>
      tables
        .map(({ database, table, rows }) => `${database}.${table}: ${rows.toLocaleString('en-US')} rows`)
        .join('\n'),
  }
}

async function write(
  plan: SetPlan,
  findings: readonly Finding[],
  plain: PlainOptions,
  context: Context,
): Promise<Result> {
  const { file } = context.options
  if (file === undefined) return toStdout(plan, findings, plain, context)
  const several = plan.databases.length > 1 || /[/\\]$/.test(file)
  const files: { path: string; bytes: number; rows: number }[] = []
  for (const database of plan.databases) {
    const path = several ? join(file, `${database.model.database}.sql`) : file
    const counted = countedPieces(database, plain, context)
    const bytes = await writePiecesAtomic(resolve(context.cwd, path), counted.pieces, context.signal)
    files.push({ path, bytes, rows: counted.rows() })
  }
  return {
    data: { files },
    findings,
    text: () =>
      files
        .map(({ path, bytes, rows }) => `${path}: ${rows.toLocaleString('en-US')} rows, ${megabytes(bytes)}`)
        .join('\n'),
  }
}

function toStdout(
  plan: SetPlan,
  findings: readonly Finding[],
  plain: PlainOptions,
  context: Context,
): Result {
  const [database] = plan.databases
  if (plan.databases.length > 1 || !database)
    throw new CliError(
      'several-databases',
      'The set has several databases; stdout takes one.',
      'Give a folder: -f out/',
    )
  const { pieces } = countedPieces(database, plain, context)
  const parts: Buffer[] = []
  let size = 0
  for (const { bytes } of pieces) {
    context.signal.throwIfAborted()
    size += bytes.length
    if (size > STDOUT_LIMIT_BYTES)
      throw new CliError(
        'too-large-for-stdout',
        `The dump is larger than ${megabytes(STDOUT_LIMIT_BYTES)}, too large for stdout.`,
        'Write to a file: -f dump.sql',
      )
    parts.push(Buffer.from(bytes))
  }
  const dump = Buffer.concat(parts).toString()
  return { data: { dump }, findings, text: () => dump, raw: true }
}

/** The pieces, with progress on the way. */
function countedPieces(
  database: DatabasePlan,
  plain: PlainOptions,
  { progress }: Context,
): { pieces: Iterable<Piece>; rows: () => number } {
  const total = database.tables.reduce((sum, { rows }) => sum + rows, 0)
  let done = 0
  function* counted(): Generator<Piece> {
    const task = progress.start(database.model.database, total, 'rows')
    try {
      for (const piece of plainDump(database, plain)) {
        yield piece
        done += piece.rows
        task.update(done)
      }
    } finally {
      task.finish()
    }
  }
  return { pieces: counted(), rows: () => done }
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
