// What happens to a generator's cell before it becomes a column: cut to length, made unique, NULLs, arrays, memory.

import { drawFor, fraction, below } from '../bytes/hash.ts'
import { permutation } from '../bytes/permutation.ts'
import { writeNull } from '../formats/copy-text.ts'
import { valueText } from '../formats/value-text.ts'
import type { Writer } from '../rows/stitch.ts'
import type { PgType } from '../schema/pg-type.ts'
import { plainCell, type Cell } from '../values/cell.ts'
import type { Expression } from '../values/generator.ts'
import { CODE_LETTERS, codeOf } from '../values/ids.ts'
import { arrayItem } from '../values/literal-value.ts'
import { TEXT, valueTypeOf, type Value } from '../values/value-type.ts'
import { converted, isNumeric } from '../derive/arithmetic.ts'
import { plainText } from '../formats/value-text.ts'
import { PlanProblem } from './plan-types.ts'

/** Text cut to the column's length. Fixed-length char is padded by the server, so its fast writer does not apply. */
export function fitted(cell: Cell, type: PgType): Cell {
  const { length } = type
  if (length === undefined || cell.type.kind !== 'text') return cell
  if (cell.maxChars <= length) return type.kind === 'char' ? plainCell(TEXT, cell.value, cell.maxChars) : cell
  return plainCell(TEXT, (row) => cut(cell.value(row), length), length)
}

function cut(value: Value, length: number): Value {
  if (typeof value !== 'string' || value.length <= length) return value
  return Array.from(value).slice(0, length).join('').trimEnd()
}

/** A number behind the text, different in every row; the text gives way when the column is short. */
export function withSuffix(cell: Cell, type: PgType, rows: number, path: readonly (string | number)[]): Cell {
  const digits = String(rows).length
  const room = (type.length ?? Infinity) - digits - 1
  if (room < 0) return shortCode(type, type.length!, rows, path)
  const index = permutation(rows, ...path, 'suffix')
  return plainCell(
    TEXT,
    (row) => `${String(cut(cell.value(row), room))}-${index(row) + 1}`,
    cell.maxChars + digits + 1,
  )
}

/** Where a number alone would be too long: letters and digits as long as the column. */
function shortCode(type: PgType, length: number, rows: number, path: readonly (string | number)[]): Cell {
  const size = CODE_LETTERS.length ** length
  if (size < rows)
    throw new PlanProblem(
      'unique-space-too-small',
      `${size} different values of ${type.text} cannot fill ${rows} unique rows`,
      'Make the column longer, or lower rowCount.',
    )
  const index = permutation(size, ...path, 'suffix')
  return plainCell(TEXT, (row) => codeOf(index(row), length), length)
}

/** NULL in `rate` of the rows. */
export function withNulls(
  cell: Cell,
  write: Writer,
  rate: number,
  path: readonly (string | number)[],
): { cell: Cell; write: Writer } {
  const draw = drawFor(...path, 'null')
  const isNull = (row: number) => fraction(draw(row)) < rate
  return {
    cell: { ...cell, value: (row) => (isNull(row) ? null : cell.value(row)), write: undefined },
    write: (out, at, row) => (isNull(row) ? writeNull(out, at) : write(out, at, row)),
  }
}

const MOST_ITEMS = 4

/** One to four items (sometimes none), each a cell of its own row number. */
export function arrayOf(item: Cell, element: PgType, path: readonly (string | number)[]): Cell {
  const draw = drawFor(...path, 'items')
  return plainCell(TEXT, (row) => {
    const texts: string[] = []
    for (let k = 0, n = below(draw(row), MOST_ITEMS + 1); k < n; k++) {
      const value = item.value(row * MOST_ITEMS + k)
      if (value !== null) texts.push(arrayItem(valueText(value, element)))
    }
    return `{${texts.join(',')}}`
  })
}

/** An expression's values as values of the column. */
export function coerced(of: Expression, type: PgType): Cell {
  const wanted = valueTypeOf(type)
  const from = of.type.kind
  const number = isNumeric(of.type) && isNumeric(wanted)
  const time = ['instant', 'date'].includes(from) && ['instant', 'date'].includes(wanted.kind)
  if (from === wanted.kind || from === 'null' || number || time) {
    const value = converted(of, wanted, 0)
    if (wanted.kind === 'instant' && (type.scale ?? 6) < 6)
      return plainCell(wanted, floorTo(value, 10 ** (6 - type.scale!)))
    return fitted(plainCell(wanted, value), type)
  }
  if (wanted.kind === 'text' && (type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char')) {
    const { value } = of
    const text = (row: number): Value => {
      const is = value(row)
      return is === null ? null : plainText(is, of.type)
    }
    return fitted(plainCell(TEXT, text), type)
  }
  throw new PlanProblem(
    'expression-type',
    `the expression gives ${from}, the column is ${type.text}`,
    wanted.kind === 'json' ? 'json(…) turns any value into JSON.' : undefined,
  )
}

function floorTo(value: (row: number) => Value, step: number): (row: number) => Value {
  return (row) => {
    const is = value(row)
    return is === null ? null : Math.floor(Number(is) / step) * step
  }
}

const REMEMBERED = 1024

/** Remembers the last values by row: expressions ask for the same few rows again and again. */
export function remembered(value: (row: number) => Value): (row: number) => Value {
  const rows = new Float64Array(REMEMBERED).fill(-1)
  const values = Array.from<Value>({ length: REMEMBERED }).fill(null)
  return (row) => {
    const slot = row % REMEMBERED
    if (rows[slot] === row) return values[slot] ?? null
    const is = value(row)
    // After the call: it may have asked for another row of the same slot.
    rows[slot] = row
    values[slot] = is
    return is
  }
}
