// Parents before children without a word: where both tables begin at times that run over the same span in the order of
// their rows, the parents of a row are those of the same part of their table, which costs no look at any time.

import type { Column } from '../schema/model.ts'
import { BEGINNINGS, infer } from './infer.ts'
import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

/** How many parents there were at a row's time; undefined where nothing is known about it. */
export function impliedLimit(
  planning: Planning,
  node: TableNode,
  parent: TableNode,
  parents: number,
): ((row: number) => number) | undefined {
  const [own, theirs] = [spanOf(planning, node), spanOf(planning, parent)]
  if (own === undefined || own !== theirs) return undefined
  let rows: number | undefined
  return (row) => {
    rows ??= Math.max(1, planning.rows(node)) // now at the earliest: counts may be asked for while links are made
    // Rows of partitions are numbered beyond the rows of the table that is divided.
    return Math.min(parents, Math.floor((row / rows) * parents))
  }
}

/** What decides the times at which rows of the table begin, as a text to compare. */
function spanOf(planning: Planning, node: TableNode): string | undefined {
  const column = BEGINNINGS.map((name) => node.table.columns.get(name)).find((one) => one !== undefined)
  if (!column || column.nullable || column.derive || !/^(timestamp|date)/.test(column.type.kind))
    return undefined
  if (Object.keys(planning.checks(node)?.hints(column) ?? {}).length > 0) return undefined
  return inOrder(column, node)
}

function inOrder({ generator, ...column }: Column, { table }: TableNode): string | undefined {
  const { generator: name, options } = generator
    ? { generator: generator.name, options: generator.options }
    : infer({ ...column, generator }, table)
  if (name !== 'timestamp' || options['order'] === 'random') return undefined
  return JSON.stringify([options, column.settings])
}
