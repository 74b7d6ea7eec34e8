import { Buffer } from 'node:buffer'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Cursor } from './cursor.ts'
import type { Expr, Filter, Literal, Template, TemplatePart } from './model.ts'
import { compileRegex } from './regex.ts'
import { filters, type ArgKind } from './vocabulary.ts'

const WORD = /[A-Za-z0-9]+/y

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
  '#': '#',
  ':': ':',
  '`': '`',
  ';': ';',
  ' ': ' ',
}

// Characters that stand for themselves in each kind of text.
const VALUE = /(?:[^#\n\\{]|\{(?!\{))+/y
const KEY = /[^\s:#"\\{}]+/y
const QUOTED = /(?:[^"\\{\n]|\{(?!\{))+/y
const ONE_LINE = /(?:[^`\\{\n]|\{(?!\{))+/y
const FILENAME = /(?:[^#;\n\\{ ]|\{(?!\{))+/y

/** The rest of the line up to a comment, trailing spaces dropped. */
export function parseValue(cursor: Cursor): Template {
  const { parts, at } = parseParts(cursor, VALUE)
  const last = parts.at(-1)
  if (last?.kind !== 'text') return { parts, at }
  const text = last.text.replace(/[ \t\r]+$/, '')
  return { parts: [...parts.slice(0, -1), ...(text === '' ? [] : [{ kind: 'text' as const, text }])], at }
}

/** The name before a colon. */
export function parseKey(cursor: Cursor): Template {
  const template = parseParts(cursor, KEY)
  if (template.parts.length === 0) throw cursor.problem(`expected a name, found ${cursor.found()}`)
  return template
}

export function parseFilename(cursor: Cursor): Template {
  return parseParts(cursor, FILENAME)
}

function parseQuoted(cursor: Cursor): Template {
  const start = cursor.at
  if (!cursor.take('"')) throw cursor.problem(`expected a string in double quotes, found ${cursor.found()}`)
  const template = parseParts(cursor, QUOTED)
  if (!cursor.take('"')) throw cursor.problem('this string has no closing double quote', undefined, start)
  return template
}

/** `` `one line` `` */
export function parseOneLine(cursor: Cursor): Template {
  const start = cursor.at
  cursor.take('`')
  const template = parseParts(cursor, ONE_LINE)
  if (!cursor.take('`')) throw cursor.problem('this text has no closing backtick', undefined, start)
  return template
}

/** ```` ```language … ``` ````; `text` when no language is named; `raw` keeps double braces as they are. */
export function parseMultiline(cursor: Cursor): { language: string; text: Template } {
  const start = cursor.at
  cursor.take('```')
  const head = cursor.match(/(json|xml|graphql|raw)?,?[ \t]*\r?\n/y)
  if (head === undefined) {
    const word = cursor.peek(/[^\s,`]+/y)?.[0] ?? ''
    if (word === 'hex' || word === 'base64')
      throw cursor.problem(`a block of text cannot be ${word}`, `Write ${word},…; on one line or several.`)
    if (word !== '' && !cursor.text.includes('```', cursor.at))
      throw cursor.problem('this text has no closing ```', undefined, start)
    throw cursor.problem(
      `expected json, xml, graphql, raw or the end of the line, found ${cursor.found()}`,
      didYouMean(word, ['json', 'xml', 'graphql', 'raw']),
    )
  }
  const language = head[1] ?? 'text'
  const verbatim = language === 'raw'
  const bodyStart = cursor.at
  const end = cursor.text.indexOf('```', cursor.at)
  if (end === -1) throw cursor.problem('this text has no closing ```', undefined, start)
  const at = cursor.place(bodyStart)
  const parts: TemplatePart[] = []
  let from = bodyStart
  const pushText = (to: number) => {
    if (to > from) parts.push({ kind: 'text', text: cursor.text.slice(from, to).replaceAll('\r\n', '\n') })
  }
  let open = verbatim ? -1 : cursor.text.indexOf('{{', bodyStart)
  while (open !== -1 && open < end) {
    pushText(open)
    cursor.at = open
    parts.push({ kind: 'expr', expr: parseExpr(cursor) })
    from = cursor.at
    open = cursor.text.indexOf('{{', from)
  }
  pushText(end)
  cursor.at = end + 3
  return { language, text: { parts, at } }
}

/** `{{ name filter… }}` */
export function parseExpr(cursor: Cursor): Expr {
  const start = cursor.at
  cursor.take('{{')
  cursor.skipSpaces()
  const at = cursor.place()
  const name = cursor.match(/[A-Za-z][A-Za-z0-9_-]*/y)?.[0]
  if (name === undefined) throw cursor.problem(`expected a variable name, found ${cursor.found()}`)
  const filters = parseFilters(cursor)
  cursor.skipSpaces()
  if (!cursor.take('}}'))
    throw cursor.done || cursor.char === '\n'
      ? cursor.problem('this template has no closing }}', undefined, start)
      : cursor.problem(`expected "}}" or a filter, found ${cursor.found()}`)
  return { name, filters, at }
}

/** Filters for as long as the next word names one; the word after them is a predicate or the end. */
export function parseFilters(cursor: Cursor): Filter[] {
  const list: Filter[] = []
  for (;;) {
    const start = cursor.at
    cursor.skipSpaces()
    const at = cursor.place()
    const name = cursor.match(WORD)?.[0]
    const args = name === undefined ? undefined : Object.hasOwn(filters, name) ? filters[name] : undefined
    if (name === undefined || args === undefined) {
      cursor.at = start
      return list
    }
    list.push({ name, args: args.map((kind) => parseArg(cursor, kind, name)), at })
  }
}

/** What a query, filter or predicate takes after its name. */
export function parseArg(cursor: Cursor, kind: ArgKind, word: string): Literal {
  cursor.skipSpaces()
  switch (kind) {
    case 'string':
      return { kind: 'string', text: parseQuoted(cursor) }
    case 'pattern':
      return parsePattern(cursor)
    case 'integer':
      return parseInteger(cursor, word)
    case 'number-or-string':
    case 'string-or-bytes':
    case 'value':
      return parseLiteral(cursor, word)
  }
}

function parsePattern(cursor: Cursor): Literal {
  if (cursor.char !== '/') return { kind: 'string', text: parseQuoted(cursor) }
  const start = cursor.at
  const pattern = cursor.match(/\/((?:[^\n\\/]|\\[^\n])*)\//y)?.[1]
  if (pattern === undefined)
    throw cursor.problem('this regular expression has no closing /', undefined, start)
  const regex = pattern.replaceAll('\\/', '/')
  try {
    compileRegex(regex)
  } catch (error) {
    throw cursor.problem(
      `this regular expression cannot be read: ${(error as Error).message}`,
      undefined,
      start,
    )
  }
  return { kind: 'regex', pattern: regex }
}

function parseInteger(cursor: Cursor, word: string): Literal {
  if (cursor.startsWith('{{')) return { kind: 'expr', expr: parseExpr(cursor) }
  const digits = cursor.match(/-?\d+/y)?.[0]
  if (digits === undefined)
    throw cursor.problem(`expected a whole number after ${word}, found ${cursor.found()}`)
  return { kind: 'number', value: Number(digits), float: false }
}

function parseLiteral(cursor: Cursor, word: string): Literal {
  if (cursor.startsWith('{{')) return { kind: 'expr', expr: parseExpr(cursor) }
  if (cursor.char === '"') return { kind: 'string', text: parseQuoted(cursor) }
  if (cursor.startsWith('```')) return { kind: 'string', text: parseMultiline(cursor).text }
  if (cursor.char === '`') return { kind: 'string', text: parseOneLine(cursor) }
  if (cursor.take('hex,')) return { kind: 'bytes', bytes: parseBytes(cursor, 'hex') }
  if (cursor.take('base64,')) return { kind: 'bytes', bytes: parseBytes(cursor, 'base64') }
  if (cursor.take('file,')) {
    cursor.skipSpaces()
    const file = parseFilename(cursor)
    if (!cursor.take(';')) throw cursor.problem(`expected ";" after the file name, found ${cursor.found()}`)
    return { kind: 'file', file }
  }
  const number = cursor.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?(?![A-Za-z0-9_])/y)
  if (number) {
    const [digits, fraction, exponent] = number
    const value = Number(digits)
    const float = fraction !== undefined || exponent !== undefined
    return {
      kind: 'number',
      value,
      float,
      ...(!float && !Number.isSafeInteger(value) && { whole: BigInt(digits) }),
    }
  }
  const name = cursor.match(/(?:true|false|null)(?![A-Za-z0-9_])/y)?.[0]
  if (name === 'null') return { kind: 'null' }
  if (name !== undefined) return { kind: 'boolean', value: name === 'true' }
  throw cursor.problem(
    `expected a value after ${word}, found ${cursor.found()}`,
    /\w/.test(cursor.char) ? 'Text goes in double quotes.' : undefined,
  )
}

/** After `hex,` or `base64,`: the bytes up to the semicolon. */
export function parseBytes(cursor: Cursor, encoding: 'hex' | 'base64'): Uint8Array {
  const start = cursor.at
  const text = cursor.match(/[^;]*/y)?.[0] ?? ''
  if (!cursor.take(';'))
    throw cursor.problem(`expected ";" at the end of the ${encoding} bytes`, undefined, start)
  return decodeBytes(cursor, text, encoding, start)
}

export function decodeBytes(
  cursor: Cursor,
  text: string,
  encoding: 'hex' | 'base64',
  at: number,
): Uint8Array {
  const digits = text.replaceAll(/\s+/g, '')
  const valid = encoding === 'hex' ? /^(?:[0-9a-f]{2})*$/i : /^[A-Za-z0-9+/]*={0,2}$/
  if (!valid.test(digits)) throw cursor.problem(`these are not ${encoding} digits`, undefined, at)
  return Buffer.from(digits, encoding)
}

/** One escape after its backslash: `n`, `u{1f600}` or a character that stands for itself. */
function parseEscape(cursor: Cursor): string {
  const code = cursor.match(/u\{([0-9a-fA-F]{1,6})\}/y)?.[1]
  if (code !== undefined) {
    const point = Number.parseInt(code, 16)
    if (point > 0x10ffff) throw cursor.problem(`there is no character \\u{${code}}`)
    return String.fromCodePoint(point)
  }
  if (cursor.done || cursor.char === '\n' || cursor.char === '\r')
    throw cursor.problem(
      'a backslash needs a character after it',
      'Write two backslashes for one.',
      cursor.at - 1,
    )
  const escaped = ESCAPES[cursor.char]
  if (escaped === undefined)
    throw cursor.problem(
      `"\\${cursor.char}" is not an escape of Hurl`,
      'A regular expression reads better as /…/, where backslashes need no escape.',
    )
  cursor.at++
  return escaped
}

function parseParts(cursor: Cursor, plain: RegExp): Template {
  const at = cursor.place()
  const parts: TemplatePart[] = []
  let text = ''
  for (;;) {
    const piece = cursor.match(plain)
    if (piece) text += piece[0]
    else if (cursor.startsWith('{{')) {
      if (text !== '') parts.push({ kind: 'text', text })
      text = ''
      parts.push({ kind: 'expr', expr: parseExpr(cursor) })
    } else if (cursor.char === '\\') {
      cursor.at++
      text += parseEscape(cursor)
    } else break
  }
  if (text !== '') parts.push({ kind: 'text', text })
  return { parts, at }
}
