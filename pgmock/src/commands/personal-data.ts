import { command } from '@specwright/cli/command.ts'
import { personalData } from '../plan/personal-data.ts'
import { openFromFlags, setOptions } from './set-options.ts'
import { textTable } from './text-table.ts'

export const personalDataCommand = command({
  name: 'personal-data',
  summary: 'List the columns that would hold personal data',
  description: `By generators and names: names, contact, addresses, identity, finance, health, free text, and references to
people.
What pgmock writes is invented; the list is for the real database of this schema.`,
  args: '<schema.json…>',
  options: setOptions,
  examples: [{ run: 'pgmock personal-data examples/shop.json', does: 'Table, column, category, reason' }],
  async run({ args, options, cwd }) {
    const { plan, findings } = await openFromFlags(args, options, cwd)
    const columns = plan.databases.flatMap((database) =>
      personalData(database).map((column) => ({ database: database.model.database, ...column })),
    )
    const total = plan.databases
      .flatMap(({ tables }) => tables)
      .reduce((sum, table) => sum + table.columns.length, 0)
    return {
      data: { columns, total },
      findings,
      text: () =>
        plan.databases.length === 0
          ? ''
          : `${textTable(
              ['database', 'table', 'column', 'category', 'why'],
              columns.map((one) => [one.database, one.table, one.column, one.category, one.why]),
              60,
            )}\n(${columns.length} of ${total} columns)`,
    }
  },
})
