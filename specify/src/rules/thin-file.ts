import type { Rule } from './rule.ts'

/** Characters of prose below which nobody can plan from the file. */
const LEAST = { spec: 500, constitution: 300 } as const

export const thinFile: Rule = {
  code: 'thin-file',
  severity: 'warning',
  why: 'A specification of a few sentences leaves the decisions to whoever implements it, human or model.',
  example: {
    wrong: '# Login\n\nUsers can log in.',
    right: 'Stories with scenarios, requirements and success criteria',
  },
  reads: 'document',

  check({ kind, markdown }) {
    const length = markdown.text.trim().length
    if (length === 0 || (kind !== 'spec' && kind !== 'constitution') || length >= LEAST[kind]) return []
    return [
      {
        line: 1,
        message: `${length} characters are little for a ${kind}; at least ${LEAST[kind]} are expected.`,
        hint: 'Say who wants what, how one sees that it works, and what is left out.',
      },
    ]
  },
}
