import { behaviour, change, type Change, type Directions } from './compare/change.ts'
import { compareNotices, compareOperations, isPastSunset } from './compare/compare-operations.ts'
import { noticesOf } from './compare/notices.ts'
import { SchemaComparison, type Verdict } from './compare/schema-comparison.ts'
import { sharedComponents } from './compare/shared-components.ts'
import { callersOf, consumersOf, type Graph } from './graph.ts'
import {
  operationName,
  type Api,
  type Contracts,
  type EventContract,
  type Operation,
  type Source,
} from './model.ts'

/** A change that breaks somebody who relied on the contract as it was. */
export type BreakingChange = {
  readonly code: string
  /** `Endpoint: POST /api/v1/orders` or `Event: order.order.placed`. */
  readonly where: string
  readonly message: string
  readonly before: string
  readonly after: string
  /** Services known to use it. */
  readonly consumers: readonly string[]
  readonly recommendation: string
  readonly verdict: Verdict
  /** A value that was fine before and is refused now, or comes now and was never allowed. */
  readonly witness?: unknown
  /** Other operations or events the same cause reaches, named like `where`. */
  readonly alsoAt: readonly string[]
  readonly service: string | undefined
  readonly file: string
  readonly line: number
}

/** What the contracts of now break of those of before. `graph` is that of now: it knows who uses what. */
export function compareContracts(before: Contracts, now: Contracts, graph: Graph): BreakingChange[] {
  const compared = comparisons()
  return [...compareApis(before, now, graph, compared), ...compareEvents(before, now, graph, compared)]
}

type Compared = (before: Source, now: Source) => Directions

/** One comparison for each pair of documents, so that what many operations share is judged once. */
function comparisons(): Compared {
  const known = new Map<Source, Map<Source, Directions>>()
  return (before, now) => {
    const pairs = known.get(before) ?? new Map<Source, Directions>()
    known.set(before, pairs)
    let directions = pairs.get(now)
    if (directions === undefined) {
      const isShared = sharedComponents(before, now)
      directions = {
        request: new SchemaComparison('request', isShared),
        response: new SchemaComparison('response', isShared),
      }
      pairs.set(now, directions)
    }
    return directions
  }
}

function compareApis(before: Contracts, now: Contracts, graph: Graph, compared: Compared): BreakingChange[] {
  const apis = new Map(now.apis.map((api) => [ownerOf(api.source), api]))
  const present = new Map(
    now.apis.flatMap(({ operations }) => operations.map((operation) => [keyOf(operation), operation])),
  )
  const today = new Date()
  const changes = before.apis.flatMap((old) => {
    const api = apis.get(ownerOf(old.source))
    const { service } = old.source
    const consumers = service === undefined ? [] : callersOf(graph, service)
    const place = (where: string, operation: Operation | undefined, list: readonly Change[]): Placed[] =>
      list.map((each) => ({
        change: each,
        where,
        consumers,
        recommendation: recommend(each.code, 'v2'),
        service,
        file: (operation ?? old).source.file,
        line: lineOf(each, operation?.line),
      }))
    return [
      ...(api === undefined ? [] : place(`Server of ${old.title}`, undefined, compareServers(old, api))),
      ...old.operations.flatMap((was) => {
        const is = present.get(keyOf(was))
        const where = `Endpoint: ${operationName(was)}`
        if (is !== undefined)
          return place(where, is, compareOperations(was, is, compared(was.source, is.source)))
        return isPastSunset(was, today) && consumers.length === 0
          ? []
          : place(where, is, [
              change('operation-removed', 'The operation was removed', operationName(was), 'nothing'),
            ])
      }),
      ...(api === undefined
        ? []
        : shadowed(old, api).flatMap(([path, by]) => place(`Endpoint: ${path}`, by, [shadow(by)]))),
      ...(api === undefined
        ? []
        : compareNoticesOf(old, api, compared).flatMap(([where, is, list]) => place(where, is, list))),
    ]
  })
  return oncePerCause(changes)
}

function ownerOf({ service, file }: Source): string {
  return service === undefined ? file : `${service} ${file.split('/').at(-1)}`
}

function keyOf({ source, method, path }: Operation): string {
  return `${source.service ?? source.file} ${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`
}

/** A client that knows a server by its path must find it there. */
function compareServers(old: Api, now: Api): Change[] {
  const lost = old.basePaths.filter((path) => !now.basePaths.includes(path))
  const full = ({ basePaths, operations }: Api) =>
    new Set(basePaths.flatMap((base) => operations.map((each) => `${each.method} ${base}${each.path}`)))
  const present = full(now)
  if (lost.length === 0 || [...full(old)].every((each) => present.has(each))) return []
  const text = ({ basePaths }: Api) => basePaths.map((path) => path || '/').join(', ')
  return [change('server-path-changed', 'The path of the server changed', text(old), text(now))]
}

