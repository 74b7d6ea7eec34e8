// Numbers, truth values, picks from a list: what the column's own words (`min`, `values`, `distribution`) describe.

import { pick, pickTable, weightedDictionary } from '../bytes/dictionary.ts'
import { fraction, mix } from '../bytes/hash.ts'
import { quantile, type Shape } from '../bytes/quantiles.ts'
import { valueText } from '../formats/value-text.ts'
import { largestInteger, type PgType } from '../schema/pg-type.ts'
import { numberCell, plainCell, wordAt, type Cell } from './cell.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { literalValue } from './literal-value.ts'
import { BOOL, INTERVAL, scaleOf, TIME, valueTypeOf } from './value-type.ts'
import { MICROS_PER_DAY, MICROS_PER_SECOND } from '../bytes/dates.ts'

export const SHAPES = ['uniform', 'normal', 'lognormal', 'exponential', 'zipf', 'sequential'] as const

const numberOptions = {
  min: { kind: 'number', summary: 'smallest value' },
  max: { kind: 'number', summary: 'largest value' },
  mean: { kind: 'number', summary: 'centre of the distribution' },
  stddev: { kind: 'number', summary: 'width of the distribution' },
  distribution: { kind: { choices: SHAPES }, summary: 'uniform unless told' },
} as const

const defaultRange: Partial<Record<PgType['kind'], readonly [number, number]>> = {
  float4: [0, 1000],
  float8: [0, 1000],
}

function numbers(context: GeneratorContext): Cell {
  const type = valueTypeOf(context.type)
  const scale = type.kind === 'float' ? 0 : scaleOf(type)
  const power = 10 ** scale
  const [low, high] = defaultRange[context.type.kind] ?? [1, Math.min(1000, largestInteger(context.type))]
  const min = context.number('min') ?? Math.min(low, context.number('max') ?? low)
  const given = context.number('max')
  const needed = context.unique ? Math.max(high, min + context.rows - 1) : high
  const max = given ?? Math.max(needed, min)
  if (max < min) context.refuse('bad-range', `min ${min} is larger than max ${max}`)
  const shape = (context.text('distribution') ?? 'uniform') as Shape | 'sequential'

  if (type.kind === 'float') return floatCell(context, shape, min, max)
  const [from, to] = [Math.round(min * power), Math.round(max * power)]
  const size = to - from + 1
  if (context.unique && size < context.rows)
    context.refuse(
      'unique-space-too-small',
      `${size} different values from ${min} to ${max} cannot fill ${context.rows} unique rows`,
      'Widen min and max, or lower rowCount.',
    )
  if (shape === 'sequential') return numberCell(type, context.type, (row) => from + (row % size))
  if (context.unique) {
    const index = context.permuted(size)
    return numberCell(type, context.type, (row) => from + index(row))
  }
  const { before, between } = context.draw()
  if (shape === 'uniform') {
    const span = size / 0x1_0000_0000
    return numberCell(type, context.type, (row) => from + Math.floor(mix(row, before, between) * span))
  }
  const at = quantile(shape, {
    min: from,
    max: to + 1,
    mean: scaled(context.number('mean'), power),
    stddev: scaled(context.number('stddev'), power),
  })
  return numberCell(type, context.type, (row) =>
    Math.min(to, Math.floor(at(fraction(mix(row, before, between))))),
  )
}

function scaled(value: number | undefined, power: number): number | undefined {
  return value === undefined ? undefined : value * power
}

function floatCell(context: GeneratorContext, shape: Shape | 'sequential', min: number, max: number): Cell {
  const type = valueTypeOf(context.type)
  if (shape === 'sequential') return plainCell(type, (row) => min + row)
  const draw = context.draw()
  const at = quantile(shape, { min, max, mean: context.number('mean'), stddev: context.number('stddev') })
  // Four places: measured things are not known to sixteen digits.
  return plainCell(type, (row) => Math.round(at(fraction(draw(row))) * 1e4) / 1e4)
}

/** Picks from a list of the column's own type, by weight; a unique column takes each once. */
function valuesCell(context: GeneratorContext): Cell {
  const type = valueTypeOf(context.type)
  const list = context.list('values') ?? context.type.labels ?? []
  const values = list.map((item) => {
    const value = literalValue(item, context.type)
    return value ?? context.refuse('bad-value', `${JSON.stringify(item)} is no ${context.type.text}`)
  })
  if (values.length === 0) context.refuse('bad-value', 'values needs at least one entry')
  const weights = context.list('weights')?.map(Number) ?? usualWeights(context, list)
  if (
    weights.length !== values.length ||
    weights.every((weight) => !(weight > 0)) ||
    weights.some((weight) => weight < 0)
  )
    context.refuse('bad-weights', `weights needs ${values.length} numbers, none negative and one above zero`)
  const index = indexOfList(context, values.length, weights)
  const texts = values.map((value) => valueText(value, context.type))
  const maxChars = Math.max(...texts.map((text) => text.length))
  if (maxChars > 80 || values.length > 4096) return plainCell(type, (row) => values[index(row)]!, maxChars)
  const part = wordAt(
    weightedDictionary(
      texts,
      texts.map(() => 1),
    ),
    index,
  )
  return { type, maxChars, value: (row) => values[index(row)]!, write: part.write }
}

/**
 * An enum of states is not even: most rows have arrived somewhere, few have gone wrong. Other enums, and lists that
 * somebody wrote down, are taken evenly.
 */
