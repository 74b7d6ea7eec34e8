import { createRequire } from 'node:module'
import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'
import { fitsSchema } from './fits-schema.ts'
import { jsonSchema } from './json-schema.ts'

let schema: Record<string, unknown> | undefined
let check: ((value: unknown) => SchemaProblem[]) | undefined

/** Where the document is not what the JSON Schema of the language wants. */
export function structureProblems(document: unknown): SchemaProblem[] {
  schema ??= jsonSchema()
  if (fitsSchema(schema, document)) return []
  check ??= loadCompiler().compileSchema(schema, { dialect: '2020-12' })
  return check(document)
}

/** Loaded only when there is something to say; required, since what calls us does not wait. */
function loadCompiler(): typeof import('@specwright/json-schema/compile-schema.ts') {
  return createRequire(import.meta.url)('@specwright/json-schema/compile-schema.ts') as ReturnType<
    typeof loadCompiler
  >
}
