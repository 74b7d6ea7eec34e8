import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { withoutOtherBranches } from './choose-branch.ts'
import { pointer as pointerOf, pointerSegments } from './json-pointer.ts'
import { prepareSchema, type Dialect, type Prepared } from './prepare-schema.ts'
import { SchemaError } from './schema-error.ts'
import { schemaProblem, type SchemaProblem } from './schema-problem.ts'

export type CompileOptions = {
  readonly dialect: Dialect
  /** Where local references (`#/components/…`) are looked up, if not in the schema itself: the OpenAPI document. */
  readonly root?: unknown
  /** Pointer of the schema in `root`, so that `schemaPointer` leads into the document. */
  readonly at?: string
  /** Other schemas by the address that references use for them; nothing is ever fetched. */
  readonly schemas?: Readonly<Record<string, unknown>>
}

/**
 * Makes a check of values against a JSON Schema or an OpenAPI schema object (ajv 8). The check returns every
 * problem at once; formats nobody knows are ignored. Throws SchemaError when the schema itself is no schema or has
 * a reference that leads nowhere.
 */
export function compileSchema(schema: unknown, options: CompileOptions): (value: unknown) => SchemaProblem[] {
  const prepared = prepareSchema(schema, options)
  const invalid = problemsOfPrepared(prepared, options.dialect)
  if (invalid.length > 0)
    throw new SchemaError('invalid-schema', invalid[0]!.pointer, `${invalid[0]!.message}.`, invalid)
  const check = compiled(prepared.schema, options)
  return (value) => (check(value) ? [] : problemsOf(check.errors ?? [], prepared.origins))
}

/** What the meta-schema of the dialect says about `schema`; pointers lead into it. */
export function checkSchema(schema: unknown, dialect: Dialect): SchemaProblem[] {
  return problemsOfPrepared(prepareSchema(schema, { dialect }), dialect)
}

function problemsOfPrepared({ schema, origins }: Prepared, dialect: Dialect): SchemaProblem[] {
  const check = metaSchemaCheck(dialect)
  if (check(schema)) return []
  const problems = (check.errors ?? []).map((error) =>
    schemaProblem({ ...error, instancePath: origin(error.instancePath, schema, origins) }, error.schemaPath),
  )
  // Each vocabulary of 2020-12 repeats what its neighbours say; one sentence per place is enough.
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()]
}

/** A pointer into the prepared schema → the pointer into what the author wrote. */
function origin(pointer: string, prepared: unknown, origins: ReadonlyMap<unknown, string>): string {
  let found = origins.get(prepared) ?? ''
  let part = prepared
  for (const segment of pointerSegments(pointer)) {
    part = (part as Record<string, unknown>)[segment]
    found = origins.get(part) ?? `${found}${pointerOf(segment)}`
  }
  return found
}

function compiled(schema: unknown, { dialect, schemas = {} }: CompileOptions): ValidateFunction {
  const ajv = newAjv(dialect, { meta: false, validateSchema: false })
  for (const [address, other] of Object.entries(schemas))
    ajv.addSchema(prepareSchema(other, { dialect }).schema as object, address)
  try {
    return ajv.compile(schema as object)
  } catch (error) {
    if (error instanceof Ajv.MissingRefError)
      throw new SchemaError(
        'unresolved-ref',
        '',
        `${error.missingRef || error.missingSchema} leads to nothing.`,
      )
    // ajv throws plain errors for what its code generator trips over, a broken regular expression for one.
    throw new SchemaError('invalid-schema', '', error instanceof Error ? `${error.message}.` : String(error))
  }
}

function problemsOf(errors: readonly ErrorObject[], origins: ReadonlyMap<unknown, string>): SchemaProblem[] {
  return withoutOtherBranches(errors, (part) => origins.get(part)).map((error) => {
    const origin = origins.get(error.parentSchema)
    const schemaPointer =
      origin === undefined ? error.schemaPath.replace(/^#/, '') : `${origin}${pointerOf(error.keyword)}`
    return schemaProblem(error, schemaPointer)
  })
}

const metaSchemaChecks = new Map<Dialect, ValidateFunction>()

function metaSchemaCheck(dialect: Dialect): ValidateFunction {
  const known = metaSchemaChecks.get(dialect)
  if (known !== undefined) return known
  const ajv = newAjv(dialect, {})
  const check = ajv.getSchema(
    dialect === 'draft-07'
      ? 'http://json-schema.org/draft-07/schema'
      : 'https://json-schema.org/draft/2020-12/schema',
  )!
  metaSchemaChecks.set(dialect, check)
  return check
}

function newAjv(dialect: Dialect, options: Options): Ajv | Ajv2020 {
  const all: Options = {
    allErrors: true,
    strict: false,
    verbose: true,
    logger: false,
    // 0.07 is a multiple of 0.01, though 0.07 / 0.01 is 7.000000000000001.
    multipleOfPrecision: 9,
    ...options,
  }
  const ajv = dialect === 'draft-07' ? new Ajv(all) : new Ajv2020(all)
  ajvFormats.default(ajv)
  return ajv
}
