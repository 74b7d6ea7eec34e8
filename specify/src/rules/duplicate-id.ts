import type { Problem, Rule } from './rule.ts'

export const duplicateId: Rule = {
  code: 'duplicate-id',
  severity: 'error',
  why: 'Tasks, tests and people refer to ids; one id for two things makes every reference a guess.',
  example: { wrong: '- **FR-002**: …\n- **FR-002**: …', right: '- **FR-002**: …\n- **FR-003**: …' },
  reads: 'spec',

  *check({ spec }): Iterable<Problem> {
    const first = new Map<string, number>()
    for (const { id, line } of [...spec.stories, ...spec.requirements, ...spec.criteria]) {
      const earlier = first.get(id)
      if (earlier === undefined) first.set(id, line)
      else
        yield {
          line,
          message: `${id} is already on line ${earlier}.`,
          hint: `Give this one the next free number; ids of things that were removed are not used again.`,
        }
    }
  },
}
