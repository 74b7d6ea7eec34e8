// Rows, where the sequences go on, and the refreshing of materialized views.

import type { TablePlan } from '../plan/plan-types.ts'
import { detailKey, type Column } from '../schema/model.ts'
import { entryKey } from './entry.ts'
import { quoteName, quoteText } from './names.ts'
import { startOf } from './object-entries.ts'
import { tableKey } from './table-parts.ts'
import { hasSequence, inSchema, localName, schemaName, sqlName, type EntryContext } from './relation-names.ts'
import { byBytes, PRIORITY, type Unit } from './sort-units.ts'

/** By name; without the schema also parents first, since the constraints are in place already. */
export function dataUnits(
  tables: readonly TablePlan[],
  context: EntryContext,
  parentsFirst: boolean,
): Unit[] {
  // A partitioned table has no rows of its own.
  const filled = tables.filter(({ table }) => table.partitionBy === undefined)
  const parents = parentsFirst ? withoutCircles(filled) : undefined
  return filled.map((plan) => {
    const { name } = plan.table
    const [schema, local] = [schemaName(context, name), localName(context, name)]
    return {
      priority: PRIORITY.data,
      schema,
      name: local,
      tie: 0,
      id: name,
      needs: [...(parents?.get(name) ?? [])],
      entries: [
        {
          tag: local,
          type: 'TABLE DATA',
          section: 'data',
          schema,
          owner: plan.table.owner,
          definition: '',
          drop: undefined,
          copy: `COPY ${sqlName(context, name)} ${columnList(plan, context.major)}FROM stdin;\n`,
          dependsOn: [tableKey(name, context)],
          data: plan,
        },
      ],
    }
  })
}

export function columnList({ columns }: TablePlan, major: number): string {
  if (columns.length === 0) return ' '
  return `(${columns.map(({ column }) => quoteName(column.name, major)).join(', ')}) `
}

/** Of each circle of references the first table forgets the one that closes it (repairDependencyLoop for table data). */
function withoutCircles(tables: readonly TablePlan[]): ReadonlyMap<string, ReadonlySet<string>> {
  const present = new Set(tables.map(({ table }) => table.name))
  const parents = new Map(
    tables
      .toSorted((a, b) => byBytes(a.table.name, b.table.name))
      .map((plan) => [plan.table.name, new Set(plan.parents.filter((name) => present.has(name)))]),
  )
  for (const [name, references] of parents)
    for (const parent of references) if (leadsTo(parents, parent, name)) references.delete(parent)
  return parents
}

function leadsTo(parents: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>()
  const waiting = [from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === to) return true
    if (seen.has(name)) continue
    seen.add(name)
    waiting.push(...(parents.get(name) ?? []))
  }
  return false
}

export function sequenceSetUnits(
  tables: readonly TablePlan[],
  context: EntryContext,
  onlyTables: boolean,
): Unit[] {
  const owned = tables.flatMap((plan) =>
    [...plan.table.columns.values()]
      .filter(hasSequence)
      .map((column) =>
        setUnit(
          schemaName(context, plan.table.name),
          context.names.sequence(plan.table, column),
          largestValue(plan, column),
          startOf(column.sequence),
          context,
          plan.table.owner,
        ),
      ),
  )
  if (onlyTables) return owned
  const free = [...context.model.sequences].map(([name, sequence]) => {
    const used = `nextval(${quoteText(sqlName(context, name))}::regclass)`
    const largest = tables.flatMap((plan) =>
      [...plan.table.columns.values()]
        .filter(({ defaultText }) => defaultText === used)
        .map((column) => largestValue(plan, column)),
    )
    return setUnit(
      schemaName(context, name),
      localName(context, name),
      Math.max(0, ...largest),
      startOf(sequence),
      context,
      context.model.details.get(detailKey('SEQUENCE', name))?.owner,
    )
  })
  return [...owned, ...free]
}

/** A sequence that gave nothing yet stands at its start, uncalled. */
function setUnit(
  schema: string,
  name: string,
  largest: number,
  start: number,
  context: EntryContext,
  owner: string | undefined,
): Unit {
  return {
    priority: PRIORITY.sequenceSet,
    schema,
    name,
    tie: 0,
    id: name,
    needs: [],
    entries: [
      {
        tag: name,
        type: 'SEQUENCE SET',
        section: 'data',
        schema,
        owner,
        definition: `SELECT pg_catalog.setval(${quoteText(inSchema(context, schema, name))}, ${largest > 0 ? largest : start}, ${largest > 0});\n`,
        drop: undefined,
        dependsOn: [entryKey({ type: 'SEQUENCE', schema, tag: name })],
      },
    ],
  }
}

/** The largest value of a counted column, so that the sequence goes on behind it. Sequences are monotone, so the ends decide. */
export function largestValue(plan: TablePlan, column: Column): number {
  const { columns } = plan
  const rows = plan.rowsInPartitions ?? plan.rows
  const cell = columns.find((one) => one.column === column)?.cell
  if (!cell || rows === 0) return 0
  let largest = Math.max(Number(cell.value(0) ?? 0), Number(cell.value(rows - 1) ?? 0))
  const counted =
    column.generator === undefined && Object.keys(column.settings).length === 0 && !column.derive
  if (counted || column.generator?.name === 'sequence') return largest
  for (let row = 0; row < rows; row++) largest = Math.max(largest, Number(cell.value(row) ?? 0))
  return largest
}

/** Materialized views are filled after everything else, in their own order. */
export function refreshUnits(context: EntryContext): Unit[] {
  return context.model.objects
    .filter(({ kind }) => kind === 'MATERIALIZED VIEW')
    .map(({ name, uses, owner }) => {
      const [schema, local] = [schemaName(context, name), localName(context, name)]
      return {
        priority: PRIORITY.refresh,
        schema,
        name: local,
        tie: 0,
        id: name,
        needs: uses,
        entries: [
          {
            tag: local,
            type: 'MATERIALIZED VIEW DATA',
            section: 'post-data',
            schema,
            owner,
            definition: `REFRESH MATERIALIZED VIEW ${sqlName(context, name)};\n`,
            drop: undefined,
            dependsOn: [entryKey({ type: 'MATERIALIZED VIEW', schema, tag: local })],
          },
        ],
      }
    })
}
