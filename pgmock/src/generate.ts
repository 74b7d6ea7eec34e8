// The public entry without effects on the world: files in, a plan and rows out.

import { sortFindings, type Finding } from '@specwright/cli/finding.ts'
import { valueText } from './formats/value-text.ts'
import type { SetPlan, TablePlan } from './plan/plan-types.ts'
import { planSet, type PlanSetOptions } from './plan/plan-set.ts'
import type { Model } from './schema/model.ts'
import { parseSchema } from './schema/parse-schema.ts'
import { readSchemas } from './schema/read-schemas.ts'

export type OpenedSet = {
  /** Without databases when a finding is an error. */
  readonly plan: SetPlan
  readonly models: readonly Model[]
  readonly findings: readonly Finding[]
}

/** Reads schema and set files and plans them; everything wrong with them is in `findings`, none of it thrown. */
export async function openSet(
  paths: readonly string[],
  { cwd = process.cwd(), ...options }: PlanSetOptions & { readonly cwd?: string },
): Promise<OpenedSet> {
  const { files, findings } = await readSchemas(paths, cwd)
  const models = files.flatMap((file) => parseSchema(file, (finding) => findings.push(finding)) ?? [])
  const empty: SetPlan = { databases: [], seed: options.seed, now: 0 }
  const planned = planSet(models, options)
  findings.push(...planned.findings)
  const failed = findings.some(({ severity }) => severity === 'error')
  return { plan: failed ? empty : planned.plan, models, findings: sortFindings(findings) }
}

/** Rows `from` (0-based) up to `to` as texts by column, the way PostgreSQL prints them; NULL is null. */
export function* rowsOf(
  { columns, rows }: TablePlan,
  from = 0,
  to = rows,
): Generator<Readonly<Record<string, string | null>>> {
  for (let row = from; row < Math.min(to, rows); row++) {
    yield Object.fromEntries(
      columns.map(({ column, cell }) => {
        const value = cell.value(row)
        return [column.name, value === null ? null : valueText(value, column.type)]
      }),
    )
  }
}
