// Values next to the edges that a schema draws, on both sides. The validator says which side each one is on, so the same
// walk gives the boundary values that must be taken and the faults, one at a time, that must be refused.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { compilePattern } from '../contracts/compile-pattern.ts'
import { defineMember } from '../samples/define-member.ts'
import { isReadOnly, makeValue, type Making } from './make-value.ts'
import {
  listOf,
  numberOf,
  propertiesOf,
  requiredOf,
  shapesOf,
  typesOfShape,
  type Shape,
} from './schema-shape.ts'

export type Edge = {
  /** The keyword whose edge it is: `maxLength`. */
  readonly keyword: string
  /** Of the changed place in the value. */
  readonly pointer: string
  /** What was done, for people: `one character too many`. */
  readonly what: string
  /** The whole value with the change. */
  readonly value: unknown
}

type Walk = {
  readonly making: Making
  readonly whole: unknown
  readonly path: readonly (string | number)[]
}

type Put = (keyword: string, what: string, value: unknown) => void

const MAX_DEPTH = 8
/** Longer texts and lists would measure the network, not the service. */
const MAX_LENGTH = 20_000

/** `value` must fit `schema`; each edge is `value` with one change. */
export function edgesOf(schema: unknown, value: unknown, making: Making): Edge[] {
  const edges: Edge[] = []
  walk(schema, value, { making, whole: value, path: [] }, edges)
  return edges
}

function walk(schema: unknown, value: unknown, at: Walk, edges: Edge[]): void {
  const { making, path, whole } = at
  if (path.length > MAX_DEPTH) return
  const shape = nearestShape(schema, value, making.root)
  const put: Put = (keyword, what, changed) => {
    edges.push({ keyword, pointer: pointerOf(...path), what, value: replaced(whole, path, changed) })
  }
  typeEdges(shape, value, put)
  const values = listOf(shape['enum'])
  if (values.length > 0 || Object.hasOwn(shape, 'const')) {
    for (const each of values.slice(0, 12)) put('enum', `the value ${JSON.stringify(each)}`, each)
    if (typeof value === 'string') {
      put('enum', 'a value that is not listed', `${value}x`)
      if (value !== value.toUpperCase()) put('enum', 'a listed value in capitals', value.toUpperCase())
    }
    return
  }
  if (typeof value === 'string') textEdges(shape, value, put)
  else if (typeof value === 'number') numberEdges(shape, value, put)
  else if (Array.isArray(value)) arrayEdges(shape, value as unknown[], { at, put, edges })
  else if (isRecord(value)) objectEdges(shape, value, { at, put, edges })
}

/** Of several alternatives the one that the value looks like. */
function nearestShape(schema: unknown, value: unknown, root: unknown): Shape {
  const shapes = shapesOf(schema, root)
  const score = (shape: Shape): number => {
    const types = typesOfShape(shape)
    const own = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
    if (types.length > 0 && !types.includes(own) && !(own === 'number' && types.includes('integer')))
      return -1
    if (!isRecord(value)) return 0
    const names = Object.keys(propertiesOf(shape))
    return (
      names.filter((name) => Object.hasOwn(value, name)).length -
      requiredOf(shape).filter((name) => !Object.hasOwn(value, name)).length
    )
  }
  return shapes.reduce((best, shape) => (score(shape) > score(best) ? shape : best), shapes[0]!)
}

function typeEdges(shape: Shape, value: unknown, put: Put): void {
  if (typesOfShape(shape).length === 0 && listOf(shape['enum']).length === 0) return
  put('type', 'null', null)
  if (typeof value !== 'string') put('type', 'a text', 'text')
  if (typeof value !== 'number') put('type', 'a number', 12_345)
  if (typeof value !== 'boolean') put('type', 'true', true)
  if (!Array.isArray(value)) put('type', 'a list', [])
  if (!isRecord(value)) put('type', 'an object', { a: 1 })
}

const WRONG_FORMAT: Readonly<Record<string, readonly string[]>> = {
  uuid: ['not-a-uuid', '0197a1c3-0b51-7d21-b6a1-5f7f2b1d3c4g'],
  'date-time': ['2026-13-45T99:99:99Z', 'yesterday'],
  date: ['2026-02-30', '30.02.2026'],
  time: ['25:61:00Z'],
  email: ['not an address', 'a@@b'],
  'idn-email': ['not an address'],
  uri: ['not a uri'],
  url: ['not a uri'],
  hostname: ['-not a host-'],
  ipv4: ['999.1.1.1'],
  ipv6: ['not:an:address'],
}

