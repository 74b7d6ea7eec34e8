export type Answered = {
  readonly question: string
  readonly answer: string
  /** `2026-02-03`. */
  readonly day: string
  /** Stands in the place of the open question's marker; without it the marker stays for the author. */
  readonly replacement: string | undefined
}

/**
 * The spec with `- Q: … → A: …` under `## Clarifications`, `### Session <day>`, each made when absent, and the marker of
 * the question replaced. Recording the same twice changes nothing. Keeps line ends.
 */
export function recordAnswer(text: string, { question, answer, day, replacement }: Answered): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = withoutMarker(text, question, replacement).split(/\r\n|\n/)
  const entry = `- Q: ${oneLine(question)} → A: ${oneLine(answer)}`
  if (lines.includes(entry)) return lines.join(eol)
  const section = lines.findIndex((line) => /^##\s+Clarifications\b/i.test(line))
  if (section === -1) {
    const first = lines.findIndex((line) => /^##\s/.test(line))
    const at = first === -1 ? lines.length : first
    return [
      ...lines.slice(0, at),
      '## Clarifications',
      '',
      `### Session ${day}`,
      '',
      entry,
      '',
      ...lines.slice(at),
    ].join(eol)
  }
  const after = lines.findIndex((line, i) => i > section && /^#{1,2}\s/.test(line))
  const end = after === -1 ? lines.length : after
  const session = lines.findIndex((line, i) => i > section && i < end && line.trim() === `### Session ${day}`)
  const next =
    session === -1 ? -1 : lines.findIndex((line, i) => i > session && i < end && /^###\s/.test(line))
  const last = lastFilled(lines, next === -1 ? end : next)
  const added =
    session === -1 ? ['', `### Session ${day}`, '', entry] : [...(last === session ? [''] : []), entry]
  return [...lines.slice(0, last + 1), ...added, ...lines.slice(last + 1)].join(eol)
}

function lastFilled(lines: readonly string[], before: number): number {
  return lines.findLastIndex((line, i) => i < before && line.trim() !== '')
}

function withoutMarker(text: string, question: string, replacement: string | undefined): string {
  if (replacement === undefined) return text
  return text.replaceAll(/\[\s*NEEDS[ _-]CLARIFICATION\s*:?\s*([^\]]*)\]/gi, (marker, asked: string) =>
    oneLine(asked).toLowerCase() === oneLine(question).toLowerCase() ? replacement : marker,
  )
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
