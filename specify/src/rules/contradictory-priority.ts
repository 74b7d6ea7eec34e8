import type { Problem, Rule } from './rule.ts'

const PHASE =
  /(?:user story|us)[\s-]*(\d+[a-z]?)\b.*?\b(?:priority:?\s*)?\((?:priority:?\s*)?(P\d)\)|(?:user story|us)[\s-]*(\d+[a-z]?)\b.*?\(priority:\s*(P\d)\b/i

export const contradictoryPriority: Rule = {
  code: 'contradictory-priority',
  severity: 'error',
  why: 'Priorities decide what is built first and cut last; two answers mean none.',
  example: {
    wrong: 'spec: "User Story 2 … (Priority: P1)", tasks: "Phase 4: User Story 2 … (Priority: P2)"',
    right: 'the same priority in both',
  },
  reads: 'feature',

  *check({ spec, tasks }): Iterable<Problem> {
    if (spec === undefined || tasks === undefined) return
    for (const { text, line } of tasks.markdown.headings) {
      const match = PHASE.exec(text)
      if (match === null) continue
      const id = `US${match[1] ?? match[3]}`
      const priority = (match[2] ?? match[4])!.toUpperCase()
      const story = spec.spec.stories.find((candidate) => candidate.id === id)
      if (story?.priority === undefined || story.priority === priority) continue
      yield {
        file: tasks.markdown.file,
        line,
        message: `${id} has ${priority} here and ${story.priority} in the spec.`,
        hint: `Decide; the spec says so on line ${story.line}.`,
      }
    }
  },
}
