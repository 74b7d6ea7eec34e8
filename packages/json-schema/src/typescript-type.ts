import { isRecord } from './json-pointer.ts'

export type TypescriptTypeOptions = {
  /** The name of the type a `$ref` stands for. */
  readonly refName: (ref: string) => string
  /** Spaces before the lines after the first. */
  readonly indent?: number
}

/**
 * The TypeScript type of the values a JSON Schema or OpenAPI 3.x schema describes, as source text. The same schema
 * gives the same text. Wider than the schema where TypeScript has no word for it (formats, lengths, ranges, not,
 * if/else); an object's type lists what it is said to have, and other members only if the schema names them.
 */
export function typescriptType(schema: unknown, { refName, indent = 0 }: TypescriptTypeOptions): string {
  return typeOf(schema, { refName, indent }).text
}

type Context = Required<TypescriptTypeOptions>

/** A type's text; `open` when it is a union or intersection that needs parentheses inside another type. */
type Type = { readonly text: string; readonly open: boolean }

const closed = (text: string): Type => ({ text, open: false })
const UNKNOWN = closed('unknown')

function typeOf(schema: unknown, context: Context): Type {
  if (schema === false) return closed('never')
  if (!isRecord(schema)) return UNKNOWN
  const ref = schema['$ref']
  const type = intersection([
    ...(typeof ref === 'string' ? [closed(context.refName(ref))] : []),
    ...ownType(schema, context),
    ...branches(schema['allOf'], context),
    ...alternatives(schema['oneOf'], context),
    ...alternatives(schema['anyOf'], context),
  ])
  return schema['nullable'] === true ? union([type, closed('null')]) : type
}

/** What the schema says by itself: nothing, one type, or the union of its types. */
function ownType(schema: Record<string, unknown>, context: Context): Type[] {
  if ('const' in schema) return [literal(schema['const'])]
  const allowed = schema['enum']
  if (Array.isArray(allowed)) return [union(allowed.map(literal))]
  const types = schema['type']
  if (Array.isArray(types)) return [union(types.map((type) => typeNamed(type, schema, context)))]
  const type = types ?? impliedType(schema)
  return type === undefined ? [] : [typeNamed(type, schema, context)]
}

/** Schemas often leave out `type` where another keyword gives it away. */
function impliedType(schema: Record<string, unknown>): string | undefined {
  if ('properties' in schema || isRecord(schema['additionalProperties'])) return 'object'
  return 'items' in schema || 'prefixItems' in schema ? 'array' : undefined
}

function typeNamed(type: unknown, schema: Record<string, unknown>, context: Context): Type {
  switch (type) {
    case 'string':
      return closed(schema['format'] === 'binary' ? 'Uint8Array' : 'string')
    case 'integer':
    case 'number':
      return closed('number')
    case 'boolean':
    case 'null':
      return closed(type)
    case 'array':
      return closed(arrayText(schema, context))
    case 'object':
      return closed(objectText(schema, context))
    default:
      return UNKNOWN
  }
}

function arrayText(schema: Record<string, unknown>, context: Context): string {
  const tuple = schema['prefixItems'] ?? (Array.isArray(schema['items']) ? schema['items'] : undefined)
  if (!Array.isArray(tuple)) return `${grouped(typeOf(schema['items'], context))}[]`
  const others = Array.isArray(schema['items']) ? schema['additionalItems'] : schema['items']
  const required = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0
  const items = tuple.map((item, i) => {
    const type = typeOf(item, context)
    return i < required ? type.text : `${grouped(type)}?`
  })
  if (others !== false) items.push(`...${grouped(typeOf(others, context))}[]`)
  return `[${items.join(', ')}]`
}

function objectText(schema: Record<string, unknown>, context: Context): string {
  const properties = Object.entries(isRecord(schema['properties']) ? schema['properties'] : {})
  const others = schema['additionalProperties']
  if (properties.length === 0)
    return others === false ? 'Record<string, never>' : `Record<string, ${typeOf(others, context).text}>`

  const inner = { ...context, indent: context.indent + 2 }
  const pad = ' '.repeat(inner.indent)
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const lines = properties.flatMap(([name, property]) => [
    ...description(property, pad),
    `${pad}${propertyName(name)}${required.has(name) ? '' : '?'}: ${typeOf(property, inner).text}`,
  ])
  // Named properties must fit the index signature too, so it can only promise unknown.
  if (others === true || isRecord(others)) lines.push(`${pad}[name: string]: unknown`)
  return `{\n${lines.join('\n')}\n${' '.repeat(context.indent)}}`
}

function description(schema: unknown, pad: string): string[] {
  const text = isRecord(schema) ? schema['description'] : undefined
  if (typeof text !== 'string' || text.trim() === '') return []
  const lines = text
    .trim()
    .replaceAll('*/', '*\\/')
    .split(/\s*\n\s*/)
  if (lines.length === 1) return [`${pad}/** ${lines[0]!} */`]
  return [`${pad}/**`, ...lines.map((line) => `${pad} * ${line}`.trimEnd()), `${pad} */`]
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

function literal(value: unknown): Type {
  if (typeof value === 'string') return closed(quoted(value))
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null
  return isPlain ? closed(String(value)) : UNKNOWN
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return `'${escaped.replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'`
}

function branches(list: unknown, context: Context): Type[] {
  return Array.isArray(list) ? list.map((branch) => typeOf(branch, context)) : []
}

function alternatives(list: unknown, context: Context): Type[] {
  return Array.isArray(list) && list.length > 0 ? [union(branches(list, context))] : []
}

function intersection(types: readonly Type[]): Type {
  const known = distinct(types).filter(({ text }) => text !== 'unknown')
  if (known.length < 2) return known[0] ?? UNKNOWN
  return { text: known.map(grouped).join(' & '), open: true }
}

function union(types: readonly Type[]): Type {
  const all = distinct(types)
  if (all.some(({ text }) => text === 'unknown')) return UNKNOWN
  if (all.length < 2) return all[0] ?? closed('never')
  return { text: all.map(({ text }) => text).join(' | '), open: true }
}

function distinct(types: readonly Type[]): Type[] {
  return [...new Map(types.map((type) => [type.text, type])).values()]
}

function grouped({ text, open }: Type): string {
  return open ? `(${text})` : text
}
