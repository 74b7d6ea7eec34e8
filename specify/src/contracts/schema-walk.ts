// Questions about schemas that need no value: what stands at a property, which types and values it allows.
// A schema that says nothing about a property while declaring others counts as lacking it: that is how authors mean
// it, and the drift between specs and contracts could not be seen otherwise.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import { compilePattern } from './compile-pattern.ts'
import type { SchemaAt, Source } from './model.ts'

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'object' | 'array'

/** What a step leads to; `unknown` when the schema allows anything there. */
export type Found =
  | { readonly outcome: 'found'; readonly schemas: readonly SchemaAt[] }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'absent'; readonly names: readonly string[] }

/** The schema behind references; undefined when they lead nowhere. */
export function resolved(at: SchemaAt): SchemaAt | undefined {
  const ref = refOf(at.schema)
  if (ref === undefined) return at
  const known = targets.get(at.source) ?? new Map<string, SchemaAt | undefined>()
  targets.set(at.source, known)
  if (known.has(ref)) return known.get(ref)
  const target = resolveRef(at.source.root, ref)
  const found =
    target.outcome === 'found' ? { ...at, schema: target.value, pointer: target.pointer } : undefined
  known.set(ref, found)
  return found
}

/** By document and reference: the same few are followed from everywhere. */
const targets = new WeakMap<Source, Map<string, SchemaAt | undefined>>()

export function propertyOf(schemas: readonly SchemaAt[], name: string): Found {
  return union(schemas.map((at) => lookUp(at, (own) => ownProperty(own, name))))
}

export function anyPropertyOf(schemas: readonly SchemaAt[]): Found {
  return union(schemas.map((at) => lookUp(at, ownProperties)))
}

/** `index` undefined: any item. */
export function itemOf(schemas: readonly SchemaAt[], index: number | undefined): Found {
  return union(schemas.map((at) => lookUp(at, (own) => ownItem(own, index))))
}

/** The types a value may have; undefined when the schemas do not say. */
export function typesOf(schemas: readonly SchemaAt[]): ReadonlySet<JsonType> | undefined {
  return unionOf(schemas, ownTypes)
}

/** The values allowed by enum and const; undefined when any value of the types will do. */
export function valuesOf(schemas: readonly SchemaAt[]): readonly unknown[] | undefined {
  const values = unionOf(schemas, ownValues)
  return values && [...values]
}

type Schema = Record<string, unknown>
type Own = { readonly schema: Schema; readonly at: SchemaAt }

/** What one schema says itself; `declared`: it lists what there is; `open`: it expressly allows more. */
type Lookup = {
  readonly schemas: readonly SchemaAt[]
  readonly open: boolean
  readonly declared: boolean
  readonly names: readonly string[]
}

const NOTHING_SAID: Lookup = { schemas: [], open: false, declared: false, names: [] }
const ANYTHING: Lookup = { ...NOTHING_SAID, open: true }

function lookUp(at: SchemaAt, own: (own: Own) => Lookup, entered: readonly string[] = []): Lookup {
  const target = resolved(at)
  // A schema that holds itself through allOf says nothing more the second time.
  if (target !== undefined && entered.includes(target.pointer)) return NOTHING_SAID
  if (target === undefined || !isRecord(target.schema)) return ANYTHING
  const { schema } = target
  const inside = [...entered, target.pointer]
  const parts = [own({ schema, at: target })]
  for (const branch of branchesOf(target, 'allOf')) parts.push(lookUp(branch, own, inside))
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = branchesOf(target, keyword).map((branch) => lookUp(branch, own, inside))
    if (branches.length === 0) continue
    const merged = merge(branches)
    // A branch that says nothing lets everything through.
    const free = branches.some(({ schemas, declared }) => schemas.length === 0 && !declared)
    parts.push({ ...merged, open: merged.open || free })
  }
  return merge(parts)
}

function merge(parts: readonly Lookup[]): Lookup {
  return {
    schemas: parts.flatMap(({ schemas }) => schemas),
    open: parts.some(({ open }) => open),
    declared: parts.some(({ declared }) => declared),
    names: parts.flatMap(({ names }) => names),
  }
}

function union(lookups: readonly Lookup[]): Found {
  const { schemas, names } = merge(lookups)
  if (schemas.length > 0) return { outcome: 'found', schemas }
  if (lookups.length === 0 || lookups.some(({ open, declared }) => open || !declared))
    return { outcome: 'unknown' }
  return { outcome: 'absent', names: [...new Set(names)] }
}

export function branchesOf(at: SchemaAt, keyword: 'allOf' | 'anyOf' | 'oneOf'): SchemaAt[] {
  const list = isRecord(at.schema) ? at.schema[keyword] : undefined
  if (!Array.isArray(list)) return []
  return list.map((schema: unknown, i) => ({ ...at, schema, pointer: `${at.pointer}/${keyword}/${i}` }))
}

