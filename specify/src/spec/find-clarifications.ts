import { positionAt } from '../workspace/json-positions.ts'
import type { MarkdownFile } from './markdown.ts'
import type { Clarification } from './model.ts'

const OPEN = /\[\s*NEEDS[ _-]CLARIFICATION\s*:?\s*([^\]]*)\]/gi
/** `- Q: … → A: …`, on one line or with the answer on the next. */
const ANSWERED =
  /^[ \t]*(?:[-*+]|\d+\.)[ \t]+\**[QPF질问問]\d*\**[ \t]*[::]\**[ \t]*(.+?)(?:[ \t]*(?:→|->|=>|⇒)[ \t]*|[ \t]*(?:\r\n|\n|\r)[ \t]*(?:[-*+][ \t]+)?)\**[ARG답答]\d*\**[ \t]*[::]\**[ \t]*(.*)$/gmu

/** Questions still open in the prose and questions answered, in the order of the file. */
export function findClarifications({ text, prose, headings, lineStarts }: MarkdownFile): Clarification[] {
  const open = [...prose.matchAll(OPEN)].map((match) => ({
    question: match[1]!.replaceAll(/\s+/g, ' ').trim(),
    answer: undefined,
    line: positionAt(lineStarts, match.index).line,
  }))
  const sessions = headings.flatMap(({ text: title, line }) => {
    const day = /^session\s+(\d{4}-\d\d-\d\d)/i.exec(title)?.[1]
    return day === undefined ? [] : [{ day, line }]
  })
  const answered = [...text.matchAll(ANSWERED)].map((match) => {
    const { line } = positionAt(lineStarts, match.index)
    const session = sessions.findLast((one) => one.line < line)?.day
    return {
      question: match[1]!.trim(),
      answer: match[2]!.trim(),
      line,
      ...(session !== undefined && { session }),
    }
  })
  return [...open, ...answered].sort((a, b) => a.line - b.line)
}
