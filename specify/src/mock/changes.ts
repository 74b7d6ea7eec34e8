// What a request does to the things of a service, and what its answer therefore shows.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Change } from './event-matcher.ts'
import { findEntity, findList, idNames, isScalar, partAt, withPart, type Entity, type Way } from './entity.ts'
import { Impossible } from '../samples/flatten.ts'
import { overlaid, schemasAt, type Answer } from './make-answer.ts'
import type { MockMedia, MockOperation } from './mock-operation.ts'
import type { Role } from './resources.ts'
import { sample } from '../samples/sample.ts'
import type { Store } from './store.ts'

export type MockEvent = { readonly service: string; readonly eventType: string; readonly payload: unknown }

export type Deed = {
  readonly role: Role
  readonly path: string
  /** Of the path's parameters. */
  readonly values: ReadonlyMap<string, string>
  readonly body: unknown
  readonly query: ReadonlyMap<string, unknown>
  readonly target: MockOperation
  readonly isDynamic: boolean
}

export type Done = { readonly answer: Answer; readonly change?: Change; readonly entity: Entity }

export class Changes {
  readonly #store: Store
  readonly #seed: string

  constructor(store: Store, seed: string) {
    this.#store = store
    this.#seed = seed
  }

  /** `made` is the answer as the contract alone would have it. */
  apply(made: Answer, deed: Deed): Done {
    switch (deed.role.kind) {
      case 'create':
        return this.#create(made, deed, deed.role.item)
      case 'list':
        return { answer: this.#list(made, deed, deed.role.item), entity: {} }
      case 'read':
        return { answer: shown(made, deed, this.#store.get(deed.path) ?? {}), entity: {} }
      case 'write':
      case 'change':
        return this.#change(made, deed)
      case 'remove':
        this.#store.delete(deed.path)
        return { answer: made, change: 'removed', entity: Object.fromEntries(deed.values) }
      case 'act':
        return this.#act(made, deed)
      case 'other':
        return deed.target.operation.method === 'GET'
          ? { answer: shown(made, deed, {}), entity: {} }
          : { answer: shown(made, deed, bodyOf(deed)), change: 'created', entity: bodyOf(deed) }
    }
  }

  #create(made: Answer, deed: Deed, item: string): Done {
    const ids = idNames(parameterOf(item), lastSegment(deed.path))
    const body = bodyOf(deed)
    const way = findEntity(made.body, ids, Object.keys(body)) ?? []
    const part = partAt(made.body, way)
    const name =
      ids.find((each) => isScalar(body[each]) || (isRecord(part) && isScalar(part[each]))) ?? ids[0]!
    const given = body[name]
    const id = isScalar(given) ? given : this.#newId(made, way, name, deed.path)
    const entity = { ...Object.fromEntries(deed.values), ...body, [name]: id }
    const answer =
      made.media === undefined ? made : { ...made, body: overlaid(made.body, way, entity, made.media) }
    const after = partAt(answer.body, way)
    // What the answer says of itself (status, createdAt) is remembered, too.
    const said = isRecord(after) ? scalarsOf(after) : {}
    const own = said[name]
    const path = `${deed.path}/${encodeURIComponent(isScalar(own) ? own : id)}`
    this.#store.put(decodedPath(path), { ...entity, ...said })
    this.#store.enlist(deed.path, decodedPath(path))
    const hasLocation = answer.headers.some(([header]) => header.toLowerCase() === 'location')
    const headers =
      answer.status === 201 && !hasLocation
        ? [...answer.headers, ['Location', path] as const]
        : answer.headers
    return { answer: { ...answer, headers }, change: 'created', entity: { ...entity, ...said } }
  }

  /** A new id of the kind the schema asks for, other than the one in the contract's example and those given out. */
  #newId({ media, body }: Answer, way: Way, name: string, collection: string): string | number {
    const schemas = schemasAt(media?.at, [...way, name])
    for (let attempt = 0; attempt < 50; attempt++) {
      if (schemas === undefined) break
      const seed = `${this.#seed} ${collection} ${this.#store.version} ${attempt}`
      try {
        const id = sample(schemas[0]!, { exchange: 'response', seed, plain: true, name })
        if (isScalar(id) && !this.#store.knows(`${collection}/${id}`)) return id
      } catch (error) {
        if (!(error instanceof Impossible)) throw error
      }
    }
    const shown = partAt(body, [...way, name])
    return isScalar(shown) ? shown : this.#store.version + 1
  }

  #list(made: Answer, deed: Deed, item: string): Answer {
    const { media } = made
    const way = findList(made.body)
    const list = way === undefined ? undefined : partAt(made.body, way)
    if (media === undefined || way === undefined || !Array.isArray(list)) return made
    const ids = idNames(parameterOf(item), lastSegment(deed.path))
    const name = ids.find((each) => list.some((one) => isRecord(one) && isScalar(one[each])))
    const items = list.filter(isRecord)
    if (name !== undefined && !deed.isDynamic)
      this.#store.fill(
        deed.path,
        items
          .filter((each) => isScalar(each[name]))
          .map((each) => [`${deed.path}/${String(each[name])}`, each]),
      )
    const things = this.#store.list(deed.path)
    // Without a name for it, what was listed at first cannot be known again: it stays in the list.
    const others = name === undefined || deed.isDynamic ? items : []
    const pattern = items[0]
    const known = things.flatMap(({ entity }) =>
      this.#listed(entity, pattern, { media, way, body: made.body }),
    )
    const all = [...known, ...others]
    const page = pageOf(all, deed.query)
    const body = withTotals(withPart(made.body, way, page), way, all.length, deed.query)
    for (const each of [body, withPart(made.body, way, page)])
      if (media.check(each).length === 0) return { ...made, body: each }
    return made
  }

