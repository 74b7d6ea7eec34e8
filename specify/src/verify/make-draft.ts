// Whole requests that fit the contract, and what is wrong with those that do not.

import type { SchemaProblem } from '@specwright/json-schema/schema-problem.ts'
import type { Media, Operation, Parameter, SchemaAt } from '../contracts/model.ts'
import { readings } from './check-answer.ts'
import { bodyExamples, isJsonParameter, parameterExamples, parameterSchema } from './contract-details.ts'
import { isWritable, joined, parameterKey, type Draft, type DraftBody } from './draft.ts'
import type { KnownValues } from './known-values.ts'
import { makeValue, uuid, type Making } from './make-value.ts'
import type { Random } from '../samples/random.ts'
import { checkOf } from './schema-checks.ts'

export type DraftWish = {
  readonly random: Random
  readonly extent: Making['extent']
  /** Values of the contract's examples where it has some: the n-th of each. */
  readonly example?: number
  readonly known: KnownValues
}

const TRIES = 8

/** Undefined when no fitting value was found for something that is required. */
export function makeDraft(operation: Operation, wish: DraftWish): Draft | undefined {
  const parameters = new Map<string, unknown>()
  for (const parameter of operation.parameters) {
    if (isCredential(operation, parameter)) continue
    const wanted =
      parameter.required ||
      isIdempotencyKey(parameter) ||
      (wish.extent === 'full' && !isConditional(parameter)) ||
      (wish.extent === 'any' && !isConditional(parameter) && wish.random.chance(0.5))
    if (!wanted) continue
    const value = parameterValue(operation, parameter, wish)
    if (value !== undefined) parameters.set(parameterKey(parameter), value)
    else if (parameter.required) return undefined
  }
  const media = writableMedia(operation)
  const required = operation.requestBody?.required === true
  if (media === undefined) {
    // A body of a type nobody can make up: a picture, an archive.
    if (required) return undefined
    return { operation, parameters, body: undefined, credentials: 'valid' }
  }
  const wanted = required || wish.extent !== 'any' || wish.random.chance(0.8)
  const body = wanted ? bodyOf(operation, media, wish) : undefined
  if (body === undefined && required) return undefined
  return { operation, parameters, body, credentials: 'valid' }
}

export function writableMedia({ requestBody }: Operation): Media | undefined {
  return requestBody?.content.find(({ type }) => isWritable(type))
}

/** `Authorization` as a parameter is ignored by OpenAPI; the credentials are sent by their scheme. */
function isCredential({ security }: Operation, { in: place, name }: Parameter): boolean {
  return (
    place === 'header' &&
    (/^(authorization|accept|content-type)$/i.test(name) || security.some((all) => all.includes(name)))
  )
}

export function isIdempotencyKey({ in: place, name }: Parameter): boolean {
  return place === 'header' && /^(x-)?idempotency-?key$/i.test(name)
}

export function isConditional({ in: place, name }: Parameter): boolean {
  return place === 'header' && /^if-(none-)?match$|^if-(un)?modified-since$|^if-range$/i.test(name)
}

function parameterValue(operation: Operation, parameter: Parameter, wish: DraftWish): unknown {
  const { source } = operation
  if (isIdempotencyKey(parameter)) return crypto.randomUUID()
  const known = parameter.in === 'path' ? wish.known.ofParameter(operation, parameter.name) : []
  // The newest is the likeliest to be there; now and then another one is.
  const candidates =
    (wish.extent === 'any' || (wish.example ?? 0) > 0) && known.length > 0
      ? [wish.random.pick(known)]
      : known.slice(0, 1)
  const given = parameter.in === 'path' ? [] : wish.known.given(parameter.name)
  if (given.length > 0 && (wish.extent !== 'any' || wish.random.chance(0.7)))
    candidates.push(readings(wish.random.pick(given))[0])
  const examples = parameterExamples(source, parameter)
  if (wish.example !== undefined && examples.length > 0)
    candidates.push(examples[wish.example % examples.length])
  const schema = parameterSchema(source, parameter)
  for (let i = 0; i < TRIES; i++) {
    const value =
      candidates[i] ??
      made(schema, wish, parameter.in === 'path' || !isReference(parameter.name) ? '' : parameter.name)
    if (
      value !== undefined &&
      isSendable(operation, parameter, value) &&
      parameterProblems(operation, parameter, value).length === 0
    )
      return value
  }
  return examples[0]
}

function made(schema: SchemaAt | undefined, { random, extent, known }: DraftWish, name: string): unknown {
  if (schema === undefined) return 'a'
  return makeValue(
    schema.schema,
    { root: schema.source.root, random, extent, known: knownIn(known, random) },
    name,
  )
}

/** Members that name something of this or another service; text such as a title is made up anew. */
function isReference(name: string): boolean {
  return /(id|ids|sku|skus|slug|token|code|handle|number)$/i.test(name)
}

