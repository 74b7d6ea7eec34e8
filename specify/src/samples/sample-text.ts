import { compilePattern } from '../contracts/compile-pattern.ts'
import { isWithin, patternText, type Lengths } from './pattern-text.ts'
import type { Random } from './random.ts'

export type TextWishes = Lengths & {
  readonly patterns: readonly string[]
  readonly format: string | undefined
  /** Of the property it is for: the plainest text that suits it is taken. */
  readonly name: string
}

/** A text within the limits, of the format, that suits the property's name; undefined when none was found. */
export function sampleText(
  { patterns, format, name, min, max }: TextWishes,
  random: Random,
): string | undefined {
  const make = format === undefined ? undefined : FORMATS[format]
  if (make !== undefined) {
    const wanted = make(random)
    const text = min > 0 && wanted.length < min ? lengthened(wanted, format!, min) : wanted
    if (isWithin(text, min, max) && (patterns.length === 0 || matchesAll(patterns, text))) return text
    const short = SHORT[format!]
    if (short !== undefined && isWithin(short, min, max) && matchesAll(patterns, short)) return short
  }
  if (patterns.length > 0) return patternText(patterns, { min, max }, random)
  if (make !== undefined) return undefined
  const word = wordFor(name, random)
  if (isWithin(word, min, max)) return word
  let text = word
  while (text.length < min) text += ` ${random.pick(WORDS)}`
  return text.slice(0, Math.min(max, Math.max(min, text.length))).replace(/ $/, 'x')
}

function matchesAll(patterns: readonly string[], text: string): boolean {
  return patterns.every((pattern) => compilePattern(pattern)?.test(text) !== false)
}

/** The same kind of text with more characters, where the format has a place for them. */
function lengthened(text: string, format: string, min: number): string {
  const missing = 'x'.repeat(Math.max(0, min - text.length))
  if (format === 'email' || format === 'idn-email') return missing.slice(0, 50) + text
  if (format === 'password' || format === 'binary') return text + missing
  if (/^(?:uri|url|iri)/.test(format)) return text + missing
  return text
}

const SHORT: Readonly<Record<string, string>> = {
  uri: 'a:b',
  'uri-reference': '/a',
  email: 'a@b.de',
  hostname: 'a',
  password: 'p',
}

const two = (n: number) => String(n).padStart(2, '0')
const date = (random: Random) => `2026-${two(random.between(1, 12))}-${two(random.between(1, 28))}`
const time = (random: Random) =>
  `${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}Z`

