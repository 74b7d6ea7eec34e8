import type { Rule } from './rule.ts'

export const noTask: Rule = {
  code: 'no-task',
  severity: 'error',
  why: 'Progress is counted in boxes; a task list in prose cannot be resumed, checked or handed over.',
  example: {
    wrong: 'First we build the model, then the endpoint.',
    right: '- [ ] T001 [US1] Create the user model in src/user.ts',
  },
  reads: 'tasks',

  check({ tasks, markdown }) {
    if (tasks.length > 0 || markdown.prose.trim() === '') return []
    return [
      {
        line: 1,
        message: 'The file holds no task.',
        hint: 'Write tasks as "- [ ] T001 [US1] What to do in path/to/file".',
      },
    ]
  },
}
