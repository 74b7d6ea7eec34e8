import { command } from '@specwright/cli/command.ts'
import { countFindings } from '@specwright/cli/finding.ts'
import { openFromFlags, setOptions } from './set-options.ts'

export const validate = command({
  name: 'validate',
  summary: 'Check schema files: everything that is wrong, at once, with its place',
  args: '<schema.json…>',
  options: setOptions,
  examples: [
    { run: 'pgmock validate examples/shop.json', does: 'Checks one schema' },
    {
      run: 'pgmock validate shop.set.json --json',
      does: 'Checks a set of databases and the references between them',
    },
  ],
  async run({ args, options, cwd }) {
    const { plan, models, findings } = await openFromFlags(args, options, cwd)
    const tables = models.reduce((sum, model) => sum + model.tables.size, 0)
    const columns = models
      .flatMap((model) => [...model.tables.values()])
      .reduce((sum, table) => sum + table.columns.size, 0)
    const rows = plan.databases
      .flatMap((database) => database.tables)
      .reduce((sum, table) => sum + table.rows, 0)
    const { errors } = countFindings(findings)
    return {
      data: { databases: models.length, tables, columns, rows },
      findings,
      text: () =>
        errors > 0
          ? ''
          : `${models.map((model) => model.database).join(', ')}: ${tables} tables, ${columns} columns, ${rows.toLocaleString('en-US')} rows. Good.`,
    }
  },
})