  /** A thing as the list shows it: with the properties its items have. */
  #listed(
    entity: Entity,
    pattern: Entity | undefined,
    { media, way, body }: { readonly media: MockMedia; readonly way: Way; readonly body: unknown },
  ): unknown[] {
    const isValid = (item: unknown) => media.check(withPart(body, way, [item])).length === 0
    if (isValid(entity)) return [entity]
    if (pattern === undefined) return []
    let item: Entity = pattern
    for (const [name, value] of Object.entries(entity)) {
      if (!Object.hasOwn(pattern, name)) continue
      const changed = { ...item, [name]: value }
      if (isValid(changed)) item = changed
    }
    return [item]
  }

  #change(made: Answer, deed: Deed): Done {
    const body = bodyOf(deed)
    const before = deed.role.kind === 'change' ? (this.#store.get(deed.path) ?? {}) : {}
    const entity = merged(before, body)
    const ids = [...deed.values.keys()].flatMap((name) => idNames(name, ''))
    const isWhole = Object.keys(ids).length > 0
    const known = { ...(isWhole ? Object.fromEntries(deed.values) : {}), ...entity }
    this.#store.put(deed.path, known)
    const collection = deed.path.slice(0, deed.path.lastIndexOf('/'))
    this.#store.enlist(collection, deed.path)
    return { answer: shown(made, deed, known), change: 'changed', entity: known }
  }

  /** What the answer to an action says of the thing is true of it from then on: `status: cancelled`. */
  #act(made: Answer, deed: Deed): Done {
    const answer = shown(made, deed, {})
    const thing = deed.path.slice(0, deed.path.lastIndexOf('/'))
    const way = findEntity(
      answer.body,
      [...deed.values.keys()].flatMap((name) => idNames(name, '')),
      [],
    )
    const said = way === undefined ? undefined : partAt(answer.body, way)
    const entity = { ...this.#store.get(thing), ...(isRecord(said) ? scalarsOf(said) : {}), ...bodyOf(deed) }
    if (isRecord(said)) this.#store.put(thing, { ...this.#store.get(thing), ...scalarsOf(said) })
    else this.#store.version++
    return { answer, change: 'acted', entity: { ...Object.fromEntries(deed.values), ...entity } }
  }
}

