// npm run generate: writes what is made from sources (types from contracts, docs from rules).
//   --check   writes nothing, names what is stale or missing, exits 1

import { access, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { formatted, type GeneratedFile } from './formatted.ts'

const root = new URL('../', import.meta.url)
const { values } = parseArgs({ options: { check: { type: 'boolean' } } })

const files = await formatted(await generatedFiles(['specify', 'pgmock', 'marketplace']), root)
const stale: string[] = []
for (const { path, content } of files) {
  const before = await readFile(new URL(path, root), 'utf8').catch(() => undefined)
  if (before === content) continue
  stale.push(values.check && before === undefined ? `${path} (missing)` : path)
  if (!values.check) await writeFileAtomic(fileURLToPath(new URL(path, root)), content)
}

for (const path of stale) console.log(`${values.check ? 'stale' : 'wrote'}: ${path}`)
console.log(`${files.length} generated files, ${stale.length} ${values.check ? 'stale' : 'written'}`)
if (values.check && stale.length > 0) {
  console.log('hint: run "npm run generate"')
  process.exitCode = 1
}

/** A product with something to generate has a generated.ts that exports `generated()`. */
async function generatedFiles(products: readonly string[]): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = []
  for (const product of products) {
    const module = new URL(`${product}/generated.ts`, root)
    const isThere = await access(module).then(
      () => true,
      () => false,
    )
    if (!isThere) continue
    const { generated } = (await import(module.href)) as { generated: () => Promise<GeneratedFile[]> }
    files.push(...(await generated()))
  }
  return files
}
