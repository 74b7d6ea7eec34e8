// Whether a value is valid under a JSON Schema of draft-07 or 2020-12, by the letter of the specification: keyword by
// keyword, with annotations for the unevaluated keywords. `format` and `content*` are annotations. Slow and plain on
// purpose: it is the measure for what is fast.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { compilePattern } from '../compile-pattern.ts'
import { compareDecimals, decimal, isMultiple } from './decimal.ts'
import { canonical, kindOfValue } from './formula.ts'
import { SchemaIndex, type Resource, type SchemaDraft, type Target } from './schema-index.ts'

/** What a schema says of one value; the evaluated parts count only when it is valid. */
type Outcome = { readonly isValid: boolean; readonly names: Set<string>; readonly items: Set<number> }

export type ValidateOptions = {
  readonly draft: SchemaDraft
  /** Schemas by the address references use for them. */
  readonly schemas?: Readonly<Record<string, unknown>>
}

/** A check of values. Throws Error when a reference leads nowhere that is needed. */
export function valueCheck(
  schema: unknown,
  { draft, schemas = {} }: ValidateOptions,
): (value: unknown) => boolean {
  const index = new SchemaIndex()
  for (const [address, other] of Object.entries(schemas)) index.add(other, address, draft)
  const resource = index.add(schema, 'https://schema.invalid/', draft)
  const evaluation = new Evaluation(index)
  return (value) => evaluation.of({ schema, resource }, value, [resource]).isValid
}

type Level = Readonly<Record<string, unknown>>

class Evaluation {
  readonly #index: SchemaIndex

  constructor(index: SchemaIndex) {
    this.#index = index
  }

  /** `scope`: the resources on the way here, outermost first: where dynamic references look. */
  of({ schema, resource }: Target, value: unknown, scope: readonly Resource[]): Outcome {
    const outcome = { isValid: schema !== false, names: new Set<string>(), items: new Set<number>() }
    if (!isRecord(schema)) return outcome
    const own = this.#index.ownerOf(schema) ?? resource
    const inside = scope.at(-1) === own ? scope : [...scope, own]
    const part = new Part(this, this.#index, schema, own, inside, value, outcome)
    return { ...outcome, isValid: part.isValid() }
  }
}

/** One schema object before one value. */
class Part {
  readonly #evaluation: Evaluation
  readonly #index: SchemaIndex
  readonly #schema: Level
  readonly #resource: Resource
  readonly #scope: readonly Resource[]
  readonly #value: unknown
  readonly #seen: Omit<Outcome, 'isValid'>

  constructor(
    evaluation: Evaluation,
    index: SchemaIndex,
    schema: Level,
    resource: Resource,
    scope: readonly Resource[],
    value: unknown,
    seen: Omit<Outcome, 'isValid'>,
  ) {
    this.#evaluation = evaluation
    this.#index = index
    this.#schema = schema
    this.#resource = resource
    this.#scope = scope
    this.#value = value
    this.#seen = seen
  }

