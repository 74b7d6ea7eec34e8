// What several schemas together ask of one value, on one level: references followed, allOf joined, one branch of each
// oneOf and anyOf taken. What lies below (properties, items) stays a list of schemas that all must hold.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import { modernLevel, type Exchange, type Level } from '../contracts/compare/modern-schema.ts'
import { compilePattern } from '../contracts/compile-pattern.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { below, branchesOf, resolved } from '../contracts/schema-walk.ts'
import { isSame } from '../contracts/same-json.ts'

export type Flat = {
  types: ReadonlySet<string> | undefined
  values: readonly unknown[] | undefined
  low: Bound
  high: Bound
  multiples: number[]
  minLength: number
  maxLength: number
  patterns: string[]
  formats: string[]
  properties: Map<string, SchemaAt[]>
  patternProperties: (readonly [pattern: string, at: SchemaAt])[]
  /** One for each schema that says what other properties may be: `declared` are those it does not speak of. */
  closures: { declared: ReadonlySet<string>; patterns: readonly string[]; others: SchemaAt }[]
  propertyNames: SchemaAt[]
  required: Set<string>
  forbidden: Set<string>
  dependentRequired: (readonly [name: string, needed: readonly string[]])[]
  dependentSchemas: (readonly [name: string, at: SchemaAt])[]
  minProperties: number
  maxProperties: number
  prefix: SchemaAt[][]
  items: SchemaAt[]
  contains: { at: SchemaAt; count: number }[]
  minItems: number
  maxItems: number
  isUnique: boolean
  /** Values authors wrote; those of a part are whole only where the part is all there is. */
  examples: unknown[]
  parts: number
}

export type Bound = { readonly value: number; readonly isOpen: boolean } | undefined

/** No value can be all that is asked. */
export class Impossible extends Error {}

export type Choose = (branches: readonly SchemaAt[]) => SchemaAt

/** The result is shared between callers: not to be changed. */
export function flatten(schemas: readonly SchemaAt[], exchange: Exchange, choose: Choose): Flat {
  const key = schemas.length === 1 && isRecord(schemas[0]!.schema) ? schemas[0]!.schema : undefined
  const known = key === undefined ? undefined : withoutChoice[exchange].get(key)
  if (known !== undefined) return known
  const flat = emptyFlat()
  const entered = new Set<string>()
  let isChosen = false
  const noticed: Choose = (branches) => {
    isChosen = true
    return choose(branches)
  }
  for (const at of schemas) add(flat, at, exchange, noticed, entered)
  if (key !== undefined && !isChosen) withoutChoice[exchange].set(key, flat)
  return flat
}

/** Most schemas leave no choice, and are asked for with every item of a list. */
const withoutChoice: Readonly<Record<Exchange, WeakMap<object, Flat>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
}

function emptyFlat(): Flat {
  return {
    types: undefined,
    values: undefined,
    low: undefined,
    high: undefined,
    multiples: [],
    minLength: 0,
    maxLength: Infinity,
    patterns: [],
    formats: [],
    properties: new Map(),
    patternProperties: [],
    closures: [],
    propertyNames: [],
    required: new Set(),
    forbidden: new Set(),
    dependentRequired: [],
    dependentSchemas: [],
    minProperties: 0,
    maxProperties: Infinity,
    prefix: [],
    items: [],
    contains: [],
    minItems: 0,
    maxItems: Infinity,
    isUnique: false,
    examples: [],
    parts: 0,
  }
}

function add(flat: Flat, at: SchemaAt, exchange: Exchange, choose: Choose, entered: Set<string>): void {
  if (entered.has(at.pointer)) return // holds itself: nothing new the second time
  entered.add(at.pointer)
  const level = modernLevel(at, exchange)
  if (level === false) throw new Impossible()
  if (level === true) return
  const more = (next: SchemaAt) => add(flat, next, exchange, choose, entered)
  if (refOf(level) !== undefined) {
    const target = resolved(at)
    if (target !== undefined) more(target)
  }
  addValues(flat, level)
  addNumbers(flat, level)
  addTexts(flat, level)
  addObject(flat, level, at)
  addArray(flat, level, at)
  for (const branch of branchesOf(at, 'allOf')) more(branch)
  const own = schemaOf(at)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = branchesOf(at, keyword)
    if (branches.length === 0) continue
    const branch = choose(branches)
    more(branch)
    addDiscriminator(flat, own['discriminator'], branch, at)
  }
  addCondition(level, at, choose, more)
  addNegation(flat, level['not'])
}

