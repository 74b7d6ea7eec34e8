// What the partitions of a table ask of its rows, as a check: some partition must take each row.

import type { TableNode } from './plan-types.ts'
import type { Planning } from './planning.ts'

export function partitionCheck(
  _node: TableNode,
  _planning: Planning,
): readonly { name: string; expression: string }[] {
  return []
}
