import type { Scenario } from '../spec/model.ts'
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
    // A spec that runs no scenario at all has not begun with it; telling it so helps nobody.
    if (spec.stories.every(({ scenarios }) => scenarios.every(isUnbound))) return
    for (const { scenarios } of spec.stories) {
      const unbound = scenarios.filter(isUnbound)
      if (unbound.length === 0) continue
      const ids = unbound.map(({ id }) => id).join(', ')
      yield {
        line: unbound[0]!.line,
        message: `Prose only, nothing runs it: ${ids}.`,
        hint: 'Put a ```hurl, ```console or ```event block below it, indented as far as its text.',
      }
    }
  },
}

function isUnbound({ blocks }: Scenario): boolean {
  return blocks.length === 0
}
