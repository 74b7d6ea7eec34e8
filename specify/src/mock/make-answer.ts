// Answers as the contract documents them: the right status and content type, a body that is valid by its schema.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { propertyOf } from '../contracts/schema-walk.ts'
import { partAt, withPart, type Entity, type Way } from './entity.ts'
import { Impossible } from '../samples/flatten.ts'
import type { MockAnswer, MockMedia, MockOperation } from './mock-operation.ts'
import { sample } from '../samples/sample.ts'
import { validSample } from '../samples/valid-sample.ts'

/** An answer before it is bytes. */
export type Answer = {
  readonly status: number
  readonly type: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** JSON, or text as it is when `type` is none of JSON. */
  readonly body: unknown
  readonly media?: MockMedia
}

/** No value fits the schema, so there is no honest answer. */
export class NoAnswer extends Error {}

/** The documented answer with this status, else by its range, else the default one. */
export function documentedAnswer({ answers }: MockOperation, status: number): MockAnswer | undefined {
  const range = `${Math.floor(status / 100)}XX`
  return (
    answers.find(({ documented }) => documented === String(status)) ??
    answers.find(({ documented }) => documented === range) ??
    answers.find(({ documented }) => documented === 'default')
  )
}

/** The answer when all goes well: the lowest 2xx, else a redirection, else whatever is documented. */
export function successAnswer({
  answers,
  operation,
}: MockOperation): { answer: MockAnswer; status: number } | undefined {
  const by = (first: string) =>
    answers
      .filter(({ documented }) => documented.startsWith(first))
      .sort((a, b) => (a.documented < b.documented ? -1 : 1))[0]
  const answer = by('2') ?? by('3') ?? by('d') ?? answers[0]
  if (answer === undefined) return undefined
  const { documented } = answer
  if (/^\d{3}$/.test(documented)) return { answer, status: Number(documented) }
  const usual = operation.method === 'POST' && documented === '2XX' ? 201 : 200
  return { answer, status: documented === 'default' ? 200 : Number(documented[0]) * 100 + (usual % 100) }
}

/** The media type to answer with by `Accept`; undefined when none of the documented ones is accepted. */
export function chooseMedia(media: readonly MockMedia[], accept: string | undefined): MockMedia | undefined {
  const preferred = media.find(({ isJson }) => isJson) ?? media[0]
  if (accept === undefined || accept.trim() === '' || accept.includes('*/*')) return preferred
  const wanted = accept
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const q = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1)
      return { range, q }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { range } of wanted) {
    const found = media.find(({ type }) => isAccepted(type.toLowerCase(), range))
    if (found !== undefined) return found
  }
  return undefined
}

function isAccepted(type: string, range: string): boolean {
  const [bare = ''] = type.split(';')
  if (range === bare || range.endsWith('/*')) return range === bare || bare.startsWith(range.slice(0, -1))
  // Who takes application/json takes its relatives, problem+json above all.
  return range === 'application/json' && /^application\/.*\+json$/.test(bare)
}

export type MakeOptions = {
  readonly seed: string
  /** A named example that was asked for. */
  readonly example?: string | undefined
  /** Make a value from the schema, even where there is an example. */
  readonly isDynamic: boolean
}

/** A value for the body: a written example that is valid, else one made. Throws NoAnswer. */
export function bodyFor(media: MockMedia, { seed, example, isDynamic }: MakeOptions): unknown {
  const named = example === undefined ? undefined : media.examples.find(({ name }) => name === example)
  if (named !== undefined) return named.value
  const written = isDynamic
    ? undefined
    : media.examples.find(({ value }) => (media.isJson ? media.check(value).length === 0 : true))
  if (written !== undefined) return written.value
  const { at, check, isJson } = media
  if (at === undefined) return isJson ? {} : ''
  if (isDynamic) {
    const quick = attempt(at, seed)
    if (quick !== undefined && check(quick.value).length === 0) return quick.value
  }
  const sampled = validSample(at, check, { exchange: 'response', seed, first: !isDynamic })
  if (sampled.outcome === 'value') return sampled.value
  // A text type whose schema describes an object (XML) has no form we could write.
  if (!isJson) return ''
  throw new NoAnswer()
}

