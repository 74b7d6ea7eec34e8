// Generators of a project's own: functions of a cell. See docs/plugins.md.

import type { PluginCell, PluginObject } from '../../src/plugins/plugin-cell.ts'

/** Points, mostly few. */
export function points(cell: PluginCell): number {
  const most = Number(cell.options['most'] ?? 1000)
  return Math.floor(cell.random() ** 3 * most)
}

export function tier({ columns }: PluginCell): string {
  const points = Number(columns['points'])
  return points > 2500 ? 'gold' : points > 500 ? 'silver' : 'basic'
}

/** Different in every row, and says so. */
export const cardNumber: PluginObject = {
  unique: true,
  generate: ({ row }) => `C-${String(row * 7919).padStart(8, '0')}`,
}
