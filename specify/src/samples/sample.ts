// Values made from schemas with dice. A first draft: it knows every keyword that says how a value looks, and leaves
// what only a validator can tell (`not`, exactly one of several) to whoever asks; see valid-sample.ts.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { canonical } from '../contracts/compare/formula.ts'
import type { Exchange } from '../contracts/compare/modern-schema.ts'
import { compilePattern } from '../contracts/compile-pattern.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { typeOf } from '../contracts/schema-walk.ts'
import { defineMember } from './define-member.ts'
import { flatten, Impossible, type Flat } from './flatten.ts'
import { Random } from './random.ts'
import { sampleNumber } from './sample-number.ts'
import { sampleText } from './sample-text.ts'

export type SampleOptions = {
  readonly exchange: Exchange
  readonly seed: string
  /** Places in the value (JSON pointers) where what authors wrote is known to be wrong. */
  readonly withoutExamples?: ReadonlySet<string>
  /** Take no example anywhere. */
  readonly plain?: boolean
  /** Take the first branch of a choice, not any. */
  readonly first?: boolean
  /** Of the property the value is for, where it has one. */
  readonly name?: string
  /** Optional properties only down to this depth. */
  readonly optionalDepth?: number
}

/** A value the schema describes. Throws Impossible when the dice find none. The same seed gives the same value. */
export function sample(at: SchemaAt, options: SampleOptions): unknown {
  return new Sampler(options).value([at], '', 0, options.name ?? '')
}

/** The same, and undefined where the dice find none or the schema is too deep for the stack. */
export function sampleIfAny(at: SchemaAt, options: SampleOptions): unknown {
  try {
    return sample(at, options)
  } catch (error) {
    if (error instanceof Impossible || error instanceof RangeError) return undefined
    throw error
  }
}

const MOST_STEPS = 20_000
/** From this many nodes on, only what is required is made. */
const ENOUGH = 600
const DEEPEST = 40

class Sampler {
  readonly #options: SampleOptions
  readonly #random: Random
  readonly #optionalDepth: number
  #steps = 0

  constructor(options: SampleOptions) {
    this.#options = options
    this.#random = new Random(options.seed)
    this.#optionalDepth = options.optionalDepth ?? 4
  }

  /** `name`: of the property the value is for; `path`: where it will stand. */
  value(schemas: readonly SchemaAt[], path: string, depth: number, name: string): unknown {
    if (depth > DEEPEST) throw new Impossible()
    for (let attempt = 0; ; attempt++) {
      if (++this.#steps > MOST_STEPS) throw new Impossible()
      try {
        return this.#once(schemas, path, depth, name, attempt)
      } catch (error) {
        if (!(error instanceof Impossible) || attempt === 3 || this.#steps > MOST_STEPS) throw error
      }
    }
  }

  #once(schemas: readonly SchemaAt[], path: string, depth: number, name: string, attempt: number): unknown {
    const isSmall = depth > this.#optionalDepth + 2 || this.#steps > ENOUGH
    const flat = flatten(schemas, this.#options.exchange, (branches) =>
      this.#choose(branches, isSmall, attempt),
    )
    const example = this.#example(flat, path)
    if (example !== undefined) return example.value
    if (flat.values !== undefined) return this.#enumerated(flat)
    switch (this.#typeFor(flat, isSmall)) {
      case 'object':
        return this.#object(flat, path, depth)
      case 'array':
        return this.#array(flat, path, depth, name)
      case 'string':
        return this.#text(flat, name)
      case 'integer':
        return this.#number(flat, true, name)
      case 'number':
        return this.#number(flat, false, name)
      case 'boolean':
        return this.#random.fraction() < 0.5
      default:
        return null
    }
  }

  #choose(branches: readonly SchemaAt[], isSmall: boolean, attempt: number): SchemaAt {
    if (isSmall) {
      const plain = branches.find(({ schema }) => isRecord(schema) && isScalar(schema['type']))
      if (plain !== undefined && attempt === 0) return plain
    }
    // The first that is not null: what authors mean comes first.
    if (this.#options.first && attempt === 0)
      return branches.find(({ schema }) => !(isRecord(schema) && schema['type'] === 'null')) ?? branches[0]!
    return this.#random.pick(branches)
  }

  #example(flat: Flat, path: string): { readonly value: unknown } | undefined {
    const { plain = false, withoutExamples } = this.#options
    if (plain || flat.examples.length === 0 || withoutExamples?.has(path)) return undefined
    const fitting = flat.examples.filter((value) => this.#couldBe(value, flat))
    if (fitting.length === 0) return undefined
    return { value: this.#options.first ? fitting[0] : this.#random.pick(fitting) }
  }

  /** A quick look, so that most wrong examples need no second round. */
  #couldBe(value: unknown, flat: Flat): boolean {
    const type = typeOf(value)
    const { types, values } = flat
    if (types !== undefined && !types.has(type) && !(type === 'integer' && types.has('number'))) return false
    if (values !== undefined) return values.some((each) => canonical(each) === canonical(value))
    if (isRecord(value)) {
      if (flat.parts > 1) return false // written for one part of several
      return [...flat.required].every((name) => Object.hasOwn(value, name))
    }
    return typeof value !== 'string' || (value.length >= flat.minLength && value.length <= flat.maxLength)
  }

  #enumerated(flat: Flat): unknown {
    const allowed = flat.values!.filter((value) => {
      const type = typeOf(value)
      return (
        flat.types === undefined || flat.types.has(type) || (type === 'integer' && flat.types.has('number'))
      )
    })
    if (allowed.length === 0) throw new Impossible()
    if (!this.#options.first) return this.#random.pick(allowed)
    return allowed.find((value) => value !== null) ?? null
  }

  #typeFor(flat: Flat, isSmall: boolean): string {
    if (flat.types === undefined) return impliedType(flat)
    const types = [...flat.types]
    if (types.length === 1) return types[0]!
    if (isSmall && types.includes('null')) return 'null'
    const others = types.filter((type) => type !== 'null')
    return this.#options.first ? others[0]! : this.#random.pick(others)
  }

