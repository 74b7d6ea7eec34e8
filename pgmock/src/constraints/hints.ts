// What the checks of one column say about its values from the start, so that a range is filled evenly and a list is
// picked from, instead of being repaired row by row.

import { isNumeric } from '../derive/arithmetic.ts'
import { plainText } from '../formats/value-text.ts'
import { scaleOf, type Value } from '../values/value-type.ts'
import type { Comparison, Shape, Term } from './term.ts'

export type Hints = {
  values?: readonly (string | number | boolean)[]
  /** Numbers as people write them; times as text. */
  min?: number | string
  max?: number | string
  pattern?: string
  minLength?: number
  maxLength?: number
  /** `lower(x) = x` and the like. */
  change?: 'lower' | 'upper' | 'trim'
}

export function hintsOf(terms: readonly Term[], slot: number): Hints {
  const hints: Hints = {}
  for (const term of terms) collect(term, slot, hints)
  if (hints.values && hints.pattern !== undefined) delete hints.pattern
  return hints
}

function collect({ shape }: Term, slot: number, hints: Hints): void {
  switch (shape?.kind) {
    case 'and':
      for (const term of shape.of) collect(term, slot, hints)
      break
    case 'or':
      collectOr(shape.of, slot, hints)
      break
    case 'in':
      if (shape.of.slot === slot) setValues(shape.list, hints)
      break
    case 'matches':
      if (shape.of.slot === slot) hints.pattern ??= shape.pattern
      break
    case 'compare':
      compare(shape.op, shape.left, shape.right, slot, hints)
      compare(TURNED[shape.op], shape.right, shape.left, slot, hints)
      break
    default:
  }
}

const TURNED = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** `x IS NULL OR …` asks nothing more of a value; equalities make a list. */
function collectOr(of: readonly Term[], slot: number, hints: Hints): void {
  const rest = of.filter(({ shape }) => !(shape?.kind === 'null' && shape.isNull && shape.of.slot === slot))
  if (rest.length === 1 && rest.length < of.length) {
    collect(rest[0]!, slot, hints)
    return
  }
  const inner = rest.map((term) => {
    const branch: Hints = {}
    collect(term, slot, branch)
    return branch
  })
  const lists = inner.map(({ values }) => values)
  if (lists.length > 0 && lists.every((list) => list !== undefined)) hints.values ??= lists.flat()
  else around(inner, hints)
}

/** The range around those of all branches. */
function around(branches: readonly Hints[], hints: Hints): void {
  const lows = branches.map(({ values, min }) => min ?? least(values, (a, b) => a < b))
  const highs = branches.map(({ values, max }) => max ?? least(values, (a, b) => a > b))
  const low = lows.every((one) => one !== undefined) ? least(lows, (a, b) => a < b) : undefined
  const high = highs.every((one) => one !== undefined) ? least(highs, (a, b) => a > b) : undefined
  if (low !== undefined && (hints.min === undefined || hints.min < low)) hints.min = low
  if (high !== undefined && (hints.max === undefined || hints.max > high)) hints.max = high
}

function least(
  values: Hints['values'] | readonly (number | string)[],
  isBetter: (a: number | string, b: number | string) => boolean,
): number | string | undefined {
  let best: number | string | undefined
  for (const value of values ?? []) {
    if (typeof value === 'boolean') return undefined
    if (best === undefined || isBetter(value, best)) best = value
  }
  return best
}

function compare(op: Comparison, left: Term, right: Term, slot: number, hints: Hints): void {
  const { shape } = left
  if (left.slot === slot && right.constant) bound(op, right, left, hints)
  else if (shape && isMeasure(shape) && shape.of.slot === slot) {
    if (shape.kind === 'length') lengths(op, right, hints)
    else if (op === '=' && right.slot === slot) hints.change = shape.kind
    else if (
      op === '=' &&
      right.shape &&
      'of' in right.shape &&
      right.slot === undefined &&
      isMeasure(right.shape)
    )
      hints.change = shape.kind
    else if (op === '<>' && right.constant?.value === '') hints.minLength ??= 1
  }
}

type Measure = Extract<Shape, { readonly kind: 'length' | 'lower' | 'upper' | 'trim' }>

function isMeasure(shape: Shape): shape is Measure {
  return shape.kind === 'length' || shape.kind === 'lower' || shape.kind === 'upper' || shape.kind === 'trim'
}

function lengths(op: Comparison, right: Term, hints: Hints): void {
  const length = right.constant?.value
  if (typeof length !== 'number') return
  const low = op === '>' ? length + 1 : op === '>=' || op === '=' ? length : undefined
  const high = op === '<' ? length - 1 : op === '<=' || op === '=' ? length : undefined
  if (low !== undefined) hints.minLength = Math.max(low, hints.minLength ?? 0)
  if (high !== undefined) hints.maxLength = Math.min(high, hints.maxLength ?? Infinity)
}

function setValues(list: readonly Term[], hints: Hints): void {
  if (list.every(({ constant }) => constant !== undefined))
    hints.values ??= list.flatMap((item) => (item.constant!.value === null ? [] : [plain(item)]))
}

/** A constant as the schema language writes it. */
function plain({ constant, type }: Term): string | number | boolean {
  const value: Value = constant!.value
  if (typeof value === 'number' && isNumeric(type)) return value / 10 ** scaleOf(type)
  return typeof value === 'number' ? plainText(value, type) : (value ?? '')
}

function bound(op: Comparison, right: Term, left: Term, hints: Hints): void {
  const value = right.constant?.value
  if (op === '=' && value !== null && value !== undefined) hints.values ??= [plain(right)]
  if (op === '<>' && value === '') hints.minLength ??= 1
  if (value === null || op === '=' || op === '<>') return
  if (typeof value !== 'number') return
  const isTime = left.type.kind === 'date' || left.type.kind === 'instant'
  if (!isTime && !isNumeric(left.type)) return
  const strict = op === '<' || op === '>'
  // The least step of the column, so that `x > 0` begins at 1, or 0.01.
  const step =
    isNumeric(left.type) && strict ? (left.type.kind === 'float' ? 0.01 : 1 / 10 ** scaleOf(left.type)) : 0
  const at = plain(right)
  const moved = typeof at === 'number' ? round(op.startsWith('>') ? at + step : at - step, left) : at
  if (op.startsWith('>')) {
    if (hints.min === undefined || hints.min < moved) hints.min = moved as number | string
  } else if (hints.max === undefined || hints.max > moved) hints.max = moved as number | string
}

function round(value: number, { type }: Term): number {
  return type.kind === 'float' ? value : Number(value.toFixed(scaleOf(type)))
}
