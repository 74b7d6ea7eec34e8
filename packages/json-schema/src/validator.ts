import { Ajv2020 } from 'ajv/dist/2020.js'

/** Validators over schemas that refer to each other by name; each named schema is compiled once for all. */
export type Validators = {
  define(name: string, schema: unknown): void
  /** Undefined when ajv cannot read the schema. */
  compile(schema: unknown): ((value: unknown) => boolean) | undefined
}

/**
 * A bare yes or no about values by JSON Schemas of 2020-12 (ajv 8), whatever `format` says. For those who check
 * other checks: compileSchema says what is wrong, and where.
 */
export function validators(): Validators {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    multipleOfPrecision: 9,
    // Each check runs a few times at most: time spent on shorter code never comes back.
    code: { optimize: false },
    inlineRefs: false,
  })
  return {
    define(name, schema) {
      ajv.addSchema(schema as object, name)
    },
    compile(schema) {
      try {
        const check = ajv.compile(schema as object)
        return (value) => check(value)
      } catch {
        return undefined
      }
    },
  }
}
