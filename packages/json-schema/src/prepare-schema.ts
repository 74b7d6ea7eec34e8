// Makes a schema of any dialect one that ajv understands, and remembers where each part came from.
// OpenAPI 3.0 keeps its own meaning of three keywords (OpenAPI 3.0.3, "Schema Object"): nullable, boolean
// exclusiveMinimum/Maximum, and a $ref beside which everything else is ignored.

import { isRecord, pointer as pointerOf, pointerSegments } from './json-pointer.ts'
import { refOf, resolveRef } from './resolve-ref.ts'
import { SchemaError } from './schema-error.ts'

export type Dialect = '2020-12' | 'draft-07' | 'openapi-3.0' | 'openapi-3.1'

export type Prepared = {
  readonly schema: unknown
  /** Pointers of the prepared parts in the document they came from. */
  readonly origins: ReadonlyMap<unknown, string>
}

/** Keywords that hold schemas. Everything else is data and must be left alone: a property may be called "nullable". */
const ONE = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])
const LIST = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'])
const MAP = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
])

/**
 * A copy of `schema` for ajv. With `root`, local references are looked up there and what they lead to comes along
 * under `$defs`. Throws SchemaError for references to nothing and for references that only lead to each other.
 */
export function prepareSchema(
  schema: unknown,
  { dialect, root, at = '' }: { dialect: Dialect; root?: unknown; at?: string },
): Prepared {
  const origins = new Map<unknown, string>()
  const wanted = new Map<string, unknown>() // pointer in root → its prepared schema
  const queue: { pointer: string; value: unknown }[] = []

  const prepare = (part: unknown, at: string): unknown => {
    if (!isRecord(part)) return part
    const ref = refOf(part)
    const copied: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(part)) {
      if (keyword === 'id' && typeof value === 'string') continue // draft-04's $id, which ajv refuses
      if (ref !== undefined && keyword !== '$ref' && dialect === 'openapi-3.0') continue
      copied[keyword] = prepareKeyword(keyword, value, `${at}${pointerOf(keyword)}`)
    }
    if (ref !== undefined) copied['$ref'] = prepareRef(ref, at)
    const prepared = dialect === 'openapi-3.0' ? fromOpenApi30(copied) : copied
    origins.set(prepared, at)
    if (prepared !== copied) origins.set(prepared['else'], at)
    return prepared
  }

  const prepareKeyword = (keyword: string, value: unknown, at: string): unknown => {
    if (Array.isArray(value))
      return LIST.has(keyword) ? value.map((item, i) => prepare(item, `${at}/${i}`)) : value
    if (!isRecord(value)) return value
    if (ONE.has(keyword)) return prepare(value, at)
    if (!MAP.has(keyword)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, prepare(item, `${at}${pointerOf(name)}`)]),
    )
  }

  const prepareRef = (ref: string, at: string): string => {
    const resolved = resolveRef(root ?? schema, ref)
    if (resolved.outcome === 'circular')
      throw new SchemaError('circular-ref', at, `${ref} leads back to itself without ever reaching a schema.`)
    if (root === undefined || resolved.outcome === 'external') return ref
    if (resolved.outcome === 'missing')
      throw new SchemaError('unresolved-ref', at, `${ref} leads to nothing: there is no ${resolved.pointer}.`)
    const pointer = pointerOf(...pointerSegments(resolved.pointer))
    if (!wanted.has(pointer)) {
      wanted.set(pointer, undefined)
      queue.push({ pointer, value: resolved.value })
    }
    return `#/$defs${encodeURI(pointerOf(pointer))}`
  }

  const prepared = prepare(schema, at)
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    wanted.set(next.pointer, prepare(next.value, next.pointer))
  if (wanted.size === 0 || !isRecord(prepared)) return { schema: prepared, origins }

  const own = isRecord(prepared['$defs']) ? prepared['$defs'] : {}
  const whole = { ...prepared, $defs: { ...own, ...Object.fromEntries(wanted) } }
  origins.set(whole, at)
  return { schema: whole, origins }
}

function fromOpenApi30(schema: Record<string, unknown>): Record<string, unknown> {
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema
  const out: Record<string, unknown> = rest
  if (exclusiveMinimum === true) [out['exclusiveMinimum'], out['minimum']] = [out['minimum'], undefined]
  if (exclusiveMaximum === true) [out['exclusiveMaximum'], out['maximum']] = [out['maximum'], undefined]
  for (const keyword of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'])
    if (out[keyword] === undefined) delete out[keyword]
  // A number here is 3.1's spelling, a mistake in 3.0 that has only one possible meaning.
  if (typeof exclusiveMinimum === 'number') out['exclusiveMinimum'] = exclusiveMinimum
  if (typeof exclusiveMaximum === 'number') out['exclusiveMaximum'] = exclusiveMaximum
  // Null passes whatever else is said: authors who write nullable beside an enum or allOf mean exactly that.
  return nullable === true ? { if: { type: 'null' }, else: out } : out
}
