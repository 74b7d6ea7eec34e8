// What is made from the sources and checked in: `npm run generate` writes it, `npm run check` compares it.

import { contractRulesPage } from './src/contracts/contract-rules-page.ts'
import { rulesPage } from './src/rules/rules-page.ts'
import { verifyPage } from './src/verify/verify-page.ts'
import { configPage, configSchema } from './src/workspace/config-pages.ts'

/** Paths are relative to the repository's root. */
export async function generated(): Promise<{ path: string; content: string }[]> {
  return [
    { path: 'specify/docs/rules.md', content: rulesPage() },
    { path: 'specify/docs/contract-rules.md', content: contractRulesPage() },
    { path: 'specify/docs/verify.md', content: verifyPage() },
    { path: 'specify/docs/config.md', content: configPage() },
    { path: 'specify/docs/config.schema.json', content: `${JSON.stringify(configSchema(), null, 2)}\n` },
  ]
}
