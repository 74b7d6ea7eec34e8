import { JS } from 'refa'
import { findWord, languageOf } from '../contracts/compare/language.ts'
import type { Random } from './random.ts'

type Element = {
  readonly type: string
  readonly characters?: { readonly ranges: readonly { readonly min: number; readonly max: number }[] }
  readonly alternatives?: readonly Alternative[]
  readonly min?: number
  readonly max?: number
}
type Alternative = { readonly elements: readonly Element[] }

const TRIES = 24

/** A string of `min` to `max` code points that matches every pattern; undefined when none was found. */
export function textOfPatterns(
  patterns: readonly string[],
  { min, max, random }: { min: number; max: number; random: Random },
): string | undefined {
  const checks = patterns.map(regexOf)
  const first = expressionOf(patterns[0]!)
  for (let i = 0; i < (first === undefined ? 0 : TRIES); i++) {
    const text = drawn(first ?? [], random, 1 + (i % 4) * 4)
    const { length } = [...text]
    if (length >= min && length <= max && checks.every((check) => check?.test(text) ?? true)) return text
  }
  const inside = patterns.flatMap((pattern) => languageOf(pattern) ?? [])
  const found = findWord({ inside, outside: [], min, max })
  return found.outcome === 'word' ? found.word : undefined
}

/** As JSON Schema reads patterns (`u`), else as people write them. */
export function regexOf(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      continue
    }
  }
  return undefined
}

function expressionOf(pattern: string): readonly Alternative[] | undefined {
  try {
    return JS.Parser.fromLiteral({ source: pattern, flags: 'u' }).parse({ assertions: 'parse' }).expression
      .alternatives
  } catch {
    return undefined
  }
}

function drawn(alternatives: readonly Alternative[], random: Random, repeats: number): string {
  if (alternatives.length === 0) return ''
  return random
    .pick(alternatives)
    .elements.map((element): string => {
      if (element.type === 'CharacterClass') return character(element, random)
      if (element.type === 'Quantifier') {
        const min = element.min ?? 0
        const count = random.int(min, Math.min(element.max ?? Infinity, min + repeats))
        return Array.from({ length: count }, () => drawn(element.alternatives ?? [], random, repeats)).join(
          '',
        )
      }
      return element.type === 'Alternation' ? drawn(element.alternatives ?? [], random, repeats) : ''
    })
    .join('')
}

/** Printable ASCII where the class has some: failures are read by people. */
function character({ characters }: Element, random: Random): string {
  const ranges = characters?.ranges ?? []
  const plain = ranges
    .map(({ min, max }) => ({ min: Math.max(min, 0x21), max: Math.min(max, 0x7e) }))
    .filter(({ min, max }) => min <= max)
  const from = plain.length > 0 ? plain : ranges
  if (from.length === 0) return ''
  const { min, max } = random.pick(from)
  return String.fromCodePoint(random.int(min, max))
}
