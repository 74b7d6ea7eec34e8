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
    const all = spec.stories.flatMap(({ scenarios }) => scenarios)
    const hint = 'Put a ```hurl, ```console or ```event block below it, indented as far as its text.'
    if (all.length > 0 && all.every(isUnbound)) {
      yield {
        line: all[0]!.line,
        message: `Prose only, nothing runs ${all.length === 1 ? 'the scenario' : `any of the ${all.length} scenarios`}.`,
        hint,
      }
      return
    }
    for (const { scenarios } of spec.stories) {
      const unbound = scenarios.filter(isUnbound)
      if (unbound.length === 0) continue
      const ids = unbound.map(({ id }) => id).join(', ')
      yield { line: unbound[0]!.line, message: `Prose only, nothing runs it: ${ids}.`, hint }
    }
  },
}

function isUnbound({ blocks }: Scenario): boolean {
  return blocks.length === 0
}
