// A file per table without any SQL.

import type { DatabasePlan } from '../plan/plan-types.ts'
import {
  selectedRows,
  type Pieces,
  type RowForm,
  type RowSelection,
  type RowSource,
} from '../rows/row-form.ts'
import { byBytes } from './sort-units.ts'
import { text } from './table-data.ts'
import { csvHead } from './table-text.ts'

export function tableFiles(
  { tables }: DatabasePlan,
  format: 'csv' | 'ndjson',
  { rows, includes }: { readonly rows: RowSelection; readonly includes: (table: string) => boolean },
  source: RowSource,
): { name: string; pieces: Pieces }[] {
  const form: RowForm = { kind: format }
  return tables
    .filter(({ table }) => includes(table.name))
    .toSorted((a, b) => byBytes(a.table.name, b.table.name))
    .map((plan) => ({
      name: `${fileName(plan.table.name)}.${format}`,
      pieces: headed(
        format === 'csv' ? csvHead(plan) : undefined,
        source(plan, form, selectedRows(rows, plan.rows, form)),
      ),
    }))
}

async function* headed(head: string | undefined, pieces: Pieces) {
  if (head !== undefined) yield text(head)
  yield* pieces
}

/** Names of tables may hold what file systems do not take. */
function fileName(table: string): string {
  return table.replaceAll(/[/\\:*?"<>|\s]/g, '_')
}