/** The choice between then and else: `if` and `then` together, or `else` alone; the validator says whether it worked. */
function addCondition(level: Level, at: SchemaAt, choose: Choose, more: (at: SchemaAt) => void): void {
  if (level['if'] === undefined) return
  const positive = below(at, level['if'], 'if')
  const negative = below(at, level['else'] ?? true, 'else')
  if (choose([positive, negative]) === negative) return more(negative)
  more(positive)
  if (level['then'] !== undefined) more(below(at, level['then'], 'then'))
}

/** `not: {required: [x]}` is how authors forbid a property. */
function addNegation(flat: Flat, not: unknown): void {
  if (!isRecord(not)) return
  const { required } = not
  if (Array.isArray(required) && required.length === 1) flat.forbidden.add(String(required[0]))
  const any = not['anyOf']
  if (Array.isArray(any)) for (const each of any as unknown[]) addNegation(flat, each)
}

/** The property that says which branch it is (OpenAPI, "Discriminator Object"): mapped, else the schema's own name. */
function addDiscriminator(flat: Flat, discriminator: unknown, branch: SchemaAt, at: SchemaAt): void {
  if (!isRecord(discriminator) || typeof discriminator['propertyName'] !== 'string') return
  const ref = refOf(branch.schema)
  if (ref === undefined) return
  const name = ref.split('/').at(-1) ?? ''
  const mapping = isRecord(discriminator['mapping']) ? Object.entries(discriminator['mapping']) : []
  const mapped = mapping.find(([, target]) => target === ref || target === name)?.[0]
  const property = discriminator['propertyName']
  const target = resolved(branch)
  const declared = target && isRecord(target.schema) ? target.schema['properties'] : undefined
  const written = isRecord(declared) ? declared[property] : undefined
  // A branch that says itself what the property is knows better than the convention.
  if (isRecord(written) && (written['enum'] !== undefined || written['const'] !== undefined) && !mapped)
    return
  const schema = { const: mapped ?? name }
  flat.properties.set(property, [
    ...(flat.properties.get(property) ?? []),
    { ...at, schema, pointer: `${branch.pointer}#${property}` },
  ])
}

function addValues(flat: Flat, level: Level): void {
  const { type } = level
  if (typeof type === 'string' || Array.isArray(type)) {
    const own = new Set(typeof type === 'string' ? [type] : (type as string[]))
    flat.types = flat.types === undefined ? own : commonTypes(flat.types, own)
    if (flat.types.size === 0) throw new Impossible()
  }
  const own = Object.hasOwn(level, 'const') ? [level['const']] : level['enum']
  if (Array.isArray(own)) {
    const values: readonly unknown[] = own
    flat.values = flat.values?.filter((value) => values.some((each) => isSame(each, value))) ?? values
    if (flat.values.length === 0) throw new Impossible()
  }
  const said: unknown[] = Array.isArray(level['examples']) ? [...(level['examples'] as unknown[])] : []
  if (level['example'] !== undefined) said.unshift(level['example'])
  if (said.length === 0 && level['default'] !== undefined) said.push(level['default'])
  flat.examples.push(...said)
  if (level['properties'] !== undefined || level['oneOf'] !== undefined || level['anyOf'] !== undefined)
    flat.parts++
}

