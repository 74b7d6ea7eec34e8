// Whether a JSON body as written in a scenario can fit a schema. Templates are holes: any value may fill them, so
// only what is written is judged. Every misfit carries its own place in the spec.

import { nearest } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { compilePattern } from '../contracts/compile-pattern.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { allowsType, below, branchesOf, resolved, typesOf, type JsonType } from '../contracts/schema-walk.ts'
import type { JsonMember, JsonNode, Place } from './hurl/model.ts'
import { plainText } from './hurl/model.ts'
import { isSame } from '../contracts/same-json.ts'

export type Misfit = { readonly message: string; readonly at: Place; readonly hint?: string | undefined }

export type FitOptions = {
  /** A pattern that names only the members it cares about: missing ones are no misfit. */
  readonly partial: boolean
  /** Schemas entered for this very node: one that holds itself through allOf is judged once. */
  readonly entered?: readonly string[]
}

/** `path` names the node in messages. */
export function misfitsOf(node: JsonNode, at: SchemaAt, options: FitOptions, path = ''): Misfit[] {
  const target = resolved(at)
  const { entered = [] } = options
  if (node.kind === 'hole' || target === undefined || entered.includes(target.pointer)) return []
  if (target.schema === false) return [{ message: `${named(path)} is not allowed`, at: node.at }]
  if (!isRecord(target.schema)) return []
  const { schema } = target
  if (node.kind === 'null' && schema['nullable'] === true) return []
  const wrongType = typeMisfit(node, target, path)
  if (wrongType !== undefined) return [wrongType]
  const inside = { ...options, entered: [] }
  const deeper = { ...options, entered: [...entered, target.pointer] }
  return [
    ...valueMisfits(node, schema, path),
    ...kindMisfits(node, target, schema, inside, path),
    ...branchesOf(target, 'allOf').flatMap((branch) => misfitsOf(node, branch, deeper, path)),
    ...(['anyOf', 'oneOf'] as const).flatMap((keyword) => choiceMisfits(node, target, keyword, deeper, path)),
  ]
}

function kindMisfits(
  node: JsonNode,
  at: SchemaAt,
  schema: Record<string, unknown>,
  options: FitOptions,
  path: string,
): Misfit[] {
  switch (node.kind) {
    case 'object':
      return objectMisfits(node, at, schema, options, path)
    case 'array':
      return arrayMisfits(node, at, schema, options, path)
    case 'string':
      return stringMisfits(node, schema, path)
    case 'number':
      return numberMisfits(node, schema, path)
    case 'boolean':
    case 'null':
    case 'hole':
      return []
  }
}

function typeMisfit(node: JsonNode, at: SchemaAt, path: string): Misfit | undefined {
  const schema = at.schema as Record<string, unknown>
  if (schema['type'] === undefined) return undefined
  const types = typesOf([at])
  const type = nodeType(node)
  if (types === undefined || type === undefined || allowsType(types, type)) return undefined
  return { message: `${named(path)} is ${withArticle(type)}, the contract wants ${list(types)}`, at: node.at }
}

function nodeType(node: JsonNode): JsonType | undefined {
  if (node.kind === 'hole') return undefined
  if (node.kind === 'number') return Number.isInteger(node.value) ? 'integer' : 'number'
  return node.kind
}

function valueMisfits(node: JsonNode, schema: Record<string, unknown>, path: string): Misfit[] {
  const allowed = Object.hasOwn(schema, 'const') ? [schema['const']] : schema['enum']
  if (!Array.isArray(allowed)) return []
  const value = nodeValue(node)
  if (value === undefined || allowed.some((each) => isSame(each, value.value))) return []
  const written = JSON.stringify(value.value)
  const shown = allowed.map((each) => JSON.stringify(each)).join(', ')
  const close = nearest(
    written,
    allowed.map((each) => JSON.stringify(each)),
  )
  return [
    {
      message: `${named(path)} is ${written}, the contract allows ${shown}`,
      at: node.at,
      hint: close === undefined ? undefined : `Did you mean ${close}?`,
    },
  ]
}

/** Undefined when a hole makes the value unknown. */
function nodeValue(node: JsonNode): { readonly value: unknown } | undefined {
  switch (node.kind) {
    case 'hole':
      return undefined
    case 'null':
      return { value: null }
    case 'number':
    case 'boolean':
      return { value: node.value }
    case 'string': {
      const text = plainText(node.text)
      return text === undefined ? undefined : { value: text }
    }
    case 'array': {
      const items = node.items.map(nodeValue)
      return items.includes(undefined) ? undefined : { value: items.map((item) => item!.value) }
    }
    case 'object': {
      const members = node.members.map(({ name, value }) => [name, nodeValue(value)] as const)
      if (members.some(([, value]) => value === undefined)) return undefined
      return { value: Object.fromEntries(members.map(([name, value]) => [name, value!.value])) }
    }
  }
}

function objectMisfits(
  node: JsonNode & { kind: 'object' },
  at: SchemaAt,
  schema: Record<string, unknown>,
  options: FitOptions,
  path: string,
): Misfit[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
  const missing = options.partial
    ? []
    : required.filter(
        (name) => typeof name === 'string' && !node.members.some((member) => member.name === name),
      )
  return [
    ...missing.map((name) => ({
      message: `${named(path)} lacks the required property "${String(name)}"`,
      at: node.at,
    })),
    ...node.members.flatMap((member) => memberMisfits(member, at, schema, properties, options, path)),
  ]
}

