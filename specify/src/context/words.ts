// Words as the search sees them: lower-case, without accents, cut at capitals, shortened to a stem. The stem is always
// a prefix of the word, so that all longer forms stand together in a sorted list.

const TOKEN =
  /[A-Z]{2,6}-\d+[a-z]?(?![\w-])|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const HUMP = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/

/** Words that say nothing about what one looks for: English, Portuguese, Spanish. */
const STOP = new Set(
  `the a an and or of to in on at for from with by as is are was were be been it its this that these those there
  how do does did what where which who whom why when while we you i me my our us your they them their he she his her can
  could should would will shall must may might if then than so not no yes but also only just into onto out up about
  after before has have had having get gets got want wants need needs even some any all isn isnt don dont doesnt t s
  o os as um uma uns umas de do da dos das em no na nos nas por para com sem e ou que se como onde qual quais quando
  quem porque ao aos pelo pela ser foi era sao esta este isso nao ja mais muito so da deve pode ha num numa
  el la los las un una unos unas del al y en con por para es son que cual donde cuando quien se lo su sus`.split(
    /\s+/,
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
  const parts = token.split(HUMP).map((part) => withoutAccents(part.toLowerCase()))
  return parts.length > 1 ? [...parts, token.toLowerCase()] : parts
}

/** "usuário" is asked for as "usuario", and the other way round. */
function withoutAccents(word: string): string {
  return /^[\0-\x7f]*$/.test(word) ? word : word.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC')
}

/** The words of a question: without stop words unless nothing else is left, each once. Ids may be typed in small letters. */
export function queryWords(query: string): string[] {
  const asked = query.normalize('NFC').replaceAll(/\b[a-z]{2,4}-\d+[a-z]?\b/g, (id) => id.toUpperCase())
  const words = asked.match(TOKEN) ?? []
  const telling = words.filter((word) => !STOP.has(withoutAccents(word.toLowerCase())))
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
