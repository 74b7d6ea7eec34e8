import type { Rule } from './rule.ts'

export const emptyFile: Rule = {
  code: 'empty-file',
  severity: 'error',
  why: 'An empty file looks like finished work in every listing.',
  example: { wrong: '(nothing but blank lines)', right: '# Feature Specification: User login' },
  reads: 'document',

  check({ kind, markdown }) {
    if (markdown.prose.trim() !== '') return []
    return [
      {
        line: 1,
        message: `The ${kind} says nothing.`,
        hint: 'Write it, or delete the file.',
      },
    ]
  },
}
