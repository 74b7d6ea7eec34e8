// Strict JSON (RFC 8259) with positions. JSON.parse stops at the first fault and names an offset; people edit
// these files by hand, so we step over the usual slips (comments, trailing commas, a doubled key), report all
// of them, and give up only where the meaning is lost.
//
// Codes: json-syntax, json-comment, json-trailing-comma, duplicate-key, byte-order-mark, too-deep, empty-document.

import type { OffsetProblem, Parsed, Place } from './document.ts'

/** Deeper than any document written by hand, far from the end of the stack. */
const MAX_DEPTH = 500

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[\w$+.-]+/y
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y // oxlint-disable-line no-control-regex -- JSON forbids exactly these
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Thrown and caught in this file: the rest of the text has no certain meaning. */
class Unreadable extends Error {}

export function parseJson(text: string): Parsed {
  const reader = new JsonReader(text)
  try {
    const place: Place = { keyOffset: 0, valueOffset: 0 }
    const value = reader.readDocument(place)
    return { value, place, problems: reader.problems }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { value: undefined, place: undefined, problems: reader.problems }
  }
}

class JsonReader {
  readonly problems: OffsetProblem[] = []
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  readDocument(place: Place): unknown {
    if (this.#text.startsWith('\uFEFF')) {
      this.#report(
        'byte-order-mark',
        0,
        'The file starts with a byte order mark, which JSON does not allow.',
        {
          hint: 'Save it as "UTF-8" instead of "UTF-8 with BOM".',
        },
      )
      this.#at = 1
    }
    this.#skipSpace()
    if (this.#at === this.#text.length) this.#give('empty-document', this.#at, 'The file is empty.')
    const value = this.#readValue(place)
    place.keyOffset = place.valueOffset
    this.#skipSpace()
    if (this.#at < this.#text.length)
      this.#give(
        'json-syntax',
        this.#at,
        `Nothing may follow the end of the document, found ${this.#here()}.`,
      )
    return value
  }

