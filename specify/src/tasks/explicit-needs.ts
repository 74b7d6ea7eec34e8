import type { Task } from '../spec/model.ts'

const ID = /T\d{1,4}[A-Za-z]?\b|Task\s+\d+(?:\.\d+)+/g

/** The tasks one names itself: "(depends on T003, T004)", or the `Dependencies` of a block. */
export function explicitNeeds(task: Task, fileText: string): { names: string[]; all: boolean } {
  const said = /^Task \d/.test(task.id ?? '')
    ? (blockField(fileText, task.line, 'Dependencies') ?? '')
    : [
        ...task.text.matchAll(
          /\b(?:depends? on|blocked by|requires|after)\s+((?:(?:T\d+[A-Za-z]?)(?:\s*(?:,|and|&|\+)\s*)?)+)/gi,
        ),
      ]
        .map((match) => match[1])
        .join(' ')
  return {
    names: [...new Set([...said.matchAll(ID)].map(([name]) => name.replace(/\s+/g, ' ')))],
    // "All implementation complete": whatever stands in an earlier phase.
    all: /^\s*all\b/i.test(said),
  }
}

/** The value of `- Dependencies: …` between the heading on `line` and the next heading. */
export function blockField(fileText: string, line: number, name: string): string | undefined {
  const below = fileText.split(/\r\n|\n/).slice(line)
  const end = below.findIndex((text) => /^#{1,6}\s/.test(text))
  const field = new RegExp(`^\\s*[-*+]\\s+\\**${name}\\**\\s*:\\**\\s*(.*)$`, 'i')
  for (const text of end === -1 ? below : below.slice(0, end)) {
    const value = field.exec(text)?.[1]
    if (value !== undefined) return value.trim()
  }
  return undefined
}
