// Texts that break programs, in place of ordinary ones, where nothing in the schema forbids them.

import { drawFor, below, fraction } from '../bytes/hash.ts'
import type { Column, Table } from '../schema/model.ts'
import { plainCell, type Cell } from '../values/cell.ts'
import { TEXT } from '../values/value-type.ts'

/** Longest text without a limit by the column: enough to break a layout, short enough for an index. */
const LONG = 1000

const EDGES: readonly string[] = [
  '',
  ' ',
  '  spaces around  ',
  `O'Brien said "so"`,
  'back\\slash',
  'tab\there',
  'two\nlines',
  'Ünïcödé ñ ß ﬁ',
  '日本語のテキスト',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦🎉',
  'e\u0301 combined',
  'zero\u200bwidth',
  'NULL',
  String.raw`\N`,
  `'; DROP TABLE users; --`,
  '<script>alert(1)</script>',
  '%s %d {0} ${x}',
  '-1',
  'W'.repeat(LONG),
]

/** Free text only: no key, nothing unique, checked, partitioned by or picked from a list. */
export function takesEdgeCases(column: Column, table: Table): boolean {
  const { name, type, settings, generator } = column
  if (!['text', 'varchar'].includes(type.kind) || (type.length ?? LONG) < 10) return false
  if (settings['values'] !== undefined || settings['pattern'] !== undefined) return false
  if (generator && ['values', 'pattern'].includes(generator.name)) return false
  const keys = [
    table.primaryKey,
    ...table.unique,
    ...table.indexes.filter((one) => one.unique).map((one) => one.columns),
  ]
  const expressions = [
    ...table.checks.map((check) => check.expression),
    ...table.indexes.flatMap((index) => [
      ...index.columns.filter((entry) => entry.includes('(')),
      index.where ?? '',
    ]),
    table.partitionBy ?? '',
  ]
  const mentions = new RegExp(`\\b${name.replaceAll(/[^\w]/g, '.')}\\b`)
  return !keys.some((key) => key.includes(name)) && !expressions.some((text) => mentions.test(text))
}

/** The cell, with an edge case in `rate` of its rows. */
export function withEdgeCases(
  cell: Cell,
  column: Column,
  rate: number,
  path: readonly (string | number)[],
): Cell {
  const draw = drawFor(...path, 'edge case')
  const choice = drawFor(...path, 'which edge case')
  const length = column.type.length ?? LONG
  const edges = EDGES.map((edge) => Array.from(edge).slice(0, length).join(''))
  return plainCell(
    TEXT,
    (row) => (fraction(draw(row)) < rate ? edges[below(choice(row), edges.length)]! : cell.value(row)),
    Math.max(cell.maxChars, ...edges.map((edge) => edge.length)),
  )
}
