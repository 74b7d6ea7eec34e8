import assert from 'node:assert/strict'
import { documentOf } from '@specwright/json-schema/document.ts'
import type { DatabasePlan } from '../src/plan/plan-types.ts'
import { loadSqlParser } from '../src/constraints/sql-parser.ts'
import { planSet, type PlanSetOptions } from '../src/plan/plan-set.ts'
import { parseSchema } from '../src/schema/parse-schema.ts'

/** The plan of tables written down in a test; findings fail it. */
export async function planOf(
  tables: Record<string, unknown>,
  options: Partial<PlanSetOptions> = {},
  enums: Record<string, readonly string[]> = {},
  more: Record<string, unknown> = {},
): Promise<DatabasePlan> {
  const value = { version: '1.0', database: { name: 'test' }, enums, ...more, tables }
  const document = documentOf(JSON.stringify(value), { value, place: undefined, problems: [] })
  const findings: unknown[] = []
  const model = parseSchema({ file: 'test.json', document }, (finding) => findings.push(finding))
  const planned = planSet(model ? [model] : [], { seed: 1, sql: await loadSqlParser(), ...options })
  assert.deepEqual([...findings, ...planned.findings], [])
  return planned.plan.databases[0]!
}
