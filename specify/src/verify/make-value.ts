// Values by a schema. They are likely to fit, not certain: `not`, `if` and contradictions are left to the validator.
// Unlike samples, which are plain and alike, these lie far apart, so that they find faults and a service that takes a
// name once takes the next; they name what the service gave out; and they need no place in a document, because edges
// are drawn around parts of joined schemas.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { defineMember } from '../samples/define-member.ts'
import { patternText } from '../samples/pattern-text.ts'
import type { Random } from '../samples/random.ts'
import {
  listOf,
  numberOf,
  propertiesOf,
  requiredOf,
  shapesOf,
  typesOfShape,
  type Shape,
} from './schema-shape.ts'

export type Making = {
  /** The document references are looked up in. */
  readonly root: unknown
  readonly random: Random
  /** `full` has every optional part and plain values, `least` none, `any` is left to chance. */
  readonly extent: 'full' | 'least' | 'any'
  /** A value the service gave out under this name, for a member that refers to something. */
  readonly known?: (name: string) => unknown
}

const MAX_DEPTH = 6

/** A value for a request: members that are `readOnly` are left out. Undefined where nothing can be made. */
export function makeValue(schema: unknown, making: Making, name = '', depth = 0): unknown {
  // A schema that requires itself has no value.
  if (depth > MAX_DEPTH * 3) return undefined
  const shapes = shapesOf(schema, making.root)
  const shape =
    making.extent === 'any' ? making.random.pick(shapes) : shapes[depth > MAX_DEPTH ? shapes.length - 1 : 0]!
  return ofShape(shape, making, name, depth)
}

function ofShape(shape: Shape, making: Making, name: string, depth: number): unknown {
  const { random, extent } = making
  if (Object.hasOwn(shape, 'const')) return shape['const']
  const values = listOf(shape['enum'])
  if (values.length > 0) return extent === 'any' ? random.pick(values) : values[0]
  if (name !== '' && random.chance(extent === 'any' ? 0.6 : 0.9)) {
    const known = making.known?.(name)
    if (known !== undefined) return asked(known, shape)
  }
  const samples = [shape['example'], shape['default'], ...listOf(shape['examples'])].filter(
    (each) => each !== undefined,
  )
  if (samples.length > 0 && (extent === 'any' ? random.chance(0.3) : extent === 'full')) return samples[0]
  const types = typesOfShape(shape)
  const type = extent === 'any' && types.length > 0 ? random.pick(types) : (types[0] ?? 'string')
  switch (type) {
    case 'object':
      return objectOf(shape, making, depth)
    case 'array':
      return arrayOf(shape, making, name, depth)
    case 'integer':
    case 'number':
      return numberWithin(shape, type, making)
    case 'boolean':
      return extent === 'any' ? random.chance(0.5) : true
    case 'null':
      return null
    default:
      return textWithin(shape, making)
  }
}

/** Values given on the command line are text. */
function asked(known: unknown, shape: Shape): unknown {
  const types = typesOfShape(shape)
  const wantsNumber = types.includes('integer') || types.includes('number')
  return typeof known === 'string' && wantsNumber && !Number.isNaN(Number(known)) ? Number(known) : known
}

function objectOf(shape: Shape, making: Making, depth: number): Record<string, unknown> {
  const required = new Set(requiredOf(shape))
  const properties = propertiesOf(shape)
  const out: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(properties), ...required])) {
    const schema = properties[name]
    if (isReadOnly(schema, making.root)) continue
    const wanted =
      required.has(name) ||
      (depth < MAX_DEPTH &&
        (making.extent === 'full' || (making.extent === 'any' && making.random.chance(0.6))))
    if (!wanted) continue
    const value = makeValue(schema, making, name, depth + 1)
    if (value !== undefined) defineMember(out, name, value)
  }
  const more = isRecord(shape['additionalProperties']) ? shape['additionalProperties'] : {}
  for (let i = 0; Object.keys(out).length < (numberOf(shape, 'minProperties') ?? 0) && i < 50; i++)
    out[`extra${i}`] = makeValue(more, making, '', depth + 1)
  if (
    Object.keys(properties).length === 0 &&
    isRecord(shape['additionalProperties']) &&
    making.extent !== 'least'
  )
    out['one'] ??= makeValue(more, making, '', depth + 1)
  return out
}

export function isReadOnly(schema: unknown, root: unknown): boolean {
  return shapesOf(schema, root).some((shape) => shape['readOnly'] === true)
}