/** New paths without a parameter that take requests away from an old one with a parameter. */
function shadowed(old: Api, now: Api): [path: string, by: Operation][] {
  const known = new Set(old.operations.map(({ method, path }) => `${method} ${path}`))
  return now.operations
    .filter(({ method, path }) => !path.includes('{') && !known.has(`${method} ${path}`))
    .flatMap((by) => {
      const isLike = (path: string) =>
        path.includes('{') &&
        path.split('/').length === by.path.split('/').length &&
        path.split('/').every((part, i) => part.includes('{') || part === by.path.split('/')[i])
      const like = old.operations.find(({ method, path }) => method === by.method && isLike(path))
      return like === undefined ? [] : [[operationName(like), by] as [string, Operation]]
    })
}

function shadow(by: Operation): Change {
  return behaviour(
    'path-shadowed',
    `Requests to ${by.path} reach another operation`,
    'this operation',
    operationName(by),
  )
}

function compareNoticesOf(
  old: Api,
  now: Api,
  compared: Compared,
): [where: string, is: Operation | undefined, changes: readonly Change[]][] {
  const present = noticesOf(now)
  return [...noticesOf(old)].map(([name, was]) => {
    const is = present.get(name)
    if (is !== undefined) return [name, is, compareNotices(was, is, compared(was.source, is.source))]
    return [name, is, [change('notice-removed', 'It is no longer sent', name, 'nothing')]]
  })
}

function lineOf({ at, line }: Change, otherwise: number | undefined): number {
  return at === undefined ? (line ?? otherwise ?? 1) : at.source.lineOf(at.pointer)
}

type Placed = Omit<BreakingChange, keyof Change | 'alsoAt'> & {
  readonly change: Change
  readonly line: number
}

/** One change for every cause, with all the places that it reaches. */
function oncePerCause(changes: readonly Placed[]): BreakingChange[] {
  const groups = Map.groupBy(changes, ({ change: { cause }, file, where }) =>
    cause === undefined ? Symbol(where) : `${file} ${cause}`,
  )
  return [...groups.values()].map(([first, ...others]) => {
    const { change, ...placed } = first!
    const { code, message, before, after, verdict } = change
    const alsoAt = new Set(others.map(({ where }) => where))
    alsoAt.delete(placed.where)
    return {
      code,
      message,
      before,
      after,
      verdict,
      ...('witness' in change && { witness: change.witness }),
      ...placed,
      alsoAt: [...alsoAt],
      consumers: [...new Set([first!, ...others].flatMap(({ consumers }) => consumers))],
    }
  })
}

function compareEvents(
  before: Contracts,
  now: Contracts,
  graph: Graph,
  compared: Compared,
): BreakingChange[] {
  const key = ({ eventType, version }: EventContract) => `${eventType} ${version ?? ''}`
  const present = new Map(now.eventFiles.flatMap(({ events }) => events.map((event) => [key(event), event])))
  const changes = before.eventFiles.flatMap(({ events }) =>
    events.flatMap((old) => {
      const event = present.get(key(old))
      const changes: Change[] =
        event === undefined
          ? [change('event-removed', 'The event was removed', key(old).trim(), 'nothing')]
          : old.schema === undefined || event.schema === undefined
            ? []
            : compared(old.source, event.source).response.compare(old.schema, event.schema)
      const known = consumersOf(graph, old.eventType)
      const consumers = known.length > 0 ? known : old.consumers.map(({ service }) => service)
      const { service, file } = (event ?? old).source
      return changes.map((each) => ({
        change: each,
        where: `Event: ${old.eventType}`,
        consumers,
        recommendation: recommend(each.code, 'a new event version'),
        service,
        file,
        line: lineOf(each, event?.line),
      }))
    }),
  )
  return oncePerCause(changes)
}

function recommend(code: string, next: string): string {
  switch (code) {
    case 'required-field-added':
      return `Make field optional or bump version to ${next}`
    case 'required-parameter-added':
      return `Make parameter optional or bump version to ${next}`
    case 'required-body-added':
      return `Make the body optional or bump version to ${next}`
    case 'response-field-removed':
    case 'request-field-removed':
      return `Keep the field until its consumers have moved, or bump version to ${next}`
    case 'operation-removed':
    case 'event-removed':
    case 'response-removed':
    case 'media-type-removed':
      return `Keep it until its consumers have moved, or bump version to ${next}`
    default:
      return `Accept the old form, too, or bump version to ${next}`
  }
}
