// Values that break programs, in place of ordinary ones, where nothing in the schema forbids them: texts of every
// awkward kind, the ends of number ranges, leap days, years far off, empty arrays and documents.

import { MICROS_PER_DAY, MICROS_PER_SECOND, parseInstant } from '../bytes/dates.ts'
import { drawFor, below, fraction } from '../bytes/hash.ts'
import { writeText } from '../formats/copy-text.ts'
import type { Column, Model, Table } from '../schema/model.ts'
import type { PgType } from '../schema/pg-type.ts'
import { plainCell, writerOf, type Cell } from '../values/cell.ts'
import { valueTypeOf, type Value } from '../values/value-type.ts'

/** Longest text without a limit by the column: enough to break a layout, short enough for an index. */
const LONG = 1000

const TEXTS: readonly string[] = [
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

/** The first and last of the common era's four digits, leap days, the ends of a year, of Unix time in 32 bits. */
const INSTANTS = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '1900-02-28T23:59:59Z',
  '2000-02-29T12:00:00Z',
  '2024-02-29T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '2038-01-19T03:14:08Z',
  '2023-12-31T23:59:59Z',
  '2025-03-30T02:30:00Z',
].map((text) => parseInstant(text)!)

const UNIX_TENTHS = 100_000

/** None where any value is as good as another, or where we know no other. */
export function edgesOf(type: PgType): readonly Exclude<Value, null>[] {
  switch (type.kind) {
    case 'text':
    case 'varchar': {
      const length = type.length ?? LONG
      return length < 10 ? [] : TEXTS.map((text) => Array.from(text).slice(0, length).join(''))
    }
    case 'int2':
      return [0, -1, 32_767, -32_768]
    case 'int4':
      return [0, -1, 2_147_483_647, -2_147_483_648]
    case 'int8':
      // As text: beyond 2^53 a number would not be exact.
      return ['0', '-1', '9007199254740993', '9223372036854775807', '-9223372036854775808']
    case 'numeric': {
      const most = 10 ** Math.min(type.precision ?? 15, 15) - 1
      return [0, 1, -1, most, -most]
    }
    case 'float4':
      return [0, -0, 1e-37, 3.4e38, -3.4e38, NaN, Infinity, -Infinity]
    case 'float8':
      return [0, -0, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, NaN, Infinity, -Infinity]
    case 'date':
      return INSTANTS.map((micros) => Math.floor(micros / MICROS_PER_DAY))
    case 'timestamp':
    case 'timestamptz':
      return (type.scale ?? 6) === 6 ? [...INSTANTS, INSTANTS[8]! + 9 * UNIX_TENTHS] : INSTANTS
    case 'time':
      return [0, MICROS_PER_DAY - MICROS_PER_SECOND, MICROS_PER_SECOND]
    case 'interval':
      return [0, MICROS_PER_SECOND / 1e6, 36_500 * MICROS_PER_DAY]
    case 'json':
    case 'jsonb':
      return [
        '{}',
        '[]',
        'null',
        '""',
        '0',
        'false',
        '{"": ""}',
        '[[[[[]]]]]',
        '{"a": {"b": {"c": null}}}',
        '"日本語 \\"👍\\""',
      ]
    case 'array':
      return ['{}', '{NULL}']
    case 'bytea':
      return [String.raw`\x`, String.raw`\x00`, String.raw`\xff00ff00`]
    case 'uuid':
      return ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
    case 'inet':
      return ['0.0.0.0', '255.255.255.255', '::', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']
    default:
      return []
  }
}

/** Free columns only: no key, nothing unique, checked, counted, partitioned by or picked from a list. */
export function takesEdgeCases({ model }: { readonly model: Model }, column: Column, table: Table): boolean {
  const { name, type, settings, generator } = column
  if (edgesOf(type).length === 0 || type.serial || column.identity || type.domainOf !== undefined)
    return false
  const isText = type.kind === 'text' || type.kind === 'varchar'
  // A range that somebody wrote down is a promise, as a list is.
  const limits = isText ? ['values', 'pattern'] : ['values', 'pattern', 'min', 'max', 'distribution']
  if (limits.some((setting) => settings[setting] !== undefined)) return false
  if (generator && ['values', 'pattern', 'sequence', 'after', 'future'].includes(generator.name)) return false
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
    ...[...table.columns.values()].map(({ generatedText }) => generatedText ?? ''),
    // Sums of extremes fit into no column, and what follows another in time must be able to.
    ...(isText ? [] : [sourcesOf(model)]),
  ]
  const mentions = new RegExp(`\\b${name.replaceAll(/[^\w]/g, '.')}\\b`)
  return !keys.some((key) => key.includes(name)) && !expressions.some((text) => mentions.test(text))
}

const known = new WeakMap<Model, string>()

/** Everything that computes with columns, as one text to look for names in. */
function sourcesOf(model: Model): string {
  const found = known.get(model)
  if (found !== undefined) return found
  const sources = [...model.tables.values()].flatMap((table) => [
    ...[...table.context.values()].map(({ source }) => source),
    ...(table.rowCount.kind === 'per' ? [table.rowCount.count?.source ?? ''] : []),
    ...table.foreignKeys.flatMap(({ existingAt, since }) => [existingAt ?? '', since ?? '']),
    ...[...table.columns.values()].flatMap(({ derive, generator }) => [
      derive?.source ?? '',
      JSON.stringify(generator?.options ?? {}),
    ]),
  ])
  const text = sources.join('\n')
  known.set(model, text)
  return text
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
  const edges = edgesOf(column.type)
  const isEdge = (row: number) => fraction(draw(row)) < rate
  const edge = (row: number) => edges[below(choice(row), edges.length)]!
  const maxChars = Math.max(cell.maxChars, ...edges.map((one) => String(one).length))
  const mixed = plainCell(cell.type, (row) => (isEdge(row) ? edge(row) : cell.value(row)), maxChars)
  if (typeof edges[0] !== 'string' || valueTypeOf(column.type).kind !== 'int') return mixed
  // The largest integers are texts, which the writer of numbers cannot write.
  const write = writerOf(cell, column.type)
  return {
    ...mixed,
    write: (out, at, row) => (isEdge(row) ? writeText(out, at, String(edge(row))) : write(out, at, row)),
  }
}
