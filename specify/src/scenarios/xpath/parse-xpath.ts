import { EvaluationProblem } from '../hurl/value.ts'

export type Axis =
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'following'
  | 'following-sibling'
  | 'parent'
  | 'preceding'
  | 'preceding-sibling'
  | 'self'

export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string | undefined; readonly local: string }
  | { readonly kind: 'type'; readonly type: 'node' | 'text' | 'comment' | 'processing-instruction' }

export type Step = { readonly axis: Axis; readonly test: NodeTest; readonly predicates: readonly XPath[] }

/** An expression of XPath 1.0. */
export type XPath =
  | { readonly kind: 'path'; readonly start: 'root' | 'here' | XPath; readonly steps: readonly Step[] }
  | { readonly kind: 'filter'; readonly base: XPath; readonly predicates: readonly XPath[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: XPath; readonly right: XPath }
  | { readonly kind: 'negate'; readonly operand: XPath }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly XPath[] }

const AXES: ReadonlySet<string> = new Set(
  'ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling parent preceding preceding-sibling self'.split(
    ' ',
  ),
)
const TYPES: ReadonlySet<string> = new Set(['node', 'text', 'comment', 'processing-instruction'])
const EVERYTHING: Step = {
  axis: 'descendant-or-self',
  test: { kind: 'type', type: 'node' },
  predicates: [],
}

const LEXEME =
  /\s*(?:(\d+(?:\.\d*)?|\.\d+)|"([^"]*)"|'([^']*)'|(\/\/|::|\.\.|!=|<=|>=|[/()[\]@,|+=<>.*$-])|([\p{L}_][\p{L}\p{N}_.-]*(?::(?!:)(?:\*|[\p{L}_][\p{L}\p{N}_.-]*))?))/uy

type Token = { readonly kind: 'number' | 'string' | 'sign' | 'name' | 'end'; readonly text: string }

/** Reads an expression of XPath 1.0 (W3C, 1999). Throws EvaluationProblem. */
export function parseXPath(source: string): XPath {
  const parser = new Parser(tokens(source), source)
  const expression = parser.binary(0)
  parser.expect('end', '')
  return expression
}

function tokens(source: string): Token[] {
  const list: Token[] = []
  LEXEME.lastIndex = 0
  while (source.slice(LEXEME.lastIndex).trim() !== '') {
    const at = LEXEME.lastIndex
    const match = LEXEME.exec(source)
    if (match === null)
      throw new EvaluationProblem(`"${source}" is not XPath: character ${at + 1} fits nowhere`)
    const [, number, double, single, sign, name] = match
    if (number !== undefined) list.push({ kind: 'number', text: number })
    else if (sign !== undefined) list.push({ kind: 'sign', text: sign })
    else if (name !== undefined) list.push({ kind: 'name', text: name })
    else list.push({ kind: 'string', text: double ?? single ?? '' })
  }
  return [...list, { kind: 'end', text: '' }]
}

// From the loosest to the tightest.
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
]

class Parser {
  readonly #tokens: readonly Token[]
  readonly #source: string
  #at = 0
  #depth = 0

  constructor(list: readonly Token[], source: string) {
    this.#tokens = list
    this.#source = source
  }

  /** After a whole operand `*`, `and`, `div` … are operators, elsewhere names: the grammar needs no more than that. */
  binary(level: number): XPath {
    const operators = LEVELS[level]
    if (operators === undefined) return this.#unary()
    let left = this.binary(level + 1)
    for (;;) {
      const { kind, text } = this.#next()
      if ((kind !== 'sign' && kind !== 'name') || !operators.includes(text)) return left
      this.#at++
      left = { kind: 'binary', operator: text, left, right: this.binary(level + 1) }
    }
  }

  expect(kind: Token['kind'], text: string): void {
    if (this.#take(kind, text)) return
    const found = this.#next()
    throw this.#problem(
      `expected ${text === '' ? 'its end' : `"${text}"`}, found ${found.text === '' ? 'its end' : `"${found.text}"`}`,
    )
  }

