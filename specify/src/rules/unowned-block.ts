import type { Rule } from './rule.ts'

export const unownedBlock: Rule = {
  code: 'unowned-block',
  severity: 'error',
  why: 'An executable block that stands under no scenario never runs, though it looks like a check.',
  example: {
    wrong: '## Assumptions\n\n```hurl\nGET /health\nHTTP 200\n```',
    right: '1. **Given** …, **When** …, **Then** …\n\n   ```hurl\n   GET /health\n   HTTP 200\n   ```',
  },
  reads: 'spec',

  *check({ spec }) {
    for (const { language, line } of spec.unownedBlocks)
      yield {
        line: line - 1,
        message: `This ${language} block belongs to no scenario and never runs.`,
        hint: 'Move it below a "1. **Given** …, **When** …, **Then** …", or mark it as ```text if it is only an illustration.',
      }
  },
}
