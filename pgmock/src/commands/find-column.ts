import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { ColumnPlan, SetPlan, TablePlan } from '../plan/plan-types.ts'

/** `users`, `users.email`, `catalog:products.price`. Throws CliError with the nearest name. */
export function findTarget(
  plan: SetPlan,
  text: string,
): { table: TablePlan; column: ColumnPlan | undefined } {
  const [, database, tableName, columnName] = /^(?:([^:]+):)?([^.]+)(?:\.(.+))?$/.exec(text) ?? []
  const tables = plan.databases
    .filter(({ model }) => database === undefined || model.database === database)
    .flatMap((one) => one.tables)
  const table = tables.find((candidate) => candidate.table.name === tableName)
  if (!table) {
    const names = tables.map((candidate) => candidate.table.name)
    throw new CliError(
      'unknown-table',
      `There is no table "${tableName ?? text}".`,
      didYouMean(tableName ?? text, names) ?? `There is ${names.join(', ')}.`,
    )
  }
  if (columnName === undefined) return { table, column: undefined }
  const column = table.columns.find((candidate) => candidate.column.name === columnName)
  if (column) return { table, column }
  const names = table.columns.map((candidate) => candidate.column.name)
  throw new CliError(
    'unknown-column',
    `Table ${table.table.name} has no column "${columnName}".`,
    didYouMean(columnName, names) ?? `It has ${names.join(', ')}.`,
  )
}
