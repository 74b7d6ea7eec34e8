// Plugins are asked for a block of rows at a time: starting a process, or the clock that stops an endless loop, costs
// more than a row. Blocks begin at fixed rows, so the same rows are asked together whoever wants one of them.

import { CliError } from '@specwright/cli/cli-error.ts'
import { timestampText } from '../bytes/dates.ts'
import { plainText } from '../formats/value-text.ts'
import { plainCell, type Cell } from '../values/cell.ts'
import type { Expression, GeneratorContext } from '../values/generator.ts'
import { literalValue } from '../values/literal-value.ts'
import { valueTypeOf, type Value } from '../values/value-type.ts'
import type { PluginCell, PluginValue } from './plugin-cell.ts'

export const BLOCK_ROWS = 1024
/** Blocks a column remembers: rows of a parent are asked for in any order. */
const BLOCKS = 64
/** Options that are about the plugin itself; the others are the author's. */
const OURS = new Set(['uses', 'timeout', 'batch', 'command'])

/** What a plugin is asked about one row; functions apart, it is plain JSON. */
export type Facts = Omit<PluginCell, 'random' | 'integer' | 'pick'>

/** Where a plugin went wrong, for the message. */
export type PluginPlace = { readonly plugin: string; readonly context: GeneratorContext }

/** `answer` gives one value for each of the facts, in order, or throws a CliError of `pluginError`. */
export function batchedCell(
  plugin: string,
  context: GeneratorContext,
  blockRows: number,
  answer: (facts: readonly Facts[]) => readonly unknown[],
): Cell {
  const { type } = context
  const blocks = new Map<number, readonly Value[]>()
  const factsOf = factsFor(context)
  const made = (first: number): readonly Value[] => {
    const rows = Array.from(
      { length: Math.max(1, Math.min(blockRows, context.rows - first)) },
      (_, i) => first + i,
    )
    const values = answer(rows.map(factsOf))
    return rows.map((row, i) => checked(values[i], { plugin, context }, row))
  }
  return plainCell(valueTypeOf(type), (row) => {
    // Items of arrays have row numbers past the table's last.
    const first = row < context.rows ? row - (row % blockRows) : row
    let block = blocks.get(first)
    if (!block) {
      block = made(first)
      if (blocks.size >= BLOCKS) blocks.delete(blocks.keys().next().value!)
      blocks.set(first, block)
    }
    return block[row - first]!
  })
}

/** The error of a plugin, naming it, the table, the column and the row (0-based here, counted from 1 in the text). */
export function pluginError(
  { plugin, context }: PluginPlace,
  row: number,
  what: string,
  hint?: string,
): CliError {
  const { database, table, column } = context
  return new CliError(
    'plugin-failed',
    `The plugin ${plugin} ${what} (${table}.${column}, row ${row + 1}).`,
    hint,
    { plugin, database, table, column, row: row + 1 },
  )
}

function factsFor(context: GeneratorContext): (row: number) => Facts {
  const draw = context.draw()
  const uses = (context.list('uses') ?? []).map((name) => {
    const of = context.context(String(name))
    return [
      String(name),
      of ??
        context.refuse(
          'unknown-column',
          `uses: there is no column "${String(name)}"`,
          'A column of the same table, or a word of its context.',
        ),
    ] as const
  })
  const { type, column, table, database, nullable, unique, rows, options } = context
  const now = isoText(context.now)
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => !OURS.has(name)))
  return (row) => ({
    database,
    table,
    column,
    type: type.text,
    nullable,
    unique,
    row: row + 1,
    rows,
    now,
    seed: draw(row),
    options: own,
    columns: Object.fromEntries(uses.map(([name, of]) => [name, forPlugin(of, row)])),
  })
}

function forPlugin(of: Expression, row: number): PluginValue {
  const value = of.value(row)
  if (value === null) return null
  switch (of.type.kind) {
    case 'int':
    case 'float':
      return Number(value)
    case 'decimal':
      return Number(plainText(value, of.type))
    case 'bool':
      return value === true
    case 'instant':
      return isoText(Number(value))
    case 'json':
      return JSON.parse(String(value)) as PluginValue
    default:
      return plainText(value, of.type)
  }
}

function isoText(micros: number): string {
  return `${timestampText(micros).replace(' ', 'T')}Z`
}

/** A plugin's value as a value of the column. */
function checked(given: unknown, place: PluginPlace, row: number): Value {
  const { context } = place
  if (given === null && context.nullable) return null
  if (given !== null && given !== undefined) {
    const plain =
      given instanceof Date
        ? Number.isNaN(given.getTime())
          ? undefined
          : given.toISOString()
        : typeof given === 'bigint'
          ? Number(given)
          : given
    const value =
      valueTypeOf(context.type).kind === 'json' && isUnsayable(plain)
        ? undefined
        : literalValue(plain, context.type)
    if (value !== undefined && value !== null) return value
  }
  throw pluginError(
    place,
    row,
    `gave ${described(given)}, which is no ${context.type.text}${context.nullable ? '' : ' (NULL is not allowed)'}`,
    given instanceof Promise ? 'A generator must answer at once: it cannot be async.' : undefined,
  )
}

function isUnsayable(value: unknown): boolean {
  return typeof value === 'function' || typeof value === 'symbol'
}

function described(given: unknown): string {
  if (given === undefined) return 'nothing'
  if (given === null) return 'null'
  if (given instanceof Promise) return 'a promise'
  if (typeof given === 'number' && !Number.isFinite(given)) return String(given)
  if (typeof given === 'object' || typeof given === 'string') {
    const text = JSON.stringify(given)
    return text.length > 60 ? `${text.slice(0, 59)}…` : text
  }
  return typeof given === 'number' || typeof given === 'boolean' ? String(given) : `a ${typeof given}`
}
