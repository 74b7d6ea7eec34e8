import type { Hit } from './search.ts'
import type { Concept, Form } from './word-variants.ts'
import { stem, stems, wordsOf } from './words.ts'

export type FoundLine = {
  readonly path: string
  readonly line: number
  /** The line itself, shortened. */
  readonly context: string
  readonly relevance: number
}

export type Correction = { readonly from: string; readonly to: string }

/** The line of each hit that holds most of what was asked for, and the words taken for mistyped ones as files write them. */
export function tellingLines(
  hits: readonly Hit[],
  concepts: readonly Concept[],
  textOf: (path: string) => string,
): { found: FoundLine[]; corrections: Correction[] } {
  const written = new Map<string, string>()
  const found = hits.map((hit) => {
    const lines = textOf(hit.path).split(/\r\n|\n|\r/)
    const passage = lines.slice(hit.firstLine - 1, hit.lastLine)
    for (const { corrected } of concepts)
      if (corrected !== undefined && !written.has(corrected)) {
        const word = wordsOf(passage.join('\n')).find((one) => stem(one) === corrected)
        if (word !== undefined) written.set(corrected, word)
      }
    const index = bestLine(passage, concepts)
    return {
      path: hit.path,
      line: hit.firstLine + index,
      context: shorten((passage[index] ?? '').trim()),
      relevance: hit.relevance,
    }
  })
  const corrections = concepts.flatMap(({ word, corrected }) =>
    corrected === undefined ? [] : [{ from: word, to: written.get(corrected) ?? corrected }],
  )
  return { found, corrections }
}

/** The earliest of the lines with most weight; the first line when the hit is in the path alone. */
function bestLine(passage: readonly string[], concepts: readonly Concept[]): number {
  let best = { index: 0, weight: 0 }
  for (const [index, line] of passage.entries()) {
    const words = new Set(stems(line))
    let weight = 0
    for (const { forms } of concepts) weight += bestForm(forms, words)
    if (weight > best.weight + 1e-9) best = { index, weight }
  }
  return best.index
}

function bestForm(forms: readonly Form[], words: ReadonlySet<string>): number {
  let best = 0
  for (const { weight, stems: own } of forms)
    for (const { term, weight: sureness } of own)
      if (words.has(term)) best = Math.max(best, weight * sureness)
  return best
}

function shorten(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`
}