  isValid(): boolean {
    const isOld = this.#resource.draft === 'draft-07'
    if (isOld && typeof this.#schema['$ref'] === 'string') return this.#references()
    // Not stopped at the first fault: all that is valid leaves its marks for the unevaluated keywords.
    const checks = [
      this.#references(),
      !this.#resource.isValidating || this.#assertions(),
      this.#logic(),
      isRecord(this.#value) ? this.#members(this.#value, isOld) : true,
      Array.isArray(this.#value) ? this.#items(this.#value as unknown[], isOld) : true,
    ]
    return checks.every(Boolean) && (isOld || this.#unevaluated())
  }

  /** The value, or a part of it, before a schema below this one. */
  #sub(schema: unknown, value: unknown): Outcome {
    return this.#evaluation.of({ schema, resource: this.#resource }, value, this.#scope)
  }

  /** In place: what it evaluates is evaluated here. */
  #here(outcome: Outcome): boolean {
    if (!outcome.isValid) return false
    for (const name of outcome.names) this.#seen.names.add(name)
    for (const item of outcome.items) this.#seen.items.add(item)
    return true
  }

  #references(): boolean {
    const { $ref, $dynamicRef } = this.#schema
    const follow = (target: Target) => this.#here(this.#evaluation.of(target, this.#value, this.#scope))
    if (typeof $ref === 'string' && !follow(this.#target($ref))) return false
    return (
      typeof $dynamicRef !== 'string' ||
      this.#resource.draft === 'draft-07' ||
      follow(this.#dynamicTarget($dynamicRef))
    )
  }

  #target(ref: string): Target {
    const target = this.#index.find(ref, this.#resource)
    if (target === undefined) throw new Error(`"${ref}" leads to nothing that is known.`)
    return target
  }

  /** The outermost schema on the way here with that dynamic anchor, if the reference leads to one at all. */
  #dynamicTarget(ref: string): Target {
    const target = this.#target(ref)
    const name = ref.split('#')[1] ?? ''
    if (target.resource.dynamicAnchors.get(name) !== target.schema) return target
    const outer = this.#scope.find(({ dynamicAnchors }) => dynamicAnchors.has(name))
    return outer === undefined ? target : { schema: outer.dynamicAnchors.get(name), resource: outer }
  }

  #assertions(): boolean {
    const schema = this.#schema
    const value = this.#value
    if (schema['type'] !== undefined && !listOf(schema['type']).some((type) => isOfType(value, type)))
      return false
    if (Array.isArray(schema['enum']) && !schema['enum'].some((each: unknown) => isEqual(each, value)))
      return false
    if (Object.hasOwn(schema, 'const') && !isEqual(schema['const'], value)) return false
    if (typeof value === 'number') return fitsNumber(schema, value)
    if (typeof value === 'string') return fitsString(schema, value)
    if (Array.isArray(value))
      return (
        fitsCount(schema, 'Items', value.length) &&
        (schema['uniqueItems'] !== true || new Set(value.map(canonical)).size === value.length)
      )
    return !isRecord(value) || fitsObject(schema, value, this.#resource.draft)
  }

  #logic(): boolean {
    const schema = this.#schema
    const all = (keyword: string) =>
      Array.isArray(schema[keyword])
        ? (schema[keyword] as unknown[]).map((each) => this.#sub(each, this.#value))
        : undefined
    const [allOf, anyOf, oneOf] = [all('allOf'), all('anyOf'), all('oneOf')]
    const isAll = allOf === undefined || allOf.map((each) => this.#here(each)).every(Boolean)
    const isAny = anyOf === undefined || anyOf.map((each) => this.#here(each)).some(Boolean)
    const isOne = oneOf === undefined || oneOf.filter((each) => this.#here(each)).length === 1
    const isNot = schema['not'] === undefined || !this.#sub(schema['not'], this.#value).isValid
    return isAll && isAny && isOne && isNot && this.#condition()
  }

  #condition(): boolean {
    const schema = this.#schema
    if (schema['if'] === undefined) return true
    const branch = this.#here(this.#sub(schema['if'], this.#value)) ? schema['then'] : schema['else']
    return branch === undefined || this.#here(this.#sub(branch, this.#value))
  }

  #members(value: Readonly<Record<string, unknown>>, isOld: boolean): boolean {
    const schema = this.#schema
    const [properties, patterns] = [recordOf(schema['properties']), recordOf(schema['patternProperties'])]
    const more = schema['additionalProperties']
    let isValid = true
    const judge = (part: unknown, name: string) => {
      this.#seen.names.add(name)
      if (!this.#sub(part, value[name]).isValid) isValid = false
    }
    for (const name of Object.keys(value)) {
      let isDeclared = Object.hasOwn(properties, name)
      if (isDeclared) judge(properties[name], name)
      for (const [pattern, part] of Object.entries(patterns))
        if (compilePattern(pattern)?.test(name) === true) {
          isDeclared = true
          judge(part, name)
        }
      if (!isDeclared && more !== undefined) judge(more, name)
      if (schema['propertyNames'] !== undefined && !this.#sub(schema['propertyNames'], name).isValid)
        isValid = false
    }
    const dependent = isOld ? schema['dependencies'] : schema['dependentSchemas']
    for (const [name, part] of Object.entries(recordOf(dependent)))
      if (Object.hasOwn(value, name) && !Array.isArray(part) && !this.#here(this.#sub(part, value)))
        isValid = false
    return isValid
  }

  #items(value: readonly unknown[], isOld: boolean): boolean {
    const schema = this.#schema
    const prefix = listOrNothing(isOld ? schema['items'] : schema['prefixItems'])
    const rest =
      isOld && Array.isArray(schema['items'])
        ? schema['additionalItems']
        : Array.isArray(schema['items'])
          ? undefined
          : schema['items']
    let isValid = true
    for (const [i, item] of value.entries()) {
      const part = i < prefix.length ? prefix[i] : rest
      if (part === undefined) continue
      this.#seen.items.add(i)
      if (!this.#sub(part, item).isValid) isValid = false
    }
    return isValid && this.#contains(value, isOld)
  }

  #contains(value: readonly unknown[], isOld: boolean): boolean {
    const { contains, minContains, maxContains } = this.#schema
    if (contains === undefined) return true
    const found = value.flatMap((item, i) => (this.#sub(contains, item).isValid ? [i] : []))
    if (!isOld) for (const i of found) this.#seen.items.add(i)
    const [min, max] = [isOld ? undefined : minContains, isOld ? undefined : maxContains]
    return (
      found.length >= (typeof min === 'number' ? min : 1) &&
      found.length <= (typeof max === 'number' ? max : Infinity)
    )
  }

  #unevaluated(): boolean {
    const { unevaluatedProperties, unevaluatedItems } = this.#schema
    const value = this.#value
    let isValid = true
    if (unevaluatedProperties !== undefined && isRecord(value))
      for (const name of Object.keys(value)) {
        if (this.#seen.names.has(name)) continue
        this.#seen.names.add(name)
        if (!this.#sub(unevaluatedProperties, value[name]).isValid) isValid = false
      }
    if (unevaluatedItems !== undefined && Array.isArray(value))
      for (const [i, item] of (value as unknown[]).entries()) {
        if (this.#seen.items.has(i)) continue
        this.#seen.items.add(i)
        if (!this.#sub(unevaluatedItems, item).isValid) isValid = false
      }
    return isValid
  }
}

function isOfType(value: unknown, type: unknown): boolean {
  return type === 'integer' ? Number.isInteger(value) : kindOfValue(value) === type
}

function fitsNumber(schema: Level, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  const order = (limit: number) => compareDecimals(decimal(value), decimal(limit))
  if (typeof minimum === 'number' && order(minimum) < 0) return false
  if (typeof maximum === 'number' && order(maximum) > 0) return false
  if (typeof exclusiveMinimum === 'number' && order(exclusiveMinimum) <= 0) return false
  if (typeof exclusiveMaximum === 'number' && order(exclusiveMaximum) >= 0) return false
  return typeof multipleOf !== 'number' || isMultiple(decimal(value), decimal(multipleOf))
}

function fitsString(schema: Level, value: string): boolean {
  const { pattern } = schema
  return (
    fitsCount(schema, 'Length', [...value].length) &&
    (typeof pattern !== 'string' || compilePattern(pattern)?.test(value) !== false)
  )
}

function fitsObject(schema: Level, value: Readonly<Record<string, unknown>>, draft: SchemaDraft): boolean {
  const names = Object.keys(value)
  if (!fitsCount(schema, 'Properties', names.length)) return false
  const isThere = (name: unknown) => Object.hasOwn(value, String(name))
  if (!listOrNothing(schema['required']).every(isThere)) return false
  const dependent = draft === 'draft-07' ? schema['dependencies'] : schema['dependentRequired']
  return Object.entries(recordOf(dependent)).every(
    ([name, list]) => !isThere(name) || listOrNothing(list).every(isThere),
  )
}

function fitsCount(schema: Level, what: 'Items' | 'Length' | 'Properties', count: number): boolean {
  const [min, max] = [schema[`min${what}`], schema[`max${what}`]]
  return !(typeof min === 'number' && count < min) && !(typeof max === 'number' && count > max)
}

function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return canonical(a) === canonical(b)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

function listOrNothing(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
