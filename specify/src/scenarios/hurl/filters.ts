import { Buffer } from 'node:buffer'
import { evaluateJsonPath, type JsonPath } from '../jsonpath.ts'
import { readHtml } from '../xpath/read-markup.ts'
import { queryXPath } from '../xpath/query-xpath.ts'
import { JsonPathProblem, parseJsonPath } from '../parse-jsonpath.ts'
import { compileRegex } from './regex.ts'
import { unescapeHtml } from './unescape-html.ts'
import { formatDate, parseDate } from './strftime.ts'
import {
  describeValue,
  EvaluationProblem,
  isList,
  isNumber,
  isPlainObject,
  NodeSet,
  readJson,
  toJson,
  WholeFloat,
  type Argument,
  type HurlValue,
  argumentText,
} from './value.ts'

type Apply = (value: HurlValue, args: readonly Argument[]) => HurlValue

/** Throws EvaluationProblem when the filter does not fit the value. */
export function applyFilter(name: string, value: HurlValue, args: readonly Argument[]): HurlValue {
  const apply = table[name]
  if (apply === undefined) throw new EvaluationProblem(`the filter "${name}" is not run by specify`)
  return apply(value, args)
}

// One row per filter of Hurl, in its documentation's order.
const table: Readonly<Record<string, Apply>> = {
  base64Decode: text('base64Decode', (value) => Buffer.from(value, 'base64')),
  base64Encode: (value) => bytesOf('base64Encode', value).toString('base64'),
  base64UrlSafeDecode: text('base64UrlSafeDecode', (value) => Buffer.from(value, 'base64url')),
  base64UrlSafeEncode: (value) => bytesOf('base64UrlSafeEncode', value).toString('base64url'),
  count: (value) => {
    if (isList(value) || value instanceof Uint8Array) return value.length
    if (value instanceof NodeSet) return value.size
    throw misfit('count', 'a list or bytes', value)
  },
  dateFormat: (value, [format]) => formatDate(dateOf('dateFormat', value), argumentText(format)),
  daysAfterNow: (value) => days(dateOf('daysAfterNow', value).getTime() - Date.now()),
  daysBeforeNow: (value) => days(Date.now() - dateOf('daysBeforeNow', value).getTime()),
  decode: (value, [encoding]) => decode(bytesOf('decode', value), argumentText(encoding)),
  first: (value) => itemAt('first', value, 0),
  format: (value, [format]) => formatDate(dateOf('format', value), argumentText(format)),
  htmlEscape: text('htmlEscape', (value) =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#x27;'),
  ),
  htmlUnescape: text('htmlUnescape', unescapeHtml),
  jsonpath: text('jsonpath', (value, [path]) => {
    const found = evaluateJsonPath(readJsonPath(argumentText(path)), parseJsonText(value))
    if (found === undefined) throw new EvaluationProblem(`jsonpath "${argumentText(path)}" finds nothing`)
    return found as HurlValue
  }),
  last: (value) => itemAt('last', value, -1),
  // The list that the query `redirects` gives has its targets in `location`.
  location: (value) => {
    if (isPlainObject(value) && value['location'] !== undefined) return value['location']
    throw misfit('location', 'a redirect', value)
  },
  nth: (value, [index]) => itemAt('nth', value, Number(index)),
  regex: text('regex', (value, [pattern]) => {
    const match = regexOf(pattern).exec(value)
    if (match === null)
      throw new EvaluationProblem(`regex ${argumentText(pattern)} does not match ${describeValue(value)}`)
    if (match.length < 2)
      throw new EvaluationProblem(`regex ${argumentText(pattern)} has no group to capture`)
    return match[1] ?? ''
  }),
  // Old files give replace a pattern between slashes, too.
  replace: text('replace', (value, [from, to]) =>
    from instanceof RegExp
      ? replaceMatches(value, from, to)
      : value.replaceAll(argumentText(from), () => argumentText(to)),
  ),
  replaceRegex: text('replaceRegex', (value, [pattern, to]) => replaceMatches(value, pattern, to)),
  split: text('split', (value, [separator]) => value.split(argumentText(separator))),
  toDate: text('toDate', (value, [format]) => {
    const date = parseDate(value, argumentText(format))
    if (date === undefined)
      throw new EvaluationProblem(`${describeValue(value)} is no date of the form ${argumentText(format)}`)
    return date
  }),
  toFloat: (value) => {
    const number = numberOf('toFloat', value, /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/)
    return Number.isInteger(number) ? new WholeFloat(number) : number
  },
  toHex: (value) => bytesOf('toHex', value).toString('hex'),
  toInt: (value) => Math.trunc(numberOf('toInt', value, /^[+-]?\d+$/)),
  toString: (value: HurlValue) => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return String(value)
    if (isNumber(value)) return toJson(value)
    if (value instanceof Date) return value.toISOString()
    if (value instanceof Uint8Array) return decode(Buffer.from(value), 'utf-8')
    throw misfit('toString', 'a single value', value)
  },
  urlDecode: text('urlDecode', (value) => {
    try {
      return decodeURIComponent(value)
    } catch {
      throw new EvaluationProblem(`${describeValue(value)} is not percent-encoded text`)
    }
  }),
  // As Hurl does: RFC 3986's unreserved characters and "/" stay.
  urlEncode: text('urlEncode', (value) =>
    encodeURIComponent(value)
      .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%2F', '/'),
  ),
  urlQueryParam: text('urlQueryParam', (value, [name]) => {
    const found = URL.canParse(value) ? new URL(value).searchParams.get(argumentText(name)) : null
    if (found === null)
      throw new EvaluationProblem(`${describeValue(value)} has no query parameter "${argumentText(name)}"`)
    return found
  }),
  utf8Decode: (value) => decode(bytesOf('utf8Decode', value), 'utf-8'),
  utf8Encode: text('utf8Encode', (value) => Buffer.from(value)),
  xpath: text('xpath', (value, [path]) => queryXPath(argumentText(path), readHtml(value), false)),
}

