// Values of types that no generator knows, simple but valid, in the form the server prints them.

import { timeText } from '../bytes/dates.ts'
import type { PgType } from '../schema/pg-type.ts'

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron']

const MAKERS: Readonly<Record<string, (n: number) => string>> = {
  tsvector: (n) => `'${word(n)}':1`,
  tsquery: (n) => `'${word(n)}'`,
  name: (n) => `${word(n)}_${n % 1000}`,
  oid: (n) => String(16_384 + (n % 100_000)),
  money: (n) => `$${n % 1000}.${String(n % 100).padStart(2, '0')}`,
  xml: (n) => `<note>${word(n)}</note>`,
  point: (n) => `(${n % 180},${n % 90})`,
  int4range: (n) => `[${n % 100},${(n % 100) + 10})`,
  int8range: (n) => `[${n % 100},${(n % 100) + 10})`,
  numrange: (n) => `[${n % 100},${(n % 100) + 10})`,
  daterange: (n) => `[2024-01-01,2025-${String((n % 12) + 1).padStart(2, '0')}-01)`,
  macaddr8: (n) => `08:00:2b:01:02:03:04:${(n % 256).toString(16).padStart(2, '0')}`,
  'time with time zone': (n) => `${timeText((n % 86_400) * 1_000_000)}+00`,
  '"char"': (n) => 'abcdefgh'[n % 8]!,
}

function word(n: number): string {
  return WORDS[n % WORDS.length]!
}

/** From a number that the row draws; undefined for types we make nothing for. */
export function otherValue({ castText, text }: PgType): ((n: number) => string) | undefined {
  if (castText === 'bit' || castText === 'bit varying') {
    const bits = Number(/\((\d+)\)/.exec(text)?.[1] ?? 8)
    return (n) => (n >>> 0).toString(2).padStart(bits, '0').slice(-bits)
  }
  return Object.hasOwn(MAKERS, castText) ? MAKERS[castText] : undefined
}
