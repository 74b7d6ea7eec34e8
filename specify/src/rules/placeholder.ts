import { positionAt } from '../workspace/json-positions.ts'
import type { Rule } from './rule.ts'

/** Marks of unfinished text. Lower-case "todo" is a word in Spanish and Portuguese, so only the shouted one counts. */
const UNFINISHED =
  /\bTODO\b(?=\s*(?:[:([.]|$))|\bTBD\b|\bFIXME\b|\bXXX\b(?=\s*[:(])|\?\?\?|\blorem ipsum\b|\bACTION REQUIRED\b/gm
/** `[FEATURE NAME]`, `[###-feature-name]`, `[PRINCIPLE_1_NAME]`: what templates shout. */
const SHOUTED =
  /\[(?:#{3}[\w-]*|(?!NEEDS[ _]CLARIFICATION)(?:[A-Z][A-Z\d]*[ _])+[A-Z\d][A-Z\d _]*|FEATURE|DATE|NAME|TITLE|PROJECT|SERVICE)\](?![([:])/g
/** `[Describe this user journey …]`, `[e.g., …]`: what templates ask for. */
const ASKED =
  /\[(?:e\.g\.|Add |Describe |Brief |Explain |Extract |Measurable |State |List |Title|Say |Name |Entity \d|Gate|Remove if|Link |What |Why |How |Who |Which |initial state|action\]|expected outcome|boundary condition|error scenario|specific (?:action|capability|value)|key (?:attribute|interaction)|domain[,\]]|link\]|if applicable|short name|service[ -]name|number\]|[^[\]\n]{1,40}, e\.g\.,)[^\]\n]*\]?(?![([:])/g

export const placeholder: Rule = {
  code: 'placeholder',
  severity: 'error',
  why: 'Text of the template, or a note to oneself, would be taken for a decision by the next reader.',
  example: {
    wrong: '- **FR-001**: System MUST [specific capability]',
    right: '- **FR-001**: The system MUST refuse a wrong password',
  },
  reads: 'document',

  *check({ markdown: { prose, lineStarts } }) {
    const found = [UNFINISHED, SHOUTED, ASKED].flatMap((pattern) => [...prose.matchAll(pattern)])
    const lines = new Set<number>()
    for (const match of found.sort((a, b) => a.index - b.index)) {
      const { line, column } = positionAt(lineStarts, match.index)
      if (lines.has(line)) continue // one finding per line: mending the line mends them all
      lines.add(line)
      yield {
        line,
        column,
        message: `"${shorten(match[0])}" still waits for its text.`,
        hint: 'Write what is meant, or delete the line.',
      }
    }
  },
}

function shorten(text: string): string {
  return text.length <= 50 ? text : `${text.slice(0, 47)}…`
}
