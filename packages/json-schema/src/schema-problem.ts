import type { ErrorObject } from 'ajv'
import { isRecord, pointer as pointerOf, pointerSegments } from './json-pointer.ts'
import { nearestName } from './nearest-name.ts'

export type SchemaProblem = {
  /** Of the value at fault; of the property itself when it is unknown; of the object when a property is missing. */
  readonly pointer: string
  /** Of the keyword that refused it, in the schema (or in the document its references were looked up in). */
  readonly schemaPointer: string
  readonly keyword: string
  /** One plain sentence that names the value: `items[2].price must be a number, not "12"`. */
  readonly message: string
  readonly params: Readonly<Record<string, unknown>>
}

/** `items[2].price`, or `the value` for the whole document. */
export function valueName(pointer: string): string {
  const segments = pointerSegments(pointer)
  if (segments.length === 0) return 'the value'
  return segments
    .map((segment) => {
      if (/^\d+$/.test(segment)) return `[${segment}]`
      return /^[\w$-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`
    })
    .join('')
    .replace(/^\./, '')
}

/** An ajv error in our words. Needs ajv's `verbose` (data and parentSchema). */
export function schemaProblem(error: ErrorObject, schemaPointer: string): SchemaProblem {
  const { keyword, params } = error
  const unknown = params['additionalProperty'] ?? params['unevaluatedProperty']
  const pointer =
    typeof unknown === 'string' ? `${error.instancePath}${pointerOf(unknown)}` : error.instancePath
  return { pointer, schemaPointer, keyword, message: sentence(error, pointer), params }
}

function sentence(error: ErrorObject, pointer: string): string {
  const { keyword, params, data, schema } = error
  const name = error.propertyName === undefined ? valueName(pointer) : `the name "${error.propertyName}"`
  const limit = String(params['limit'])
  const found = shown(data)
  switch (keyword) {
    case 'type':
      return `${name} must be ${typeNames(params['type'])}, not ${found}`
    case 'required':
      return `${valueName(`${pointer}${pointerOf(String(params['missingProperty']))}`)} is missing`
    case 'dependentRequired':
    case 'dependencies':
      return `${valueName(`${pointer}${pointerOf(String(params['missingProperty']))}`)} is missing, needed beside "${String(params['property'])}"`
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `${name} is not a known property${knownNames(error, pointer)}`
    case 'enum':
      return `${name} must be one of ${listed(params['allowedValues'])}, not ${found}${didYouMean(data, params['allowedValues'])}`
    case 'const':
      return `${name} must be ${shown(params['allowedValue'])}, not ${found}`
    case 'format':
      return `${name} must be a ${String(params['format'])}, not ${found}`
    case 'pattern':
      return `${name} must match /${String(params['pattern'])}/, not ${found}`
    case 'minimum':
      return `${name} must be at least ${limit}, not ${found}`
    case 'maximum':
      return `${name} must be at most ${limit}, not ${found}`
    case 'exclusiveMinimum':
      return `${name} must be more than ${limit}, not ${found}`
    case 'exclusiveMaximum':
      return `${name} must be less than ${limit}, not ${found}`
    case 'multipleOf':
      return `${name} must be a multiple of ${String(params['multipleOf'])}, not ${found}`
    case 'minLength':
      return `${name} must have at least ${count(limit, 'character')}, has ${lengthOf(data)}`
    case 'maxLength':
      return `${name} must have at most ${count(limit, 'character')}, has ${lengthOf(data)}`
    case 'minItems':
      return `${name} must have at least ${count(limit, 'item')}, has ${lengthOf(data)}`
    case 'maxItems':
      return `${name} must have at most ${count(limit, 'item')}, has ${lengthOf(data)}`
    case 'minProperties':
      return `${name} must have at least ${count(limit, 'property')}, has ${lengthOf(data)}`
    case 'maxProperties':
      return `${name} must have at most ${count(limit, 'property')}, has ${lengthOf(data)}`
    case 'uniqueItems':
      return `${name} must not repeat an item, but items ${String(params['j'])} and ${String(params['i'])} are equal`
    case 'oneOf':
      return params['passingSchemas'] === null || params['passingSchemas'] === undefined
        ? `${name} fits none of the ${lengthOf(schema)} allowed forms`
        : `${name} fits more than one of the ${lengthOf(schema)} allowed forms`
    case 'anyOf':
      return `${name} fits none of the ${lengthOf(schema)} allowed forms`
    case 'not':
      return `${name} must not be ${found}`
    case 'contains':
      return `${name} has no item of the kind it must contain`
    case 'propertyNames':
      return `${name} has a property with a name that is not allowed: "${String(params['propertyName'])}"`
    case 'false schema':
      return `${name} is not allowed here`
    default:
      return `${name} ${error.message ?? `breaks the rule "${keyword}"`}`
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'text',
}

function typeNames(types: unknown): string {
  const list = Array.isArray(types) ? types.map(String) : String(types).split(',')
  return list.map((type) => TYPE_NAMES[type] ?? type).join(' or ')
}

/** A value as a message shows it: short, and never a whole object. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isRecord(value)) return 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…${text.startsWith('"') ? '"' : ''}` : text
}

function listed(values: unknown): string {
  const all = Array.isArray(values) ? values.map(shown) : []
  return all.length > 12 ? `${all.slice(0, 12).join(', ')} and ${all.length - 12} more` : all.join(', ')
}

function didYouMean(value: unknown, candidates: unknown): string {
  if (typeof value !== 'string' || !Array.isArray(candidates)) return ''
  const match = nearestName(
    value,
    candidates.filter((one) => typeof one === 'string'),
  )
  return match === undefined ? '' : `; did you mean "${match}"?`
}

function knownNames({ parentSchema }: ErrorObject, pointer: string): string {
  const properties: unknown = parentSchema?.['properties']
  const names = isRecord(properties) ? Object.keys(properties) : []
  const match = nearestName(pointerSegments(pointer).at(-1) ?? '', names)
  if (match !== undefined) return `; did you mean "${match}"?`
  return names.length > 0 && names.length <= 12 ? `; known are ${names.join(', ')}` : ''
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length // JSON Schema counts characters, not UTF-16 units
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function count(limit: string, noun: string): string {
  const plural = noun === 'property' ? 'properties' : `${noun}s`
  return `${limit} ${limit === '1' ? noun : plural}`
}
