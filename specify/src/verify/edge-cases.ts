// Requests at the edges of what the contract allows: the last that must be taken, the first that must be refused.

import { isRecord, pointerSegments } from '@specwright/json-schema/json-pointer.ts'
import type { Operation, Parameter } from '../contracts/model.ts'
import { fullest, named, type Case, type CaseWish } from './case.ts'
import { operationKey } from './check-answer.ts'
import { parameterSchema } from './contract-details.ts'
import { isJson, parameterKey, type Draft } from './draft.ts'
import { edgesOf, replaced } from './edges.ts'
import {
  faultsOf,
  isConditional,
  isIdempotencyKey,
  isSendable,
  makeDraft,
  writableMedia,
} from './make-draft.ts'
import { defineMember } from '../samples/define-member.ts'
import { Random } from '../samples/random.ts'

export function* parameterEdges(operation: Operation, wish: CaseWish): Generator<Case> {
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
    const random = new Random(`${wish.seed} ${own} edge ${key}`)
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
  const random = new Random(`${wish.seed} ${operationKey(operation)} ${parameterKey(parameter)}`)
  return makeDraft(operation, { random, extent: 'full', known: wish.known })?.parameters.get(
    parameterKey(parameter),
  )
}

export function* bodyEdges(operation: Operation, wish: CaseWish): Generator<Case> {
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
    const random = new Random(`${wish.seed} ${own} edge body ${round}`)
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
  for (const name of names) if (!Object.hasOwn(base, name)) defineMember(out, name, changed[name])
  return out
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
