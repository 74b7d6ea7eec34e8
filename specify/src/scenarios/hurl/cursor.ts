import type { Place } from './model.ts'

/** What the parser stops at: the place, what it wanted, and a hint. Never leaves parse.ts. */
export class SyntaxProblem extends Error {
  readonly place: Place
  readonly hint: string | undefined
  readonly unsupported: boolean

  constructor(message: string, place: Place, hint?: string, { unsupported = false } = {}) {
    super(message)
    this.place = place
    this.hint = hint
    this.unsupported = unsupported
  }
}

/** Where we are in the text of a block. Lines and columns are counted from those of the first
 * character, so places point into the file. */
export class Cursor {
  readonly text: string
  at = 0
  readonly #firstLine: number
  readonly #firstColumn: number
  readonly #lineStarts: readonly number[]

  constructor(text: string, firstLine: number, firstColumn: number) {
    this.text = text
    this.#firstLine = firstLine
    this.#firstColumn = firstColumn
    this.#lineStarts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  get char(): string {
    return this.text[this.at] ?? ''
  }

  place(at: number = this.at): Place {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStarts[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: this.#firstLine + low, column: at - this.#lineStarts[low]! + this.#firstColumn }
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  /** Moves over `text` if it comes next. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false
    this.at += text.length
    return true
  }

  /** Moves over a match of a sticky (`y`) pattern. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    const match = this.peek(sticky)
    if (match) this.at += match[0].length
    return match
  }

  peek(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at
    return sticky.exec(this.text) ?? undefined
  }

  skipSpaces(): void {
    while (this.char === ' ' || this.char === '\t') this.at++
  }

  /** Spaces, comments and line ends. */
  skipBlank(): void {
    this.match(/(?:[ \t\r\n]|#[^\n]*)*/y)
  }

  /** Nothing but a comment may follow on this line. */
  endLine(expected: string): void {
    this.match(/[ \t]*(?:#[^\n]*)?\r?(?=\n|$)/y)
    if (this.done || this.take('\n')) return
    this.skipSpaces()
    throw this.problem(`expected ${expected}, found ${this.found()}`)
  }

  /** The next word or character, as a message shows it. */
  found(): string {
    if (this.done) return 'the end of the block'
    if (this.char === '\n' || this.char === '\r') return 'the end of the line'
    return `"${this.peek(/[^\s:]{1,30}/y)?.[0] ?? this.char}"`
  }

  problem(message: string, hint?: string, at: number = this.at): SyntaxProblem {
    return new SyntaxProblem(message, this.place(at), hint)
  }

  unsupported(message: string, hint?: string, at: number = this.at): SyntaxProblem {
    return new SyntaxProblem(message, this.place(at), hint, { unsupported: true })
  }
}
