import type { Rule } from './rule.ts'

export const constitutionWithoutPrinciple: Rule = {
  code: 'constitution-without-principle',
  severity: 'error',
  why: 'Plans are checked against the principles; a constitution without any approves everything.',
  example: {
    wrong: '# Constitution\n\nWe write good software.',
    right: '## Core Principles\n\n### I. Tests first\n…',
  },
  reads: 'constitution',

  check({ principles, markdown }) {
    if (principles.length > 0 || markdown.prose.trim() === '') return []
    return [
      {
        line: 1,
        message: 'The constitution names no principle.',
        hint: 'Add "## Core Principles" with one "### …" or one bullet per principle.',
      },
    ]
  },
}
