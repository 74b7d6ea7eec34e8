// What a column's checks say, as a generator and its options; what the schema says itself comes first.

import { parseInstant, timestampText } from '../bytes/dates.ts'
import type { Hints } from '../constraints/hints.ts'
import type { Column } from '../schema/model.ts'
import { isNumber, isText, largestInteger, type PgType } from '../schema/pg-type.ts'
import { plainCell, type Cell } from '../values/cell.ts'
import { generatorNamed } from '../values/registry.ts'
import type { Inferred } from './infer.ts'

export function hintedGuess(guess: Inferred, column: Column, hints: Hints, unique: boolean): Inferred {
  const { type, settings, generator } = column
  if (generator || settings['values'] !== undefined || settings['pattern'] !== undefined) return guess
  const list = generatorNamed('values')!
  if (hints.values && hints.values.length > 0 && list.fits.includes(type.kind) && type.kind !== 'array')
    return { generator: 'values', options: { values: hints.values }, why: 'its checks list the values' }
  if (isText(type)) return hintedText(guess, type, hints)
  if (settings['min'] !== undefined || settings['max'] !== undefined) return guess
  if (isNumber(type)) return hintedNumber(guess, type, hints, unique)
  return ['date', 'timestamp', 'timestamptz'].includes(type.kind) ? hintedTime(guess, hints) : guess
}

function hintedText(guess: Inferred, type: PgType, { pattern, minLength, maxLength }: Hints): Inferred {
  if (pattern !== undefined)
    return { generator: 'pattern', options: { pattern }, why: 'its checks give a pattern' }
  // A code of fixed length, unless its name says which.
  if (minLength !== undefined && minLength === maxLength && minLength > 0 && guess.why.startsWith('the type'))
    return {
      generator: 'pattern',
      options: { pattern: `[A-Z0-9]{${Math.min(minLength, type.length ?? minLength)}}` },
      why: 'its checks give a length',
    }
  return guess
}

function hintedNumber(guess: Inferred, type: PgType, { min, max }: Hints, unique: boolean): Inferred {
  if (typeof min !== 'number' && typeof max !== 'number') return guess
  // Contradictions are told by the check itself.
  if (typeof min === 'number' && typeof max === 'number' && min > max) return guess
  const why = `${guess.why}, within its checks`
  if (guess.generator === 'sequence')
    return typeof min === 'number'
      ? { ...guess, options: { ...guess.options, start: Math.max(1, min) }, why }
      : guess
  const { options: known = {}, range } = generatorNamed(guess.generator) ?? {}
  if (range && (typeof min !== 'number' || min <= range[0]) && (typeof max !== 'number' || max >= range[1]))
    return guess
  const both = typeof min === 'number' && typeof max === 'number'
  if (guess.generator !== 'number' && (known['min'] === undefined || known['max'] === undefined || !both)) {
    // Its own range may fit half a bound as it is; rows that it misses are mended one by one.
    return both ? { generator: 'number', options: { min, max }, why } : guess
  }
  const low = typeof min === 'number' ? min : Number(max) >= 1 ? 0 : Number(max) - 1000
  const high =
    typeof max === 'number'
      ? max
      : unique
        ? undefined
        : Math.min(largestInteger(type), Math.max(1000, low + Math.max(100, Math.abs(low))))
  return {
    generator: guess.generator,
    options: { ...guess.options, min: low, ...(high === undefined ? {} : { max: high }) },
    why,
  }
}

const YEAR = 365 * 86_400_000_000

function hintedTime(guess: Inferred, { min, max }: Hints): Inferred {
  const [from, to] = [instantOf(min), instantOf(max)]
  if (from === undefined && to === undefined) return guess
  if (guess.generator !== 'timestamp' && (from === undefined || to === undefined)) return guess
  const low = from ?? (to ?? 0) - 3 * YEAR
  const high = to ?? low + 3 * YEAR
  if (low >= high) return guess
  return {
    generator: 'timestamp',
    options: { from: iso(low), to: iso(high) },
    why: `${guess.why}, within its checks`,
  }
}

function instantOf(given: Hints['min']): number | undefined {
  return typeof given === 'string'
    ? parseInstant(given.includes(' ') ? `${given.replace(' ', 'T')}Z` : given)
    : undefined
}

function iso(micros: number): string {
  return `${timestampText(micros).replace(' ', 'T')}Z`
}

/** The type as short as the checks want its texts. */
export function limited(type: PgType, { maxLength }: Hints): PgType {
  if (maxLength === undefined || !isText(type) || maxLength < 1 || (type.length ?? Infinity) <= maxLength)
    return type
  return { ...type, length: maxLength }
}

/** Lower case and least length, before anything is put behind the text to make it unique. */
export function shaped(cell: Cell, { change, minLength }: Hints): Cell {
  if (cell.type.kind !== 'text' || (change === undefined && minLength === undefined)) return cell
  const least = minLength ?? 0
  return plainCell(
    cell.type,
    (row) => {
      const is = cell.value(row)
      if (typeof is !== 'string') return is
      const cased =
        change === 'lower'
          ? is.toLowerCase()
          : change === 'upper'
            ? is.toUpperCase()
            : change === 'trim'
              ? is.trim()
              : is
      return cased.length >= least
        ? cased
        : (cased === '' ? 'x' : cased).repeat(Math.ceil(least / Math.max(1, cased.length))).slice(0, least)
    },
    Math.max(cell.maxChars, least),
  )
}
