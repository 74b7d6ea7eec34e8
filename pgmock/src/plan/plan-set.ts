import type { Finding } from '@specwright/cli/finding.ts'
import { parseInstant } from '../bytes/dates.ts'
import type { SqlParser } from '../constraints/sql-parser.ts'
import { FindingList } from '../schema/finding-list.ts'
import type { ForeignKey, Model } from '../schema/model.ts'
import { MOST_ROWS } from '../schema/parse-row-count.ts'
import { checkReferences } from './check-references.ts'
import { keyStrategy } from './keys.ts'
import { withPartialFlags } from './partial-flags.ts'
import { withPartitionDemands } from './partition-demands.ts'
import type { DatabasePlan, SetPlan, TableNode, TablePlan } from './plan-types.ts'
import type { Generator } from '../values/generator.ts'
import { plainCell } from '../values/cell.ts'
import { NULL } from '../values/value-type.ts'
import { Planner } from './planner.ts'

/** When neither the file nor the caller says: fixed, so that the same file gives the same bytes for ever. */
export const DEFAULT_NOW = parseInstant('2026-01-01T00:00:00Z')!

export type PlanSetOptions = {
  readonly seed: number
  /** Microseconds since 1970; before the files' own `now`. */
  readonly now?: number | undefined
  readonly scale?: number
  readonly counts?: ReadonlyMap<string, number>
  /** Share of rows with an edge case in columns of free text; default none. */
  readonly edgeCases?: number
  /** Generators of the files' own, by `pluginKey`. */
  readonly plugins?: ReadonlyMap<string, Generator> | undefined
  /** Reads the checks, which rows then keep; without it nothing looks at them. */
  readonly sql?: SqlParser | undefined
}

/** Plans every column of every table; all that is wrong comes back as findings. */
export function planSet(
  models: readonly Model[],
  { seed, now, scale = 1, counts = new Map(), edgeCases = 0, plugins, sql }: PlanSetOptions,
): { plan: SetPlan; findings: Finding[] } {
  const findings: Finding[] = []
  const add = (finding: Finding) => void findings.push(finding)
  const byName = new Map<string, Model>()
  for (const model of models) {
    const list = new FindingList(model.file, model, add)
    if (byName.has(model.database))
      list.error(
        'duplicate-database',
        '/database/name',
        `two files describe the database "${model.database}"`,
      )
    else byName.set(model.database, withPartialFlags(withPartitionDemands(model)))
  }
  const nodes = new Map<string, TableNode>()
  for (const model of byName.values()) {
    const list = new FindingList(model.file, model, add)
    for (const table of model.tables.values()) {
      checkReferences(model, table, byName, list)
      const key = `${model.database}:${table.name}`
      const tableOf = (link: ForeignKey) =>
        byName.get(link.database ?? model.database)?.tables.get(link.table)
      nodes.set(key, { model, table, key, keys: keyStrategy(table, model, list, tableOf) })
    }
  }
  const instant = now ?? models.find((model) => model.now !== undefined)?.now ?? DEFAULT_NOW
  // References that lead nowhere would only repeat themselves in every expression that follows them.
  if (findings.some(({ severity }) => severity === 'error'))
    return { plan: { databases: [], seed, now: instant }, findings }

  const planner = new Planner(nodes, { seed, now: instant, scale, counts, edgeCases, plugins, sql }, add)
  const databases = models.map((model): DatabasePlan => {
    const tables = [...model.tables.values()].map((table) => ({
      ...planTable(planner, nodes.get(`${model.database}:${table.name}`)!, add, scale > 0),
      model,
      table,
    }))
    return { model, tables }
  })
  if (scale > 0 && !findings.some(({ severity }) => severity === 'error'))
    for (const node of nodes.values()) planner.checks(node)?.verify()
  return { plan: { databases, seed, now: instant }, findings }
}

/** A plan without rows needs no generators: tabulating their distributions would take most of the time. */
const NO_VALUES = { cell: plainCell(NULL, () => null), write: (_: unknown, at: number) => at, why: 'no rows' }

function planTable(
  planner: Planner,
  node: TableNode,
  add: (finding: Finding) => void,
  withRows: boolean,
): TablePlan {
  const { model, table } = node
  const columns = [...table.columns.values()].map((column) =>
    withRows ? planner.column(node, column) : { column, ...NO_VALUES },
  )
  const rows = planner.rows(node)
  if (rows > MOST_ROWS)
    new FindingList(model.file, model, add).error(
      'bad-row-count',
      table.rowCount.pointer,
      `${table.name} would have ${rows} rows, more than ${MOST_ROWS}`,
    )
  planner.tellHomeless(node)
  const parents = table.foreignKeys
    .filter((key) => (key.database ?? model.database) === model.database && key.table !== table.name)
    .map((key) => key.table)
  return {
    model,
    table,
    ...(table.partitionBy !== undefined && !table.partitionOf
      ? { rows: 0, rowsInPartitions: rows }
      : { rows }),
    columns: columns.filter(({ column }) => !column.hidden && column.generatedText === undefined),
    parents: [...new Set(parents)],
  }
}
