import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Problem, Rule } from './rule.ts'

export const danglingReference: Rule = {
  code: 'dangling-reference',
  severity: 'error',
  why: 'A task for a story or requirement that does not exist is work nobody asked for, or a typing mistake.',
  example: { wrong: '- [ ] T009 [US7] … per FR-099', right: '- [ ] T009 [US2] … per FR-009' },
  reads: 'feature',

  *check({ spec, tasks }): Iterable<Problem> {
    if (spec === undefined || tasks === undefined) return
    const stories = spec.spec.stories.map(({ id }) => id)
    const ids = [...spec.spec.requirements, ...spec.spec.criteria].map(({ id }) => id)
    for (const task of tasks.tasks) {
      const at = { file: tasks.markdown.file, line: task.line }
      const name = task.id ?? 'The task'
      for (const story of task.stories)
        if (stories.length > 0 && !isKnown(story, stories)) yield { ...at, ...unknown(name, story, stories) }
      for (const id of task.requirements)
        // What lies between the ends of "FR-001–FR-009" may have been removed.
        if (ids.length > 0 && task.text.includes(id) && !isKnown(id, ids))
          yield { ...at, ...unknown(name, id, ids) }
    }
  },
}

/** `US6a` in tasks is a part of the spec's US6, `FR-101c` point (c) of its FR-101. */
function isKnown(id: string, known: readonly string[]): boolean {
  return known.includes(id) || known.includes(id.replace(/[a-z]$/, ''))
}

function unknown(
  task: string,
  id: string,
  known: readonly string[],
): Pick<Finding, 'message'> & { hint: string } {
  return {
    message: `${task} refers to ${id}, which the spec does not have.`,
    hint:
      didYouMean(id, known) ??
      `The spec has ${known.slice(0, 8).join(', ')}${known.length > 8 ? ', …' : ''}.`,
  }
}
