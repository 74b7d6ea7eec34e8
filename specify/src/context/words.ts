// Words as the search sees them: lower-case, cut at capitals, shortened to a stem that is always a prefix of the
// word. That last point matters: a file that does not contain the stem cannot contain any of its words, so most
// files are dismissed by one substring test and never cut into words at all.

const TOKEN =
  /[A-Z]{2,6}-\d+[a-z]?(?![\w-])|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const HUMP = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/

/** Words that say nothing about what one looks for. */
const STOP = new Set(
  'the a an and or of to in on at for from with by as is are was be been it its this that these those how do does what where which who when we you i my our your can'.split(
    ' ',
  ),
)

/** The stems in `text`, in order, repeated words repeated. */
export function stems(text: string): string[] {
  return tokensOf(text).flatMap(stemsOf)
}

/** The stretches between spaces and punctuation, as written; each has one or several stems. */
export function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? []
}

/** Texts say few different words: a search of 10 MB cuts and shortens each of them once, not each time. */
const known = new Map<string, readonly string[]>()
const KNOWN_AT_MOST = 100_000 // a process that lives long must not remember everything

export function stemsOf(token: string): readonly string[] {
  let found = known.get(token)
  if (found === undefined) {
    if (known.size >= KNOWN_AT_MOST) known.clear()
    found = partsOf(token).map(stem)
    known.set(token, found)
  }
  return found
}

/** The same before shortening: what a typing mistake is compared with. */
export function wordsOf(text: string): string[] {
  return tokensOf(text).flatMap(partsOf)
}

function partsOf(token: string): string[] {
  if (UNSPACED.test(token)) return pairs(token)
  if (token.includes('-')) return [token.toLowerCase()]
  const parts = token.split(HUMP).map((part) => part.toLowerCase())
  return parts.length > 1 ? [...parts, token.toLowerCase()] : parts
}

/** The words of a question: without stop words unless nothing else is left, each once. */
export function queryWords(query: string): string[] {
  const words = query.match(TOKEN) ?? []
  const telling = words.filter((word) => !STOP.has(word.toLowerCase()))
  return [...new Set(wordsOf((telling.length > 0 ? telling : words).join(' ')))]
}

/** `orders`, `ordered`, `ordering` → `order`; `policies`, `policy` → `polic`. Light on purpose: always a prefix. */
export function stem(word: string): string {
  if (word.includes('-') || UNSPACED.test(word)) return word
  let short = word
  for (const [ending, least] of ENDINGS) {
    if (!short.endsWith(ending) || short.length - ending.length < least) continue
    if (ending === 's' && /(?:ss|us|is)$/.test(short)) continue
    short = short.slice(0, -ending.length)
    if (ending !== 's') break
  }
  return /([b-df-hj-np-tv-z])\1$/.test(short) && short.length > 3 ? short.slice(0, -1) : short
}

/** Ending, and how many letters must stay. A plural goes first, then at most one other ending. */
const ENDINGS = [
  ['s', 3],
  ['ation', 3],
  ['ating', 3],
  ['ated', 3],
  ['ator', 3],
  ['ate', 3],
  ['ment', 4],
  ['ing', 3],
  ['ion', 4],
  ['ie', 2],
  ['ed', 3],
  ['er', 4],
  ['or', 4],
  ['ly', 4],
  ['e', 3],
  ['y', 3],
] as const

/** Chinese, Japanese and Korean leave no spaces: two neighbouring characters are the unit. */
function pairs(text: string): string[] {
  const characters = Array.from(text)
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, i) => characters[i]! + character)
}
