import { editDistance } from './edit-distance.ts'

export type KnownWord = { readonly word: string; readonly uses: number }

/**
 * What somebody who typed `typed` most likely meant: the known word with the fewest mistakes in between, then one with
 * the same first letter, which people rarely get wrong, then the one more products carry. None if all are too far away.
 */
export function nearestWord(typed: string, known: readonly KnownWord[]): string | undefined {
  const mostMistakes = typed.length <= 4 ? 1 : 2
  const near = known
    .map(({ word, uses }) => ({
      word,
      uses,
      mistakes: editDistance(typed, word),
      start: word[0] === typed[0],
    }))
    .filter(({ mistakes }) => mistakes <= mostMistakes)
    .sort(
      (a, b) =>
        a.mistakes - b.mistakes ||
        Number(b.start) - Number(a.start) ||
        b.uses - a.uses ||
        (a.word < b.word ? -1 : 1),
    )
  return near[0]?.word
}