export function knownIn(known: KnownValues, random: Random): (name: string) => unknown {
  return (name) => {
    const given = known.given(name)
    if (given.length > 0) return random.pick(given)
    const list = isReference(name) ? known.of(name) : []
    return list.length === 0 ? undefined : list[random.between(0, Math.min(3, list.length - 1))]
  }
}

/** Whether the value arrives as itself: paths lose dots, headers lose what is not ASCII. */
export function isSendable(operation: Operation, parameter: Parameter, value: unknown): boolean {
  const text = isJsonParameter(operation.source, parameter) ? JSON.stringify(value) : joined(value, ',')
  if (parameter.in === 'path') return text !== '' && !/^\.{1,2}$|[/\\?#]/.test(text)
  if (parameter.in === 'header') return text.trim() === text && /^[\t\x20-\x7e]+$/.test(text)
  return text !== ''
}

function bodyOf(operation: Operation, media: Media, wish: DraftWish): DraftBody | undefined {
  const { schema, type } = media
  const examples = bodyExamples(operation, media)
  if (wish.example !== undefined && examples.length > 0)
    return { type, value: examples[wish.example % examples.length] }
  if (schema === undefined) return { type, value: {} }
  const check = checkOf(schema, 'request')
  const making: Making = {
    root: schema.source.root,
    random: wish.random,
    extent: wish.extent,
    known: knownIn(wish.known, wish.random),
  }
  for (let i = 0; i < TRIES; i++) {
    // What a full value cannot satisfy, a lesser one may: optional parts can exclude each other.
    const extent = i < TRIES / 2 ? wish.extent : i % 2 === 0 ? 'any' : 'least'
    const value = makeValue(schema.schema, { ...making, extent })
    if (value !== undefined && (check === undefined || check(value).length === 0)) return { type, value }
  }
  return examples.length > 0 ? { type, value: examples[0] } : undefined
}

export type Fault = {
  readonly place: string
  readonly pointer: string
  readonly keyword: string
  readonly message: string
}

/** Everything by which a draft breaks the contract; empty for a request that fits. */
export function faultsOf(draft: Draft): Fault[] {
  const { operation, parameters, body } = draft
  const faults: Fault[] = []
  for (const parameter of operation.parameters) {
    const key = parameterKey(parameter)
    const value = parameters.get(key)
    if (value === undefined) {
      if (parameter.required && !isCredential(operation, parameter))
        faults.push({ place: key, pointer: '', keyword: 'required', message: `${parameter.name} is missing` })
    } else
      faults.push(
        ...parameterProblems(operation, parameter, value).map((problem) => ({ place: key, ...problem })),
      )
  }
  if (body === undefined) {
    if (operation.requestBody?.required === true)
      faults.push({ place: 'body', pointer: '', keyword: 'required', message: 'the body is missing' })
  } else if ('value' in body) {
    const schema = operation.requestBody?.content.find(({ type }) => type === body.type)?.schema
    const problems = schema === undefined ? [] : (checkOf(schema, 'request')?.(body.value) ?? [])
    faults.push(...problems.map((problem) => ({ place: 'body', ...problem })))
  }
  return faults
}

/** A text on the wire may be read as several values: it is wrong only when it is wrong as each of them. */
export function parameterProblems(
  operation: Operation,
  parameter: Parameter,
  value: unknown,
): SchemaProblem[] {
  const schema = parameterSchema(operation.source, parameter)
  const check = schema === undefined ? undefined : checkOf(schema, 'request')
  if (check === undefined) return []
  const problems = check(value)
  if (problems.length === 0 || isJsonParameter(operation.source, parameter)) return problems
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return problems
  return readings(joined(value, ',')).some((each) => check(each).length === 0) ? [] : problems
}

/** The same request under another idempotency key; everything else stays. */
export function withNewKey(draft: Draft): Draft {
  const own = draft.operation.parameters.filter(
    (each) => isIdempotencyKey(each) && draft.parameters.has(parameterKey(each)),
  )
  if (own.length === 0) return draft
  const parameters = new Map(draft.parameters)
  for (const parameter of own) parameters.set(parameterKey(parameter), crypto.randomUUID())
  return { ...draft, parameters }
}

/** An identifier that fits the parameter and that nothing has. */
export function unknownValue(operation: Operation, parameter: Parameter, random: Random): unknown {
  const schema = parameterSchema(operation.source, parameter)
  if (schema === undefined) return uuid(random)
  for (let i = 0; i < TRIES; i++) {
    const value = makeValue(schema.schema, { root: schema.source.root, random, extent: 'any' })
    const rare = typeof value === 'number' ? value + 987_654_321 : value
    for (const each of [rare, value])
      if (
        isSendable(operation, parameter, each) &&
        parameterProblems(operation, parameter, each).length === 0
      )
        return each
  }
  return undefined
}