function textEdges(shape: Shape, value: string, put: Put): void {
  const min = numberOf(shape, 'minLength')
  const max = numberOf(shape, 'maxLength')
  const free = shape.patterns === undefined && shape['format'] === undefined
  if (min !== undefined && min > 0) {
    put('minLength', `one character less than ${min}`, sized(value, min - 1))
    if (free) put('minLength', `just ${min} characters`, sized(value, min))
  }
  if (max !== undefined && max < MAX_LENGTH) {
    put('maxLength', `one character more than ${max}`, sized(value, max + 1))
    if (free) {
      put('maxLength', `just ${max} characters`, sized(value, max))
      // Characters, not UTF-16 units and not bytes: JSON Schema, Validation 6.3.1.
      put('maxLength', `just ${max} characters outside the basic plane`, '😀'.repeat(max))
    }
  }
  for (const pattern of shape.patterns ?? []) {
    const check = compilePattern(pattern)
    const wrong = Object.entries(MISSPELLED).filter(
      ([, spell]) => check !== undefined && !check.test(spell(value)),
    )
    for (const [what, spell] of wrong.slice(0, 4)) put('pattern', what, spell(value))
  }
  for (const text of WRONG_FORMAT[String(shape['format'])] ?? [])
    put('format', `no ${String(shape['format'])} but "${text}"`, text)
}

const MISSPELLED: Readonly<Record<string, (text: string) => string>> = {
  'a lone "!", which the pattern refuses': () => '!',
  'a "!" at the end, which the pattern refuses': (text) => `${text}!`,
  'a "!" in front, which the pattern refuses': (text) => `!${text}`,
  'a line break at the end, which the pattern refuses': (text) => `${text}\n`,
  'capitals, which the pattern refuses': (text) => text.toUpperCase(),
  'small letters, which the pattern refuses': (text) => text.toLowerCase(),
}

function sized(text: string, length: number): string {
  const seed = text === '' ? 'a' : text
  return seed.repeat(Math.ceil(Math.max(1, length) / seed.length)).slice(0, length)
}

function numberEdges(shape: Shape, value: number, put: Put): void {
  const whole = typesOfShape(shape).includes('integer') && !typesOfShape(shape).includes('number')
  const step = numberOf(shape, 'multipleOf') ?? (whole ? 1 : 0.5)
  const min = numberOf(shape, 'minimum')
  const max = numberOf(shape, 'maximum')
  const above = numberOf(shape, 'exclusiveMinimum')
  const below = numberOf(shape, 'exclusiveMaximum')
  if (min !== undefined) {
    put('minimum', `just ${min}`, min)
    put('minimum', `less than ${min}`, min - step)
  }
  if (max !== undefined) {
    put('maximum', `just ${max}`, max)
    put('maximum', `more than ${max}`, max + step)
  }
  if (above !== undefined) {
    put('exclusiveMinimum', `just ${above}, which is excluded`, above)
    put('exclusiveMinimum', `the first above ${above}`, above + step)
  }
  if (below !== undefined) {
    put('exclusiveMaximum', `just ${below}, which is excluded`, below)
    put('exclusiveMaximum', `the last below ${below}`, below - step)
  }
  if (whole) put('type', 'a fraction', value + 0.5)
  if (numberOf(shape, 'multipleOf') !== undefined)
    put('multipleOf', `no multiple of ${step}`, Number((value + step / 2).toPrecision(12)))
  if (shape['format'] === 'int32') {
    put('format', 'one more than 32 bits hold', 2_147_483_648)
    if (max === undefined) put('format', 'the largest of 32 bits', 2_147_483_647)
  }
}

type Parts = { readonly at: Walk; readonly put: Put; readonly edges: Edge[] }

function arrayEdges(shape: Shape, value: unknown[], { at, put, edges }: Parts): void {
  const min = numberOf(shape, 'minItems')
  const max = numberOf(shape, 'maxItems')
  const filled = (length: number) => {
    const items = value.slice(0, length)
    for (let i = 0; items.length < length && i < length * 4; i++) {
      const item = makeValue(shape['items'] ?? {}, { ...at.making, extent: 'any' })
      if (
        shape['uniqueItems'] !== true ||
        !items.some((each) => JSON.stringify(each) === JSON.stringify(item))
      )
        items.push(item)
    }
    return items
  }
  if (min !== undefined && min > 0) put('minItems', `one item less than ${min}`, filled(min - 1))
  if (max !== undefined && max < 2000) {
    put('maxItems', `one item more than ${max}`, filled(max + 1))
    put('maxItems', `just ${max} items`, filled(max))
  }
  if (shape['uniqueItems'] === true && value.length > 0)
    put('uniqueItems', 'the same item twice', [...value, value[0]])
  if (min === undefined || min === 0) put('minItems', 'no items', [])
  const prefix = listOf(shape['prefixItems'])
  // All items follow one schema: one of them stands for all.
  const count = prefix.length > 0 ? prefix.length : 1
  for (let i = 0; i < Math.min(value.length, count); i++)
    walk(prefix[i] ?? shape['items'], value[i], { ...at, path: [...at.path, i] }, edges)
}

