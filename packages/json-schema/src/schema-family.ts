import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { withoutOtherBranches } from './choose-branch.ts'
import { schemaProblem, type SchemaProblem } from './schema-problem.ts'

/** Checks over schemas of JSON Schema 2020-12 that refer to each other by name: each is compiled once for all. */
export type SchemaFamily = {
  define(name: string, schema: unknown): void
  /**
   * Every problem of a value at once, as compileSchema tells them; pointers of schemas lead nowhere. Throws ajv's error
   * when the schema cannot be compiled.
   */
  compile(schema: unknown): (value: unknown) => SchemaProblem[]
}

/** For documents whose schemas are so entangled that compiling each with all it refers to takes minutes (ajv 8). */
export function schemaFamily(): SchemaFamily {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    meta: false,
    allErrors: true,
    verbose: true,
    multipleOfPrecision: 9,
    inlineRefs: false,
    // Less code is not worth the time it takes to make it.
    code: { optimize: false },
  })
  ajvFormats.default(ajv)
  return {
    define(name, schema) {
      ajv.addSchema(schema as object, name)
    },
    compile(schema) {
      const check = ajv.compile(schema as object)
      return (value) =>
        check(value)
          ? []
          : withoutOtherBranches((check.errors ?? []) satisfies ErrorObject[], () => undefined).map((error) =>
              schemaProblem(error, ''),
            )
    },
  }
}