  #readValue(place: Place): unknown {
    place.valueOffset = this.#at
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#readObject(place))
      case '[':
        return this.#nested(() => this.#readArray(place))
      case '"':
        return this.#readString()
      default:
        return this.#readLiteral()
    }
  }

  #nested<Value>(read: () => Value): Value {
    if (++this.#depth > MAX_DEPTH)
      this.#give('too-deep', this.#at, `Nested more than ${MAX_DEPTH} levels deep.`)
    const value = read()
    this.#depth--
    return value
  }

  #readObject(place: Place): Record<string, unknown> {
    const start = this.#at++
    const object: Record<string, unknown> = {}
    const children = (place.children = new Map<string, Place>())
    let comma = -1
    for (;;) {
      this.#skipSpace()
      if (this.#closes('}', comma)) return object
      if (children.size > 0 && comma === -1)
        this.#give(
          'json-syntax',
          this.#at,
          this.#atEnd()
            ? 'The object that starts here is never closed.'
            : `Expected a comma or } here, found ${this.#here()}.`,
          this.#atEnd() ? { offset: start } : {},
        )
      const keyOffset = this.#at
      const key = this.#readKey(start)
      this.#skipSpace()
      if (this.#text[this.#at] !== ':')
        this.#give('json-syntax', this.#at, `Expected a colon after "${key}", found ${this.#here()}.`)
      this.#at++
      this.#skipSpace()
      const child: Place = { keyOffset, valueOffset: this.#at }
      const value = this.#readValue(child)
      if (children.has(key))
        this.#report('duplicate-key', keyOffset, `"${key}" is written twice in the same object.`, {
          hint: 'Remove one of them; most programs silently keep the last.',
        })
      children.set(key, child)
      setMember(object, key, value)
      this.#skipSpace()
      comma = this.#takeComma()
    }
  }

  #readArray(place: Place): unknown[] {
    const start = this.#at++
    const items: unknown[] = []
    const children = (place.children = new Map<string, Place>())
    let comma = -1
    for (;;) {
      this.#skipSpace()
      if (this.#closes(']', comma)) return items
      if (this.#atEnd()) this.#give('json-syntax', start, 'The array that starts here is never closed.')
      if (items.length > 0 && comma === -1)
        this.#give('json-syntax', this.#at, `Expected a comma or ] here, found ${this.#here()}.`)
      const child: Place = { keyOffset: this.#at, valueOffset: this.#at }
      const value = this.#readValue(child)
      children.set(String(items.length), child)
      items.push(value)
      this.#skipSpace()
      comma = this.#takeComma()
    }
  }

  /** Offset of the comma taken, -1 without one. */
  #takeComma(): number {
    return this.#text[this.#at] === ',' ? this.#at++ : -1
  }

  #closes(bracket: '}' | ']', comma: number): boolean {
    if (this.#text[this.#at] !== bracket) return false
    if (comma !== -1)
      this.#report('json-trailing-comma', comma, `JSON allows no comma before ${bracket}.`, {
        hint: 'Remove the comma.',
      })
    this.#at++
    return true
  }

  #readKey(objectStart: number): string {
    const char = this.#text[this.#at]
    if (char === '"') return this.#readString()
    if (this.#atEnd()) this.#give('json-syntax', objectStart, 'The object that starts here is never closed.')
    const word = this.#match(WORD)
    return this.#give(
      'json-syntax',
      this.#at,
      `Expected a key in double quotes, found ${this.#here()}.`,
      word === '' ? {} : { hint: `Write "${word}" in double quotes.` },
    )
  }

  #readString(): string {
    const start = this.#at++
    let out = ''
    for (;;) {
      const plain = this.#match(PLAIN_TEXT)
      out += plain
      this.#at += plain.length
      const char = this.#text[this.#at]
      if (char === '"') {
        this.#at++
        return out
      }
      if (char === '\\') out += this.#readEscape()
      else if (char === undefined || char === '\n' || char === '\r')
        this.#give('json-syntax', start, 'The text that starts here has no closing quote on its line.')
      else {
        const code = char.charCodeAt(0).toString(16).padStart(4, '0')
        this.#give('json-syntax', this.#at, `A control character must be written as \\u${code}.`)
      }
    }
  }

  #readEscape(): string {
    const letter = this.#text[this.#at + 1] ?? ''
    const simple = ESCAPES[letter]
    if (simple !== undefined) {
      this.#at += 2
      return simple
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6)
    if (letter !== 'u' || !/^[\da-f]{4}$/i.test(hex))
      this.#give('json-syntax', this.#at, `JSON has no escape \\${letter === 'u' ? `u${hex}` : letter}.`, {
        hint: String.raw`Write a backslash as \\.`,
      })
    this.#at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  #readLiteral(): unknown {
    const word = this.#match(WORD)
    if (word === 'true' || word === 'false' || word === 'null') {
      this.#at += word.length
      return word === 'null' ? null : word === 'true'
    }
    const number = this.#match(NUMBER)
    if (number !== '' && number === word) {
      this.#at += number.length
      return Number(number)
    }
    if (this.#atEnd())
      return this.#give('json-syntax', this.#at, 'Expected a value, found the end of the file.')
    return this.#give(
      'json-syntax',
      this.#at,
      `Expected a value, found ${this.#here()}.`,
      literalHint(word, this.#text[this.#at] ?? ''),
    )
  }

  /** White space, and comments, which are reported. */
  #skipSpace(): void {
    for (;;) {
      const char = this.#text[this.#at]
      if (char === ' ' || char === '\n' || char === '\r' || char === '\t') this.#at++
      else if (char === '#' || (char === '/' && '/*'.includes(this.#text[this.#at + 1] ?? '.')))
        this.#skipComment()
      else return
    }
  }

  #skipComment(): void {
    const start = this.#at
    const block = this.#text.startsWith('/*', start)
    const end = this.#text.indexOf(block ? '*/' : '\n', start)
    this.#at = end === -1 ? this.#text.length : end + (block ? 2 : 0)
    this.#report('json-comment', start, 'JSON has no comments.', {
      hint: 'Remove the comment, or put it into a "description" member.',
    })
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0] ?? ''
  }

  #atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** What stands at the current offset, as messages show it. */
  #here(): string {
    if (this.#atEnd()) return 'the end of the file'
    const word = this.#match(WORD)
    return word === '' ? String.fromCodePoint(this.#text.codePointAt(this.#at)!) : `"${word.slice(0, 30)}"`
  }

  #report(code: string, offset: number, message: string, more: { hint?: string } = {}): void {
    this.problems.push({ code, offset, message, ...more })
  }

  #give(code: string, offset: number, message: string, more: { hint?: string; offset?: number } = {}): never {
    this.problems.push({ code, offset, message, ...more })
    throw new Unreadable(message)
  }
}

function literalHint(word: string, char: string): { hint?: string } {
  if (char === "'") return { hint: 'JSON text stands in double quotes.' }
  if (/^(?:NaN|[+-]?Infinity|undefined)$/.test(word)) return { hint: 'JSON has no such number; write null.' }
  if (/^(?:True|False|None|TRUE|FALSE|NULL|Null)$/.test(word))
    return { hint: `Write ${word === 'None' ? 'null' : word.toLowerCase()}.` }
  if (/^[+-]?\.?\d/.test(word))
    return { hint: 'A JSON number has no plus sign, no leading zero, and digits on both sides of its point.' }
  return /^[A-Za-z_]/.test(word) ? { hint: `Write "${word}" in double quotes if it is text.` } : {}
}

/** Plain assignment of `__proto__` would change the prototype instead of adding a member. */
function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}
