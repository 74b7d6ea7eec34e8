import type { Paragraph } from 'mdast'
import { lineOf, plainText } from './markdown.ts'
import { stepWord, type StepWord } from './step-words.ts'

export type FoundStep = { readonly word: StepWord; readonly text: string; readonly line: number }

/** The steps written in a paragraph, on one line or several; empty for any other paragraph. */
export function findSteps(text: string, paragraph: Paragraph): FoundStep[] {
  const marked = highlightedSteps(text, paragraph)
  return marked.length > 0 ? marked : plainSteps(text, paragraph)
}

/** `**Given** …, **When** …`: a step reaches from its highlighted word to the next one. */
function highlightedSteps(text: string, paragraph: Paragraph): FoundStep[] {
  const openings = paragraph.children.flatMap((node) => {
    if (node.type !== 'strong' && node.type !== 'emphasis') return []
    const word = stepWord(plainText(node))
    // An "*and*" in italics stresses a sentence; only bold ones join steps.
    return word === undefined || (word === 'more' && node.type === 'emphasis') ? [] : [{ node, word }]
  })
  const end = paragraph.position!.end.offset!
  return openings.map(({ node, word }, i) => ({
    word,
    text: tidy(text.slice(node.position!.end.offset, openings[i + 1]?.node.position!.start.offset ?? end)),
    line: lineOf(node),
  }))
}

const PLAIN = /(^|[,;.]\s+|\n\s*)(given|when|then)\b/gi

/** `Given a, when b, then c` without any highlighting: believed only when it opens the paragraph and is complete. */
function plainSteps(text: string, paragraph: Paragraph): FoundStep[] {
  const start = paragraph.position!.start.offset!
  const source = text.slice(start, paragraph.position!.end.offset)
  if (!/^(given|when)\b/i.test(source)) return []
  const openings = [...source.matchAll(PLAIN)]
  const words = openings.map((match) => match[2]!.toLowerCase() as StepWord)
  if (!words.includes('when') || !words.includes('then')) return []
  return openings.map((match, i) => {
    const wordAt = match.index + match[1]!.length
    return {
      word: words[i]!,
      text: tidy(source.slice(wordAt + match[2]!.length, openings[i + 1]?.index)),
      line: lineOf(paragraph) + source.slice(0, wordAt).split(/\r\n|\n|\r/).length - 1,
    }
  })
}

/** One line, without the punctuation that joins steps. */
function tidy(source: string): string {
  return source
    .replaceAll(/[ \t]*\\?(?:\r\n|\n|\r)[>\s]*/g, ' ')
    .trim()
    .replace(/^[::,,、،]\s*/, '')
    .replace(/[,;,;、،؛]$/, '')
    .trim()
}
