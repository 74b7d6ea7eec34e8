import type { JsonPath, Operand, Segment, Selector, Test } from './jsonpath.ts'

/** Thrown by `parseJsonPath`; `offset` counts UTF-16 units from the start of the path. */
export class JsonPathProblem extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Throws JsonPathProblem. */
export function parseJsonPath(text: string): JsonPath {
  const parser = new Parser(text)
  const path = parser.path()
  parser.end()
  return path
}

const FUNCTIONS: Readonly<Record<string, number>> = { length: 1, count: 1, match: 2, search: 2 }
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  path(): JsonPath {
    if (!this.#take('$')) throw this.#problem('a JSONPath begins with "$"')
    return { segments: this.#segments() }
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#problem(`unexpected "${this.#text[this.#at]}"`)
  }

  #segments(): Segment[] {
    const segments: Segment[] = []
    for (;;) {
      const start = this.#at
      this.#space()
      if (this.#take('..')) {
        const selectors = this.#peek('[') ? this.#brackets() : [this.#wildcard() ?? this.#shortName()]
        segments.push({ descendants: true, selectors })
      } else if (this.#take('.'))
        segments.push({ descendants: false, selectors: [this.#wildcard() ?? this.#shortName()] })
      else if (this.#peek('[')) segments.push({ descendants: false, selectors: this.#brackets() })
      else {
        this.#at = start
        return segments
      }
    }
  }

  #wildcard(): Selector | undefined {
    return this.#take('*') ? { kind: 'wildcard' } : undefined
  }

  /** Letters beyond RFC 9535's `-`: Hurl reads `$.user-id` too. */
  #shortName(): Selector {
    const name = this.#match(/[\p{L}_$@][\p{L}\p{N}_$@-]*/uy)
    if (name === undefined) throw this.#problem('expected a property name')
    return { kind: 'name', name }
  }

  #brackets(): Selector[] {
    this.#take('[')
    const selectors: Selector[] = []
    do {
      this.#space()
      selectors.push(this.#selector())
      this.#space()
    } while (this.#take(','))
    if (!this.#take(']')) throw this.#problem('expected "]"')
    return selectors
  }

  #selector(): Selector {
    if (this.#take('*')) return { kind: 'wildcard' }
    if (this.#take('?')) return { kind: 'filter', test: this.#or() }
    if (this.#peek('"') || this.#peek("'")) return { kind: 'name', name: this.#string() }
    const slice = this.#match(/-?\d*\s*:\s*(?:-?\d+)?(?:\s*:\s*(?:-?\d+)?)?/y)
    if (slice !== undefined) {
      const [from, to, step] = slice.split(':').map((part) => (part.trim() === '' ? undefined : Number(part)))
      return { kind: 'slice', from, to, step: step ?? 1 }
    }
    const index = this.#match(/-?\d+/y)
    if (index === undefined) throw this.#problem('expected a quoted name, an index, "*", a slice or "?"')
    return { kind: 'index', index: Number(index) }
  }

  #or(): Test {
    const tests = [this.#and()]
    while (this.#operator('||')) tests.push(this.#and())
    return tests.length === 1 ? tests[0]! : { kind: 'or', tests }
  }

  #and(): Test {
    const tests = [this.#basic()]
    while (this.#operator('&&')) tests.push(this.#basic())
    return tests.length === 1 ? tests[0]! : { kind: 'and', tests }
  }

  #basic(): Test {
    if (this.#operator('!')) return { kind: 'not', test: this.#basic() }
    if (this.#operator('(')) {
      const test = this.#or()
      if (!this.#operator(')')) throw this.#problem('expected ")"')
      return test
    }
    const start = this.#at
    const left = this.#operand()
    this.#space()
    const operator = this.#match(/==|!=|<=|>=|<|>/y)
    if (operator !== undefined) return { kind: 'compare', operator, left, right: this.#operand() }
    if (left.kind === 'literal') {
      this.#at = start
      throw this.#problem('a literal alone is no test')
    }
    return { kind: 'exists', operand: left }
  }

  #operand(): Operand {
    this.#space()
    if (this.#peek('@') || this.#peek('$')) {
      const fromRoot = this.#peek('$')
      this.#at++
      return { kind: 'path', fromRoot, path: { segments: this.#segments() } }
    }
    if (this.#peek('"') || this.#peek("'")) return { kind: 'literal', value: this.#string() }
    const number = this.#match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
    if (number !== undefined) return { kind: 'literal', value: Number(number) }
    const word = this.#match(/[a-z]+/y)
    if (word === 'null') return { kind: 'literal', value: null }
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
    if (word === undefined) throw this.#problem('expected a value, "@" or "$"')
    return this.#call(word)
  }

  #call(name: string): Operand {
    const arity = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
    if (arity === undefined || !this.#take('('))
      throw this.#problem(`"${name}" is not a function: ${Object.keys(FUNCTIONS).join(', ')}`)
    const args: Operand[] = []
    do args.push(this.#operand())
    while (this.#operator(','))
    if (!this.#operator(')')) throw this.#problem('expected ")"')
    if (args.length !== arity)
      throw this.#problem(`${name}() takes ${arity} argument${arity === 1 ? '' : 's'}`)
    return { kind: 'call', name, args }
  }

  #string(): string {
    const quote = this.#text[this.#at]!
    const start = this.#at++
    let text = ''
    for (;;) {
      const char = this.#text[this.#at++]
      if (char === undefined) {
        this.#at = start
        throw this.#problem('this name has no closing quote')
      }
      if (char === quote) return text
      if (char !== '\\') text += char
      else text += this.#escape()
    }
  }

  #escape(): string {
    const code = this.#match(/u[0-9a-fA-F]{4}/y)
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    const char = this.#text[this.#at++] ?? ''
    return ESCAPES[char] ?? char
  }

  #operator(text: string): boolean {
    this.#space()
    return this.#take(text)
  }

  #space(): void {
    this.#match(/\s*/y)
  }

  #peek(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false
    this.#at += text.length
    return true
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #problem(message: string): JsonPathProblem {
    return new JsonPathProblem(`${message} at character ${this.#at + 1} of ${this.#text}`, this.#at)
  }
}