/** The answer with the ids of the path and what is known of the thing. */
function shown(made: Answer, { values, body, path }: Deed, known: Entity): Answer {
  const { media } = made
  if (media === undefined || !media.isJson) return made
  const parameters = [...values.keys()]
  const ids = parameters.length === 0 ? [] : idNames(parameters.at(-1)!, collectionOf(path))
  const way = findEntity(made.body, ids, [
    ...Object.keys(known),
    ...(isRecord(body) ? Object.keys(body) : []),
  ])
  if (way === undefined) return made
  const part = partAt(made.body, way)
  const last = path.endsWith(`/${values.get(parameters.at(-1) ?? '') ?? ' '}`)
    ? values.get(parameters.at(-1)!)
    : undefined
  const isPossible = (value: unknown) =>
    isScalar(value) && (typeof value === 'string' || /^-?\d+$/.test(last ?? ''))
  const own = last === undefined ? undefined : ids.find((name) => isRecord(part) && isPossible(part[name]))
  const all = { ...Object.fromEntries(values), ...(own !== undefined && { [own]: last }), ...known }
  return { ...made, body: overlaid(made.body, way, all, media) }
}

function collectionOf(path: string): string {
  return path.split('/').at(-2) ?? ''
}

/** JSON Merge Patch (RFC 7396). */
function merged(before: Entity, patch: Entity): Entity {
  const after: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(patch)) {
    const old = after[name]
    if (value === null && isRecord(old)) delete after[name]
    else after[name] = isRecord(value) && isRecord(old) ? merged(old, value) : value
  }
  return after
}

const LIMITS = ['limit', 'pageSize', 'page_size', 'perPage', 'per_page', 'size', 'count', 'first', 'top']
const OFFSETS = ['offset', 'skip', 'start']

const PAGES = ['page', 'number', 'pageNumber', 'page_number']

function pageOf(list: readonly unknown[], query: Deed['query']): unknown[] {
  const limit = numberIn(query, LIMITS)
  const page = numberIn(query, PAGES)
  const start =
    numberIn(query, OFFSETS) ??
    (limit === undefined || page === undefined ? 0 : (Math.max(page, 1) - 1) * limit)
  return list.slice(start, limit === undefined ? undefined : start + limit)
}

function numberIn(query: Deed['query'], names: readonly string[]): number | undefined {
  return names.map((name) => query.get(name)).find((value): value is number => typeof value === 'number')
}

/** Counts beside the list, one level down at most: `{data: […], page: {total: 3, number: 1, size: 12}}`. */
function withTotals(body: unknown, way: Way, total: number, query: Deed['query'], depth = 0): unknown {
  if (!isRecord(body) || depth > 1) return body
  const members = Object.entries(body).map(([name, value]) => {
    if (typeof value !== 'number')
      return [name, name === way[0] ? value : withTotals(value, [], total, query, depth + 1)]
    if (/^(?:total|total_?count|total_?items|total_?elements)$/i.test(name)) return [name, total]
    const asked = LIMITS.includes(name)
      ? numberIn(query, LIMITS)
      : PAGES.includes(name)
        ? numberIn(query, PAGES)
        : undefined
    return [name, asked ?? value]
  })
  return Object.fromEntries(members) as unknown
}

function bodyOf({ body }: Deed): Entity {
  return isRecord(body) ? body : {}
}

function scalarsOf(entity: Entity): Entity {
  return Object.fromEntries(
    Object.entries(entity).filter(([, value]) => isScalar(value) || typeof value === 'boolean'),
  )
}

function parameterOf(template: string): string {
  return lastSegment(template).slice(1, -1)
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
