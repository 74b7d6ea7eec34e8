// Patterns as regular languages (refa), so that "is every string of this pattern one of that pattern" has an answer.
// Patterns are not anchored: what does not begin with ^ may begin with anything. Anchors inside groups, look-around
// and back-references are not regular here; they make the answer unknown.

import { DFA, JS, NFA } from 'refa'

export type Language = { readonly nfa: NFA }

const MAX_NODES = 4_000
const known = new Map<string, Language | undefined>()

/** The strings that match a pattern; undefined when that is no regular language we can build. */
export function languageOf(pattern: string): Language | undefined {
  if (!known.has(pattern)) known.set(pattern, build(pattern))
  return known.get(pattern)
}

/** The shortest string of `min` to `max` characters (code points) that is in all of `inside` and none of `outside`. */
export function findWord({
  inside,
  outside,
  min,
  max,
}: {
  readonly inside: readonly Language[]
  readonly outside: readonly Language[]
  readonly min: number
  readonly max: number
}): { outcome: 'word'; word: string } | { outcome: 'none' } | { outcome: 'unknown' } {
  try {
    const parts = inside.map(({ nfa }) => nfa)
    for (const { nfa } of outside) {
      const dfa = DFA.fromFA(nfa, new DFA.LimitedNodeFactory(MAX_NODES))
      dfa.complement()
      parts.push(NFA.fromFA(dfa, new NFA.LimitedNodeFactory(MAX_NODES)))
    }
    if (min > 0 || max !== Infinity) {
      const length = languageOf(`^[^]{${min},${max === Infinity ? '' : max}}$`)
      if (length === undefined) return { outcome: 'unknown' }
      parts.push(length.nfa)
    }
    let all = parts[0]
    if (all === undefined) return { outcome: 'word', word: '' }
    for (const part of parts.slice(1))
      all = NFA.fromIntersection(all, part, new NFA.LimitedNodeFactory(MAX_NODES))
    for (const sets of all.wordSets())
      return { outcome: 'word', word: String.fromCodePoint(...sets.map(({ ranges }) => readable(ranges))) }
    return { outcome: 'none' }
  } catch {
    // Too many states: no answer within reason.
    return { outcome: 'unknown' }
  }
}

function build(pattern: string): Language | undefined {
  try {
    const parser = JS.Parser.fromLiteral({ source: pattern, flags: 'u' })
    const { expression, maxCharacter } = parser.parse({ assertions: 'parse' })
    const everything = JS.Parser.fromLiteral({ source: '[^]*', flags: 'u' }).parse().expression
    const loop = everything.alternatives[0]!.elements
    for (const alternative of expression.alternatives) {
      const { elements } = alternative
      const [first, last] = [elements[0], elements.at(-1)]
      if (first?.type === 'Assertion' && first.kind === 'behind' && isEdge(first)) elements.shift()
      else elements.unshift(...loop)
      if (last?.type === 'Assertion' && last.kind === 'ahead' && isEdge(last)) elements.pop()
      else elements.push(...loop)
    }
    const factory = new NFA.LimitedNodeFactory(MAX_NODES)
    return { nfa: NFA.fromRegex(expression, { maxCharacter }, { assertions: 'throw' }, factory) }
  } catch {
    return undefined
  }
}

/** `^` and `$` come as "no character before" and "no character after". */
function isEdge(assertion: {
  negate: boolean
  alternatives: readonly { elements: readonly unknown[] }[]
}): boolean {
  if (!assertion.negate || assertion.alternatives.length !== 1) return false
  const [only, ...more] = assertion.alternatives[0]!.elements as {
    type: string
    characters?: { isAll: boolean }
  }[]
  return more.length === 0 && only?.type === 'CharacterClass' && only.characters?.isAll === true
}

const READABLE: readonly [number, number][] = [
  [0x61, 0x7a],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x20, 0x7e],
].map(([from, to]) => [from!, to!])

/** A character people can read, if the ranges hold one. */
function readable(ranges: readonly { readonly min: number; readonly max: number }[]): number {
  for (const [from, to] of READABLE)
    for (const { min, max } of ranges) if (min <= to && max >= from) return Math.max(min, from)
  return ranges[0]!.min
}
