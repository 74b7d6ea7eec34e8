import { resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command, type CommandContext, type Result } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { splitSchema } from '../formats/names.ts'
import type { SetPlan, TablePlan } from '../plan/plan-types.ts'
import { tableOrder } from '../plan/table-order.ts'
import { rowPieces, selectedRows, type RowSelection } from '../rows/row-form.ts'
import {
  conflict,
  dumpFlags,
  dumpOptions,
  schemaPattern,
  type DumpFlags,
  type DumpOptions,
} from './dump-flags.ts'
import { megabytes } from './megabytes.ts'
import { startProfile } from './profile.ts'
import { openFromFlags, setOptions } from './set-options.ts'
import { sizeEstimate } from './size-estimate.ts'
import { matches, tablePattern } from './table-pattern.ts'
import { textTable } from './text-table.ts'
import { watch, watchedFiles, watchOption, type Watched } from './watch.ts'
import { writeDumps } from './write-dumps.ts'

const options = {
  ...setOptions,
  file: {
    type: 'string',
    short: 'f',
    placeholder: 'path',
    file: true,
    summary: 'Write here; a folder when the set has several databases',
  },
  ...dumpFlags,
  load: {
    type: 'string',
    placeholder: 'url',
    summary: 'Copy straight into a server; {database} in the URL stands for each name',
  },
  'single-transaction': {
    type: 'boolean',
    summary: 'With --load: one transaction per database instead of per table',
  },
  workers: {
    type: 'string',
    placeholder: 'number',
    summary: 'Threads that make rows; the bytes are the same for any number; default 1',
  },
  'keep-partial': {
    type: 'boolean',
    summary: 'When interrupted, or the disk is full: keep what is written as <path>.partial',
  },
  ...watchOption,
  profile: { type: 'boolean', summary: 'Say on stderr where the time went' },
  'dry-run': { type: 'boolean', summary: 'Show order, row counts and size; write nothing' },
} as const

export const generate = command({
  name: 'generate',
  summary: 'Make a dump, or fill a server',
  description: `Writes what pg_dump would write, to --file or stdout, or copies straight into a server with --load.
--format takes the other formats of pg_dump, whose archives pg_restore takes for its own.
The same files, seed and version give the same bytes.`,
  args: '<schema.json…>',
  options,
  examples: [
    {
      run: 'pgmock generate examples/shop.json -f shop.sql',
      does: 'Writes a dump; psql -f shop.sql restores it',
    },
    {
      run: 'pgmock generate examples/shop.json -Fc -f shop.dump',
      does: 'Writes an archive; pg_restore -d shop -j 4 shop.dump restores it',
    },
    { run: 'pgmock generate shop.set.json -f out/', does: 'One file for each database of the set' },
    {
      run: "pgmock generate shop.set.json --load 'postgres://me@localhost/{database}' --data-only",
      does: 'Fills tables that exist',
    },
    { run: 'pgmock generate examples/shop.json --dry-run', does: 'Shows what would be written' },
  ],
  async run(context) {
    const { args, cwd, options: flags } = context
    checkFlags(context)
    if (!flags.watch) return (await generated(context)).result
    if (flags.load !== undefined) throw conflict('watch', 'load')
    if (flags.file === undefined && !flags['dry-run'])
      throw new CliError('file-needed', '--watch needs a place to write to again.', 'Add --file.')
    return await watch(() => generated(context), watchedFiles(args, cwd), context)
  },
})

async function generated(context: Context): Promise<Watched> {
  const { args, cwd, options: flags } = context
  const profile = startProfile()
  const { plan, findings, models, pluginFiles } = await profile.timed('reading and planning', () =>
    openFromFlags(args, flags, cwd),
  )
  const files = [...pluginFiles, ...models.map(({ file }) => resolve(cwd, file))]
  const watched = (result: Result): Watched => ({ result, files })
  if (plan.databases.length === 0) return watched({ data: null, findings, text: () => '' })
  const includes = included(flags, plan)
  if (flags['strict-names']) checkNames(flags, plan)
  const dump = dumpOptions(flags, plan.seed, includes)
  if (context.options['dry-run']) return watched(dryRun(plan, findings, dump))
  if (context.options.load !== undefined)
    return watched(await load(plan, findings, context.options.load, includes, context))
  const workers = wholeNumber(flags.workers ?? '1', '--workers', { min: 1, max: MOST_WORKERS })
  const { rowPool } = workers > 1 ? await import('../workers/row-pool.ts') : {}
  const pool = rowPool?.(workers, plan, { files: args, flags, cwd })
  const result = await writeDumps(plan, findings, dump, {
    cwd,
    file: flags.file,
    signal: context.signal,
    keepPartial: flags['keep-partial'],
    progress: context.progress,
    source: profile.source(pool?.source ?? rowPieces),
    finish: async () => {
      await pool?.close()
      if (flags.profile) profile.lines().forEach(context.say)
    },
  })
  return watched(result)
}

type Context = CommandContext<typeof options>
type Includes = (table: string) => boolean

/** Tables by their own patterns and those of schemas. Throws CliError when there is none. */
function included(flags: DumpFlags, { databases }: SetPlan): Includes {
  const isWanted = tablePattern(flags.table, flags['exclude-table'])
  const inSchema = schemaPattern(flags)
  const schemas = new Set(databases.flatMap(({ model }) => [...model.schemas]))
  const includes: Includes = (table) =>
    isWanted(table) && (inSchema?.(splitSchema(table, schemas).schema) ?? true)
  if (!databases.some(({ tables }) => tables.some(({ table }) => includes(table.name))))
    throw new CliError('no-tables', 'No table matches --table, --schema and what they exclude.')
  return includes
}

/** --strict-names, as pg_dump has it: patterns that exclude may match nothing. */
function checkNames(flags: DumpFlags, { databases }: SetPlan): void {
  const tables = databases.flatMap((one) => one.tables.map(({ table }) => table.name))
  const schemas = ['public', ...databases.flatMap(({ model }) => [...model.schemas])]
  const check = (flag: string, patterns: readonly string[], names: readonly string[]) => {
    for (const pattern of patterns)
      if (!names.some((name) => matches(pattern, name)))
        throw new CliError('no-match', `--${flag} ${pattern} matches nothing.`, didYouMean(pattern, names))
  }
  check('table', flags.table, tables)
  check('schema', flags.schema, schemas)
}

function checkFlags({ options: flags }: Context): void {
  for (const other of [
    'file',
    'rows',
    'shard',
    'workers',
    'inserts',
    'schema-only',
    'clean',
    'create',
  ] as const)
    if (flags.load !== undefined && flags[other]) throw conflict('load', other)
}

function dryRun(
  plan: SetPlan,
  findings: readonly Finding[],
  { includes, rows: selection }: DumpOptions,
): Result {
  const tables = plan.databases.flatMap(({ model, tables: all }) =>
    tableOrder(all.filter(({ table }) => includes(table.name))).order.map((table) => ({
      database: model.database,
      table: table.table.name,
      ...sizeOf(table, selection),
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

function sizeOf(table: TablePlan, selection: RowSelection): { rows: number; bytes: number } {
  const { from, to } = selectedRows(selection, table.rows, { kind: 'copy' })
  return { rows: to - from, bytes: sizeEstimate(table, to - from) }
}

/** Beyond, threads only wait for each other. */
const MOST_WORKERS = 256

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
  const { loadPlan } = await import('../load.ts')
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
