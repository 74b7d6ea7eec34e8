// The two commonest kinds of generator, as one line each: a word from a list, a number of a certain shape.

import { CODE_LETTERS, codeOf } from './ids.ts'
import { evenDictionary, zipfDictionary, type Dictionary } from '../bytes/dictionary.ts'
import { fraction } from '../bytes/hash.ts'
import { quantile, type Shape } from '../bytes/quantiles.ts'
import { isInteger, largestInteger } from '../schema/pg-type.ts'
import { plainCell, textOf, word, type Cell } from './cell.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { scaleOf, TEXT, valueTypeOf } from './value-type.ts'

/** Words by weight, the commonest first, as a list or separated by commas; `about` is a thing whose columns in a row shall agree. */
export function fromList(
  name: string,
  family: string,
  summary: string,
  words: readonly string[] | string,
  about?: string,
): Generator {
  const list =
    typeof words === 'string' ? words.split(',').map((one) => one.trim().replaceAll(/\s+/g, ' ')) : words
  return lazily(name, family, summary, () => zipfDictionary(list), about)
}

/** The same without favourites. */
export function evenly(name: string, family: string, summary: string, words: readonly string[]): Generator {
  return lazily(name, family, summary, () => evenDictionary(words), undefined)
}

/** A dictionary is made when it is first needed: a hundred of them would be felt at every start. */
function lazily(
  name: string,
  family: string,
  summary: string,
  make: () => Dictionary,
  about: string | undefined,
): Generator {
  let made: Dictionary | undefined
  return {
    name,
    family,
    summary,
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const dictionary = (made ??= make())
      if (context.unique) return distinct(context, dictionary)
      return textOf(word(dictionary, about === undefined ? context.draw() : context.shared(about)))
    },
  }
}

/** Every word once; where the words do not last, a number behind them. Short columns cut the word, not the number. */
function distinct(context: GeneratorContext, { words, maxChars }: Dictionary): Cell {
  const { rows } = context
  const index = context.permuted(Math.max(rows, words.length))
  const digits = String(Math.ceil(rows / words.length)).length + 1
  const text = (at: number) => {
    const round = Math.floor(at / words.length)
    return round === 0 ? words[at]! : `${words[at % words.length]!} ${round + 1}`
  }
  if (maxChars + digits <= context.maxChars || (rows <= words.length && maxChars <= context.maxChars))
    return plainCell(TEXT, (row) => text(index(row)), maxChars + digits)
  const room = context.maxChars - String(rows).length
  if (room < 0) return uniqueCodes(context)
  return plainCell(
    TEXT,
    (row) => `${words[index(row) % words.length]!.slice(0, room)}${index(row) + 1}`,
    context.maxChars,
  )
}

/** Letters and digits as long as the column, where not even a number would fit. */
function uniqueCodes(context: GeneratorContext): Cell {
  const { rows, maxChars } = context
  const size = CODE_LETTERS.length ** maxChars
  if (size < rows)
    context.refuse(
      'unique-space-too-small',
      `${size} different values of ${context.type.text} cannot fill ${rows} unique rows`,
      'Make the column longer, or lower rowCount.',
    )
  const index = context.permuted(size)
  return plainCell(TEXT, (row) => codeOf(index(row), maxChars), maxChars)
}

export type Measure = {
  readonly min: number
  readonly max: number
  readonly mean?: number
  readonly stddev?: number
  readonly shape?: Shape
}

/** A number in the column's own precision; `min`, `max` and `mean` can be changed in the column. */
export function measure(name: string, family: string, summary: string, usual: Measure): Generator {
  return {
    name,
    family,
    summary,
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    options: {
      min: { kind: 'number', summary: `default ${usual.min}` },
      max: { kind: 'number', summary: `default ${usual.max}` },
      mean: {
        kind: 'number',
        summary: usual.mean === undefined ? 'centre' : `centre, default ${usual.mean}`,
      },
    },
    make: (context) => {
      const type = valueTypeOf(context.type)
      const min = context.number('min') ?? Math.min(usual.min, context.number('max') ?? usual.min)
      const most = Math.min(usual.max, largestInteger(context.type))
      const max = context.number('max') ?? Math.max(most, min)
      if (min > max) context.refuse('bad-range', `min ${min} is larger than max ${max}`)
      const centre = context.number('mean') ?? usual.mean
      const inside = centre !== undefined && centre > min && centre < max ? centre : undefined
      const at = quantile(usual.shape ?? 'normal', { min, max, mean: inside, stddev: usual.stddev })
      const draw = context.draw()
      if (type.kind === 'float')
        return plainCell(type, (row) => Math.round(at(fraction(draw(row))) * 100) / 100)
      const power = isInteger(context.type) ? 1 : 10 ** scaleOf(type)
      return plainCell(type, (row) => Math.round(at(fraction(draw(row))) * power))
    },
  }
}
