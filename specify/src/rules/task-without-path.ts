import type { Rule } from './rule.ts'

export const taskWithoutPath: Rule = {
  code: 'task-without-path',
  severity: 'info',
  why: 'A task that names its file can be checked against the code, and two of them can be seen to collide.',
  example: {
    wrong: '- [ ] T005 [US1] Implement login',
    right: '- [ ] T005 [US1] Implement login in src/login.ts',
  },
  reads: 'tasks',

  *check({ tasks }) {
    for (const { id, stories, paths, line } of tasks)
      // Only work on a story must touch a file; "run the whole suite" and "review with the team" need none.
      if (stories.length > 0 && paths.length === 0)
        yield { line, message: `${id ?? 'The task'} names no file.`, hint: 'Say where: "… in src/login.ts".' }
  },
}
