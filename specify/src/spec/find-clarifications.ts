import { positionAt } from '../workspace/json-positions.ts'
import type { MarkdownFile } from './markdown.ts'
import type { Clarification } from './model.ts'

const OPEN = /\[\s*NEEDS[ _-]CLARIFICATION\s*:?\s*([^\]]*)\]/gi
/** `- Q: … → A: …`, on one line or with the answer on the next. */
const ANSWERED =
  /^[ \t]*(?:[-*+]|\d+\.)[ \t]+\**[QPF질问問]\d*\**[ \t]*[::]\**[ \t]*(.+?)(?:[ \t]*(?:→|->|=>|⇒)[ \t]*|[ \t]*(?:\r\n|\n|\r)[ \t]*(?:[-*+][ \t]+)?)\**[ARG답答]\d*\**[ \t]*[::]\**[ \t]*(.*)$/gmu

/** Questions still open in the prose and questions answered, in the order of the file. */
export function findClarifications({ text, prose, lineStarts }: MarkdownFile): Clarification[] {
  const open = [...prose.matchAll(OPEN)].map((match) => ({
    question: match[1]!.replaceAll(/\s+/g, ' ').trim(),
    answer: undefined,
    line: positionAt(lineStarts, match.index).line,
  }))
  const answered = [...text.matchAll(ANSWERED)].map((match) => ({
    question: match[1]!.trim(),
    answer: match[2]!.trim(),
    line: positionAt(lineStarts, match.index).line,
  }))
  return [...open, ...answered].sort((a, b) => a.line - b.line)
}