/** Version 7 (RFC 9562) of a moment in 2026, so that ids look and sort like those of a running system. */
function uuid(random: Random): string {
  const ms = 1_767_225_600_000 + Math.floor(random.fraction() * 31_536_000_000)
  const stamp = ms.toString(16).padStart(12, '0')
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${random.hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${random.hex(3)}-${random.hex(12)}`
}

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  date,
  time,
  'iso-time': time,
  'date-time': (random) => `${date(random)}T${time(random)}`,
  'iso-date-time': (random) => `${date(random)}T${time(random)}`,
  duration: (random) => `P${random.between(1, 30)}D`,
  uuid,
  email: (random) => `${random.pick(FIRST).toLowerCase()}.${random.pick(LAST).toLowerCase()}@example.com`,
  'idn-email': (random) => `${random.pick(FIRST).toLowerCase()}@example.com`,
  uri: (random) => `https://example.com/${random.pick(WORDS)}/${random.hex(6)}`,
  url: (random) => `https://example.com/${random.pick(WORDS)}/${random.hex(6)}`,
  iri: (random) => `https://example.com/${random.pick(WORDS)}`,
  'uri-reference': (random) => `/${random.pick(WORDS)}/${random.hex(6)}`,
  'iri-reference': (random) => `/${random.pick(WORDS)}`,
  'uri-template': (random) => `https://example.com/${random.pick(WORDS)}/{id}`,
  hostname: (random) => `${random.pick(WORDS)}.example.com`,
  'idn-hostname': (random) => `${random.pick(WORDS)}.example.com`,
  ipv4: (random) => `192.0.2.${random.between(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.hex(3)}`,
  byte: (random) => Buffer.from(random.pick(WORDS)).toString('base64'),
  binary: (random) => random.pick(WORDS),
  password: (random) => `${random.pick(WORDS)}-${random.hex(8)}`,
  regex: () => '^[a-z]+$',
  'json-pointer': (random) => `/${random.pick(WORDS)}`,
  'relative-json-pointer': (random) => `0/${random.pick(WORDS)}`,
}

/** Whether texts of a format can be made. */
export function isKnownFormat(format: string): boolean {
  return Object.hasOwn(FORMATS, format)
}

const FIRST = ['Ada', 'Grace', 'Alan', 'Mary', 'Edsger', 'Barbara', 'Ken', 'Radia', 'Niklaus', 'Hedy']
const LAST = ['Blum', 'Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Novak', 'Silva', 'Weber', 'Haddad', 'Reyes']
const WORDS = [
  'amber',
  'birch',
  'cedar',
  'dune',
  'ember',
  'fern',
  'granite',
  'harbour',
  'ivory',
  'juniper',
  'kiln',
  'linen',
  'meadow',
  'north',
  'olive',
  'pebble',
  'quartz',
  'river',
  'stone',
  'walnut',
]
const CITIES = ['Freiburg', 'Lyon', 'Porto', 'Gdansk', 'Bergen', 'Bologna', 'Ghent', 'Graz']

/** By the end of a property's name, the first that fits. */
const BY_NAME: readonly (readonly [RegExp, (random: Random) => string])[] = [
  [/e-?mail$/i, (random) => FORMATS['email']!(random)],
  [/(?:^|_)first_?name$/i, (random) => random.pick(FIRST)],
  [/(?:^|_)last_?name$|surname$/i, (random) => random.pick(LAST)],
  [/(?:user|full|display|customer|buyer|author|owner)_?name$/i, person],
  [/(?:url|uri|href|link)$/i, (random) => FORMATS['uri']!(random)],
  [/(?:^id|_id|Id|uuid)$/, uuid],
  [/(?:slug|handle|login)$/i, (random) => `${random.pick(WORDS)}-${random.pick(WORDS)}`],
  [/(?:token|secret|key|hash|sha|etag)$/i, (random) => random.hex(24)],
  [/currency$/i, (random) => random.pick(['EUR', 'USD', 'GBP'])],
  [/country(?:_?code)?$/i, (random) => random.pick(['DE', 'FR', 'PT', 'PL', 'NO'])],
  [/(?:city|town)$/i, (random) => random.pick(CITIES)],
  [/street|address$/i, (random) => `${random.pick(LAST)}strasse ${random.between(1, 99)}`],
  [/(?:zip|postal|post_?code)/i, (random) => String(random.between(10000, 99999))],
  [/phone|mobile/i, (random) => `+49 30 ${random.between(100000, 999999)}`],
  [/(?:_at|At|date|time|timestamp)$/, (random) => FORMATS['date-time']!(random)],
  [/colou?r$/i, (random) => `#${random.hex(6)}`],
  [/version$/i, (random) => `${random.between(1, 4)}.${random.between(0, 9)}.${random.between(0, 9)}`],
  [/(?:description|summary|message|detail|text|body|comment|note|content)$/i, sentence],
  [/(?:title|name|label|subject)$/i, (random) => `${capital(random.pick(WORDS))} ${random.pick(WORDS)}`],
]

function wordFor(name: string, random: Random): string {
  let make = makers.get(name)
  if (make === undefined) {
    make = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? ((dice) => dice.pick(WORDS))
    makers.set(name, make)
  }
  return make(random)
}

/** A contract has a few hundred names, each asked for thousands of times. */
const makers = new Map<string, (random: Random) => string>()

function person(random: Random): string {
  return `${random.pick(FIRST)} ${random.pick(LAST)}`
}

function sentence(random: Random): string {
  const words = Array.from({ length: random.between(4, 8) }, () => random.pick(WORDS))
  return `${capital(words.join(' '))}.`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
