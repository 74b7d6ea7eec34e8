import type { Rule } from './rule.ts'

export const taskWithoutId: Rule = {
  code: 'task-without-id',
  severity: 'info',
  why: 'Without a number a task cannot be depended on, reported done or turned into an issue twice without a duplicate.',
  example: {
    wrong: '- [ ] Write the migration',
    right: '- [ ] T004 Write the migration in db/004-users.sql',
  },
  reads: 'tasks',

  *check({ tasks }) {
    // A file without a single number has another convention; only gaps in this one are slips.
    if (tasks.every(({ id }) => id === undefined)) return
    for (const { id, line, text } of tasks)
      if (id === undefined)
        yield {
          line,
          message: `The task "${shorten(text)}" has no id.`,
          hint: 'Put the next free number in front: "- [ ] T042 …".',
        }
  },
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`
}
