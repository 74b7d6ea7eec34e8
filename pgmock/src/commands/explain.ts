import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { rowsOf } from '../generate.ts'
import { findTarget } from './find-column.ts'
import { openFromFlags, setOptions } from './set-options.ts'
import { textTable } from './text-table.ts'

export const explain = command({
  name: 'explain',
  summary: 'Say where the values of a table or column come from',
  args: '<schema.json…> <table[.column]>',
  options: {
    ...setOptions,
    row: { type: 'string', placeholder: 'number', default: '1', summary: 'The row to show, counted from 1' },
  },
  examples: [
    { run: 'pgmock explain examples/shop.json orders', does: 'Every column with its source and a value' },
    { run: 'pgmock explain examples/shop.json orders.total_cents --row 4711', does: 'One cell, made alone' },
  ],
  async run({ args, options, cwd }) {
    const name = args.at(-1)
    if (args.length < 2 || name === undefined)
      throw new CliError(
        'no-table',
        'Name a schema file and a table or column.',
        'For example: pgmock explain examples/shop.json orders.total',
      )
    const { plan, findings } = await openFromFlags(args.slice(0, -1), options, cwd)
    if (plan.databases.length === 0) return { data: { columns: [] }, findings, text: () => '' }
    const { table, column } = findTarget(plan, name)
    const row = wholeNumber(options.row, '--row', { min: 1, max: Math.max(1, table.rows) })
    const [values = {}] = rowsOf(table, row - 1, row)
    const columns = (column ? [column] : table.columns).map((one) => ({
      column: one.column.name,
      type: one.column.type.text,
      source: one.why,
      value: values[one.column.name] ?? null,
    }))
    return {
      data: { table: table.table.name, rows: table.rows, row, columns },
      findings,
      text: () =>
        `${table.table.name}: ${table.rows.toLocaleString('en-US')} rows; values of row ${row}\n\n${textTable(
          ['column', 'type', 'comes from', 'value'],
          columns.map((one) => [one.column, one.type, one.source, one.value ?? '∅']),
          column ? Infinity : 60,
        )}`,
    }
  },
})
