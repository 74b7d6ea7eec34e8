import { Buffer } from 'node:buffer'

// What queries give and variables hold while scenarios run.

export type HurlValue =
  | string
  | number
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
  return argument instanceof RegExp ? argument.source : JSON.stringify(argument ?? null)
}

/** Why an entry cannot go on: a variable that is not there, a filter that does not fit. Caught by the runner. */
export class EvaluationProblem extends Error {}

/** The value as Hurl prints it in reports: `string <abc>`. */
export function describeValue(value: HurlValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `string <${shorten(value)}>`
  if (typeof value === 'number') return `${Number.isInteger(value) ? 'integer' : 'float'} <${value}>`
  if (typeof value === 'boolean') return `boolean <${value}>`
  if (value instanceof Date) return `date <${value.toISOString()}>`
  if (value instanceof Uint8Array) return `bytes <${shorten(Buffer.from(value).toString('hex'))}>`
  if (Array.isArray(value)) return `list <${shorten(JSON.stringify(value))}>`
  return `object <${shorten(JSON.stringify(value))}>`
}

const LONGEST = 400

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
}

/** The value inside a text: in a URL, a header, a string. Throws EvaluationProblem for what has no text form. */
export function valueAsText(value: HurlValue, name: string): string {
  if (typeof value === 'string') return value
  if (value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
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
    !(value instanceof Uint8Array)
  )
}

/** Equal with Hurl's types: `"1"` is not `1`, `1` is `1.0`. */
export function isEqual(left: HurlValue | undefined, right: HurlValue | undefined): boolean {
  if (left === right) return true
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
