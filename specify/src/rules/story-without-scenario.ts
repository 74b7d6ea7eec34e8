import type { Rule } from './rule.ts'

export const storyWithoutScenario: Rule = {
  code: 'story-without-scenario',
  severity: 'error',
  why: 'A story without an acceptance scenario can be declared done by anybody.',
  example: {
    wrong: '### User Story 2 - Log out (Priority: P2)\n\nA user logs out.',
    right: '1. **Given** a session, **When** the user logs out, **Then** the token is refused from then on',
  },
  reads: 'spec',

  *check({ spec }) {
    for (const { id, title, line, scenarios, withdrawn } of spec.stories)
      if (scenarios.length === 0 && !withdrawn)
        yield {
          line,
          message: `${id} "${title}" has no acceptance scenario.`,
          hint: 'Add "1. **Given** …, **When** …, **Then** …" below it.',
        }
  },
}
