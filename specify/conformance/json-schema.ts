// Runs the JSON Schema Test Suite (https://github.com/json-schema-org/JSON-Schema-Test-Suite, MIT) through our evaluator
// and prints the counts. The suite is no part of this repository; name the folder it was cloned into:
//
//   node scripts/node24.js specify/conformance/json-schema.ts <folder>      or JSON_SCHEMA_TEST_SUITE=<folder>

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import type { SchemaDraft } from '../src/contracts/compare/schema-index.ts'
import { modernised, type Draft } from '../src/contracts/older-drafts.ts'
import { valueCheck } from '../src/contracts/compare/validate-value.ts'

type Group = {
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[]
}

/** Older drafts are translated first; references into their meta-schemas and remotes are the only tests we skip there. */
const DRAFTS: readonly (readonly [folder: string, draft: SchemaDraft, from: Draft])[] = [
  ['draft7', 'draft-07', 'draft-07'],
  ['draft2020-12', '2020-12', '2020-12'],
  ['draft4', 'draft-07', 'draft-04'],
  ['draft6', 'draft-07', 'draft-06'],
  ['draft2019-09', '2020-12', '2019-09'],
]

function main(folder: string | undefined): void {
  const suite =
    folder === undefined
      ? undefined
      : [join(folder, 'tests'), folder].find((path) => existsSync(join(path, 'draft2020-12')))
  if (folder === undefined || suite === undefined) {
    print('skipped: name the folder of the JSON Schema Test Suite')
    return
  }
  const schemas = { ...metaSchemas(), ...remotes(join(folder, 'remotes')) }
  for (const [name, draft, from] of DRAFTS) {
    if (!existsSync(join(suite, name))) continue
    const { passed, skipped, failures } = runDraft(join(suite, name), { draft, from, schemas })
    const note = skipped === 0 ? '' : ` (translated to ${draft}; ${skipped} with remote schemas not run)`
    print(`${from}: ${passed} of ${passed + failures.length} required tests pass${note}`)
    for (const failure of failures) print(`  ${failure}`)
    if (failures.length > 0) process.exitCode = 1
  }
}

type Setting = {
  readonly draft: SchemaDraft
  readonly from: Draft
  readonly schemas: Record<string, unknown>
}

function runDraft(
  folder: string,
  { draft, from, schemas }: Setting,
): { passed: number; skipped: number; failures: string[] } {
  const failures: string[] = []
  let [passed, skipped] = [0, 0]
  const isOwn = from === draft
  // Optional tests stand in folders of their own.
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  for (const file of files.sort())
    for (const group of read(join(folder, file)) as Group[]) {
      if (!isOwn && IS_REMOTE.test(JSON.stringify(group.schema))) {
        skipped += group.tests.length
        continue
      }
      const schema = isOwn ? group.schema : modernised(group.schema, from)
      for (const { description, data, valid } of group.tests) {
        const found = verdict(schema, data, draft, schemas)
        if (found === valid) passed++
        else failures.push(`${file}: ${group.description}: ${description}: ${String(found)}`)
      }
    }
  return { passed, skipped, failures }
}

const IS_REMOTE = /localhost:1234|"\$ref":"https?:\/\/json-schema\.org/

function verdict(
  schema: unknown,
  data: unknown,
  draft: SchemaDraft,
  schemas: Record<string, unknown>,
): boolean | string {
  try {
    return valueCheck(schema, { draft, schemas })(data)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** By the addresses the suite gives them. */
function remotes(folder: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  const visit = (path: string) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    else if (path.endsWith('.json'))
      found[`http://localhost:1234/${relative(folder, path).replaceAll('\\', '/')}`] = read(path)
  }
  if (existsSync(folder)) visit(folder)
  return found
}

/** The meta-schemas of both drafts, as ajv brings them along. */
function metaSchemas(): Record<string, unknown> {
  const require = createRequire(import.meta.url)
  const refs = 'ajv/dist/refs'
  const files = [
    'schema',
    ...['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'format-annotation', 'content'].map(
      (name) => `meta/${name}`,
    ),
  ]
  return Object.fromEntries([
    ['http://json-schema.org/draft-07/schema', require(`${refs}/json-schema-draft-07.json`)],
    ...files.map((file): [string, unknown] => [
      `https://json-schema.org/draft/2020-12/${file}`,
      require(`${refs}/json-schema-2020-12/${file}.json`),
    ]),
  ])
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

main(process.argv[2] ?? process.env['JSON_SCHEMA_TEST_SUITE'])