  #unary(): XPath {
    if (this.#take('sign', '-')) return { kind: 'negate', operand: this.#unary() }
    let left = this.#path()
    while (this.#take('sign', '|')) left = { kind: 'binary', operator: '|', left, right: this.#path() }
    return left
  }

  #path(): XPath {
    if (this.#take('sign', '/'))
      return { kind: 'path', start: 'root', steps: this.#startsStep() ? this.#steps() : [] }
    if (this.#take('sign', '//'))
      return { kind: 'path', start: 'root', steps: [EVERYTHING, ...this.#steps()] }
    const base = this.#primary()
    if (base === undefined) return { kind: 'path', start: 'here', steps: this.#steps() }
    const predicates = this.#predicates()
    const filtered: XPath = predicates.length === 0 ? base : { kind: 'filter', base, predicates }
    if (this.#take('sign', '/')) return { kind: 'path', start: filtered, steps: this.#steps() }
    if (this.#take('sign', '//'))
      return { kind: 'path', start: filtered, steps: [EVERYTHING, ...this.#steps()] }
    return filtered
  }

  #primary(): XPath | undefined {
    const { kind, text } = this.#next()
    if (kind === 'number' || kind === 'string') {
      this.#at++
      return { kind: 'literal', value: kind === 'number' ? Number(text) : text }
    }
    if (kind === 'sign' && text === '(') {
      this.#at++
      if (++this.#depth > 100) throw this.#problem('it is nested deeper than 100 levels')
      const inner = this.binary(0)
      this.expect('sign', ')')
      return inner
    }
    if (kind === 'sign' && text === '$') throw this.#problem('variables are written {{name}} in Hurl')
    if (kind !== 'name' || this.#tokens[this.#at + 1]?.text !== '(' || TYPES.has(text)) return undefined
    this.#at += 2
    const args: XPath[] = []
    while (!this.#take('sign', ')')) {
      if (args.length > 0) this.expect('sign', ',')
      args.push(this.binary(0))
    }
    return { kind: 'call', name: text, args }
  }

  #steps(): Step[] {
    const steps = [this.#step()]
    for (;;) {
      if (this.#take('sign', '//')) steps.push(EVERYTHING, this.#step())
      else if (this.#take('sign', '/')) steps.push(this.#step())
      else return steps
    }
  }

  #startsStep(): boolean {
    const { kind, text } = this.#next()
    return kind === 'name' || (kind === 'sign' && ['*', '@', '.', '..'].includes(text))
  }

  #step(): Step {
    if (this.#take('sign', '.')) return { axis: 'self', test: EVERYTHING.test, predicates: [] }
    if (this.#take('sign', '..')) return { axis: 'parent', test: EVERYTHING.test, predicates: [] }
    let axis: Axis = 'child'
    if (this.#take('sign', '@')) axis = 'attribute'
    else if (this.#tokens[this.#at + 1]?.text === '::') {
      const name = this.#next().text
      if (!AXES.has(name)) throw this.#problem(`"${name}" is no axis`)
      axis = name as Axis // Sound: it is one of them.
      this.#at += 2
    }
    return { axis, test: this.#test(), predicates: this.#predicates() }
  }

  #test(): NodeTest {
    if (this.#take('sign', '*')) return { kind: 'name', prefix: undefined, local: '*' }
    const { kind, text } = this.#next()
    if (kind !== 'name')
      throw this.#problem(`expected a name, found ${text === '' ? 'its end' : `"${text}"`}`)
    this.#at++
    if (TYPES.has(text) && this.#take('sign', '(')) {
      if (this.#next().kind === 'string') this.#at++
      this.expect('sign', ')')
      return { kind: 'type', type: text as 'node' | 'text' } // Sound: it is one of them.
    }
    const colon = text.indexOf(':')
    return colon === -1
      ? { kind: 'name', prefix: undefined, local: text }
      : { kind: 'name', prefix: text.slice(0, colon), local: text.slice(colon + 1) }
  }

  #predicates(): XPath[] {
    const list: XPath[] = []
    while (this.#take('sign', '[')) {
      if (++this.#depth > 100) throw this.#problem('it is nested deeper than 100 levels')
      list.push(this.binary(0))
      this.expect('sign', ']')
    }
    return list
  }

  #next(): Token {
    return this.#tokens[this.#at]!
  }

  #take(kind: Token['kind'], text: string): boolean {
    const next = this.#next()
    if (next.kind !== kind || next.text !== text) return false
    if (kind !== 'end') this.#at++
    return true
  }

  #problem(what: string): EvaluationProblem {
    return new EvaluationProblem(`"${this.#source}" is not XPath: ${what}`)
  }
}