function objectEdges(shape: Shape, value: Record<string, unknown>, { at, put, edges }: Parts): void {
  const properties = propertiesOf(shape)
  const required = new Set(requiredOf(shape))
  for (const name of Object.keys(value)) {
    const without = Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
    put(required.has(name) ? 'required' : 'optional', `without "${name}"`, without)
  }
  if (shape['additionalProperties'] === false || shape['unevaluatedProperties'] === false) {
    put('additionalProperties', 'with an unknown property', { ...value, unknownProperty: 'x' })
    const polluted = { ...value }
    defineMember(polluted, '__proto__', { polluted: true })
    put('additionalProperties', 'with a property called __proto__', polluted)
  }
  const min = numberOf(shape, 'minProperties')
  if (min !== undefined && min > 0)
    put(
      'minProperties',
      `fewer than ${min} properties`,
      Object.fromEntries(Object.entries(value).slice(0, min - 1)),
    )
  const max = numberOf(shape, 'maxProperties')
  if (max !== undefined && shape['additionalProperties'] !== false && max < 1000) {
    const many = { ...value }
    for (let i = 0; Object.keys(many).length <= max; i++)
      many[`extra${i}`] = makeValue(shape['additionalProperties'], at.making)
    put('maxProperties', `more than ${max} properties`, many)
  }
  const more = isRecord(shape['additionalProperties']) ? shape['additionalProperties'] : undefined
  for (const [name, part] of Object.entries(value)) {
    const schema = properties[name] ?? more
    if (schema === undefined || isReadOnly(schema, at.making.root)) continue
    walk(schema, part, { ...at, path: [...at.path, name] }, edges)
  }
}

/** A copy of `whole` with another value at `path`. */
export function replaced(whole: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(whole))
    return whole.map((each: unknown, i) => (i === Number(first) ? replaced(each, rest, value) : each))
  if (!isRecord(whole)) return whole
  const out: Record<string, unknown> = {}
  for (const [name, each] of Object.entries(whole))
    defineMember(out, name, name === String(first) ? replaced(each, rest, value) : each)
  return out
}

/** The places of free text in a value: no pattern, no format, no enum. */
export function freeTexts(schema: unknown, value: unknown, root: unknown): (string | number)[][] {
  const found: (string | number)[][] = []
  const visit = (part: unknown, own: unknown, path: (string | number)[]): void => {
    if (path.length > MAX_DEPTH) return
    const shape = nearestShape(part, own, root)
    if (typeof own === 'string') {
      if (
        shape.patterns === undefined &&
        shape['format'] === undefined &&
        shape['enum'] === undefined &&
        !Object.hasOwn(shape, 'const')
      )
        found.push(path)
    } else if (Array.isArray(own)) {
      if (own.length > 0) visit(shape['items'], own[0], [...path, 0])
    } else if (isRecord(own)) {
      for (const [name, each] of Object.entries(own))
        if (!isReadOnly(propertiesOf(shape)[name], root))
          visit(propertiesOf(shape)[name], each, [...path, name])
    }
  }
  visit(schema, value, [])
  return found
}

/** The places of whole numbers without an upper limit. */
export function freeIntegers(schema: unknown, value: unknown, root: unknown): (string | number)[][] {
  const found: (string | number)[][] = []
  const visit = (part: unknown, own: unknown, path: (string | number)[]): void => {
    if (path.length > MAX_DEPTH) return
    const shape = nearestShape(part, own, root)
    if (typeof own === 'number') {
      if (
        shape['maximum'] === undefined &&
        shape['exclusiveMaximum'] === undefined &&
        shape['enum'] === undefined
      )
        found.push(path)
    } else if (Array.isArray(own)) {
      if (own.length > 0) visit(shape['items'], own[0], [...path, 0])
    } else if (isRecord(own)) {
      for (const [name, each] of Object.entries(own)) visit(propertiesOf(shape)[name], each, [...path, name])
    }
  }
  visit(schema, value, [])
  return found
}
