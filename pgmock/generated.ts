// What is made from the sources and checked in: `npm run generate` writes it, `npm run check` compares it.

import { publishedSchema } from './src/config/published-schema.ts'
import { templatePage } from './src/config/template-page.ts'
import { findTemplates } from './src/config/templates.ts'
import { generatorsPage } from './src/plan/generators-page.ts'

/** Paths are relative to the repository's root. */
export async function generated(): Promise<{ path: string; content: string }[]> {
  const templates = [...findTemplates(undefined).values()].map(async (template) => ({
    path: `pgmock/docs/templates/${template.name}.md`,
    content: await templatePage(template),
  }))
  return [
    ...(await Promise.all(templates)),
    { path: 'pgmock/docs/generators.md', content: generatorsPage() },
    { path: 'pgmock/schema/pgmock.schema.json', content: `${JSON.stringify(publishedSchema(), null, 2)}\n` },
  ]
}
