import { Buffer } from 'node:buffer'

// What queries give and variables hold while scenarios run.

/** A number that JSON writes with a point though it is whole: `2.0`, which Hurl takes for a float, not an integer. */
export class WholeFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** Nodes an XPath found: Hurl knows how many there are, no more. */
export class NodeSet {
  readonly size: number

  constructor(size: number) {
    this.size = size
  }
}

export type HurlValue =
  | string
  | number
  /** A whole number with more digits than a float holds. */
  | bigint
  | WholeFloat
  | NodeSet
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly HurlValue[]
  | { readonly [name: string]: HurlValue }

/** What a filter or predicate is given: a value, or a regular expression as written. */
export type Argument = HurlValue | RegExp

/** The text of an argument the grammar wants as text; anything else in its JSON form. */
export function argumentText(argument: Argument | undefined): string {
  if (typeof argument === 'string') return argument
  return argument instanceof RegExp ? argument.source : toJson(argument ?? null)
}

/** Why an entry cannot go on: a variable that is not there, a filter that does not fit. Caught by the runner. */
export class EvaluationProblem extends Error {}

/** The value as Hurl prints it in reports: `string <abc>`. */
export function describeValue(value: HurlValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `string <${shorten(value)}>`
  if (isNumber(value)) return `${isFloat(value) ? 'float' : 'integer'} <${toJson(value)}>`
  if (typeof value === 'boolean') return `boolean <${value}>`
  if (value instanceof NodeSet) return `${value.size} nodes`
  if (value instanceof Date) return `date <${value.toISOString()}>`
  if (value instanceof Uint8Array) return `bytes <${shorten(Buffer.from(value).toString('hex'))}>`
  if (Array.isArray(value)) return `list <${shorten(toJson(value))}>`
  return `object <${shorten(toJson(value))}>`
}

const LONGEST = 400

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
}

/** The value inside a text: in a URL, a header, a string. Throws EvaluationProblem for what has no text form. */
export function valueAsText(value: HurlValue, name: string): string {
  if (typeof value === 'string') return value
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (isNumber(value)) return toJson(value)
  if (value instanceof Date) return value.toISOString()
  throw new EvaluationProblem(`{{${name}}} is ${describeValue(value)}, which cannot stand in a text`)
}

export function isList(value: HurlValue | undefined): value is readonly HurlValue[] {
  return Array.isArray(value)
}

export function isPlainObject(value: HurlValue | undefined): value is { readonly [name: string]: HurlValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof WholeFloat) &&
    !(value instanceof NodeSet) &&
    !(value instanceof Uint8Array)
  )
}

/** Equal with Hurl's types: `"1"` is not `1`, `1` is `1.0`. */
export function isEqual(left: HurlValue | undefined, right: HurlValue | undefined): boolean {
  if (left === right) return true
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime()
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return left.length === right.length && left.every((byte, i) => byte === right[i])
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, i) => isEqual(item, right[i]))
  if (!isPlainObject(left) || !isPlainObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  )
}

export type HurlNumber = number | bigint | WholeFloat

export function isNumber(value: unknown): value is HurlNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof WholeFloat
}

export function isFloat(value: unknown): boolean {
  return value instanceof WholeFloat || (typeof value === 'number' && !Number.isInteger(value))
}

/** Below, at or above zero as `left` is less than, equal to or greater than `right`. */
export function compareNumbers(left: HurlNumber, right: HurlNumber): number {
  const [a, b] = [left, right].map((each) => (each instanceof WholeFloat ? each.value : each)) as [
    number,
    number,
  ]
  return a < b ? -1 : a > b ? 1 : 0
}

/** A value as JSON text: `2.0` and numbers of many digits as they came; dates as text, bytes in hex. */
export function toJson(value: HurlValue): string {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof WholeFloat)
    return Number.isInteger(value.value) && Math.abs(value.value) < 1e21
      ? `${value.value}.0`
      : String(value.value)
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('hex'))
  if (isList(value)) return `[${value.map(toJson).join(',')}]`
  if (!isPlainObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}:${toJson(each)}`)
  return `{${members.join(',')}}`
}

// 16 digits, a point before nothing but zeros, an exponent: only such texts need the slower way.
const RARE_NUMBER = /\d{16}|\.0+(?!\d)|\d[eE][+-]?\d/

/**
 * JSON with its numbers as Hurl tells them apart: `2.0` is a float, and whole numbers keep all their digits. Throws
 * SyntaxError. Where the engine does not show how a number was written (Node 20), it reads like JSON.parse.
 */
export function readJson(text: string): HurlValue {
  if (!RARE_NUMBER.test(text)) return JSON.parse(text) as HurlValue
  // The third argument is newer than the types of TypeScript's library.
  const revive = (_name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? exactNumber(value, context.source) : value
  return JSON.parse(text, revive) as HurlValue
}

function exactNumber(value: number, source: string): HurlNumber {
  if (/[.eE]/.test(source)) return Number.isInteger(value) ? new WholeFloat(value) : value
  return Number.isSafeInteger(value) ? value : BigInt(source)
}
