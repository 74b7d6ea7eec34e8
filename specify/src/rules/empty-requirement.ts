import type { Rule } from './rule.ts'

export const emptyRequirement: Rule = {
  code: 'empty-requirement',
  severity: 'error',
  why: 'An id without a sentence reserves a number and promises nothing.',
  example: { wrong: '- **FR-007**:', right: '- **FR-007**: The system MUST log every failed login' },
  reads: 'spec',

  *check({ spec }) {
    for (const { id, text, line } of [...spec.requirements, ...spec.criteria])
      if (!/\p{L}/u.test(text))
        yield { line, message: `${id} says nothing.`, hint: 'Write the requirement, or remove the line.' }
  },
}
