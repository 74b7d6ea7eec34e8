import { resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { rowsOf } from '../generate.ts'
import { findTarget } from './find-column.ts'
import { openFromFlags, setOptions, type SetFlags } from './set-options.ts'
import { textTable } from './text-table.ts'
import { watch, watchedFiles, watchOption, type Watched } from './watch.ts'

export const preview = command({
  name: 'preview',
  summary: 'Show rows of one table in the terminal',
  args: '<schema.json…> <table>',
  options: {
    ...setOptions,
    limit: { type: 'string', placeholder: 'rows', default: '10', summary: 'How many rows' },
    from: { type: 'string', placeholder: 'row', default: '1', summary: 'First row, counted from 1' },
    ...watchOption,
    wide: { type: 'boolean', summary: 'Do not cut long values' },
  },
  examples: [
    { run: 'pgmock preview examples/shop.json products', does: 'The first ten products' },
    {
      run: 'pgmock preview examples/shop.json orders --from 20000 --limit 1',
      does: 'One order; no row before it is made',
    },
    {
      run: 'pgmock preview examples/plugins/club.json members --allow-plugins --watch',
      does: 'Again whenever the schema or a generator of it changes',
    },
  ],
  async run({ args, options, cwd, say, signal }) {
    const name = args.at(-1)
    if (args.length < 2 || name === undefined)
      throw new CliError(
        'no-table',
        'Name a schema file and a table.',
        'For example: pgmock preview examples/shop.json products',
      )
    const paths = args.slice(0, -1)
    const once = async () => await rowsShown(paths, name, options, cwd)
    return options.watch
      ? await watch(once, watchedFiles(paths, cwd), { say, signal })
      : (await once()).result
  },
})

type Flags = SetFlags & { readonly from: string; readonly limit: string; readonly wide: boolean }

async function rowsShown(
  paths: readonly string[],
  name: string,
  options: Flags,
  cwd: string,
): Promise<Watched> {
  const { plan, findings, models, pluginFiles } = await openFromFlags(paths, options, cwd)
  const files = [...pluginFiles, ...models.map(({ file }) => resolve(cwd, file))]
  if (plan.databases.length === 0) return { files, result: { data: { rows: [] }, findings, text: () => '' } }
  const { table } = findTarget(plan, name)
  const from = wholeNumber(options.from, '--from', { min: 1 }) - 1
  const rows = [...rowsOf(table, from, from + wholeNumber(options.limit, '--limit', { max: 10_000 }))]
  const columns = table.columns.map(({ column }) => column.name)
  return {
    files,
    result: {
      data: { table: table.table.name, rows, total: table.rows },
      findings,
      text: () =>
        `${textTable(
          columns,
          rows.map((row) => columns.map((column) => row[column]?.replaceAll('\n', '↵') ?? '∅')),
          options.wide ? Infinity : 40,
        )}\n(${rows.length} of ${table.rows.toLocaleString('en-US')} rows)`,
    },
  }
}
