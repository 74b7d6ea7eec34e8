import type { Rule } from './rule.ts'

export const unboundScenario: Rule = {
  code: 'unbound-scenario',
  severity: 'info',
  why: 'Prose alone is never run; a block below it makes `specify test` prove it and keeps the contract honest.',
  example: {
    wrong: '1. **Given** …, **When** …, **Then** …',
    right: 'the same, followed by an indented ```hurl, ```console or ```event block',
  },
  reads: 'spec',

  *check({ spec }) {
    // A project that runs no scenario at all has not begun with it; telling it so once per scenario helps nobody.
    const scenarios = spec.stories.flatMap((story) => story.scenarios)
    if (scenarios.every(({ blocks }) => blocks.length === 0)) return
    for (const { id, line, blocks } of scenarios)
      if (blocks.length === 0)
        yield {
          line,
          message: `Scenario ${id} is prose only: nothing runs it.`,
          hint: 'Put a ```hurl, ```console or ```event block below it, indented as far as its text.',
        }
  },
}