function memberMisfits(
  member: JsonMember,
  at: SchemaAt,
  schema: Record<string, unknown>,
  properties: Record<string, unknown>,
  options: FitOptions,
  path: string,
): Misfit[] {
  const inside = path === '' ? member.name : `${path}.${member.name}`
  if (Object.hasOwn(properties, member.name))
    return misfitsOf(
      member.value,
      below(at, properties[member.name], 'properties', member.name),
      options,
      inside,
    )
  const patterns = isRecord(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : []
  const matching = patterns.filter(([pattern]) => compilePattern(pattern)?.test(member.name))
  if (matching.length > 0)
    return matching.flatMap(([pattern, value]) =>
      misfitsOf(member.value, below(at, value, 'patternProperties', pattern), options, inside),
    )
  const more = schema['additionalProperties']
  if (isRecord(more)) return misfitsOf(member.value, below(at, more, 'additionalProperties'), options, inside)
  if (more !== false) return []
  const close = nearest(member.name, Object.keys(properties))
  return [
    {
      message: `the contract has no property "${inside}"`,
      at: member.at,
      hint: close === undefined ? undefined : `Did you mean "${close}"?`,
    },
  ]
}

function arrayMisfits(
  node: JsonNode & { kind: 'array' },
  at: SchemaAt,
  schema: Record<string, unknown>,
  options: FitOptions,
  path: string,
): Misfit[] {
  const { minItems, maxItems, items } = schema
  const prefix = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as unknown[]) : []
  const count = node.items.length
  const misfits: Misfit[] = []
  if (typeof minItems === 'number' && count < minItems && !options.partial)
    misfits.push({
      message: `${named(path)} has ${count} items, the contract wants at least ${minItems}`,
      at: node.at,
    })
  if (typeof maxItems === 'number' && count > maxItems)
    misfits.push({
      message: `${named(path)} has ${count} items, the contract allows ${maxItems}`,
      at: node.at,
    })
  const inside = node.items.flatMap((item, i) => {
    const own = prefix[i] ?? items
    if (own === undefined) return []
    const schemaAt = i < prefix.length ? below(at, own, 'prefixItems', i) : below(at, own, 'items')
    return misfitsOf(item, schemaAt, options, `${path}[${i}]`)
  })
  return [...misfits, ...inside]
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(\.\d+)?(z|[+-]\d\d:\d\d)$/i,
  email: /^[^\s@]+@[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
}

function stringMisfits(
  node: JsonNode & { kind: 'string' },
  { minLength, maxLength, pattern, format }: Record<string, unknown>,
  path: string,
): Misfit[] {
  const text = plainText(node.text)
  if (text === undefined) return []
  const length = Array.from(text).length // code points, as JSON Schema counts
  const at = node.at
  const misfits: Misfit[] = []
  if (typeof minLength === 'number' && length < minLength)
    misfits.push({
      message: `${named(path)} has ${length} characters, the contract wants at least ${minLength}`,
      at,
    })
  if (typeof maxLength === 'number' && length > maxLength)
    misfits.push({ message: `${named(path)} has ${length} characters, the contract allows ${maxLength}`, at })
  if (typeof pattern === 'string' && compilePattern(pattern)?.test(text) === false)
    misfits.push({
      message: `${named(path)} is ${JSON.stringify(text)}, the contract wants the pattern ${pattern}`,
      at,
    })
  if (typeof format === 'string' && FORMATS[format]?.test(text) === false)
    misfits.push({
      message: `${named(path)} is ${JSON.stringify(text)}, the contract wants the format ${format}`,
      at,
    })
  return misfits
}

function numberMisfits(
  { value, at }: JsonNode & { kind: 'number' },
  schema: Record<string, unknown>,
  path: string,
): Misfit[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  const broken: string[] = []
  // OpenAPI 3.0 writes exclusive bounds as true beside the bound, later versions as the bound itself.
  if (typeof minimum === 'number' && (exclusiveMinimum === true ? value <= minimum : value < minimum))
    broken.push(exclusiveMinimum === true ? `more than ${minimum}` : `at least ${minimum}`)
  if (typeof maximum === 'number' && (exclusiveMaximum === true ? value >= maximum : value > maximum))
    broken.push(exclusiveMaximum === true ? `less than ${maximum}` : `at most ${maximum}`)
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    broken.push(`more than ${exclusiveMinimum}`)
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    broken.push(`less than ${exclusiveMaximum}`)
  if (typeof multipleOf === 'number' && Math.abs(value / multipleOf - Math.round(value / multipleOf)) > 1e-9)
    broken.push(`a multiple of ${multipleOf}`)
  return broken.map((wanted) => ({ message: `${named(path)} is ${value}, the contract wants ${wanted}`, at }))
}

/** The misfits of the branch that comes closest: few of them, and inside the node rather than about all of it. */
function choiceMisfits(
  node: JsonNode,
  at: SchemaAt,
  keyword: 'anyOf' | 'oneOf',
  options: FitOptions,
  path: string,
): Misfit[] {
  const distance = (misfits: readonly Misfit[]) =>
    misfits.reduce((sum, misfit) => sum + (misfit.at === node.at ? 3 : 2), 0)
  return (
    branchesOf(at, keyword)
      .map((branch) => misfitsOf(node, branch, options, path))
      .reduce(
        (best, each) => (best === undefined || distance(each) < distance(best) ? each : best),
        undefined as Misfit[] | undefined,
      ) ?? []
  )
}

function named(path: string): string {
  return path === '' ? 'the body' : `"${path}"`
}

export function withArticle(type: string): string {
  if (type === 'null') return 'null'
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`
}

export function list(types: ReadonlySet<string>): string {
  return [...types].map(withArticle).join(' or ')
}
