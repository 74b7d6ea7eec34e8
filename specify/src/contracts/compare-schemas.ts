// The changes of a schema that break whoever is on the other side, keyword by keyword: a first form that sees removed,
// added-and-required and narrowed parts of objects, lists and simple values. It does not prove anything: alternatives
// (anyOf, oneOf) are compared only where both sides offer the same property, `not` and conditions are not looked at.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { isSame } from './same-json.ts'
import type { SchemaAt } from './model.ts'
import { requiredOf } from './required-properties.ts'
import {
  branchesOf,
  itemOf,
  propertyOf,
  resolved,
  typesOf,
  valuesOf,
  type Found,
  type JsonType,
} from './schema-walk.ts'

/** `request`: written by old clients, read by the new server. `response`, also of events: the other way round. */
export type Direction = 'request' | 'response'

export type SchemaChange = {
  readonly code: string
  readonly message: string
  readonly before: string
  readonly after: string
  /** Where the new schema says so, or its nearest surviving parent. */
  readonly at: SchemaAt
}

export function compareSchemas(before: SchemaAt, after: SchemaAt, direction: Direction): SchemaChange[] {
  return new Comparison(direction).compare([before], [after], '')
}

class Comparison {
  readonly #direction: Direction
  readonly #seen = new Set<string>()

  constructor(direction: Direction) {
    this.#direction = direction
  }

  compare(before: readonly SchemaAt[], after: readonly SchemaAt[], path: string): SchemaChange[] {
    const [at] = after
    // Schemas that hold themselves are compared once around.
    const key = [...before, ...after].map((each) => resolved(each)?.pointer ?? each.pointer).join(' ')
    if (at === undefined || this.#seen.has(key)) return []
    this.#seen.add(key)
    const wrongType = this.#compareTypes(before, after, path, at)
    if (wrongType.length > 0) return wrongType
    return [
      ...this.#compareValues(before, after, path, at),
      ...this.#compareBounds(before, after, path, at),
      ...this.#compareProperties(before, after, path, at),
      ...this.#compareItems(before, after, path),
    ]
  }

  #compareTypes(
    before: readonly SchemaAt[],
    after: readonly SchemaAt[],
    path: string,
    at: SchemaAt,
  ): SchemaChange[] {
    const [old, now] = [typesOf(before), typesOf(after)]
    const [writer, reader] = this.#direction === 'request' ? [old, now] : [now, old]
    if (reader === undefined || (writer !== undefined && isWithin(writer, reader))) return []
    const code = this.#direction === 'request' ? 'type-narrowed' : 'type-widened'
    return [
      { code, message: `The type of ${named(path)} changed`, before: types(old), after: types(now), at },
    ]
  }

  #compareValues(
    before: readonly SchemaAt[],
    after: readonly SchemaAt[],
    path: string,
    at: SchemaAt,
  ): SchemaChange[] {
    const [old, now] = [valuesOf(before), valuesOf(after)]
    const [writer, reader] = this.#direction === 'request' ? [old, now] : [now, old]
    if (reader === undefined) return []
    const lost = writer?.filter((value) => !reader.some((each) => isSame(each, value)))
    if (lost?.length === 0) return []
    const what = lost === undefined ? '' : ` (${values(lost)})`
    const change =
      this.#direction === 'request'
        ? { code: 'enum-narrowed', message: `${capital(named(path))} accepts fewer values${what}` }
        : { code: 'enum-widened', message: `${capital(named(path))} can hold new values${what}` }
    return [
      {
        ...change,
        before: old === undefined ? 'any' : values(old),
        after: now === undefined ? 'any' : values(now),
        at,
      },
    ]
  }

  /** Only what clients send: a response that got stricter still fits those who read it. */
  #compareBounds(
    before: readonly SchemaAt[],
    after: readonly SchemaAt[],
    path: string,
    at: SchemaAt,
  ): SchemaChange[] {
    if (this.#direction === 'response') return []
    const [old, now] = [keywordsOf(before), keywordsOf(after)]
    const tightened = [...BOUNDS].filter(([keyword, isTighter]) => {
      const [was, is] = [old[keyword], now[keyword]]
      return is !== undefined && !isSame(was, is) && (was === undefined || isTighter(was, is))
    })
    return tightened.map(([keyword]) => ({
      code: 'constraint-tightened',
      message: `${capital(named(path))} is limited by ${keyword}`,
      before: old[keyword] === undefined ? 'no limit' : JSON.stringify(old[keyword]),
      after: JSON.stringify(now[keyword]),
      at,
    }))
  }

  #compareProperties(
    before: readonly SchemaAt[],
    after: readonly SchemaAt[],
    path: string,
    at: SchemaAt,
  ): SchemaChange[] {
    const names = propertyNames(before)
    const inside = (name: string) => (path === '' ? name : `${path}.${name}`)
    const changes: SchemaChange[] = []
    for (const name of names) {
      const [old, now] = [propertyOf(before, name), propertyOf(after, name)]
      if (old.outcome === 'found' && now.outcome === 'found')
        changes.push(...this.compare(old.schemas, now.schemas, inside(name)))
      if (old.outcome !== 'found' || now.outcome === 'found') continue
      if (this.#direction === 'response') changes.push(removed('response-field-removed', inside(name), at))
      else if (isClosed(after)) changes.push(removed('request-field-removed', inside(name), at))
    }
    const [wasRequired, isRequired] = [allRequired(before), allRequired(after)]
    if (this.#direction === 'response')
      return [
        ...changes,
        ...[...wasRequired]
          .filter((name) => !isRequired.has(name) && propertyOf(after, name).outcome === 'found')
          .map((name) => optional(inside(name), firstOf(propertyOf(after, name)) ?? at)),
      ]
    return [
      ...changes,
      ...[...isRequired]
        .filter((name) => !wasRequired.has(name))
        .map((name) => required(inside(name), names.has(name), firstOf(propertyOf(after, name)) ?? at)),
    ]
  }

  #compareItems(before: readonly SchemaAt[], after: readonly SchemaAt[], path: string): SchemaChange[] {
    const [old, now] = [itemOf(before, undefined), itemOf(after, undefined)]
    return old.outcome === 'found' && now.outcome === 'found'
      ? this.compare(old.schemas, now.schemas, `${path}[]`)
      : []
  }
}

