import type { Rule } from './rule.ts'

export const incompleteScenario: Rule = {
  code: 'incomplete-scenario',
  severity: 'error',
  why: 'Without a When nothing happens, without a Then nothing can be wrong.',
  example: {
    wrong: '1. **Given** a registered user, **When** she logs in',
    right: '1. **Given** a registered user, **When** she logs in, **Then** she gets a token',
  },
  reads: 'spec',

  *check({ spec }) {
    for (const { id, line, steps } of spec.stories.flatMap(({ scenarios }) => scenarios)) {
      const missing = (['when', 'then'] as const).filter(
        (word) => !steps.some(({ keyword }) => keyword === word),
      )
      if (missing.length > 0)
        yield {
          line,
          message: `Scenario ${id} has no ${missing.map((word) => `**${capital(word)}**`).join(' and no ')}.`,
          hint: 'Write "**Given** <what holds>, **When** <what happens>, **Then** <what can be seen>".',
        }
    }
  },
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
