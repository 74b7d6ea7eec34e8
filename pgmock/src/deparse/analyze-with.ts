// parse_cte.c: WITH, SEARCH and CYCLE.

import type { CommonTableExpr, Node } from 'libpg-query'
import { analyze } from './analyze-expression.ts'
import { sourceColumns } from './analyze-values.ts'
import type { CommonTable } from './query.ts'
import { Unprintable, type Context } from './scope.ts'
import { known } from './settle.ts'
import { stringOf } from './type-name.ts'
import type { Source, SourceColumn } from './typed.ts'

/** One query of WITH, and its name made known to those behind it. */
export function commonTable(node: Node, isRecursive: boolean, context: Context): CommonTable {
  if (!('CommonTableExpr' in node)) throw new Unprintable(Object.keys(node)[0])
  const table: CommonTableExpr = node.CommonTableExpr
  if (!table.ctequery || !('SelectStmt' in table.ctequery))
    throw new Unprintable('a WITH query that is no plain SELECT')
  const name = table.ctename ?? ''
  const aliases = (table.aliascolnames ?? []).map(stringOf)
  const level = context.level!
  if (isRecursive) {
    // The part before UNION tells the columns that the part behind it reads.
    const first = table.ctequery.SelectStmt.larg
    if (
      first &&
      table.ctequery.SelectStmt.op === 'SETOP_UNION' &&
      mentions(table.ctequery.SelectStmt.rarg, name)
    )
      level.tables.set(
        name,
        sourceColumns(context.inner.subquery({ SelectStmt: first }, context).columns, aliases),
      )
  }
  const query = context.inner.subquery(table.ctequery, context)
  const { tail, columns } = traversal(table, context)
  level.tables.set(name, [...sourceColumns(query.columns, aliases), ...columns])
  const materialized =
    { CTEMaterializeAlways: 'MATERIALIZED ', CTEMaterializeNever: 'NOT MATERIALIZED ' }[
      String(table.ctematerialized)
    ] ?? ''
  return { name, aliases, materialized, query, tail }
}

/** SEARCH and CYCLE, and the columns they add. */
function traversal(
  { search_clause: search, cycle_clause: cycle }: CommonTableExpr,
  context: Context,
): Pick<CommonTable, 'tail'> & { columns: Source['columns'] } {
  const columns: SourceColumn[] = []
  const add = (name: string, type: string) =>
    columns.push({ name, type, full: undefined, expression: undefined })
  if (search) add(search.search_seq_column ?? '', search.search_breadth_first ? 'record' : 'record[]')
  const constant = (node: Node | undefined) => (node ? known(analyze(node, context), context) : undefined)
  const [value, otherwise] = [constant(cycle?.cycle_mark_value), constant(cycle?.cycle_mark_default)]
  if (cycle) {
    add(cycle.cycle_mark_column ?? '', value?.type ?? 'boolean')
    add(cycle.cycle_path_column ?? '', 'record[]')
  }
  const isPlain = value?.kind === 'constant' && value.type === 'boolean'
  return {
    columns,
    tail: {
      search: search && {
        order: search.search_breadth_first ? 'BREADTH' : 'DEPTH',
        by: (search.search_col_list ?? []).map(stringOf),
        set: search.search_seq_column ?? '',
      },
      cycle: cycle && {
        columns: (cycle.cycle_col_list ?? []).map(stringOf),
        set: cycle.cycle_mark_column ?? '',
        marks: isPlain || !value || !otherwise ? undefined : [value, otherwise],
        path: cycle.cycle_path_column ?? '',
      },
    },
  }
}

function mentions(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, name))
  if (typeof value !== 'object' || value === null) return false
  return (
    ('relname' in value && value.relname === name) ||
    Object.values(value).some((item) => mentions(item, name))
  )
}
