import type { Operation } from '../../contracts/model.ts'

// Words of people for what a method does. Not a model of language: a draft that is wrong is changed, never run.
const METHOD_WORDS: readonly (readonly [method: string, words: RegExp])[] = [
  [
    'GET',
    /\b(?:see|sees|view|open|list|read|get|fetch|search|retriev|show|look|brows|download|ask|request)\w*/i,
  ],
  [
    'POST',
    /\b(?:creat|add|plac|submit|regist|sign|log|buy|send|post|start|book|upload|writ|reserv|pay|generat)\w*/i,
  ],
  ['PUT', /\b(?:updat|chang|edit|renam|replac|set|sav|correct)\w*/i],
  ['PATCH', /\b(?:updat|chang|edit|renam|set|sav|correct)\w*/i],
  ['DELETE', /\b(?:delet|remov|cancel|clos|withdraw|empt)\w*/i],
]

const MANY = /\b(?:list|lists|all|every|search|searches|page|pages|browse|browses)\b/i

const COMMON = new Set(
  'a an and api are as at be by for from has have i in is it its my of on or that the their then they this to v1 v2 was when who with user users'.split(
    ' ',
  ),
)

/** The operation the words of a scenario fit best; undefined when they fit none, or several alike. */
export function bestOperation(
  text: string,
  when: string,
  operations: readonly Operation[],
): Operation | undefined {
  const known = operations.map((operation) => ({ operation, words: wordsOfOperation(operation) }))
  const frequency = new Map<string, number>()
  for (const { words } of known) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const said = wordsOf(text)
  const decisive = wordsOf(when)
  const scored = known
    .map(({ operation, words }) => ({ operation, score: score(operation, words) }))
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (best === undefined || best.score < 0.5 || best.score === second?.score) return undefined
  return best.operation

  function score({ method, path }: Operation, words: ReadonlySet<string>): number {
    let sum = 0
    // A word of few operations says more than one of all; the Given tells of other requests.
    for (const word of words)
      if (said.has(word)) sum += (decisive.has(word) ? 2 : 1) / (frequency.get(word) ?? 1)
    if (sum === 0 && !text.includes(path)) return 0
    if (text.includes(`${method} ${path}`)) sum += 10
    if (METHOD_WORDS.some(([each, pattern]) => each === method && pattern.test(when))) sum += 0.5
    // One thing or all of them: what decides between /orders and /orders/{orderId}.
    if (path.endsWith('}') !== MANY.test(when)) sum += 0.25
    return sum
  }
}

function wordsOfOperation({ path, operationId = '', summary = '' }: Operation): Set<string> {
  const named = operationId.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
  return wordsOf(`${path.replaceAll(/\{[^}]*\}/g, ' ')} ${named} ${summary}`)
}

/** Lower case, endings of English dropped, so that "orders" and "ordered" meet. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return new Set(words.filter((word) => !COMMON.has(word)).map(stem))
}

function stem(word: string): string {
  return word.length < 5 ? word.replace(/s$/, '') : word.replace(/(?:ations?|ings?|ies|ed|es|s|e|y)$/, '')
}