const more = (was: unknown, is: unknown) => Number(is) > Number(was)
const less = (was: unknown, is: unknown) => Number(is) < Number(was)
const other = () => true

/** Keyword → whether the new value lets less through than the old one. */
const BOUNDS = new Map<string, (was: unknown, is: unknown) => boolean>([
  ['minLength', more],
  ['maxLength', less],
  ['minimum', more],
  ['maximum', less],
  ['exclusiveMinimum', more],
  ['exclusiveMaximum', less],
  ['minItems', more],
  ['maxItems', less],
  ['multipleOf', other],
  ['pattern', other],
  ['format', other],
])

function keywordsOf(schemas: readonly SchemaAt[]): Record<string, unknown> {
  const target = schemas.length === 1 ? resolved(schemas[0]!) : undefined
  return isRecord(target?.schema) ? target.schema : {}
}

function isWithin(writer: ReadonlySet<JsonType>, reader: ReadonlySet<JsonType>): boolean {
  return [...writer].every((type) => reader.has(type) || (type === 'integer' && reader.has('number')))
}

function propertyNames(schemas: readonly SchemaAt[], entered: readonly string[] = []): Set<string> {
  const names = new Set<string>()
  for (const at of schemas) {
    const target = resolved(at)
    if (target === undefined || !isRecord(target.schema) || entered.includes(target.pointer)) continue
    if (isRecord(target.schema['properties']))
      Object.keys(target.schema['properties']).forEach((name) => names.add(name))
    const branches = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) => branchesOf(target, keyword))
    for (const name of propertyNames(branches, [...entered, target.pointer])) names.add(name)
  }
  return names
}

function allRequired(schemas: readonly SchemaAt[]): Set<string> {
  const sets = schemas.map((at) => requiredOf(at))
  const [first = new Set<string>(), ...rest] = sets
  return new Set([...first].filter((name) => rest.every((set) => set.has(name))))
}

function isClosed(schemas: readonly SchemaAt[]): boolean {
  return schemas.some((at) => {
    const schema = resolved(at)?.schema
    return isRecord(schema) && schema['additionalProperties'] === false
  })
}

function firstOf(found: Found): SchemaAt | undefined {
  return found.outcome === 'found' ? found.schemas[0] : undefined
}

function removed(code: string, path: string, at: SchemaAt): SchemaChange {
  return { code, message: `Field '${path}' was removed`, before: `field '${path}'`, after: 'nothing', at }
}

function optional(path: string, at: SchemaAt): SchemaChange {
  const message = `Field '${path}' is no longer promised`
  return { code: 'response-field-optional', message, before: 'required', after: 'optional', at }
}

function required(path: string, existed: boolean, at: SchemaAt): SchemaChange {
  const message = existed ? `Field '${path}' became required` : `New required field '${path}'`
  return {
    code: 'required-field-added',
    message,
    before: existed ? 'optional' : 'nothing',
    after: 'required',
    at,
  }
}

function named(path: string): string {
  return path === '' ? 'the value' : `field '${path}'`
}

function capital(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase())
}

function types(list: ReadonlySet<JsonType> | undefined): string {
  return list === undefined ? 'any' : [...list].join(' or ')
}

function values(list: readonly unknown[]): string {
  return list.map((value) => JSON.stringify(value)).join(', ')
}
