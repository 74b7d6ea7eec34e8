// LIKE, SIMILAR TO and regular expressions: as tests, by JavaScript's own engine, and as sources of texts that match.

import { parsePattern, PatternError } from '../values/pattern.ts'
import { condition, NotUnderstood, type Term, type Trial } from './term.ts'

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: String.raw`\s`,
  xdigit: '0-9a-fA-F',
  word: String.raw`\w`,
  punct: '!-\\/:-@\\[-`{-~',
  blank: ' \\t',
}

/** PostgreSQL's regular expression as JavaScript's: character classes by name, its own names for places. */
export function portable(pattern: string): string {
  return pattern
    .replace(/^\(\?[a-z]+\)/, '')
    .replaceAll(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replaceAll(/\\[mMy]/g, String.raw`\b`)
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(String.raw`\Z`, '$')
}

/** LIKE's pattern as a regular expression. */
export function likeRegex(pattern: string): string {
  return `^${eachOf(pattern, { '%': '[\\s\\S]*', _: '[\\s\\S]' }, (char) => char.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))}$`
}

/** SIMILAR TO: LIKE's % and _ within a regular expression; dots stand for themselves. */
export function similarRegex(pattern: string): string {
  return `^(?:${eachOf(pattern, { '%': '[\\s\\S]*', _: '[\\s\\S]' }, (char) => (/[.^$]/.test(char) ? `\\${char}` : char))})$`
}

function eachOf(
  pattern: string,
  special: Readonly<Record<string, string>>,
  other: (char: string) => string,
): string {
  return pattern.replaceAll(/\\([\s\S])|([\s\S])/g, (_, escaped: string | undefined, plain: string) =>
    escaped === undefined
      ? (special[plain] ?? other(plain))
      : escaped.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`),
  )
}

/** The pattern our own pattern generator can count through, if it can. */
export function generatable(regex: string, isLike: boolean): string | undefined {
  const plain = isLike
    ? regex.replaceAll(String.raw`[\s\S]*`, '[a-z]{2,8}').replaceAll(String.raw`[\s\S]`, '[a-z]')
    : regex
  try {
    const node = parsePattern(plain)
    const test = new RegExp(regex)
    // The two readings must agree: a few texts from all over the space.
    const tries = Math.min(node.size, 16)
    for (let i = 0; i < tries; i++)
      if (!test.test(node.at(Math.floor((i / tries) * Math.min(node.size, 2 ** 52))))) return undefined
    return plain
  } catch (error) {
    if (error instanceof PatternError || error instanceof SyntaxError || error instanceof RangeError)
      return undefined
    throw error
  }
}

export type Match = {
  readonly regex: string
  readonly like: boolean
  readonly ignoreCase: boolean
  readonly negated: boolean
}

export function matching(of: Term, { regex, like, ignoreCase, negated }: Match, trial: Trial): Term {
  let test: RegExp
  try {
    test = new RegExp(regex, ignoreCase ? 'i' : '')
  } catch {
    throw new NotUnderstood(`the pattern ${regex}`)
  }
  const pattern = generatable(regex, like)
  const node = pattern === undefined ? undefined : parsePattern(pattern)
  const size = Math.min(node?.size ?? 0, 2 ** 52)
  const matches = (value: unknown): boolean => test.test(String(value))
  const makeMatch = (): boolean => {
    const now = of.value()
    if (typeof now === 'string')
      for (const near of nearby(now)) if (matches(near) && of.write?.(near) === true) return true
    if (!node) return false
    for (let i = 0; i < 4; i++)
      if (of.write?.(node.at(Math.floor(trial.random() * size))) === true) return true
    return false
  }
  const makeOther = (): boolean => {
    const now = String(of.value() ?? '')
    // Leave out what matched; failing that, a plain word.
    for (const other of [
      now.replaceAll(new RegExp(test.source, `g${test.flags}`), ''),
      now.trim(),
      now.replaceAll(/[^a-zA-Z0-9]/g, ''),
      'plain',
      'PLAIN',
      '0',
      'x',
    ])
      if (!matches(other) && other !== '' && of.write?.(other) === true) return true
    return false
  }
  return condition(
    () => {
      const is = of.value()
      return is === null ? null : matches(is) !== negated
    },
    (to) => {
      if (of.value() === null) return false
      return to !== negated ? makeMatch() : makeOther()
    },
    {
      parts: [of],
      shape: negated || pattern === undefined ? undefined : { kind: 'matches', of, pattern, like },
    },
  )
}

/** What a person would make of a value that does not match: other case, no spaces, a dash for what is no letter. */
function nearby(text: string): string[] {
  const lower = text.toLowerCase()
  const dashed = lower.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return [
    text.trim(),
    lower,
    text.toUpperCase(),
    dashed,
    dashed.replaceAll('-', '_'),
    lower.replaceAll(/[^a-z0-9]/g, ''),
    dashed.toUpperCase(),
    text.replaceAll(/\D/g, ''),
    `${dashed}@example.com`,
    `https://example.com/${dashed}`,
    `/${dashed}`,
    `${lower}.`,
  ].filter((one) => one !== '')
}
