import type { Rule } from './rule.ts'

export const missingSpec: Rule = {
  code: 'missing-spec',
  severity: 'error',
  why: 'A plan or task list without a specification has nothing it could be checked against.',
  example: { wrong: 'specs/003-logout/tasks.md alone', right: 'specs/003-logout/spec.md beside it' },
  reads: 'feature',

  check({ feature, plan, tasks }) {
    const other = plan ?? tasks
    if (feature.files.spec !== undefined || other === undefined) return []
    return [
      {
        file: other.markdown.file,
        line: 1,
        message: `${feature.path} has a ${other.kind === 'plan' ? 'plan' : 'task list'} but no spec.md.`,
        hint: `Write ${feature.path}/spec.md first.`,
      },
    ]
  },
}