  #object(asked: Flat, path: string, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    const wanted = this.#namesFor(asked, depth)
    const flat = this.#withDependents(asked, wanted)
    for (const name of wanted) {
      const isRequired = flat.required.has(name)
      const schemas = this.#schemasFor(flat, name)
      if (schemas === undefined) {
        if (isRequired) throw new Impossible()
        continue
      }
      try {
        defineMember(value, name, this.value(schemas, `${path}/${escaped(name)}`, depth + 1, name))
      } catch (error) {
        if (isRequired || !(error instanceof Impossible)) throw error
      }
    }
    this.#addOthers(value, flat, path, depth)
    return value
  }

  /** With what dependentSchemas ask for when these properties are there; `wanted` grows by what they require. */
  #withDependents(flat: Flat, wanted: Set<string>): Flat {
    const extra = flat.dependentSchemas.flatMap(([name, at]) => (wanted.has(name) ? [at] : []))
    if (extra.length === 0) return flat
    const more = flatten(extra, this.#options.exchange, (branches) => this.#random.pick(branches))
    for (const name of more.required) wanted.add(name)
    const properties = new Map(flat.properties)
    for (const [name, list] of more.properties)
      properties.set(name, [...(properties.get(name) ?? []), ...list])
    return { ...flat, properties }
  }

  #namesFor(flat: Flat, depth: number): Set<string> {
    const names = new Set(flat.required)
    const isRoomy = depth <= this.#optionalDepth && this.#steps < ENOUGH
    for (const name of flat.properties.keys()) {
      if (names.size >= flat.maxProperties) break
      if (isRoomy && !flat.forbidden.has(name)) names.add(name)
    }
    for (let size = -1; size !== names.size;) {
      size = names.size
      for (const [name, needed] of flat.dependentRequired)
        if (names.has(name)) for (const each of needed) names.add(each)
    }
    return names
  }

  /** Everything that must hold for the property; undefined when it is not allowed. */
  #schemasFor(flat: Flat, name: string): readonly SchemaAt[] | undefined {
    const own = flat.properties.get(name)
    if (own !== undefined && flat.patternProperties.length === 0 && flat.closures.length < 2) {
      // The usual case without a copy: the list is the key to what is known of it.
      const [closure] = flat.closures
      if (closure === undefined || closure.declared.has(name)) return own
    }
    const schemas = [...(own ?? [])]
    for (const [pattern, at] of flat.patternProperties)
      if (compilePattern(pattern)?.test(name)) schemas.push(at)
    for (const { declared, patterns, others } of flat.closures) {
      if (declared.has(name) || patterns.some((pattern) => compilePattern(pattern)?.test(name))) continue
      if (others.schema === false) return undefined
      schemas.push(others)
    }
    return schemas
  }

  /** Members of a map, and as many more as minProperties asks for. */
  #addOthers(value: Record<string, unknown>, flat: Flat, path: string, depth: number): void {
    const isMap =
      flat.properties.size === 0 && flat.closures.some(({ others }) => isRecord(others.schema)) && depth <= 5
    const isPatterned = flat.properties.size === 0 && flat.patternProperties.length > 0 && depth <= 5
    const least = Math.max(flat.minProperties, isMap || isPatterned ? 1 : 0)
    for (let tries = 0; Object.keys(value).length < least && tries < least + 20; tries++) {
      const name = this.#newName(flat, tries)
      const schemas = Object.hasOwn(value, name) ? undefined : this.#schemasFor(flat, name)
      if (schemas === undefined || flat.forbidden.has(name)) continue
      try {
        defineMember(value, name, this.value(schemas, `${path}/${escaped(name)}`, depth + 1, name))
      } catch (error) {
        if (!(error instanceof Impossible) || Object.keys(value).length < flat.minProperties) throw error
        return
      }
    }
  }

  #newName(flat: Flat, tries: number): string {
    const unused = [...flat.properties.keys()][tries]
    if (unused !== undefined) return unused
    if (flat.propertyNames.length > 0)
      return String(this.value([...flat.propertyNames, this.#textSchema(flat)], '', 0, 'key'))
    const pattern = flat.patternProperties[0]?.[0]
    return sampleText(
      { patterns: pattern === undefined ? [] : [pattern], format: undefined, name: 'key ', min: 0, max: 60 },
      this.#random,
    )!
  }

  #textSchema(flat: Flat): SchemaAt {
    return { ...flat.propertyNames[0]!, schema: { type: 'string' }, pointer: 'a name' }
  }

  #array(flat: Flat, path: string, depth: number, name: string): unknown[] {
    const hasItems = flat.items.length > 0 || flat.prefix.length > 0
    const usual = !hasItems || depth > this.#optionalDepth + 1 || this.#steps > ENOUGH ? 0 : depth < 2 ? 3 : 2
    const least = Math.max(
      flat.minItems,
      flat.contains.reduce((sum, { count }) => sum + count, 0),
    )
    const count = Math.min(Math.max(least, flat.prefix.length, usual), Math.max(flat.maxItems, flat.minItems))
    const singular = name.replace(/s$/, '')
    const values: unknown[] = []
    const seen = new Set<string>()
    const contained = flat.contains.flatMap(({ at, count: times }) => Array<SchemaAt>(times).fill(at))
    for (let tries = 0; values.length < count && tries < count + 30; tries++) {
      const i = values.length
      const prefixed = flat.prefix[i]
      const schemas = prefixed ?? [...flat.items]
      const more = prefixed === undefined ? contained[i - flat.prefix.length] : undefined
      if (more !== undefined) schemas.push(more)
      try {
        const item = this.value(schemas, `${path}/${i}`, depth + 1, singular)
        if (flat.isUnique && seen.size === seen.add(canonical(item)).size) {
          if (values.length >= least && tries > count + 5) break
          continue
        }
        values.push(item)
      } catch (error) {
        if (!(error instanceof Impossible) || values.length < least) throw error
        break
      }
    }
    if (values.length < flat.minItems) throw new Impossible()
    return values
  }

  #text(flat: Flat, name: string): string {
    const [format] = flat.formats
    const { patterns, minLength: min, maxLength: max } = flat
    const text = sampleText({ patterns, format, name, min, max }, this.#random)
    if (text === undefined) throw new Impossible()
    return text
  }

  #number(flat: Flat, isWhole: boolean, name: string): number {
    const value = sampleNumber(flat, { isWhole, name }, this.#random)
    if (value === undefined) throw new Impossible()
    return value
  }
}

function isScalar(type: unknown): boolean {
  return typeof type === 'string' && type !== 'object' && type !== 'array'
}

function impliedType(flat: Flat): string {
  if (flat.properties.size > 0 || flat.required.size > 0 || flat.minProperties > 0) return 'object'
  if (flat.closures.length > 0 || flat.patternProperties.length > 0) return 'object'
  if (flat.items.length > 0 || flat.prefix.length > 0 || flat.minItems > 0) return 'array'
  if (flat.low !== undefined || flat.high !== undefined || flat.multiples.length > 0) return 'number'
  if (flat.patterns.length > 0 || flat.formats.length > 0 || flat.minLength > 0) return 'string'
  return flat.maxLength < Infinity ? 'string' : 'object'
}

/** A name in a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name
}
