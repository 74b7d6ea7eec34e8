// The requests that are tried at one operation. Each has a name that is the same in every run with the same seed.

import { isRecord, pointerSegments } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Operation, Parameter } from '../contracts/model.ts'
import { operationKey, responseFor } from './check-answer.ts'
import { parameterSchema } from './contract-details.ts'
import { isJson, parameterKey, wireOf, type Draft } from './draft.ts'
import { edgesOf, freeIntegers, freeTexts, replaced } from './edges.ts'
import { hostileIntegers, hostileTexts, nested } from './hostile-values.ts'
import type { KnownValues } from './known-values.ts'
import {
  faultsOf,
  isConditional,
  isIdempotencyKey,
  isSendable,
  makeDraft,
  unknownValue,
  writableMedia,
} from './make-draft.ts'
import { randomOf } from './random.ts'

export type Expectation =
  /** Fits the contract: to be carried out, or refused for a reason of the business. */
  | 'valid'
  /** Breaks the contract in one place. */
  | 'refused'
  /** Anything but a failure of the service. */
  | 'survived'
  | 'unauthorized'
  | 'method-refused'
  | 'media-refused'
  /** Names something that does not exist. */
  | 'absent'

export type Case = {
  /** `POST /orders edge body/name maxLength 2`. */
  readonly id: string
  readonly draft: Draft
  readonly expectation: Expectation
  /** What is special about the request: `body.name with one character more than 40`. */
  readonly what: string
  /** Tells causes apart among cases of one expectation. */
  readonly cause: string
  /** What shrinking must leave alone. */
  readonly fixed: { readonly place: string; readonly path: readonly (string | number)[] } | undefined
}

export type CaseWish = {
  readonly seed: string
  readonly known: KnownValues
  readonly maxExamples: number
  readonly readOnly: boolean
  /** A request like one that was carried out, made anew where the service takes each only once. */
  readonly base: (operation: Operation, name: string) => Draft | undefined
  readonly hasCredentials: (operation: Operation) => boolean
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY', 'TRACE'])

export function isSafe({ method }: Pick<Operation, 'method'>): boolean {
  return SAFE.has(method)
}

/** Lazily, because values that the service gave out on the way are used by later requests. */
export function* casesOf(api: Api, operation: Operation, wish: CaseWish): Generator<Case> {
  const reachable = wish.hasCredentials(operation)
  yield* unauthorizedCases(operation, wish)
  if (reachable) {
    yield* randomCases(operation, wish)
    yield* parameterEdges(operation, wish)
    yield* bodyEdges(operation, wish)
    yield* hostileCases(operation, wish)
    yield* protocolCases(operation, wish)
    yield* absentCases(operation, wish)
  }
  yield* methodCases(api, operation, wish)
}

function* randomCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  // Each DELETE needs something of its own to delete.
  const count = operation.method === 'DELETE' ? Math.min(3, wish.maxExamples) : wish.maxExamples
  const seen = new Set<string>()
  for (let i = 0; i < count; i++) {
    const id = `${own} random ${i}`
    const extent = i === 0 ? 'least' : i === 1 ? 'full' : 'any'
    const draft = makeDraft(operation, { random: randomOf(`${wish.seed} ${id}`), extent, known: wish.known })
    if (draft === undefined) return
    const text = JSON.stringify([
      [...draft.parameters].filter(([name]) => !/idempotency/.test(name)),
      draft.body,
    ])
    if (seen.has(text)) continue
    seen.add(text)
    yield {
      id,
      draft,
      expectation: 'valid',
      what: 'a request that fits the contract',
      cause: 'valid',
      fixed: undefined,
    }
  }
}

function* parameterEdges(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  for (const parameter of operation.parameters) {
    if (isIdempotencyKey(parameter) || isConditional(parameter)) continue
    const key = parameterKey(parameter)
    const schema = parameterSchema(operation.source, parameter)
    const first = wish.base(operation, `${own} edge ${key}`)
    if (first === undefined) return
    if (parameter.required && parameter.in !== 'path') {
      const parameters = new Map(first.parameters)
      parameters.delete(key)
      yield refused({
        id: `${own} edge ${key} required`,
        draft: { ...first, parameters },
        what: `${named(key)} left out`,
        place: key,
        path: [],
        keyword: 'required',
      })
    }
    const value = first.parameters.get(key) ?? sample(operation, parameter, wish)
    if (schema === undefined || value === undefined) continue
    const random = randomOf(`${wish.seed} ${own} edge ${key}`)
    const counts = new Map<string, number>()
    for (const edge of edgesOf(schema.schema, value, { root: schema.source.root, random, extent: 'full' })) {
      // An object is spread over parameters of other names: its own would be left out.
      if (!isSendable(operation, parameter, edge.value) || bringsObject(edge.value, value)) continue
      const base = wish.base(operation, `${own} edge ${key} ${edge.keyword}`) ?? first
      const draft = { ...base, parameters: new Map(base.parameters).set(key, edge.value) }
      yield* edgeCase(operation, draft, { place: key, edge, counts })
    }
  }
}

