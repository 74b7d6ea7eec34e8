import type { Rule } from './rule.ts'

export const missingConstitution: Rule = {
  code: 'missing-constitution',
  severity: 'warning',
  why: 'Without written principles each plan argues about language, tests and errors anew.',
  example: { wrong: '(no constitution.md)', right: 'constitution.md, or .specify/memory/constitution.md' },
  reads: 'workspace',

  check({ constitution }) {
    if (constitution !== undefined) return []
    return [
      {
        message: 'The workspace has no constitution.',
        hint: 'Write constitution.md at the root; "specify init ." puts a template there.',
      },
    ]
  },
}
