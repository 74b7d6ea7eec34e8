// Literals as people spell them → as the output functions of their types print them. What cannot be read stays.

import { jsonbLiteral } from './literal-jsonb.ts'
import {
  dateLiteral,
  intervalLiteral,
  timeLiteral,
  timestampLiteral,
  timestampTzLiteral,
  timeTzLiteral,
} from './literal-time.ts'

/** The value's own output text, where the input may be spelled in several ways. */
export function outputText(content: string, type: string): string {
  if (type.endsWith('[]')) return arrayText(content, type.slice(0, -2))
  return OUTPUT[type]?.(content) ?? content
}

/** undefined: as it is. */
const OUTPUT: Readonly<Record<string, (content: string) => string | undefined>> = {
  boolean: (content) => (/^(?:t|tr|tru|true|y|ye|yes|on|1)$/i.test(content.trim()) ? 'true' : 'false'),
  smallint: (content) => wholeText(content.trim()),
  integer: (content) => wholeText(content.trim()),
  bigint: (content) => wholeText(content.trim()),
  numeric: (content) => numberText(content.trim()),
  real: (content) => floatText(content.trim()),
  'double precision': (content) => floatText(content.trim()),
  date: dateLiteral,
  'timestamp without time zone': timestampLiteral,
  'timestamp with time zone': timestampTzLiteral,
  'time without time zone': timeLiteral,
  'time with time zone': timeTzLiteral,
  interval: intervalLiteral,
  jsonb: jsonbLiteral,
  uuid: (content) => uuidText(content.trim()),
  bytea: byteaText,
  inet: (content) => cidrText(content)?.replace(/\/32$/, ''),
  cidr: cidrText,
  macaddr: (content) => macText(content, 12),
  macaddr8: (content) => macText(content, 16),
  money: moneyText,
  tsvector: tsvectorText,
  tsquery: tsqueryText,
  jsonpath: jsonpathText,
  point: (content) => pointsText(content, 1, ([one]) => one),
  box: boxText,
  int4range: (content) => discreteRange(content, (text) => String(Number(text) + 1)),
  int8range: (content) => discreteRange(content, (text) => (BigInt(text) + 1n).toString()),
  daterange: (content) => discreteRange(content, nextDay, dateLiteral),
  numrange: (content) => plainRange(content, numberText),
  tsrange: (content) => plainRange(content, timestampLiteral),
  tstzrange: (content) => plainRange(content, timestampTzLiteral),
}

/** `{1,2, 3}` → `{1,2,3}`: spaces around elements go, elements print as their type does. */
function arrayText(content: string, element: string): string {
  if (!/^\s*\{.*\}\s*$/s.test(content)) return content
  const pieces = content.trim().match(/[{},]|"(?:[^"\\]|\\.)*"|[^{},"]+/gs) ?? []
  return pieces
    .flatMap((piece) => {
      if (/^[{},]$/.test(piece)) return [piece]
      if (piece.trim() === '') return []
      if (piece.startsWith('"'))
        return [quotedElement(outputText(piece.slice(1, -1).replaceAll(/\\(.)/gs, '$1'), element))]
      const bare = piece.trim()
      return [/^null$/i.test(bare) ? 'NULL' : quotedElement(outputText(bare, element))]
    })
    .join('')
}

/** array_out quotes what could be read otherwise. */
function quotedElement(text: string): string {
  return text === '' || /[\s{},"\\]/.test(text) || /^null$/i.test(text)
    ? `"${text.replaceAll(/["\\]/g, '\\$&')}"`
    : text
}

function uuidText(content: string): string | undefined {
  const digits = content.replaceAll(/[{}-]/g, '').toLowerCase()
  return /^[\da-f]{32}$/.test(digits)
    ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined
}

/** bytea_output = hex. */
function byteaText(content: string): string | undefined {
  if (/^\\x/i.test(content)) return `\\x${content.slice(2).replaceAll(/\s/g, '').toLowerCase()}`
  if (/\\(?!\\|[0-3][0-7]{2})/.test(content)) return undefined
  const bytes = content.match(/\\\\|\\[0-3][0-7]{2}|[^\\]+/g) ?? []
  const hex = bytes.map((piece) =>
    piece === '\\\\'
      ? '5c'
      : piece.startsWith('\\')
        ? Number.parseInt(piece.slice(1), 8).toString(16).padStart(2, '0')
        : Buffer.from(piece).toString('hex'),
  )
  return `\\x${hex.join('')}`
}

/** `10/8` → `10.0.0.0/8`: what is missing behind is zero. */
function cidrText(content: string): string | undefined {
  const [, address, bits] = /^(\d{1,3}(?:\.\d{1,3}){0,3})(?:\/(\d+))?$/.exec(content.trim()) ?? []
  if (address === undefined) return undefined
  const parts = address.split('.')
  return `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${bits ?? parts.length * 8}`
}

function macText(content: string, digits: number): string | undefined {
  const all = content.replaceAll(/[:.\- ]/g, '').toLowerCase()
  return new RegExp(`^[\\da-f]{${digits}}$`).test(all) ? all.match(/../g)!.join(':') : undefined
}

/** lc_monetary of a database made without a locale. */
function moneyText(content: string): string | undefined {
  const [, minus, digits] = /^\s*(-?)\$?(\d[\d,]*(?:\.\d{0,2})?)\s*$/.exec(content) ?? []
  if (digits === undefined) return undefined
  const [whole = '', cents = ''] = digits.replaceAll(',', '').split('.')
  return `${minus}$${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`
}

/** Plain words, sorted by length and bytes, each once. */
function tsvectorText(content: string): string | undefined {
  if (!/^[\w\s]*$/.test(content)) return undefined
  const words = new Set(content.split(/\s+/).filter((word) => word !== ''))
  return [...words]
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .map((word) => `'${word}'`)
    .join(' ')
}

/** Words and operators without brackets. */
function tsqueryText(content: string): string | undefined {
  if (!/^[\w\s&|!]+$/.test(content)) return undefined
  const tokens = content.match(/\w+|[&|!]/g) ?? []
  return tokens
    .map((token) => (token === '!' ? '!' : /[&|]/.test(token) ? ` ${token} ` : `'${token}'`))
    .join('')
}

/** jsonpath_out: keys in double quotes, one space around operators. What is rarer stays as it is written. */
function jsonpathText(content: string): string | undefined {
  const tokens = content.match(JSON_PATH) ?? []
  if (tokens.join('').replaceAll(/\s/g, '') !== content.replaceAll(/\s/g, '')) return undefined
  let text = ''
  for (const token of tokens) {
    if (/^(?:==|!=|<>|<=?|>=?|&&|\|\|)$/.test(token)) text += ` ${token === '<>' ? '!=' : token} `
    else if (token === 'lax' && text === '') continue
    else if (token === 'strict' && text === '') text += 'strict '
    else if (/^\.[A-Za-z_]\w*$/.test(token)) text += `."${token.slice(1)}"`
    else text += token
  }
  return text
}

const JSON_PATH =
  /"(?:[^"\\]|\\.)*"|\.[A-Za-z_]\w*\(\)|\.[A-Za-z_]\w*|\.\*|\.(?=")|==|!=|<>|<=|>=|&&|\|\||[<>@?()[\]*!]|\$\w*|\d+(?:\.\d+)?|\b(?:lax|strict|true|false|null|last)\b/g

