// Values that a schema allows and that programs stumble over.

export const hostileTexts: readonly (readonly [name: string, what: string, text: string])[] = [
  ['nul', 'a NUL character', 'a\u0000b'],
  ['surrogate', 'half a surrogate pair', 'a\ud800b'],
  ['emoji', 'characters outside the basic plane', 'a 👩‍👩‍👧‍👦 🏳️‍🌈 b'],
  ['unicode', 'letters of many scripts', 'Ωß ñ ж 中文 العربية עברית ไทย a\u0301\u0323'],
  ['direction', 'invisible and direction characters', 'a\u202e\u200b\ufeff\u2028b'],
  ['control', 'control characters', 'a\u0001\u001b[31m\r\nb'],
  ['quotes', 'quotes and a comment of SQL', `a'); DROP TABLE x; -- "`],
  ['format', 'format directives and templates', '%s%n${7*7}{{7*7}}'],
  ['long', '100,000 characters', 'x'.repeat(100_000)],
]

export const hostileIntegers: readonly (readonly [name: string, what: string, number: number])[] = [
  ['int32', 'one more than 32 bits hold', 2_147_483_648],
  ['int53', 'the largest whole number of JavaScript', 9_007_199_254_740_991],
  ['int64', 'more than 64 bits hold', 1e19],
]

/** JSON text of arrays inside arrays. */
export function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`
}
