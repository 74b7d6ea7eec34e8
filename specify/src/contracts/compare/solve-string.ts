import { holds } from './evaluate.ts'
import { findWord, languageOf, type Language } from './language.ts'
import type { Literal, Solution } from './solution.ts'

/** A string that satisfies all literals: lengths, patterns, values it must not be. */
export function solveString(literals: readonly Literal[]): Solution {
  let [min, max] = [0, Infinity]
  const inside: Language[] = []
  const outside: Language[] = []
  let [isIrregular, isPlain, excluded] = [false, true, 0]
  for (const { formula, isTrue } of literals) {
    if (formula.op === 'minLength' || formula.op === 'maxLength') {
      if ((formula.op === 'minLength') === isTrue)
        min = Math.max(min, isTrue ? formula.count : formula.count + 1)
      else max = Math.min(max, isTrue ? formula.count : formula.count - 1)
    } else if (formula.op === 'pattern') {
      isPlain = false
      const language = languageOf(formula.source)
      if (language === undefined) isIrregular = true
      else (isTrue ? inside : outside).push(language)
    } else if (formula.op === 'values' && !isTrue) excluded += formula.values.length
  }
  if (min > max || max < 0) return { outcome: 'empty' }
  const fits = (text: string) => literals.every(({ formula, isTrue }) => holds(formula, text) === isTrue)
  const sample = samples(min, max, excluded).find(fits)
  if (sample !== undefined) return { outcome: 'witness', value: sample }
  if (isPlain && excluded === 0) return { outcome: 'empty' }
  for (const { formula, isTrue } of literals)
    if (formula.op === 'values' && !isTrue)
      for (const value of formula.values)
        if (typeof value === 'string') {
          const language = languageOf(`^${escaped(value)}$`)
          if (language === undefined) isIrregular = true
          else outside.push(language)
        }
  if (isPlain) inside.push(languageOf('')!)
  if (max - min > 1000 && max !== Infinity) max = Infinity
  const found = findWord({
    inside: inside.length === 0 ? [languageOf('')!] : inside,
    outside,
    min: Math.min(min, 200),
    max,
  })
  if (found.outcome === 'none') return { outcome: 'empty' }
  if (found.outcome === 'word' && fits(found.word)) return { outcome: 'witness', value: found.word }
  return {
    outcome: 'unknown',
    why: isIrregular
      ? 'a pattern with look-around, back-references or inner anchors'
      : 'patterns too large to compare',
  }
}

/** Strings most schemas take; a sensible text convinces more than the shortest word of a language. */
function samples(min: number, max: number, excluded: number): string[] {
  const long = Math.min(Math.max(min, 1), 100_000)
  const texts = [
    '',
    'a',
    'text',
    'ab',
    'A',
    '0',
    '\n',
    'a b',
    'a'.repeat(min <= 100_000 ? min : 0),
    'x'.repeat(long),
  ]
  if (max !== Infinity && max <= 100_000) texts.push('a'.repeat(max))
  texts.push(
    '2026-01-31T12:00:00Z',
    '2026-01-31',
    '6d5f2e6c-1f0b-4c53-9a51-0f1c2a7e9d10',
    'a@example.org',
    'https://example.org/',
  )
  for (let i = 0; i < Math.min(excluded, 200); i++) texts.push(`other${i}`.padEnd(Math.min(min, 1000), 'x'))
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  for (const letter of letters) texts.push(letter.repeat(Math.min(long, 1000)))
  return texts.filter((text) => text.length >= min || min > 1000)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`))
}
