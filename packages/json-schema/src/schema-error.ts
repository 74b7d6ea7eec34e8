import type { SchemaProblem } from './schema-problem.ts'

/** The schema itself cannot be used; `schemaPointer` says where. */
export class SchemaError extends Error {
  readonly code: 'unresolved-ref' | 'circular-ref' | 'invalid-schema'
  readonly schemaPointer: string
  /** What the meta-schema found, for `invalid-schema`; pointers lead into the schema. */
  readonly problems: readonly SchemaProblem[]

  constructor(
    code: SchemaError['code'],
    schemaPointer: string,
    message: string,
    problems: readonly SchemaProblem[] = [],
  ) {
    super(message)
    this.name = 'SchemaError'
    this.code = code
    this.schemaPointer = schemaPointer
    this.problems = problems
  }
}
