// Texts that match a regular expression: the pattern is read by refa's parser and walked with dice. Look-arounds are
// passed over and every text is tried against the pattern itself; where dice do not get there, the automaton does.

import { JS } from 'refa'
import { compilePattern } from '../contracts/compile-pattern.ts'
import { findWord, languageOf, type Language } from '../contracts/compare/language.ts'
import type { Random } from './random.ts'

export type Lengths = { readonly min: number; readonly max: number }

/** A text that matches all patterns and has so many characters (code points); undefined when none was found. */
export function patternText(
  patterns: readonly string[],
  { min, max }: Lengths,
  random: Random,
): string | undefined {
  const expression = parsed(patterns[0] ?? '')
  const regexes = patterns.map(compilePattern)
  const fits = (text: string) =>
    isWithin(text, min, max) && regexes.every((regex) => regex?.test(text) !== false)
  if (expression !== undefined) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      // Longer repeats at every second try: the pattern may need them to reach the least length.
      const more = attempt % 2 === 0 ? 4 : Math.min(Math.max(min, 12), 200)
      const text = walk(expression, random, more)
      if (fits(text)) return text
      if (text.length < min && fits(text.padEnd(min, 'x'))) return text.padEnd(min, 'x')
    }
  }
  const languages = patterns.map(languageOf)
  if (languages.includes(undefined)) return undefined
  const found = findWord({ inside: languages as Language[], outside: [], min, max })
  return found.outcome === 'word' && fits(found.word) ? found.word : undefined
}

const TRIES = 24

export function isWithin(text: string, min: number, max: number): boolean {
  if (text.length < min) return false
  if (text.length <= max && min === 0) return true
  const length = [...text].length
  return length >= min && length <= max
}

type Expression = ReturnType<JS.Parser['parse']>['expression']
type Elements = Expression['alternatives'][number]['elements']
type Parts = { readonly alternatives: readonly { readonly elements: Elements }[] }

const known = new Map<string, Expression | undefined>()

function parsed(pattern: string): Expression | undefined {
  if (!known.has(pattern)) known.set(pattern, parse(pattern))
  return known.get(pattern)
}

function parse(source: string): Expression | undefined {
  for (const flags of ['u', '']) {
    try {
      return JS.Parser.fromLiteral({ source, flags }).parse({ assertions: 'parse' }).expression
    } catch {
      // tried again without Unicode mode, which is stricter about escapes
    }
  }
  return undefined
}

function walk({ alternatives }: Parts, random: Random, more: number): string {
  if (alternatives.length === 0) return ''
  return random
    .pick(alternatives)
    .elements.map((element) => {
      switch (element.type) {
        case 'CharacterClass':
          return characterOf(element.characters.ranges, random)
        case 'Alternation':
          return walk(element, random, more)
        case 'Quantifier': {
          const most = Math.min(element.max, element.min + more)
          let text = ''
          for (let i = random.between(element.min, most); i > 0; i--) text += walk(element, random, more)
          return text
        }
        default:
          return '' // assertions take no characters
      }
    })
    .join('')
}

const READABLE: readonly (readonly [number, number])[] = [
  [0x61, 0x7a],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x20, 0x7e],
]

function characterOf(
  ranges: readonly { readonly min: number; readonly max: number }[],
  random: Random,
): string {
  // Mostly small letters where they are allowed; now and then others, which a look-ahead may insist on.
  const first = random.between(0, 3) === 0 ? random.between(0, 2) : 0
  for (const [from, to] of [...READABLE.slice(first), ...READABLE]) {
    const within = ranges.filter(({ min, max }) => min <= to && max >= from)
    if (within.length === 0) continue
    const { min, max } = random.pick(within)
    return String.fromCodePoint(random.between(Math.max(min, from), Math.min(max, to)))
  }
  return ranges.length === 0 ? '' : String.fromCodePoint(ranges[0]!.min)
}
