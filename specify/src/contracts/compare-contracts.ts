import {
  comparisons,
  oncePerCause,
  placeOfChange,
  recommend,
  type BreakingChange,
  type Compared,
  type Placed,
} from './breaking-change.ts'
import { compareEvents, type EventPolicy } from './compare-events.ts'
import { behaviour, change, type Change } from './compare/change.ts'
import { compareNotices, compareOperations, isPastSunset } from './compare/compare-operations.ts'
import { noticesOf } from './compare/notices.ts'
import { hurtByOperation } from './declared-uses.ts'
import { callersOf, type Graph } from './graph.ts'
import { operationName, type Api, type Contracts, type Operation, type Source } from './model.ts'

export type ComparePolicy = Partial<EventPolicy> & {
  /** Who writes may send whatever the schema does not forbid, not only what it declares. */
  readonly isStrict?: boolean
}

/** What the contracts of now break of those of before. `graph` is that of now: it knows who uses what. */
export function compareContracts(
  before: Contracts,
  now: Contracts,
  graph: Graph,
  { isStrict = false, mode = 'FORWARD', history = [] }: ComparePolicy = {},
): BreakingChange[] {
  const compared = comparisons(isStrict)
  return [
    ...compareApis(before, now, graph, compared),
    ...compareEvents(before, now, graph, compared, { mode, history }),
  ]
}

function compareApis(before: Contracts, now: Contracts, graph: Graph, compared: Compared): BreakingChange[] {
  const apis = new Map(now.apis.map((api) => [ownerOf(api.source), api]))
  const present = new Map(
    now.apis.flatMap(({ source, operations }) =>
      operations.map((operation) => [keyOf(source, operation), operation] as const),
    ),
  )
  const today = new Date()
  const changes = before.apis.flatMap((old) => {
    const api = apis.get(ownerOf(old.source))
    const { service } = old.source
    const callers = service === undefined ? [] : callersOf(graph, service)
    const place = (
      where: string,
      operation: Operation | undefined,
      list: readonly Change[],
      used: Operation | undefined = operation,
    ): Placed[] =>
      list.map((each) => ({
        change: each,
        where,
        uses: service === undefined ? [] : hurtByOperation(graph, service, used, each),
        recommendation: recommend(each.code, 'v2'),
        service,
        contract: (api ?? old).source.file,
        ...placeOfChange(each, { file: (operation ?? old).source.file, line: operation?.line ?? 1 }),
      }))
    return [
      ...(api === undefined ? [] : place(`Server of ${old.title}`, undefined, compareServers(old, api))),
      ...old.operations.flatMap((was) => {
        const is = present.get(keyOf(old.source, was))
        const where = `Endpoint: ${operationName(was)}`
        if (is !== undefined)
          return place(where, is, compareOperations(was, is, compared(was.source, is.source)))
        return isPastSunset(was, today) && callers.length === 0
          ? []
          : place(
              where,
              is,
              [change('operation-removed', 'The operation was removed', operationName(was), 'nothing')],
              was,
            )
      }),
      ...(api === undefined
        ? []
        : shadowed(old, api).flatMap(([path, by]) => place(`Endpoint: ${path}`, by, [shadow(by)]))),
      ...(api === undefined
        ? []
        : compareNoticesOf(old, api, compared).flatMap(([where, is, list]) => place(where, is, list))),
    ]
  })
  return oncePerCause(changes, 'v2')
}

function ownerOf({ service, file }: Source): string {
  return service === undefined ? file : `${service} ${file.split('/').at(-1)}`
}

/** An operation may move to another file of its service. */
function keyOf({ service, file }: Source, { method, path }: Operation): string {
  return `${service ?? file} ${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`
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