function attempt(at: SchemaAt, seed: string): { readonly value: unknown } | undefined {
  try {
    return { value: sample(at, { exchange: 'response', seed, plain: true }) }
  } catch (error) {
    if (error instanceof Impossible) return undefined
    throw error
  }
}

/** Documented headers, by example or made from their schema. */
export function headersFor({ headers }: MockAnswer, seed: string): [name: string, value: string][] {
  return headers.flatMap(({ name, at, example }): [string, string][] => {
    const value = example ?? (at === undefined ? undefined : attemptFirst(at, `${seed} ${name}`)?.value)
    if (value === undefined || value === null) return []
    const text = Array.isArray(value)
      ? value.join(',')
      : typeof value === 'string'
        ? value
        : JSON.stringify(value)
    return [[name, text.replaceAll(/[^\t\x20-\x7e]/g, '?')]]
  })
}

function attemptFirst(at: SchemaAt, seed: string): { readonly value: unknown } | undefined {
  try {
    return { value: sample(at, { exchange: 'response', seed, first: true }) }
  } catch (error) {
    if (error instanceof Impossible) return undefined
    throw error
  }
}

/**
 * The body with what is known of the thing it shows: properties the answer has or may have. One that does not fit the
 * schema is left out, so that the body stays valid.
 */
export function overlaid(body: unknown, way: Way, known: Entity, media: MockMedia): unknown {
  const part = partAt(body, way)
  if (!isRecord(part)) return body
  const schemas = schemasAt(media.at, way)
  const names = Object.keys(known).filter(
    (name) =>
      Object.hasOwn(part, name) || schemas === undefined || propertyOf(schemas, name).outcome === 'found',
  )
  const kept = new Set(names)
  for (let round = 0; round <= names.length && kept.size > 0; round++) {
    const whole = {
      ...part,
      ...Object.fromEntries([...kept].map((name) => [name, fitting(part[name], known[name])])),
    }
    const changed = withPart(body, way, whole)
    const problems = media.check(changed)
    if (problems.length === 0) return changed
    const wrong = problems.map(({ pointer }) => pointer.split('/')[way.length + 1] ?? '')
    const dropped = wrong.filter((name) => kept.delete(name))
    if (dropped.length === 0) return oneByOne(body, way, { part, known, names: [...kept] }, media)
  }
  return body
}

/** Where a misfit names no place (a choice between schemas), each property is tried alone. */
function oneByOne(
  body: unknown,
  way: Way,
  {
    part,
    known,
    names,
  }: { readonly part: Entity; readonly known: Entity; readonly names: readonly string[] },
  media: MockMedia,
): unknown {
  const whole: Record<string, unknown> = { ...part }
  for (const name of names) {
    const before = Object.hasOwn(whole, name) ? { value: whole[name] } : undefined
    whole[name] = fitting(part[name], known[name])
    if (media.check(withPart(body, way, whole)).length === 0) continue
    if (before === undefined) delete whole[name]
    else whole[name] = before.value
  }
  return withPart(body, way, whole)
}

/** An id from a path is text; the answer may show a number there. */
function fitting(before: unknown, value: unknown): unknown {
  return typeof before === 'number' && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)
    ? Number(value)
    : value
}

export function schemasAt(at: SchemaAt | undefined, way: Way): readonly SchemaAt[] | undefined {
  let schemas: readonly SchemaAt[] = at === undefined ? [] : [at]
  for (const name of way) {
    const found = propertyOf(schemas, name)
    if (found.outcome !== 'found') return undefined
    schemas = found.schemas
  }
  return schemas.length === 0 ? undefined : schemas
}