function bringsObject(value: unknown, before: unknown): boolean {
  return JSON.stringify(value).includes('{') && !JSON.stringify(before).includes('{')
}

function sample(operation: Operation, parameter: Parameter, wish: CaseWish): unknown {
  const random = randomOf(`${wish.seed} ${operationKey(operation)} ${parameterKey(parameter)}`)
  return makeDraft(operation, { random, extent: 'full', known: wish.known })?.parameters.get(
    parameterKey(parameter),
  )
}

function* bodyEdges(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const media = writableMedia(operation)
  const schema = media?.schema
  const first = wish.base(operation, `${own} edge body`)
  if (first === undefined || media === undefined || operation.requestBody === undefined) return
  if (operation.requestBody.required) {
    const draft = { ...first, body: undefined }
    yield refused({
      id: `${own} edge body required`,
      draft,
      what: 'no body at all',
      place: 'body',
      path: [],
      keyword: 'required',
    })
  }
  if (schema === undefined || !isJson(media.type)) return
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  for (const [round, base] of [first, fullest(operation, wish)].entries()) {
    if (base?.body === undefined || !('value' in base.body)) continue
    const random = randomOf(`${wish.seed} ${own} edge body ${round}`)
    for (const edge of edgesOf(schema.schema, base.body.value, {
      root: schema.source.root,
      random,
      extent: 'full',
    })) {
      const key = `${edge.pointer} ${edge.keyword} ${edge.what}`
      if (seen.has(key)) continue
      seen.add(key)
      // Things that may exist only once are new in each request; the edge is put on top of them.
      const fresh = wish.base(operation, `${own} edge body ${key}`)
      const value =
        round === 0 && fresh?.body !== undefined && 'value' in fresh.body
          ? again(fresh.body.value, edge, base.body.value)
          : edge.value
      const draft: Draft = { ...(fresh ?? base), body: { type: media.type, value } }
      yield* edgeCase(operation, draft, { place: 'body', edge, counts })
    }
  }
}

/** The change of an edge in another value; where that has no such place, the edge as it was. */
function again(fresh: unknown, edge: { pointer: string; value: unknown }, base: unknown): unknown {
  const path = pointerSegments(edge.pointer)
  const changed = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    edge.value,
  )
  if (path.length === 0) return isRecord(changed) ? sameChange(fresh, changed, base) : edge.value
  const was = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    base,
  )
  const now = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    fresh,
  )
  if (typeof was !== typeof now) return edge.value
  return replaced(fresh, path, isRecord(changed) ? sameChange(now, changed, was) : changed)
}

/** What was added to or taken from an object, done to another one. */
function sameChange(fresh: unknown, changed: Record<string, unknown>, base: unknown): unknown {
  if (!isRecord(fresh) || !isRecord(base)) return changed
  const names = Object.keys(changed)
  if (names.length > 0 && !names.some((name) => Object.hasOwn(base, name))) return changed
  const out = Object.fromEntries(
    Object.entries(fresh).filter(([name]) => Object.hasOwn(changed, name) || !Object.hasOwn(base, name)),
  )
  for (const name of names)
    if (!Object.hasOwn(base, name))
      Object.defineProperty(out, name, {
        value: changed[name],
        enumerable: true,
        configurable: true,
        writable: true,
      })
  return out
}

/** With every optional part, so that its constraints are looked at, too. */
function fullest(operation: Operation, wish: CaseWish): Draft | undefined {
  const random = randomOf(`${wish.seed} ${operationKey(operation)} fullest`)
  return makeDraft(operation, { random, extent: 'full', known: wish.known })
}

type EdgeAt = {
  readonly place: string
  readonly edge: { readonly keyword: string; readonly pointer: string; readonly what: string }
  readonly counts: Map<string, number>
}

