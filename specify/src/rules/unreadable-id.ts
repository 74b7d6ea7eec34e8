import { REQUIREMENT_ID } from '../spec/find-requirements.ts'
import type { Problem, Rule } from './rule.ts'

const LOOKS_LIKE_ONE =
  /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?\*\*((?:N?FR|REQ|SC)[-_ ][^*\r\n]{1,60}?):?\*\*/u

export const unreadableId: Rule = {
  code: 'unreadable-id',
  severity: 'error',
  why: 'A requirement whose id no program reads is in no report: no task is missed, no test asked for.',
  example: { wrong: '- **FR-🚀**: The rocket MUST fly', right: '- **FR-001**: The rocket MUST fly' },
  reads: 'spec',

  *check({ markdown }): Iterable<Problem> {
    for (const [i, line] of markdown.prose.split(/\r\n|\n|\r/).entries()) {
      const id = LOOKS_LIKE_ONE.exec(line)?.[1]
      if (id === undefined || REQUIREMENT_ID.test(id)) continue
      yield {
        line: i + 1,
        message: `"${id}" is no id: the line is not counted as a requirement.`,
        hint: 'Write FR-001, FR-AUTH-001 or SC-001: capital letters, a hyphen, a number.',
      }
    }
  },
}