function usualWeights(context: GeneratorContext, list: readonly unknown[]): number[] {
  const isStates =
    context.type.kind === 'enum' &&
    context.list('values') === undefined &&
    /(^|_)(status|state|stage|phase)$/.test(context.column)
  if (!isStates) return list.map(() => 1)
  return list.map((label) => (SETTLED.test(String(label)) ? 12 : GONE_WRONG.test(String(label)) ? 1 : 3))
}

const SETTLED =
  /^(active|paid|delivered|completed?|done|closed|resolved|published|succeeded|success|approved|confirmed|fulfilled|accepted|enabled|available|captured|finished|shipped|received)$/i
const GONE_WRONG =
  /(cancel|fail|reject|refund|return|error|abandon|suspend|block|ban|delete|archiv|expire|void|declin|disput|lost|overdue|requires|partial)/i

function bothOnce(rows: number, context: GeneratorContext): Cell {
  if (rows > 2)
    context.refuse(
      'unique-space-too-small',
      `2 different values, true and false, cannot fill ${rows} unique rows`,
      'Lower rowCount, or do not ask for unique.',
    )
  return plainCell(BOOL, (row) => row === 1, 1)
}

function indexOfList(
  context: GeneratorContext,
  size: number,
  weights: readonly number[],
): (row: number) => number {
  if (context.unique) {
    if (size < context.rows)
      context.refuse(
        'unique-space-too-small',
        `${size} different values cannot fill ${context.rows} unique rows`,
        'Add values, or lower rowCount.',
      )
    return context.permuted(size)
  }
  const draw = context.draw()
  const picks = pickTable(weights)
  return (row) => pick(picks, draw(row))
}

export const basicGenerators: readonly Generator[] = [
  {
    name: 'number',
    family: 'basic',
    summary: "A number between min and max, in the column's own precision",
    fits: NUMBER_KINDS,
    uniqueness: 'self',
    options: numberOptions,
    make: numbers,
  },
  {
    name: 'sequence',
    family: 'basic',
    summary: '1, 2, 3 …, from `start` in steps of `step`',
    fits: ['int2', 'int4', 'int8', 'numeric'],
    uniqueness: 'self',
    options: {
      start: { kind: 'number', summary: 'default 1' },
      step: { kind: 'number', summary: 'default 1' },
    },
    make: (context) => {
      const type = valueTypeOf(context.type)
      const power = 10 ** scaleOf(type)
      const [start, step] = [context.number('start') ?? 1, context.number('step') ?? 1]
      const last = start + step * (context.rows - 1)
      if (Math.max(start, last) > largestInteger(context.type))
        context.refuse(
          'unique-space-too-small',
          `${context.rows} rows count past the largest ${context.type.text}`,
        )
      return numberCell(type, context.type, (row) => (start + step * row) * power)
    },
  },
  {
    name: 'boolean',
    family: 'basic',
    summary: 'True with the share `rate`',
    fits: ['bool'],
    uniqueness: 'self',
    options: { rate: { kind: 'number', summary: 'share of true, default 0.5' } },
    make: (context) => {
      if (context.unique) return bothOnce(context.rows, context)
      const below = Math.round((context.number('rate') ?? 0.5) * 0x1_0000_0000)
      const { before, between } = context.draw()
      return {
        type: BOOL,
        maxChars: 1,
        value: (row) => mix(row, before, between) < below,
        write: (out, at, row) => {
          out.bytes[at] = mix(row, before, between) < below ? 0x74 : 0x66
          return at + 1
        },
      }
    },
  },
  {
    name: 'values',
    family: 'basic',
    summary: 'One of `values`, by `weights`; the labels of an enum unless told',
    fits: [
      ...NUMBER_KINDS,
      ...TEXT_KINDS,
      'bool',
      'date',
      'time',
      'timestamp',
      'timestamptz',
      'interval',
      'uuid',
      'json',
      'jsonb',
      'bytea',
      'inet',
      'cidr',
      'macaddr',
      'enum',
      'array',
    ],
    uniqueness: 'self',
    options: {
      values: { kind: 'list', summary: "values of the column's type" },
      weights: { kind: 'list', summary: 'one number for each value' },
    },
    make: valuesCell,
  },
  {
    name: 'time_of_day',
    family: 'time',
    summary: 'Time between 00:00 and 23:59:59, whole minutes',
    fits: ['time'],
    uniqueness: 'never',
    make: (context) => {
      const draw = context.draw()
      const minutes = quantile('normal', { min: 0, max: 1440, mean: 840, stddev: 300 })
      return plainCell(TIME, (row) => Math.floor(minutes(fraction(draw(row)))) * 60 * MICROS_PER_SECOND, 15)
    },
  },
  {
    name: 'duration',
    family: 'time',
    summary: 'Interval between `min` and `max`, short ones more often',
    fits: ['interval'],
    uniqueness: 'never',
    options: {
      min: { kind: 'duration', summary: 'default 1 minute' },
      max: { kind: 'duration', summary: 'default 3 days' },
    },
    make: (context) => {
      const min = (context.duration('min') ?? 60 * MICROS_PER_SECOND) / MICROS_PER_SECOND
      const max = (context.duration('max') ?? 3 * MICROS_PER_DAY) / MICROS_PER_SECOND
      const draw = context.draw()
      const seconds = quantile('exponential', { min, max })
      return plainCell(INTERVAL, (row) => Math.floor(seconds(fraction(draw(row)))) * MICROS_PER_SECOND)
    },
  },
]