type Point = readonly [number, number]

function pointsText(
  content: string,
  count: number,
  make: (points: readonly Point[]) => Point | string | undefined,
): string | undefined {
  const numbers = (content.match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []).map(Number)
  if (numbers.length !== count * 2) return undefined
  const points = Array.from({ length: count }, (_, i): Point => [numbers[2 * i]!, numbers[2 * i + 1]!])
  const made = make(points)
  return typeof made === 'string' || made === undefined ? made : `(${made.join(',')})`
}

/** The upper right corner first. */
function boxText(content: string): string | undefined {
  return pointsText(content, 2, ([a, b]) => {
    const high = [Math.max(a![0], b![0]), Math.max(a![1], b![1])]
    const low = [Math.min(a![0], b![0]), Math.min(a![1], b![1])]
    return `(${high.join(',')}),(${low.join(',')})`
  })
}

const RANGE = /^\s*([[(])\s*("(?:[^"])*"|[^,"]*?)\s*,\s*("(?:[^"])*"|[^,"]*?)\s*([\])])\s*$/

/** Ranges over whole numbers and days are kept as [from, to). */
function discreteRange(
  content: string,
  next: (text: string) => string,
  print: (text: string) => string = wholeText,
): string | undefined {
  const [, open, lower = '', upper = '', close] = RANGE.exec(content) ?? []
  if (open === undefined) return content.trim().toLowerCase() === 'empty' ? 'empty' : undefined
  const [from, to] = [lower, upper].map((text) => (text === '' ? '' : print(text.replaceAll('"', ''))))
  const start = from === '' ? '' : open === '(' ? next(from!) : from
  const end = to === '' ? '' : close === ']' ? next(to!) : to
  if (start !== '' && start === end) return 'empty'
  return `${start === '' ? '(' : '['}${start},${end})`
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

function plainRange(content: string, print: (text: string) => string): string | undefined {
  const [, open, lower = '', upper = '', close] = RANGE.exec(content) ?? []
  if (open === undefined) return content.trim().toLowerCase() === 'empty' ? 'empty' : undefined
  const bound = (text: string) => {
    if (text === '') return ''
    const shown = print(text.replaceAll('"', ''))
    return /[\s,"\\()[\]]/.test(shown) ? `"${shown}"` : shown
  }
  return `${lower === '' ? '(' : open}${bound(lower)},${bound(upper)}${upper === '' ? ')' : close}`
}

/** float8out: the shortest digits that read back. */
function floatText(digits: string): string | undefined {
  if (/^[+-]?(?:inf|infinity)$/i.test(digits)) return digits.startsWith('-') ? '-Infinity' : 'Infinity'
  if (/^nan$/i.test(digits)) return 'NaN'
  const value = Number(digits)
  if (digits === '' || Number.isNaN(value)) return undefined
  const [, mantissa = '', power] = /^(.*)e([+-]\d+)$/.exec(value.toExponential()) ?? []
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 15) return String(value)
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** int8out: `+07` → 7. */
function wholeText(digits: string): string {
  return /^[+-]?\d+$/.test(digits) ? BigInt(digits).toString() : digits
}

/** numeric_out knows no exponent: 1e3 → 1000, 1.5e-3 → 0.0015; a leading point gets its zero. */
function numberText(digits: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(digits) ?? []
  if (whole + fraction === '') return digits
  const exponent = Number(power)
  const all = whole + fraction
  const point = whole.length + exponent
  const scale = Math.max(0, fraction.length - exponent)
  const padded = point > all.length ? all.padEnd(point, '0') : point < 0 ? '0'.repeat(-point) + all : all
  const at = Math.max(0, point)
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0'
  return `${sign === '-' ? '-' : ''}${head}${scale > 0 ? `.${padded.slice(at).padEnd(scale, '0')}` : ''}`
}