function text(name: string, apply: (value: string, args: readonly Argument[]) => HurlValue): Apply {
  return (value, args) => {
    if (typeof value !== 'string') throw misfit(name, 'a string', value)
    return apply(value, args)
  }
}

function misfit(name: string, wants: string, value: HurlValue): EvaluationProblem {
  return new EvaluationProblem(`the filter ${name} needs ${wants}, not ${describeValue(value)}`)
}

function bytesOf(name: string, value: HurlValue): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  throw misfit(name, 'bytes', value)
}

function dateOf(name: string, value: HurlValue): Date {
  if (value instanceof Date) return value
  throw misfit(name, 'a date (see toDate)', value)
}

function numberOf(name: string, value: HurlValue, form: RegExp): number {
  if (isNumber(value)) return Number(value instanceof WholeFloat ? value.value : value)
  if (typeof value === 'string' && form.test(value.trim())) return Number(value)
  throw misfit(name, 'a number or its text', value)
}

function regexOf(pattern: Argument | undefined, flags = ''): RegExp {
  if (!(pattern instanceof RegExp)) return compileRegex(argumentText(pattern), flags)
  return flags === '' ? pattern : new RegExp(pattern.source, pattern.flags + flags)
}

/** Groups are `$1` or `${1}` in the replacement, as in Rust. */
function replaceMatches(value: string, pattern: Argument | undefined, to: Argument | undefined): string {
  return value.replaceAll(regexOf(pattern, 'g'), argumentText(to).replaceAll(/\$\{?(\d+)\}?/g, '$$$1'))
}

function itemAt(name: string, value: HurlValue, index: number): HurlValue {
  if (!isList(value)) throw misfit(name, 'a collection', value)
  const item = value.at(index)
  if (item === undefined)
    throw new EvaluationProblem(`${name} ${index}: the collection has ${value.length} items`)
  return item
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new EvaluationProblem(`these bytes are not text in ${encoding}`)
  }
}

function days(ms: number): number {
  return Math.trunc(ms / 86_400_000)
}

/** Throws EvaluationProblem for a path that cannot be read. */
export function readJsonPath(path: string): JsonPath {
  try {
    return parseJsonPath(path)
  } catch (error) {
    if (error instanceof JsonPathProblem) throw new EvaluationProblem(error.message)
    throw error
  }
}

function parseJsonText(value: string): unknown {
  try {
    return readJson(value)
  } catch {
    throw new EvaluationProblem(`${describeValue(value)} is not JSON`)
  }
}
