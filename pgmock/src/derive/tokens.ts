import { ExpressionError } from './expression.ts'

export type Token = {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end'
  /** As written; a text without its quotes. */
  readonly text: string
  readonly at: number
  /** A "quoted" name is never a keyword. */
  readonly quoted?: true
}

const SIGNS = [
  '||',
  '<>',
  '!=',
  '<=',
  '>=',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ',',
  '.',
  ':',
]

/** Splits an expression; 'text' doubles its quote as in SQL, "name" is never a keyword. */
export function tokens(source: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at)
    const blank = /^\s+/.exec(rest)
    if (blank) {
      at += blank[0].length
      continue
    }
    const token = next(rest, at)
    found.push(token.token)
    at += token.length
  }
  found.push({ kind: 'end', text: '', at: source.length })
  return found
}

function next(rest: string, at: number): { token: Token; length: number } {
  const name = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.exec(rest)
  if (name) return { token: { kind: 'name', text: name[0], at }, length: name[0].length }
  const number = /^\d+(\.\d+)?/.exec(rest)
  if (number) return { token: { kind: 'number', text: number[0], at }, length: number[0].length }
  const text = /^'((?:[^']|'')*)'/.exec(rest)
  if (text)
    return { token: { kind: 'text', text: text[1]!.replaceAll("''", "'"), at }, length: text[0].length }
  const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
  if (quoted)
    return {
      token: { kind: 'name', text: quoted[1]!.replaceAll('""', '"'), at, quoted: true },
      length: quoted[0].length,
    }
  const sign = SIGNS.find((candidate) => rest.startsWith(candidate))
  if (sign) return { token: { kind: 'sign', text: sign === '!=' ? '<>' : sign, at }, length: sign.length }
  if (rest.startsWith("'")) throw new ExpressionError('expression-syntax', at, "a text is not closed by '")
  throw new ExpressionError(
    'expression-syntax',
    at,
    `unexpected character ${JSON.stringify(Array.from(rest)[0])}`,
  )
}
