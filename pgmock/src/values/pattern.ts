// `pattern`: text that matches a small regular expression, by counting. Every pattern has a size, and each number below
// it names one text; so a unique column is a permutation of the numbers.

import { below, mix } from '../bytes/hash.ts'
import { plainCell } from './cell.ts'
import { TEXT_KINDS, type Generator } from './generator.ts'
import { TEXT } from './value-type.ts'

type Node = { readonly size: number; readonly maxChars: number; at(index: number): string }

export class PatternError extends Error {}

/** Literals, `.`, classes, `\d \w \s`, groups, alternatives, `?`, `{n}`, `{n,m}`, and `*` `+` up to eight times. */
export function parsePattern(text: string): Node {
  const parser = new Parser(text.replace(/^\^/, '').replace(/\$$/, ''))
  const node = parser.alternatives()
  if (!parser.atEnd) throw new PatternError(`unexpected "${parser.rest}"`)
  return node
}

const DIGITS = Array.from('0123456789')
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
const WORD = [...LETTERS, ...LETTERS.map((letter) => letter.toUpperCase()), ...DIGITS, '_']

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  get rest(): string {
    return this.#text.slice(this.#at)
  }

  alternatives(): Node {
    const branches = [this.#sequence()]
    while (this.#take('|')) branches.push(this.#sequence())
    return branches.length === 1 ? branches[0]! : choice(branches)
  }

  #sequence(): Node {
    const items: Node[] = []
    while (!this.atEnd && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')')
      items.push(this.#repeated())
    return sequence(items)
  }

  #repeated(): Node {
    const node = this.#atom()
    if (this.#take('?')) return repeat(node, 0, 1)
    if (this.#take('*')) return this.#lazily(repeat(node, 0, 8))
    if (this.#take('+')) return this.#lazily(repeat(node, 1, 8))
    const counts = /^\{(\d+)(?:,(\d*))?\}/.exec(this.rest)
    if (!counts) return node
    this.#at += counts[0].length
    const min = Number(counts[1])
    const max = counts[2] === undefined ? min : counts[2] === '' ? min + 8 : Number(counts[2])
    if (max < min || max > 1000) throw new PatternError(`bad count ${counts[0]}`)
    return repeat(node, min, max)
  }

  /** `*?` matches the same texts as `*`. */
  #lazily(node: Node): Node {
    this.#take('?')
    return node
  }

  #atom(): Node {
    if (this.#take('(')) {
      if (/^\?[=!<]/.test(this.rest)) throw new PatternError('looking ahead is not supported')
      this.#take('?:')
      const node = this.alternatives()
      if (!this.#take(')')) throw new PatternError('a group is not closed')
      return node
    }
    if (this.#take('[')) return this.#characterClass()
    const char = Array.from(this.rest)[0]!
    if ('*+?{)'.includes(char)) throw new PatternError(`nothing to repeat before "${char}"`)
    this.#at += char.length
    if (char === '^' || char === '$') return sequence([])
    if (char === '.') return oneOf(WORD.slice(0, -1))
    return char === '\\' ? oneOf(this.#escaped()) : oneOf([char])
  }

  #escaped(): readonly string[] {
    const char = this.#text[this.#at++]
    if (char === undefined) throw new PatternError('a backslash at the end')
    if (char === 'd') return DIGITS
    if (char === 'w') return WORD
    if (char === 's') return [' ']
    if (char === 'D') return LETTERS
    if (char === 'W') return ['-', '.', '/']
    if (char === 'S') return WORD
    if (/[a-z0-9]/i.test(char)) throw new PatternError(`\\${char} is not supported`)
    return [char]
  }

  #characterClass(): Node {
    const found: string[] = []
    const negated = this.#take('^')
    // A bracket that comes first stands for itself.
    if (this.#take(']')) found.push(']')
    while (!this.#take(']')) {
      if (this.atEnd) throw new PatternError('a class is not closed')
      const from = this.#take('\\') ? this.#escaped() : [this.#text[this.#at++]!]
      if (from.length === 1 && /^-[^\]]/.test(this.rest)) {
        const to = this.#text[this.#at + 1]!
        this.#at += 2
        for (let code = from[0]!.charCodeAt(0); code <= to.charCodeAt(0); code++)
          found.push(String.fromCharCode(code))
      } else found.push(...from)
    }
    if (negated) return oneOf(others(found))
    if (found.length === 0) throw new PatternError('an empty class')
    return oneOf([...new Set(found)])
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

/** What a negated class leaves of letters and digits. */
function others(excluded: readonly string[]): string[] {
  const left = [...LETTERS, ...DIGITS].filter((char) => !excluded.includes(char))
  const rest =
    left.length > 0 ? left : ['-', '_', '.', '+', 'A', 'Z'].filter((char) => !excluded.includes(char))
  if (rest.length === 0) throw new PatternError('a negated class that leaves nothing')
  return rest
}

function oneOf(chars: readonly string[]): Node {
  return { size: chars.length, maxChars: 1, at: (index) => chars[index]! }
}

function sequence(items: readonly Node[]): Node {
  return {
    size: items.reduce((product, { size }) => product * size, 1),
    maxChars: items.reduce((sum, { maxChars }) => sum + maxChars, 0),
    at(index) {
      let text = ''
      let rest = index
      for (let i = items.length - 1; i >= 0; i--) {
        const item = items[i]!
        text = item.at(rest % item.size) + text
        rest = Math.floor(rest / item.size)
      }
      return text
    },
  }
}

function choice(branches: readonly Node[]): Node {
  return {
    size: branches.reduce((sum, { size }) => sum + size, 0),
    maxChars: Math.max(...branches.map(({ maxChars }) => maxChars)),
    at(index) {
      let rest = index
      for (const branch of branches) {
        if (rest < branch.size) return branch.at(rest)
        rest -= branch.size
      }
      throw new RangeError(`pattern index ${index}`)
    },
  }
}

function repeat(node: Node, min: number, max: number): Node {
  const counts = Array.from({ length: max - min + 1 }, (_, i) =>
    sequence(Array.from({ length: min + i }, () => node)),
  )
  return counts.length === 1 ? counts[0]! : choice(counts)
}

const LARGEST = 2 ** 52

export const patternGenerators: readonly Generator[] = [
  {
    name: 'pattern',
    family: 'basic',
    summary: 'Text that matches the regular expression `pattern`',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: { pattern: { kind: 'text', summary: 'literals, classes, groups, alternatives, counts' } },
    make: (context) => {
      const node = parsedOrRefused(context.text('pattern') ?? '', (message) =>
        context.refuse('bad-pattern', `pattern: ${message}`),
      )
      const { maxChars } = node
      const size = Math.min(node.size, LARGEST)
      if (context.unique) {
        if (size < context.rows)
          context.refuse(
            'unique-space-too-small',
            `the pattern has ${size} different texts for ${context.rows} unique rows`,
            'Make the pattern longer, or lower rowCount.',
          )
        const index = context.permuted(size)
        return plainCell(TEXT, (row) => node.at(index(row)), maxChars)
      }
      const draw = context.draw()
      // 52 bits from two draws, scaled: patterns are often larger than one draw.
      return plainCell(
        TEXT,
        (row) => {
          const high = draw(row)
          const low = mix(high, 0x9e3779b9, 0x7f4a7c15)
          return node.at(Math.floor(((high * 0x10_0000 + below(low, 0x10_0000)) / LARGEST) * size))
        },
        maxChars,
      )
    },
  },
]

function parsedOrRefused(text: string, refuse: (message: string) => never): Node {
  try {
    return parsePattern(text)
  } catch (error) {
    if (error instanceof PatternError) return refuse(error.message)
    throw error
  }
}
