import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { below, branchesOf, resolved } from '../contracts/schema-walk.ts'

const DEEPEST = 6

/**
 * A value to start from when somebody fills in a request by hand: the author's examples where there are any, else the
 * plainest value of the type. It need not satisfy every limit; the service says what is wrong.
 */
export function exampleOf(at: SchemaAt, depth = 0): unknown {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema)) return null
  const { schema } = target
  if ('example' in schema) return schema['example']
  if (Array.isArray(schema['examples']) && schema['examples'].length > 0)
    return schema['examples'][0] as unknown
  for (const keyword of ['default', 'const']) if (keyword in schema) return schema[keyword]
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return schema['enum'][0] as unknown
  const choice = branchesOf(target, 'oneOf')[0] ?? branchesOf(target, 'anyOf')[0]
  if (choice !== undefined && !('properties' in schema)) return exampleOf(choice, depth + 1)
  const parts = branchesOf(target, 'allOf')
  if (parts.length > 0) {
    const values = [...parts.map((part) => exampleOf(part, depth + 1)), ownExample(target, schema, depth)]
    return values.every((value) => isRecord(value) || value === null)
      ? (Object.assign({}, ...values) as unknown)
      : values[0]
  }
  return ownExample(target, schema, depth)
}

function ownExample(at: SchemaAt, schema: Readonly<Record<string, unknown>>, depth: number): unknown {
  const type = Array.isArray(schema['type']) ? (schema['type'] as unknown[])[0] : schema['type']
  if (isRecord(schema['properties']) || type === 'object') {
    if (depth >= DEEPEST) return {}
    const entries = Object.entries(isRecord(schema['properties']) ? schema['properties'] : {})
    const asked = entries.filter(([, value]) => !(isRecord(value) && value['readOnly'] === true))
    return Object.fromEntries(
      asked.map(([name, value]) => [name, exampleOf(below(at, value, 'properties', name), depth + 1)]),
    )
  }
  switch (type) {
    case 'array':
      return schema['items'] === undefined || depth >= DEEPEST
        ? []
        : [exampleOf(below(at, schema['items'], 'items'), depth + 1)]
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return textOf(schema)
    default:
      return null
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  uuid: '3f2b8c1e-5d47-4a6b-9c0d-7e1f2a3b4c5d',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
}

function textOf({ format, minLength }: Readonly<Record<string, unknown>>): string {
  const known = typeof format === 'string' ? FORMATS[format] : undefined
  return known ?? 'text'.padEnd(typeof minLength === 'number' ? Math.min(minLength, 200) : 0, 'x')
}