function arrayOf(shape: Shape, making: Making, name: string, depth: number): unknown[] {
  const { random, extent } = making
  const min = numberOf(shape, 'minItems') ?? 0
  const max = Math.min(numberOf(shape, 'maxItems') ?? Infinity, min + 3)
  const prefix = listOf(shape['prefixItems'])
  const usual =
    extent === 'least' || depth >= MAX_DEPTH
      ? min
      : extent === 'full'
        ? Math.max(min, 1)
        : random.between(min, max)
  const length = Math.max(Math.min(usual, max), prefix.length)
  const out: unknown[] = []
  const seen = new Set<string>()
  for (let tries = 0; out.length < length && tries < length * 5 + 5; tries++) {
    const item = makeValue(prefix[out.length] ?? shape['items'] ?? {}, making, singular(name), depth + 1)
    const text = JSON.stringify(item)
    if (item === undefined || (shape['uniqueItems'] === true && seen.has(text))) continue
    seen.add(text)
    out.push(item)
  }
  return out
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '')
}

const INT32 = 2_147_483_647

function numberWithin(shape: Shape, type: 'integer' | 'number', { random, extent }: Making): number {
  const step = numberOf(shape, 'multipleOf') ?? (type === 'integer' ? 1 : 0.01)
  const exclusiveMin = numberOf(shape, 'exclusiveMinimum')
  const exclusiveMax = numberOf(shape, 'exclusiveMaximum')
  const low = Math.max(
    numberOf(shape, 'minimum') ?? -Infinity,
    exclusiveMin === undefined ? -Infinity : exclusiveMin + step,
  )
  const high = Math.min(
    numberOf(shape, 'maximum') ?? Infinity,
    exclusiveMax === undefined ? Infinity : exclusiveMax - step,
  )
  const limit = shape['format'] === 'int32' ? INT32 : Number.MAX_SAFE_INTEGER
  const from = Math.max(low === -Infinity ? Math.min(1, high) : low, -limit)
  // Far away from a lower limit lies nothing a reader of the failure wants to see.
  const to = Math.min(high, from + (extent === 'any' ? 1000 : 10) * step, limit)
  const steps = Math.max(0, Math.floor((to - from) / step))
  return rounded(Math.ceil(from / step - 1e-9) * step + random.between(0, Math.max(0, steps - 1)) * step)
}

/** Without the dust of binary fractions: 0.30000000000000004 is no multiple of 0.1. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ODD = ['é', 'ß', 'ñ', 'Ω', '中', ' a', "'", '"', '%', '&', '<', '/']

function textWithin(shape: Shape, { random, extent }: Making): string | undefined {
  const min = numberOf(shape, 'minLength') ?? 0
  const max = numberOf(shape, 'maxLength') ?? Infinity
  if (shape.patterns !== undefined) return patternText(shape.patterns, { min, max }, random)
  const formatted = textOfFormat(shape['format'], random)
  if (formatted !== undefined) return formatted
  const from = Math.max(min, Math.min(1, max))
  const length = random.between(from, Math.max(from, Math.min(max, from + 12)))
  let text = ''
  for (let i = 0; i < length; i++) text += LETTERS[random.between(0, 25)]!
  if (extent !== 'any' || !random.chance(0.3) || length < 3) return text
  // In the middle: many services trim, and may.
  const odd = random.pick(ODD)
  return `${text.slice(0, 1)}${odd}${text.slice(1 + odd.length)}`
}

/** Undefined for formats that say nothing about the text. */
function textOfFormat(format: unknown, random: Random): string | undefined {
  const word = () => Array.from({ length: 8 }, () => LETTERS[random.between(0, 25)]!).join('')
  const two = (from: number, to: number) => String(random.between(from, to)).padStart(2, '0')
  const date = () => `20${two(24, 34)}-${two(1, 12)}-${two(1, 28)}`
  switch (format) {
    case 'uuid':
      return uuid(random)
    case 'date-time':
      return `${date()}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z`
    case 'date':
      return date()
    case 'time':
      return `${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z`
    case 'duration':
      return `P${random.between(1, 9)}D`
    case 'email':
    case 'idn-email':
      return `${word()}@example.com`
    case 'uri':
    case 'url':
    case 'iri':
      return `https://example.com/${word()}`
    case 'uri-reference':
      return `/${word()}`
    case 'hostname':
    case 'idn-hostname':
      return `${word()}.example.com`
    case 'ipv4':
      return `192.0.2.${random.between(1, 254)}`
    case 'ipv6':
      return `2001:db8::${random.between(1, 9999)}`
    case 'byte':
      return Buffer.from(word()).toString('base64')
    case 'json-pointer':
      return `/${word()}`
    case 'regex':
      return '^a+$'
    default:
      return undefined
  }
}

export function uuid(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => random.between(0, 15).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`
}
