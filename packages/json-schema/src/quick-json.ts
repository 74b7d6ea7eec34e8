// The JSON that machines write, in a fraction of the time: JSON.parse reads it, and where things are is looked up when
// somebody asks, container by container. Text with any fault goes to parse-json.ts, which says what is wrong.

import type { Parsed, Place } from './document.ts'

const MAX_DEPTH = 500
const [TAB, NEWLINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20]
const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Undefined for text that is no JSON, doubles a key or nests too deep: that is for the careful reader. */
export function quickJson(text: string): Parsed | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const members = countMembers(value, 0)
  // JSON.parse keeps the last of doubled keys: then there are more colons than members.
  if (members !== countColons(text)) return undefined
  const start = afterSpace(text, 0)
  return { value, place: new JsonPlace(text, start, start), problems: [] }
}

/** A place that finds its children when they are asked for. */
class JsonPlace implements Place {
  readonly keyOffset: number
  readonly valueOffset: number
  readonly #text: string
  #children: Map<string, Place> | undefined

  constructor(text: string, keyOffset: number, valueOffset: number) {
    this.#text = text
    this.keyOffset = keyOffset
    this.valueOffset = valueOffset
  }

  get children(): Map<string, Place> | undefined {
    const first = this.#text.charCodeAt(this.valueOffset)
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return undefined
    this.#children ??= childrenAt(this.#text, this.valueOffset, first === OPEN_BRACE)
    return this.#children
  }
}

function childrenAt(text: string, start: number, isObject: boolean): Map<string, Place> {
  const children = new Map<string, Place>()
  for (let at = afterSpace(text, start + 1); ; at = afterSpace(text, at + 1)) {
    const char = text.charCodeAt(at)
    if (char === CLOSE_BRACE || char === CLOSE_BRACKET) return children
    const keyOffset = at
    let key = String(children.size)
    if (isObject) {
      const end = afterString(text, at)
      key = JSON.parse(text.slice(at, end)) as string
      at = afterSpace(text, afterSpace(text, end) + 1)
    }
    children.set(key, new JsonPlace(text, keyOffset, at))
    at = afterSpace(text, afterValue(text, at))
    if (text.charCodeAt(at) !== COMMA) return children
  }
}

function afterSpace(text: string, at: number): number {
  for (;;) {
    const char = text.charCodeAt(at)
    if (char !== SPACE && char !== NEWLINE && char !== RETURN && char !== TAB) return at
    at++
  }
}

/** `at` is an opening quote. */
function afterString(text: string, at: number): number {
  for (;;) {
    at = text.indexOf('"', at + 1)
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return at + 1
  }
}

function afterValue(text: string, at: number): number {
  let depth = 0
  for (;;) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) {
      at = afterString(text, at)
      if (depth === 0) return at
      continue
    }
    if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      if (depth === 0) return at
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (char === COMMA || Number.isNaN(char))) return at
    at++
  }
}

function countColons(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === COLON) count++
    else if (char === QUOTE) at = afterString(text, at) - 1
  }
  return count
}

/** NaN when it nests too deep. */
function countMembers(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth >= MAX_DEPTH) return Number.NaN
  let count = 0
  if (Array.isArray(value)) {
    for (const each of value) count += countMembers(each, depth + 1)
    return count
  }
  for (const each of Object.values(value)) count += 1 + countMembers(each, depth + 1)
  return count
}
