import { didYouMean, nearest } from '@specwright/cli/nearest.ts'
import { Cursor, SyntaxProblem } from './cursor.ts'
import type {
  Assert,
  Body,
  Capture,
  Entry,
  KeyValue,
  MultipartField,
  Option,
  Place,
  Request,
  Response,
} from './model.ts'
import { plainText } from './model.ts'
import { parseJson } from './parse-json.ts'
import { parseAssert, parseCapture } from './parse-query.ts'
import {
  parseBytes,
  parseFilename,
  parseKey,
  parseMultiline,
  parseOneLine,
  parseValue,
} from './parse-text.ts'
import {
  methods,
  options,
  optionsWithoutEffect,
  requestSections,
  responseSections,
  unsupportedOptions,
} from './vocabulary.ts'

export type HurlProblem = {
  readonly code: 'hurl-syntax' | 'hurl-unsupported'
  readonly message: string
  readonly hint: string | undefined
  readonly at: Place
}

const METHOD_LINE = /[A-Z]+(?=[ \t]+[^\s:])(?!HTTP[ \t])/y
const RESPONSE_LINE = /HTTP(?:\/[0-9.]+)?(?=[ \t]|\r?\n|$)/y
const VERSIONS = ['HTTP', 'HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'HTTP/3']
const SECTION = /\[([A-Z][A-Za-z]*)\](?=[ \t]*(?:#|\r?\n|$))/y
const BODY_START = /[{[`"<]|base64,|hex,|file,|(?:true|false|null|-?\d+(?:\.\d+)?)[ \t]*(?=#|\r?\n|$)/y
const TEMPLATE_KEY = /\{\{[^}\n]*\}\}[^\s{]*[ \t]*:/y

/**
 * Reads a Hurl file (grammar: hurl.dev, "Grammar"). `firstLine` and `firstColumn` are the place of the text in the
 * file that holds it. An entry that cannot be read becomes one problem; the entries after it are read all the same.
 */
export function parseHurl(
  text: string,
  firstLine = 1,
  firstColumn = 1,
): { entries: Entry[]; problems: HurlProblem[] } {
  const cursor = new Cursor(text, firstLine, firstColumn)
  const entries: Entry[] = []
  const problems: HurlProblem[] = []
  for (cursor.skipBlank(); !cursor.done; cursor.skipBlank()) {
    const start = cursor.at
    try {
      entries.push(parseEntry(cursor))
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      const { message, hint, place, unsupported } = error
      problems.push({ code: unsupported ? 'hurl-unsupported' : 'hurl-syntax', message, hint, at: place })
      skipToNextEntry(cursor, start)
    }
  }
  return { entries, problems }
}

function parseEntry(cursor: Cursor): Entry {
  const request = parseRequest(cursor)
  cursor.skipBlank()
  return { request, response: cursor.peek(RESPONSE_LINE) ? parseResponse(cursor) : undefined }
}

function parseRequest(cursor: Cursor): Request {
  const at = cursor.place()
  const method = parseMethod(cursor)
  cursor.skipSpaces()
  const url = parseValue(cursor)
  cursor.endLine('the end of the line')
  const request = {
    query: [] as KeyValue[],
    form: [] as KeyValue[],
    multipart: [] as MultipartField[],
    cookies: [] as KeyValue[],
    basicAuth: [] as KeyValue[],
    options: [] as Option[],
  }
  const headers = parseHeaders(cursor)
  const seen = new Set<string>()
  for (let name = nextSection(cursor); name !== undefined; name = nextSection(cursor)) {
    const section = lookUp(cursor, name, requestSections, {
      part: 'request',
      elsewhere: Object.keys(responseSections),
      seen,
    })
    if (section === 'multipart') request.multipart.push(...parseLines(cursor, parseMultipartField))
    else if (section === 'options') request.options.push(...parseLines(cursor, parseOption))
    else request[section].push(...parseLines(cursor, parseKeyValue))
  }
  const { basicAuth, ...rest } = request
  return { method, url, headers, ...rest, basicAuth: basicAuth[0], body: parseBody(cursor), at }
}

function parseMethod(cursor: Cursor): string {
  const method = cursor.peek(METHOD_LINE)?.[0] ?? ''
  if (method === '') {
    const word = cursor.peek(/[A-Za-z]+/y)?.[0] ?? ''
    if (cursor.peek(/[A-Z]+[ \t]*\r?(?:\n|$)/y)) {
      cursor.at += word.length
      throw cursor.problem(`expected a URL after ${word}, found ${cursor.found()}`)
    }
    throw cursor.problem(
      `expected a request such as "GET {{baseUrl}}/api/v1/orders", found ${cursor.found()}`,
      word === '' ? undefined : didYouMean(word.toUpperCase(), methods),
    )
  }
  cursor.at += method.length
  return method
}

function parseResponse(cursor: Cursor): Response {
  const at = cursor.place()
  const version = cursor.match(RESPONSE_LINE)?.[0] ?? 'HTTP'
  if (!VERSIONS.includes(version)) {
    cursor.at -= version.length
    throw cursor.problem(`expected one of ${VERSIONS.join(', ')}, found "${version}"`)
  }
  cursor.skipSpaces()
  const code = cursor.match(/\*|\d+/y)?.[0]
  if (code === undefined)
    throw cursor.problem(`expected a status such as 200, or * for any, found ${cursor.found()}`)
  cursor.endLine('the end of the line: a status has no text')
  const headers = parseHeaders(cursor)
  const captures: Capture[] = []
  const asserts: Assert[] = []
  const seen = new Set<string>()
  for (let name = nextSection(cursor); name !== undefined; name = nextSection(cursor)) {
    const section = lookUp(cursor, name, responseSections, {
      part: 'response',
      elsewhere: Object.keys(requestSections),
      seen,
    })
    if (section === 'captures') captures.push(...parseLines(cursor, parseCapture))
    else asserts.push(...parseLines(cursor, parseAssert))
  }
  const status = code === '*' ? undefined : Number(code)
  return { version, status, headers, captures, asserts, body: parseBody(cursor), at }
}

function parseHeaders(cursor: Cursor): KeyValue[] {
  return parseLines(cursor, parseKeyValue)
}

/** Lines of one kind, until a section, a body, a request or a response begins. */
function parseLines<T>(cursor: Cursor, parseLine: (cursor: Cursor) => T): T[] {
  const list: T[] = []
  for (cursor.skipBlank(); !cursor.done && !startsSomethingElse(cursor); cursor.skipBlank())
    list.push(parseLine(cursor))
  return list
}

function startsSomethingElse(cursor: Cursor): boolean {
  if (cursor.peek(TEMPLATE_KEY)) return false
  return [METHOD_LINE, RESPONSE_LINE, SECTION, BODY_START].some(
    (pattern) => cursor.peek(pattern) !== undefined,
  )
}

function parseKeyValue(cursor: Cursor): KeyValue {
  const at = cursor.place()
  const name = parseKey(cursor)
  cursor.skipSpaces()
  if (!cursor.take(':'))
    throw cursor.problem(`expected ":" after the name, found ${cursor.found()}`, sectionHint(name))
  cursor.skipSpaces()
  const value = parseValue(cursor)
  cursor.endLine('the end of the line')
  return { name, value, at }
}

function sectionHint(name: KeyValue['name']): string | undefined {
  const word = plainText(name)?.replaceAll(/[[\]]/g, '') ?? ''
  const match = nearest(word, [...Object.keys(requestSections), ...Object.keys(responseSections)])
  return match === undefined ? undefined : `Did you mean "[${match}]"?`
}

function parseMultipartField(cursor: Cursor): MultipartField {
  const at = cursor.place()
  const start = cursor.at
  const name = parseKey(cursor)
  cursor.skipSpaces()
  if (!cursor.match(/:[ \t]*file,/y)) {
    cursor.at = start
    return { kind: 'text', ...parseKeyValue(cursor) }
  }
  cursor.skipSpaces()
  const file = parseFilename(cursor)
  if (!cursor.match(/[ \t]*;/y))
    throw cursor.problem(`expected ";" after the file name, found ${cursor.found()}`)
  cursor.skipSpaces()
  const contentType = cursor.match(/[A-Za-z0-9/+.-]+(?:;[ \t]*[A-Za-z0-9=-]+)?/y)?.[0]
  cursor.endLine('a content type or the end of the line')
  return { kind: 'file', name, file, contentType, at }
}

function parseOption(cursor: Cursor): Option {
  const start = cursor.at
  const option = parseKeyValue(cursor)
  const name = plainText(option.name) ?? ''
  if (unsupportedOptions.includes(name))
    throw cursor.unsupported(`the option "${name}" is not supported by specify`, undefined, start)
  const known = { ...options, ...optionsWithoutEffect }
  const kind = Object.hasOwn(known, name) ? known[name] : undefined
  if (kind === undefined)
    throw cursor.problem(`Hurl has no option "${name}"`, didYouMean(name, Object.keys(known)), start)
  const text = plainText(option.value)
  const fits = {
    boolean: /^(?:true|false)$/,
    integer: /^-?\d+$/,
    duration: /^\d+(?:ms|s|m|h)?$/,
    definition: /^[A-Za-z][\w-]*=/,
    text: /^/,
  }
  if (text !== undefined && !fits[kind].test(text))
    throw new SyntaxProblem(`the option "${name}" cannot be "${text}"`, option.value.at, OPTION_HINT[kind])
  return { name, value: option.value, at: option.at }
}

const OPTION_HINT = {
  boolean: 'It is true or false.',
  integer: 'It is a whole number.',
  duration: 'It is a number of milliseconds, or one with a unit: 500ms, 2s, 1m.',
  definition: 'It is written name=value.',
  text: undefined,
}

function parseBody(cursor: Cursor): Body | undefined {
  cursor.skipBlank()
  if (cursor.done || cursor.peek(METHOD_LINE) || cursor.peek(RESPONSE_LINE)) return undefined
  const at = cursor.place()
  const body = parseBodyValue(cursor, at)
  cursor.endLine('the end of the body')
  return body
}

function parseBodyValue(cursor: Cursor, at: Place): Body {
  if (cursor.startsWith('```')) {
    const { language, text } = parseMultiline(cursor)
    return { kind: 'text', language, text, at }
  }
  if (cursor.char === '`') return { kind: 'text', language: 'raw', text: parseOneLine(cursor), at }
  if (cursor.take('base64,')) return { kind: 'bytes', bytes: parseBytes(cursor, 'base64'), at }
  if (cursor.take('hex,')) return { kind: 'bytes', bytes: parseBytes(cursor, 'hex'), at }
  if (cursor.take('file,')) {
    cursor.skipSpaces()
    const file = parseFilename(cursor)
    if (!cursor.match(/[ \t]*;/y))
      throw cursor.problem(`expected ";" after the file name, found ${cursor.found()}`)
    return { kind: 'file', file, at }
  }
  if (cursor.char === '<') return { kind: 'text', language: 'xml', text: parseXml(cursor, at), at }
  return { kind: 'json', ...parseJson(cursor), at }
}

/** XML is taken as written, up to the close of its first element; templates in it stay as they are, as in Hurl. */
function parseXml(cursor: Cursor, at: Place) {
  const start = cursor.at
  let depth = 0
  for (;;) {
    const tag = cursor.match(/[^<]*(<(?:!--[\s\S]*?--|\?[\s\S]*?\?|![^>]*|(\/)?[^>]*?(\/)?)>)/y)
    if (!tag) throw cursor.problem('this XML is not closed', undefined, start)
    if (/^<[!?]/.test(tag[1] ?? '')) continue
    if (tag[2]) depth--
    else if (!tag[3]) depth++
    if (depth <= 0)
      return { parts: [{ kind: 'text' as const, text: cursor.text.slice(start, cursor.at) }], at }
  }
}

function nextSection(cursor: Cursor): string | undefined {
  cursor.skipBlank()
  return cursor.peek(SECTION)?.[1]
}

function lookUp<T extends string>(
  cursor: Cursor,
  name: string,
  sections: Readonly<Record<string, T>>,
  { part, elsewhere, seen }: { part: string; elsewhere: readonly string[]; seen: Set<string> },
): T {
  const section = Object.hasOwn(sections, name) ? sections[name] : undefined
  if (section === undefined)
    throw cursor.problem(
      `a ${part} has no section [${name}]`,
      elsewhere.includes(name)
        ? `[${name}] belongs ${part === 'request' ? 'after' : 'before'} the line "HTTP 200".`
        : didYouMean(name, Object.keys(sections)),
      cursor.at + 1,
    )
  if (seen.has(section)) throw cursor.problem(`a ${part} has [${name}] once`, 'Put its lines together.')
  seen.add(section)
  cursor.match(SECTION)
  cursor.endLine('the end of the line')
  return section
}

function skipToNextEntry(cursor: Cursor, start: number): void {
  cursor.at = Math.max(cursor.at, start)
  for (;;) {
    const lineEnd = cursor.text.indexOf('\n', cursor.at)
    if (lineEnd === -1) {
      cursor.at = cursor.text.length
      return
    }
    cursor.at = lineEnd + 1
    cursor.skipSpaces()
    const method = cursor.peek(METHOD_LINE)?.[0]
    if (method !== undefined) return
  }
}
