import { ExpressionError, type BinaryOp, type Node } from './expression.ts'
import { tokens, type Token } from './tokens.ts'

/** Binding strength; equals bind from the left. `not` stands between `and` and the comparisons. */
const STRENGTH: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '||': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
}
const NOT_STRENGTH = 3
const COMPARISON = 4

/** Text → tree by precedence climbing. Throws ExpressionError with the offset of what was not expected. */
export function parseExpression(source: string): Node {
  const parser = new Parser(tokens(source))
  const node = parser.expression(0)
  parser.expectEnd()
  return node
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(list: readonly Token[]) {
    this.#tokens = list
  }

  expression(strength: number): Node {
    let left = this.#prefix()
    for (;;) {
      const at = this.#peek().at
      const postfix = strength < COMPARISON ? this.#comparisonWord(left, at) : undefined
      if (postfix) {
        left = postfix
        continue
      }
      const op = this.#operator()
      if (!op || STRENGTH[op] <= strength) return left
      this.#next++
      left = { kind: 'binary', op, left, right: this.expression(STRENGTH[op]), at }
    }
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') throw this.#unexpected('the end')
  }

  #operator(): BinaryOp | undefined {
    const { kind, text: written, quoted } = this.#peek()
    const text = written.toLowerCase()
    if (quoted || (kind !== 'sign' && kind !== 'name') || !Object.hasOwn(STRENGTH, text)) return undefined
    return text as BinaryOp
  }

  /** `is [not] null`, `[not] in (…)`. */
  #comparisonWord(of: Node, at: number): Node | undefined {
    if (this.#word('is')) {
      const negated = this.#word('not')
      if (!this.#word('null')) throw this.#unexpected('null')
      return { kind: 'is-null', of, negated, at }
    }
    const negated = this.#isWord(0, 'not') && this.#isWord(1, 'in')
    if (negated) this.#next++
    if (!this.#word('in')) return undefined
    this.#expect('(')
    return { kind: 'in', of, list: this.#list(')'), negated, at }
  }

  #prefix(): Node {
    const { at } = this.#peek()
    if (this.#word('not')) return { kind: 'unary', op: 'not', of: this.expression(NOT_STRENGTH), at }
    if (this.#sign('-')) return { kind: 'unary', op: '-', of: this.expression(7), at }
    return this.#primary()
  }

  #primary(): Node {
    const token = this.#peek()
    const { at } = token
    switch (token.kind) {
      case 'number':
        this.#next++
        return { kind: 'number', text: token.text, at }
      case 'text':
        this.#next++
        return { kind: 'text', value: token.text, at }
      case 'name':
        return this.#named(token)
      case 'end':
        throw this.#unexpected('a value')
      case 'sign':
        if (this.#sign('(')) {
          const inside = this.expression(0)
          this.#expect(')')
          return inside
        }
        if (this.#sign('{')) return this.#object(at)
        if (this.#sign('[')) return { kind: 'array', items: this.#list(']'), at }
        throw this.#unexpected('a value')
    }
  }

  #named(token: Token): Node {
    const { at } = token
    if (!token.quoted) {
      if (this.#word('true')) return { kind: 'bool', value: true, at }
      if (this.#word('false')) return { kind: 'bool', value: false, at }
      if (this.#word('null')) return { kind: 'null', at }
      if (this.#word('case')) return this.#case(at)
      if (this.#peek(1).text === '(' && this.#peek(1).kind === 'sign') {
        this.#next += 2
        return { kind: 'call', name: token.text.toLowerCase(), args: this.#list(')'), at }
      }
      // interval '2 days', as SQL writes it
      const following = this.#peek(1)
      if (token.text.toLowerCase() === 'interval' && following.kind === 'text') {
        this.#next += 2
        return {
          kind: 'call',
          name: 'interval',
          args: [{ kind: 'text', value: following.text, at: following.at }],
          at,
        }
      }
    }
    return this.#path(at)
  }

  #path(at: number): Node {
    let [name, database] = [this.#name(), undefined as string | undefined]
    const parts: string[] = []
    for (;;) {
      parts.push(name)
      if (this.#sign(':')) {
        // `catalog:products.price`: what stood before the colon was a database
        database = parts.pop()
        if (parts.length > 0) throw this.#unexpected('a database in front')
        name = this.#name()
        continue
      }
      if (!this.#sign('.')) break
      name = this.#name()
    }
    return database === undefined ? { kind: 'path', parts, at } : { kind: 'path', database, parts, at }
  }

  #case(at: number): Node {
    const branches: { when: Node; then: Node }[] = []
    while (this.#word('when')) {
      const when = this.expression(0)
      if (!this.#word('then')) throw this.#unexpected('then')
      branches.push({ when, then: this.expression(0) })
    }
    const otherwise = this.#word('else') ? this.expression(0) : undefined
    if (branches.length === 0 || !this.#word('end'))
      throw this.#unexpected(branches.length === 0 ? 'when' : 'end')
    return { kind: 'case', branches, otherwise, at }
  }

  #object(at: number): Node {
    const members: { key: string; value: Node }[] = []
    if (!this.#sign('}')) {
      do {
        const token = this.#peek()
        if (token.kind !== 'name' && token.kind !== 'text') throw this.#unexpected('a key')
        this.#next++
        const key = token.text
        this.#expect(':')
        if (members.some((member) => member.key === key))
          throw new ExpressionError('expression-syntax', token.at, `the key "${key}" is there twice`)
        members.push({ key, value: this.expression(0) })
      } while (this.#sign(','))
      this.#expect('}')
    }
    return { kind: 'object', members, at }
  }

  #list(close: ')' | ']'): Node[] {
    const items: Node[] = []
    if (this.#sign(close)) return items
    do items.push(this.expression(0))
    while (this.#sign(','))
    this.#expect(close)
    return items
  }

  #name(): string {
    const token = this.#peek()
    if (token.kind !== 'name') throw this.#unexpected('a name')
    this.#next++
    return token.text
  }

  #peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!
  }

  #sign(text: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'sign' || token.text !== text) return false
    this.#next++
    return true
  }

  #word(text: string): boolean {
    if (!this.#isWord(0, text)) return false
    this.#next++
    return true
  }

  #isWord(ahead: number, text: string): boolean {
    const token = this.#peek(ahead)
    return token.kind === 'name' && !token.quoted && token.text.toLowerCase() === text
  }

  #expect(sign: string): void {
    if (!this.#sign(sign)) throw this.#unexpected(`"${sign}"`)
  }

  #unexpected(wanted: string): ExpressionError {
    const { kind, text, at } = this.#peek()
    const found = kind === 'end' ? 'the expression ends' : `found ${JSON.stringify(text)}`
    return new ExpressionError('expression-syntax', at, `${wanted} was expected, ${found}`)
  }
}