/** The validator says whether an edge must be taken or refused; a draft that is wrong elsewhere proves nothing. */
function* edgeCase(operation: Operation, draft: Draft, { place, edge, counts }: EdgeAt): Generator<Case> {
  const faults = faultsOf(draft)
  const label = `${place}${edge.pointer} ${edge.keyword}`
  const n = (counts.get(label) ?? 0) + 1
  counts.set(label, n)
  const id = `${operationKey(operation)} edge ${label} ${n}`
  const what = `${named(place + edge.pointer)}: ${edge.what}`
  const path = pointerSegments(edge.pointer)
  if (faults.length === 0)
    yield { id, draft, expectation: 'valid', what, cause: `valid ${label}`, fixed: { place, path } }
  else if (faults.every((fault) => fault.place === place && fault.pointer.startsWith(edge.pointer)))
    yield refused({ id, draft, what, place, path, keyword: edge.keyword })
}

function refused(own: {
  id: string
  draft: Draft
  what: string
  place: string
  path: readonly (string | number)[]
  keyword: string
}): Case {
  const { id, draft, what, place, path, keyword } = own
  // What a missing or an unknown member does, its neighbours may be left out of.
  const isOfObject = place === 'body' && /^(required|additionalProperties|minProperties)$/.test(keyword)
  const fixed = isOfObject ? undefined : { place, path }
  return { id, draft, what, expectation: 'refused', cause: `${place}/${path.join('/')} ${keyword}`, fixed }
}

function* hostileCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const base = wish.base(operation, `${own} hostile`)
  if (base === undefined) return
  const survived = (
    name: string,
    what: string,
    draft: Draft,
    place: string,
    path: readonly (string | number)[],
  ): Case => ({
    id: `${own} hostile ${name}`,
    draft,
    what,
    expectation: 'survived',
    cause: `hostile ${name.split(' ').at(-1)}`,
    fixed: { place, path },
  })
  for (const parameter of operation.parameters) {
    const key = parameterKey(parameter)
    const schema = parameterSchema(operation.source, parameter)
    const value = base.parameters.get(key)
    if (schema === undefined || isIdempotencyKey(parameter) || isConditional(parameter)) continue
    if (typeof value === 'string' && freeTexts(schema.schema, value, schema.source.root).length > 0)
      for (const [name, what, text] of hostileTexts)
        if (isSendable(operation, parameter, text) && text.length < 4000)
          yield survived(
            `${key} ${name}`,
            `${named(key)} with ${what}`,
            { ...base, parameters: new Map(base.parameters).set(key, text) },
            key,
            [],
          )
    if (typeof value === 'number' && freeIntegers(schema.schema, value, schema.source.root).length > 0)
      for (const [name, what, number] of hostileIntegers)
        yield survived(
          `${key} ${name}`,
          `${named(key)} with ${what}`,
          { ...base, parameters: new Map(base.parameters).set(key, number) },
          key,
          [],
        )
  }
  const media = writableMedia(operation)
  if (media?.schema === undefined || base.body === undefined || !('value' in base.body)) return
  const { schema } = media
  const bodies = [base, fullest(operation, wish)].flatMap((draft) =>
    draft?.body !== undefined && 'value' in draft.body ? [draft.body.value] : [],
  )
  const seen = new Set<string>()
  for (const value of bodies) {
    const places: [readonly (string | number)[], typeof hostileTexts | typeof hostileIntegers][] = [
      ...freeTexts(schema.schema, value, schema.source.root).map(
        (path): [(string | number)[], typeof hostileTexts] => [path, hostileTexts],
      ),
      ...freeIntegers(schema.schema, value, schema.source.root).map(
        (path): [(string | number)[], typeof hostileIntegers] => [path, hostileIntegers],
      ),
    ]
    for (const [path, list] of places)
      for (const [name, what, odd] of list) {
        const id = `body/${path.join('/')} ${name}`
        if (seen.has(id)) continue
        seen.add(id)
        const fresh = wish.base(operation, `${own} hostile ${id}`)
        const whole =
          value === bodies[0] && fresh?.body !== undefined && 'value' in fresh.body ? fresh.body.value : value
        const body = { type: media.type, value: replaced(whole, path, odd) }
        yield survived(
          id,
          `${named(`body/${path.join('/')}`)} with ${what}`,
          { ...(fresh ?? base), body },
          'body',
          path,
        )
      }
  }
}

