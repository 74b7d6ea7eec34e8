import type { Rule } from './rule.ts'

export const duplicateTask: Rule = {
  code: 'duplicate-task',
  severity: 'error',
  why: 'Ticking one of two tasks with the same number leaves nobody sure which one is done.',
  example: { wrong: '- [x] T003 …\n- [ ] T003 …', right: '- [x] T003 …\n- [ ] T004 …' },
  reads: 'tasks',

  *check({ tasks }) {
    const first = new Map<string, number>()
    for (const { id, line } of tasks) {
      if (id === undefined) continue
      const earlier = first.get(id)
      if (earlier === undefined) first.set(id, line)
      else
        yield {
          line,
          message: `${id} is already on line ${earlier}.`,
          hint: 'Give this task the next free number.',
        }
    }
  },
}
