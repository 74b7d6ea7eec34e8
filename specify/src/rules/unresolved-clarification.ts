import { positionAt } from '../workspace/json-positions.ts'
import type { Rule } from './rule.ts'

const MARKER = /\[?\bNEEDS[ _-]CLARIFICATION\b\s*:?\s*([^\]\n]*)\]?/g

export const unresolvedClarification: Rule = {
  code: 'unresolved-clarification',
  severity: 'error',
  why: 'An open question is answered by guessing as soon as somebody plans or implements past it.',
  example: {
    wrong: '- **FR-006**: Sessions MUST end after [NEEDS CLARIFICATION: how long?]',
    right: '- **FR-006**: Sessions MUST end after 30 minutes without a request',
  },
  reads: 'document',

  *check({ markdown: { prose, lineStarts } }) {
    for (const match of prose.matchAll(MARKER)) {
      // "No NEEDS CLARIFICATION markers remain" talks about the marker; the marker itself stands in brackets.
      if (!match[0].startsWith('[')) continue
      const question = match[1]!.trim()
      yield {
        ...positionAt(lineStarts, match.index),
        message: question === '' ? 'A question is open.' : `Open question: ${question}`,
        hint: 'Ask, write the answer in its place, and record it under "## Clarifications" as "- Q: … → A: …".',
      }
    }
  },
}