/** Below the contract: bytes that are no JSON, types nobody named. */
function* protocolCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const base = wish.base(operation, `${own} protocol`)
  const media = writableMedia(operation)
  if (base === undefined || media === undefined) return
  const fixed = { place: 'body', path: [] }
  const { required } = operation.requestBody!
  if (isJson(media.type)) {
    const raws: [name: string, what: string, raw: string, expectation: Expectation][] = [
      ['empty', 'an empty body', '', required ? 'refused' : 'survived'],
      ['broken', 'a body that breaks off in the middle', '{"a": ', 'refused'],
      ['no-json', 'a body that is no JSON', 'no json at all', 'refused'],
      ['deep', 'a body nested 2,000 deep', nested(2000), 'survived'],
      [
        'huge',
        'a body of two million characters',
        JSON.stringify({ huge: 'x'.repeat(2_000_000) }),
        'survived',
      ],
    ]
    for (const [name, what, raw, expectation] of raws)
      yield {
        id: `${own} protocol ${name}`,
        draft: { ...base, body: { type: media.type, raw } },
        what,
        expectation,
        cause: `protocol ${name}`,
        fixed,
      }
  }
  const types = operation.requestBody!.content.map(({ type }) => type)
  if (types.some((type) => /\*|xml|text/.test(type)) || base.body === undefined) return
  const draft: Draft = { ...base, body: { type: 'application/xml', raw: '<a>1</a>' } }
  yield {
    id: `${own} protocol media-type`,
    draft,
    what: 'a body of application/xml',
    expectation: 'media-refused',
    cause: 'media type',
    fixed,
  }
}

function* absentCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  // Only where the contract says that something may be missing; putting may create it.
  const speaks = operation.responses.some(
    ({ status }) => status === '404' || status === '410' || status === '4XX',
  )
  if (!speaks || !['GET', 'HEAD', 'DELETE', 'PATCH'].includes(operation.method)) return
  const last = operation.parameters.findLast(
    ({ in: place, name }) => place === 'path' && operation.path.endsWith(`{${name}}`),
  )
  if (last === undefined) return
  // `404` may speak of what holds the thing, and removing what is not there may be fine.
  const isInside = operation.path.split('{').length > 2
  if (isInside && operation.method !== 'GET') return
  const base = wish.base(operation, `${own} absent`)
  const value = unknownValue(operation, last, randomOf(`${wish.seed} ${own} absent`))
  const schema = parameterSchema(operation.source, last)
  const isClosed = isRecord(schema?.schema) && Array.isArray(schema.schema['enum'])
  if (base === undefined || value === undefined || isClosed) return
  const key = parameterKey(last)
  yield {
    id: `${own} absent`,
    draft: { ...base, parameters: new Map(base.parameters).set(key, value) },
    what: `a ${last.name} that nothing has`,
    expectation: 'absent',
    cause: 'absent',
    fixed: { place: key, path: [] },
  }
}

function* unauthorizedCases(operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  const isOpen = operation.security.length === 0 || operation.security.some((all) => all.length === 0)
  if (isOpen) return
  const base = wish.base(operation, `${own} auth`)
  if (base === undefined) return
  for (const [credentials, what] of [
    ['none', 'without credentials'],
    ['invalid', 'with a wrong credential'],
  ] as const)
    yield {
      id: `${own} auth ${credentials}`,
      draft: { ...base, credentials },
      what,
      expectation: 'unauthorized',
      cause: `auth ${credentials}`,
      fixed: undefined,
    }
}

function* methodCases(api: Api, operation: Operation, wish: CaseWish): Generator<Case> {
  const own = operationKey(operation)
  if (wish.readOnly || api.operations.find(({ path }) => path === operation.path) !== operation) return
  const base = wish.base(operation, `${own} method`)
  if (base === undefined) return
  const path = wireOf({ ...base, credentials: 'none' }, '', []).path.split('?')[0]!
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    if (api.operations.some((each) => each.method === method && fitsPath(each.path, path))) continue
    const body = method === 'DELETE' ? undefined : { type: 'application/json', value: {} }
    yield {
      id: `${own} method ${method}`,
      draft: { ...base, method, body },
      what: `${method}, which the contract does not have here`,
      expectation: 'method-refused',
      cause: `method ${method}`,
      fixed: undefined,
    }
    // One undocumented method tells how the router treats them.
    return
  }
}

function fitsPath(template: string, path: string): boolean {
  const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

/** `body.lines[0].sku`, `the query parameter page`. */
export function named(place: string): string {
  const [head = '', ...rest] = place.split('/').filter((part) => part !== '')
  const [where, name] = head.split(' ')
  const start = name === undefined ? head : `the ${where} parameter ${name}`
  return rest.reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : `${text}.${part}`), start)
}

/** Whether any answer was promised for a status: used where a case expects a certain one. */
export function promises(operation: Operation, status: number): boolean {
  return responseFor(operation, status) !== undefined
}
