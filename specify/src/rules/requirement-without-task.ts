import type { Problem, Rule } from './rule.ts'

export const requirementWithoutTask: Rule = {
  code: 'requirement-without-task',
  severity: 'warning',
  why: 'What no task names is what gets forgotten; naming the requirement in the task makes the gap visible at once.',
  example: {
    wrong: '- [ ] T010 [US1] Add the endpoint',
    right: '- [ ] T010 [US1] Add the endpoint (FR-003, FR-004) in src/login.ts',
  },
  reads: 'feature',

  *check({ spec, tasks }): Iterable<Problem> {
    if (spec === undefined || tasks === undefined || tasks.tasks.length === 0) return
    const named = new Set(tasks.tasks.flatMap(({ requirements }) => requirements.flatMap(wholeAndPart)))
    const asked = spec.spec.requirements.filter(({ withdrawn }) => !withdrawn)
    if (asked.length === 0) return
    if (!asked.some(({ id }) => named.has(id))) {
      yield {
        file: tasks.markdown.file,
        line: 1,
        message: `No task names any of the ${asked.length} requirements.`,
        hint: 'Put the ids each task serves into its text: "… (FR-003)".',
      }
      return
    }
    for (const { id, line } of asked)
      if (!named.has(id))
        yield {
          file: spec.markdown.file,
          line,
          message: `No task names ${id}.`,
          hint: `Add "(${id})" to the task that does it, or add the task.`,
        }
  },
}

/** `FR-101c`, point (c) of a requirement, names FR-101, too. */
export function wholeAndPart(id: string): string[] {
  const whole = id.replace(/[a-z]$/, '')
  return whole === id ? [id] : [id, whole]
}