/** The schema under a keyword, or under a name in it. */
export function below(at: SchemaAt, schema: unknown, ...segments: (string | number)[]): SchemaAt {
  return { ...at, schema, pointer: `${at.pointer}${pointerOf(...segments)}` }
}

function ownProperty({ schema, at }: Own, name: string): Lookup {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const names = Object.keys(properties)
  const found: SchemaAt[] = []
  if (Object.hasOwn(properties, name)) found.push(below(at, properties[name], 'properties', name))
  const patterns = isRecord(schema['patternProperties']) ? schema['patternProperties'] : {}
  for (const [pattern, value] of Object.entries(patterns))
    if (compilePattern(pattern)?.test(name)) found.push(below(at, value, 'patternProperties', pattern))
  if (found.length > 0) return { schemas: found, open: false, declared: true, names }
  const more = schema['additionalProperties']
  if (isRecord(more))
    return { schemas: [below(at, more, 'additionalProperties')], open: false, declared: true, names }
  const cannot = isOnlyOtherThan(schema, 'object')
  return { schemas: [], open: more === true, declared: more === false || names.length > 0 || cannot, names }
}

function ownProperties({ schema, at }: Own): Lookup {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const schemas = Object.entries(properties).map(([name, value]) => below(at, value, 'properties', name))
  const more = schema['additionalProperties']
  if (isRecord(more)) schemas.push(below(at, more, 'additionalProperties'))
  const items = ownItem({ schema, at }, undefined)
  return { ...items, schemas: [...schemas, ...items.schemas], open: more === true || items.open }
}

function ownItem({ schema, at }: Own, index: number | undefined): Lookup {
  const prefix = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as unknown[]) : []
  const items = schema['items']
  const rest = isRecord(items) ? [below(at, items, 'items')] : []
  const fixed = prefix.map((value, i) => below(at, value, 'prefixItems', i))
  const schemas =
    index === undefined || index < 0 ? [...fixed, ...rest] : fixed[index] ? [fixed[index]] : rest
  const declared = schemas.length > 0 || items === false || isOnlyOtherThan(schema, 'array')
  return { schemas, open: items === true, declared, names: [] }
}

function isOnlyOtherThan(schema: Schema, type: JsonType): boolean {
  const types = writtenTypes(schema)
  return types !== undefined && !types.has(type)
}

function writtenTypes(schema: Schema): Set<JsonType> | undefined {
  const { type } = schema
  const list = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as unknown[]) : undefined
  if (list === undefined) return undefined
  const types = new Set(list as JsonType[])
  if (schema['nullable'] === true) types.add('null')
  return types
}

/** The union over alternatives; one that allows anything makes the whole unknown. */
function unionOf<T>(
  schemas: readonly SchemaAt[],
  own: (at: SchemaAt, entered: readonly string[]) => ReadonlySet<T> | undefined,
  entered: readonly string[] = [],
): ReadonlySet<T> | undefined {
  const all = new Set<T>()
  for (const at of schemas) {
    const some = own(at, entered)
    if (some === undefined) return undefined
    for (const each of some) all.add(each)
  }
  return schemas.length === 0 ? undefined : all
}

function ownTypes(at: SchemaAt, entered: readonly string[]): ReadonlySet<JsonType> | undefined {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema) || entered.includes(target.pointer)) return undefined
  const inside = [...entered, target.pointer]
  const written = writtenTypes(target.schema)
  if (written !== undefined) return written
  const values = ownValues(target, entered)
  if (values !== undefined) return new Set([...values].map(typeOf))
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = branchesOf(target, keyword)
    if (branches.length > 0) return unionOf(branches, ownTypes, inside)
  }
  for (const branch of branchesOf(target, 'allOf')) {
    const types = ownTypes(branch, inside)
    if (types !== undefined) return types
  }
  if (isRecord(target.schema['properties'])) return new Set(['object'])
  return undefined
}

function ownValues(at: SchemaAt, entered: readonly string[]): ReadonlySet<unknown> | undefined {
  const target = resolved(at)
  if (target === undefined || !isRecord(target.schema) || entered.includes(target.pointer)) return undefined
  const inside = [...entered, target.pointer]
  const { schema } = target
  if (Object.hasOwn(schema, 'const')) return new Set([schema['const']])
  if (Array.isArray(schema['enum'])) return new Set(schema['enum'] as unknown[])
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = branchesOf(target, keyword)
    if (branches.length > 0) return unionOf(branches, ownValues, inside)
  }
  for (const branch of branchesOf(target, 'allOf')) {
    const values = ownValues(branch, inside)
    if (values !== undefined) return values
  }
  return undefined
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as 'string' | 'boolean' | 'object'
}

/** Whether a value of `type` is among `types`: every integer is a number. */
export function allowsType(types: ReadonlySet<JsonType>, type: JsonType): boolean {
  return types.has(type) || (type === 'integer' && types.has('number'))
}
