// Words that product names rarely have and shoppers often type: "a mug for the garden".
const FILLERS = new Set('a an and by for from in my of on or the to with'.split(' '))
const MOST_WORDS = 8 // each one more narrows the result; beyond this it only costs

/**
 * The words to look for, lower case, letters and digits only, so that nothing in them means anything to the search
 * engine. Empty when the text holds none.
 */
export function queryWords(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]s(?!\p{L})/gu, '') // "women's" is looked for as "women"
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !FILLERS.has(word))
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS)
}
