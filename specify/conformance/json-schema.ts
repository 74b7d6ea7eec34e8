// Runs the JSON Schema Test Suite (https://github.com/json-schema-org/JSON-Schema-Test-Suite, MIT) through our evaluator
// and prints the counts. The suite is no part of this repository; name the folder it was cloned into:
//
//   node scripts/node24.js specify/conformance/json-schema.ts <folder>      or JSON_SCHEMA_TEST_SUITE=<folder>

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import type { SchemaDraft } from '../src/contracts/compare/schema-index.ts'
import { valueCheck } from '../src/contracts/compare/validate-value.ts'

type Group = {
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[]
}

const DRAFTS: readonly (readonly [folder: string, draft: SchemaDraft])[] = [
  ['draft7', 'draft-07'],
  ['draft2020-12', '2020-12'],
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
  for (const [name, draft] of DRAFTS) {
    const { passed, failures } = runDraft(join(suite, name), draft, schemas)
    print(`${draft}: ${passed} of ${passed + failures.length} required tests pass`)
    for (const failure of failures) print(`  ${failure}`)
    if (failures.length > 0) process.exitCode = 1
  }
}

function runDraft(
  folder: string,
  draft: SchemaDraft,
  schemas: Record<string, unknown>,
): { passed: number; failures: string[] } {
  const failures: string[] = []
  let passed = 0
  // Optional tests stand in folders of their own.
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort())
    for (const group of read(join(folder, file)) as Group[])
      for (const { description, data, valid } of group.tests) {
        const found = verdict(group.schema, data, draft, schemas)
        if (found === valid) passed++
        else failures.push(`${file}: ${group.description}: ${description}: ${String(found)}`)
      }
  return { passed, failures }
}

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
