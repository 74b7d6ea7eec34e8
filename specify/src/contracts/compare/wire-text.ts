import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../model.ts'
import { resolved } from '../schema-walk.ts'
import type { Level } from './modern-schema.ts'

/**
 * The schema of who reads a parameter or header without a media type, as it takes what is on the wire: there a number is
 * text, too, by itself, in a list and as a member (OpenAPI, "Style Values").
 */
export function asWireText(at: SchemaAt): SchemaAt {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema)) return at
  const { schema } = target
  const items = texts(schema['items'], target)
  const properties = isRecord(schema['properties'])
    ? Object.entries(schema['properties']).map(([name, each]) => [name, texts(each, target) ?? each] as const)
    : []
  const isMember = properties.some(([name, each]) => (schema['properties'] as Level)[name] !== each)
  const read =
    texts(schema, target) ??
    (items === undefined && !isMember
      ? undefined
      : {
          ...schema,
          ...(items !== undefined && { items }),
          ...(isMember && { properties: Object.fromEntries(properties) }),
        })
  // A place of its own: the schema as written may be compared as JSON elsewhere.
  return read === undefined ? at : { ...target, schema: read, pointer: `${target.pointer}/(text)` }
}

const LIMITS = [
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
]

/** The same for any scalar, when a schema takes any text; undefined when it does not. */
function texts(schema: unknown, at: SchemaAt): Level | undefined {
  const target = schema === undefined ? undefined : resolved({ ...at, schema })
  if (!isRecord(target?.schema) || target.schema['type'] !== 'string') return undefined
  const own = target.schema
  if (LIMITS.some((keyword) => own[keyword] !== undefined)) return undefined
  // In 3.0 null stands beside the type.
  return { ...own, type: ['string', 'number', 'boolean', ...(own['nullable'] === true ? ['null'] : [])] }
}