function commonTypes(left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> {
  const both = new Set<string>()
  for (const type of left) {
    if (right.has(type) || (type === 'integer' && right.has('number'))) both.add(type)
    else if (type === 'number' && right.has('integer')) both.add('integer')
  }
  return both
}

function addNumbers(flat: Flat, level: Level): void {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = level
  if (typeof minimum === 'number') flat.low = higher(flat.low, { value: minimum, isOpen: false })
  if (typeof exclusiveMinimum === 'number')
    flat.low = higher(flat.low, { value: exclusiveMinimum, isOpen: true })
  if (typeof maximum === 'number') flat.high = lower(flat.high, { value: maximum, isOpen: false })
  if (typeof exclusiveMaximum === 'number')
    flat.high = lower(flat.high, { value: exclusiveMaximum, isOpen: true })
  if (typeof multipleOf === 'number' && multipleOf > 0) flat.multiples.push(multipleOf)
}

function higher(a: Bound, b: NonNullable<Bound>): Bound {
  return a === undefined || b.value > a.value || (b.value === a.value && b.isOpen) ? b : a
}

function lower(a: Bound, b: NonNullable<Bound>): Bound {
  return a === undefined || b.value < a.value || (b.value === a.value && b.isOpen) ? b : a
}

function addTexts(flat: Flat, { minLength, maxLength, pattern, format }: Level): void {
  if (typeof minLength === 'number') flat.minLength = Math.max(flat.minLength, minLength)
  if (typeof maxLength === 'number') flat.maxLength = Math.min(flat.maxLength, maxLength)
  if (typeof pattern === 'string' && compilePattern(pattern)) flat.patterns.push(pattern)
  if (typeof format === 'string') flat.formats.push(format)
}

function addObject(flat: Flat, level: Level, at: SchemaAt): void {
  const properties = isRecord(level['properties']) ? level['properties'] : {}
  for (const [name, schema] of Object.entries(properties)) {
    const place = below(at, schema, 'properties', name)
    const known = flat.properties.get(name)
    if (known === undefined) flat.properties.set(name, [place])
    else known.push(place)
  }
  const patterns = isRecord(level['patternProperties']) ? Object.entries(level['patternProperties']) : []
  for (const [pattern, schema] of patterns)
    flat.patternProperties.push([pattern, below(at, schema, 'patternProperties', pattern)])
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const)
    if (level[keyword] !== undefined && level[keyword] !== true)
      flat.closures.push({
        // What other schemas declare counts as evaluated: their names are never "other" ones.
        declared: keyword === 'additionalProperties' ? new Set(Object.keys(schemaProperties(at))) : ALL,
        patterns: patterns.map(([pattern]) => pattern),
        others: below(at, level[keyword], keyword),
      })
  if (level['propertyNames'] !== undefined)
    flat.propertyNames.push(below(at, level['propertyNames'], 'propertyNames'))
  if (Array.isArray(level['required']))
    for (const name of level['required'] as unknown[]) flat.required.add(String(name))
  if (isRecord(level['dependentRequired']))
    for (const [name, needed] of Object.entries(level['dependentRequired']))
      if (Array.isArray(needed)) flat.dependentRequired.push([name, needed.map(String)])
  if (isRecord(level['dependentSchemas']))
    for (const [name, schema] of Object.entries(level['dependentSchemas']))
      flat.dependentSchemas.push([name, below(at, schema, 'dependentSchemas', name)])
  const { minProperties, maxProperties } = level
  if (typeof minProperties === 'number') flat.minProperties = Math.max(flat.minProperties, minProperties)
  if (typeof maxProperties === 'number') flat.maxProperties = Math.min(flat.maxProperties, maxProperties)
}

/** A set that has every name. */
const ALL: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true })

function schemaProperties(at: SchemaAt): Record<string, unknown> {
  const { properties } = schemaOf(at)
  return isRecord(properties) ? properties : {}
}

function addArray(flat: Flat, level: Level, at: SchemaAt): void {
  const prefix = Array.isArray(level['prefixItems']) ? (level['prefixItems'] as unknown[]) : []
  for (const [i, schema] of prefix.entries())
    (flat.prefix[i] ??= []).push(below(at, schema, 'prefixItems', i))
  if (level['items'] === false) flat.maxItems = Math.min(flat.maxItems, prefix.length)
  else if (isRecord(level['items'])) flat.items.push(below(at, level['items'], 'items'))
  const { minItems, maxItems, contains, minContains } = level
  if (typeof minItems === 'number') flat.minItems = Math.max(flat.minItems, minItems)
  if (typeof maxItems === 'number') flat.maxItems = Math.min(flat.maxItems, maxItems)
  if (contains !== undefined)
    flat.contains.push({
      at: below(at, contains, 'contains'),
      count: typeof minContains === 'number' ? minContains : 1,
    })
  if (level['uniqueItems'] === true) flat.isUnique = true
}

function schemaOf({ schema }: SchemaAt): Record<string, unknown> {
  return isRecord(schema) ? schema : {}
}
