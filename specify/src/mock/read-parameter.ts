// The value of a parameter as it travels (OpenAPI, "Style Values"), in the types its schema asks for.

import type { SchemaAt } from '../contracts/model.ts'
import { itemOf, propertyOf, typesOf } from '../contracts/schema-walk.ts'
import type { MockParameter } from './mock-operation.ts'

/** Every value of each name, decoded, in order. */
export type Pairs = ReadonlyMap<string, readonly string[]>

/** Undefined when the parameter is not there. */
export function readParameter(parameter: MockParameter, raw: Pairs): { readonly value: unknown } | undefined {
  const { name, schema, style, explode } = parameter
  const values = raw.get(name) ?? (parameter.in === 'query' ? raw.get(`${name}[]`) : undefined)
  if (parameter.isJson) return values === undefined ? undefined : { value: jsonOrText(values[0]!) }
  const schemas = schema === undefined ? [] : [schema]
  const types = typesOf(schemas)
  if (types?.has('object') && style === 'deepObject') return deepObject(name, schemas, raw)
  if (types?.has('object') && parameter.in === 'query' && explode && values === undefined)
    return scattered(schemas, raw)
  if (values === undefined) return undefined
  if (types?.has('array')) {
    const item = itemOf(schemas, undefined)
    const inside = item.outcome === 'found' ? item.schemas : []
    const parts = values.length > 1 || explode ? values : splitList(values[0]!, style)
    const list = values.length === 1 && parameter.in !== 'query' ? splitList(values[0]!, style) : parts
    return { value: list.map((text) => typed(text, inside)) }
  }
  if (types?.has('object')) return { value: flatObject(values[0]!, explode, schemas) }
  return { value: typed(values[0]!, schemas) }
}

function splitList(text: string, style: string): string[] {
  if (text === '') return []
  return text.split(style === 'pipeDelimited' ? '|' : style === 'spaceDelimited' ? ' ' : ',')
}

/** `name[a]=1&name[b]=2`. */
function deepObject(name: string, schemas: readonly SchemaAt[], raw: Pairs): { value: unknown } | undefined {
  const members = [...raw].flatMap(([key, [text]]) => {
    const member =
      key.startsWith(`${name}[`) && key.endsWith(']') ? key.slice(name.length + 1, -1) : undefined
    return member === undefined || text === undefined
      ? []
      : [[member, typedMember(text, schemas, member)] as const]
  })
  return members.length === 0 ? undefined : { value: Object.fromEntries(members) }
}

/** `a=1&b=2`: the members of the object stand in the query themselves. */
function scattered(schemas: readonly SchemaAt[], raw: Pairs): { value: unknown } | undefined {
  const members = [...raw].flatMap(([key, [text]]) =>
    text !== undefined && propertyOf(schemas, key).outcome === 'found'
      ? [[key, typedMember(text, schemas, key)] as const]
      : [],
  )
  return members.length === 0 ? undefined : { value: Object.fromEntries(members) }
}

/** `a,1,b,2`, or `a=1,b=2` when exploded. */
function flatObject(text: string, explode: boolean, schemas: readonly SchemaAt[]): unknown {
  const parts = text.split(',')
  const pairs = explode
    ? parts.map((part) => part.split(/=(.*)/s))
    : parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1]]] : []))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, typedMember(value, schemas, name)]))
}

export function typedMember(text: string, schemas: readonly SchemaAt[], name: string): unknown {
  const found = propertyOf(schemas, name)
  return typed(text, found.outcome === 'found' ? found.schemas : [])
}

/** Text as the number or truth value a schema asks for; as it is when it is none. */
export function typed(text: string, schemas: readonly SchemaAt[]): unknown {
  const types = typesOf(schemas)
  if (types === undefined || types.has('string')) return text
  if ((types.has('integer') || types.has('number')) && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text))
    return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (types.has('null') && (text === 'null' || text === '')) return null
  return types.has('object') || types.has('array') ? jsonOrText(text) : text
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
