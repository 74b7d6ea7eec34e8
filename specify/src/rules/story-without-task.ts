import { OUTSIDE } from '../spec/find-stories.ts'
import type { Problem, Rule } from './rule.ts'

export const storyWithoutTask: Rule = {
  code: 'story-without-task',
  severity: 'warning',
  why: 'A story no task is labelled with will not be built, or cannot be seen to be built.',
  example: {
    wrong: '- [ ] T012 Add the logout button',
    right: '- [ ] T012 [US3] Add the logout button in web/logout.tsx',
  },
  reads: 'feature',

  *check({ spec, tasks }): Iterable<Problem> {
    if (spec === undefined || tasks === undefined) return
    const labelled = new Set(tasks.tasks.flatMap(({ stories }) => stories))
    if (labelled.size === 0) return // this task list is not cut by story
    for (const { id, title, line, withdrawn } of spec.spec.stories)
      if (!labelled.has(id) && !withdrawn && id !== OUTSIDE)
        yield {
          file: spec.markdown.file,
          line,
          message: `No task is labelled [${id}] "${title}".`,
          hint: `Label the tasks that build it with [${id}].`,
        }
  },
}
