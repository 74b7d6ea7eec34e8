// A schema without references and compositions: the alternatives it leaves, each one flat. Good enough to make values
// from; whether a value really fits is asked of the validator.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'

export type Shape = Readonly<Record<string, unknown>> & {
  /** Every pattern that must match: `allOf` may bring several. */
  readonly patterns?: readonly string[]
}

const MAX_ALTERNATIVES = 12

/** At least one; `undefined` schemas and `true` allow anything, which is the empty shape. */
export function shapesOf(schema: unknown, root: unknown): Shape[] {
  return alternatives(schema, root, []).slice(0, MAX_ALTERNATIVES)
}

function alternatives(schema: unknown, root: unknown, entered: readonly string[]): Shape[] {
  if (!isRecord(schema)) return [{}]
  const ref = refOf(schema)
  if (ref !== undefined) {
    const target = resolveRef(root, ref)
    // A reference back into itself through allOf or oneOf adds nothing.
    if (target.outcome !== 'found' || entered.includes(target.pointer)) return [{}]
    const { $ref: _ref, ...beside } = schema
    const behind = alternatives(target.value, root, [...entered, target.pointer])
    return Object.keys(beside).some((word) => word !== 'description' && word !== 'summary')
      ? product(behind, alternatives(beside, root, entered))
      : behind
  }
  const { allOf, anyOf, oneOf, ...own } = schema
  let found: Shape[] = [ownShape(own)]
  for (const part of listOf(allOf)) found = product(found, alternatives(part, root, entered))
  for (const choice of [listOf(oneOf), listOf(anyOf)])
    if (choice.length > 0)
      found = product(
        found,
        choice.flatMap((part) => alternatives(part, root, entered)),
      )
  return found
}

function ownShape(own: Record<string, unknown>): Shape {
  const { nullable, pattern, exclusiveMinimum, exclusiveMaximum, ...rest } = own
  const shape: Record<string, unknown> = rest
  if (typeof pattern === 'string') shape['patterns'] = [pattern]
  if (exclusiveMinimum === true) [shape['exclusiveMinimum'], shape['minimum']] = [own['minimum'], undefined]
  else if (typeof exclusiveMinimum === 'number') shape['exclusiveMinimum'] = exclusiveMinimum
  if (exclusiveMaximum === true) [shape['exclusiveMaximum'], shape['maximum']] = [own['maximum'], undefined]
  else if (typeof exclusiveMaximum === 'number') shape['exclusiveMaximum'] = exclusiveMaximum
  if (nullable === true && shape['type'] !== undefined) shape['type'] = [...listOf(shape['type']), 'null']
  return shape
}

function product(left: readonly Shape[], right: readonly Shape[]): Shape[] {
  const all = left.flatMap((a) => right.map((b) => merged(a, b)))
  return all.filter((shape): shape is Shape => shape !== undefined).slice(0, MAX_ALTERNATIVES * 2)
}

/** Undefined when nothing can be both. */
function merged(a: Shape, b: Shape): Shape | undefined {
  const out: Record<string, unknown> = { ...a }
  for (const [word, value] of Object.entries(b)) {
    const before = out[word]
    if (before === undefined) out[word] = value
    else if (value === undefined) continue
    else if (word === 'properties') out[word] = mergedProperties(before, value)
    else if (word === 'required' || word === 'patterns')
      out[word] = [...new Set([...listOf(before), ...listOf(value)])]
    else if (word === 'type') {
      const types = commonTypes(listOf(before), listOf(value))
      if (types.length === 0) return undefined
      out[word] = types
    } else if (word === 'enum') {
      const texts = new Set(listOf(value).map((each) => JSON.stringify(each)))
      out[word] = listOf(before).filter((each) => texts.has(JSON.stringify(each)))
    } else if (word === 'additionalProperties') out[word] = before === false ? false : value
    else if (/^(min|exclusiveMin)/.test(word)) out[word] = Math.max(Number(before), Number(value))
    else if (/^(max|exclusiveMax)/.test(word)) out[word] = Math.min(Number(before), Number(value))
    else out[word] = value
  }
  return out
}

function mergedProperties(a: unknown, b: unknown): Record<string, unknown> {
  const out: Record<string, unknown> = { ...(a as Record<string, unknown>) }
  for (const [name, schema] of Object.entries(b as Record<string, unknown>))
    out[name] = Object.hasOwn(out, name) ? { allOf: [out[name], schema] } : schema
  return out
}

function commonTypes(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  const has = (list: readonly unknown[], type: unknown) =>
    list.includes(type) || (type === 'integer' && list.includes('number'))
  return [...new Set([...a.filter((type) => has(b, type)), ...b.filter((type) => has(a, type))])]
}

/** The types a value of this shape may have, most telling first. */
export function typesOfShape(shape: Shape): string[] {
  const written = listOf(shape['type']).filter((type): type is string => typeof type === 'string')
  if (written.length > 0) return written
  if (shape['properties'] !== undefined || shape['required'] !== undefined || shape['additionalProperties'])
    return ['object']
  if (shape['items'] !== undefined || shape['prefixItems'] !== undefined) return ['array']
  if (shape.patterns !== undefined || shape['minLength'] !== undefined || shape['format'] !== undefined)
    return ['string']
  if (shape['minimum'] !== undefined || shape['maximum'] !== undefined) return ['number']
  return []
}

export function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

export function propertiesOf(shape: Shape): Record<string, unknown> {
  return isRecord(shape['properties']) ? shape['properties'] : {}
}

export function requiredOf(shape: Shape): string[] {
  return listOf(shape['required']).filter((name): name is string => typeof name === 'string')
}

export function numberOf(shape: Shape, word: string): number | undefined {
  const value = shape[word]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
