import { Ajv2020 } from 'ajv/dist/2020.js'

/**
 * A bare yes or no about values by a JSON Schema of 2020-12 (ajv 8), whatever `format` says but for int32; undefined
 * when ajv cannot read the schema. For those who check other checks: compileSchema says what is wrong, and where.
 */
export function validator(schema: unknown): ((value: unknown) => boolean) | undefined {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, multipleOfPrecision: 9,
    // Each check runs once: time spent on shorter code never comes back.
    code: { optimize: false },
    inlineRefs: false })
  ajv.addFormat('int32', {
    type: 'number',
    validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31,
  })
  try {
    const check = ajv.compile(schema as object)
    return (value) => check(value)
  } catch {
    return undefined
  }
}
