import type { Use } from './declared-uses.ts'
import type { Spec } from '../spec/model.ts'
import type { Service, Workspace } from '../workspace/model.ts'
import type { Api, Contracts, EventContract, EventFile, Operation } from './model.ts'

/** The services of a workspace and what passes between them, from contracts and from what the specs declare. */
export type Graph = {
  /** By name. */
  readonly services: readonly ServiceNode[]
  readonly apis: readonly Api[]
  readonly operations: readonly Operation[]
  readonly eventFiles: readonly EventFile[]
  readonly events: readonly EventContract[]
  readonly calls: readonly Call[]
  /** The same from the other side: rows of the tables "Downstream Services". `from` uses `to`, however. */
  readonly dependents: readonly Call[]
  readonly consumptions: readonly Consumption[]
  /** What consumers say they use, down to fields. */
  readonly uses: readonly Use[]
  /** How fast services promise to answer, in their specs' success criteria. */
  readonly targets: readonly LatencyTarget[]
}

/** `SC-002: P95 below 200 ms`. */
export type LatencyTarget = {
  readonly service: string
  readonly id: string
  readonly limitMs: number
  readonly file: string
  readonly line: number
}

export type ServiceNode = {
  readonly name: string
  readonly path: string
  /** Has code beside specs and contracts. */
  readonly isImplemented: boolean
  readonly operations: readonly Operation[]
  readonly publishes: readonly EventContract[]
  /** Types of the events it publishes, by its contracts or by its specs. */
  readonly announces: readonly string[]
}

/** `from` asks `to`, waiting for the answer: a row of a spec's table "Upstream Services". */
export type Call = {
  readonly from: string
  readonly to: string
  readonly purpose: string
  readonly file: string
  readonly line: number
}

/** A service takes in an event: said by the event's `consumers`, or by the consumer's spec. */
export type Consumption = {
  readonly service: string
  readonly eventType: string
  /** The producer the spec names. */
  readonly from: string | undefined
  readonly saidBy: 'producer' | 'consumer'
  readonly file: string
  readonly line: number
}

export function buildGraph(
  workspace: Workspace,
  specs: readonly Spec[],
  contracts: Contracts,
  uses: readonly Use[] = [],
): Graph {
  const { apis, eventFiles } = contracts
  const operations = apis.flatMap((api) => api.operations)
  const events = eventFiles.flatMap((file) => file.events)
  const described = new Set(events.map(({ eventType }) => eventType))
  const all: Parts = {
    operations: Map.groupBy(operations, ({ source }) => source.service),
    events: Map.groupBy(events, ({ source }) => source.service),
    specs: Map.groupBy(specs, ({ service }) => service),
    implemented: foldersWithCode(workspace),
  }
  return {
    services: workspace.services
      .map((service) => serviceNode(service, all))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    apis,
    operations,
    eventFiles,
    events,
    calls: specs.flatMap(callsOf),
    dependents: specs.flatMap(dependentsSaid),
    consumptions: [
      ...events.flatMap(toldByProducer),
      ...specs.flatMap((spec) => toldByProducersSpec(spec, described)),
      ...specs.flatMap(toldByConsumer),
      ...eventFiles.flatMap(toldByContract),
    ],
    uses,
    targets: specs.flatMap(targetsOf),
  }
}

/** Contracts without anybody around them. */
export function contractsAlone({ apis, eventFiles }: Pick<Contracts, 'apis' | 'eventFiles'>): Graph {
  return {
    services: [],
    apis,
    operations: apis.flatMap((api) => api.operations),
    eventFiles,
    events: eventFiles.flatMap((file) => file.events),
    calls: [],
    dependents: [],
    consumptions: [],
    uses: [],
    targets: [],
  }
}

/** By service: a platform has a thousand, and each must not look through all that the others have. */
type Parts = {
  readonly operations: ReadonlyMap<string | undefined, readonly Operation[]>
  readonly events: ReadonlyMap<string | undefined, readonly EventContract[]>
  readonly specs: ReadonlyMap<string | undefined, readonly Spec[]>
  readonly implemented: ReadonlySet<string>
}

/** Folders of services that hold something beside specs, contracts and documents. */
function foldersWithCode({ services, files }: Workspace): Set<string> {
  const folders = new Set(services.map(({ path }) => path))
  const found = new Set<string>()
  for (const file of files)
    for (let at = file.indexOf('/'); at !== -1; at = file.indexOf('/', at + 1)) {
      const folder = file.slice(0, at)
      if (!folders.has(folder) || found.has(folder)) continue
      if (!/^(specs|contracts|docs)\/|^[^/]+\.md$/i.test(file.slice(at + 1))) found.add(folder)
    }
  return found
}

function serviceNode({ name, path }: Service, all: Parts): ServiceNode {
  const publishes = all.events.get(name) ?? []
  const toldBySpecs = (all.specs.get(name) ?? []).flatMap((spec) => spec.eventsPublished)
  return {
    name,
    path,
    isImplemented: all.implemented.has(path),
    operations: all.operations.get(name) ?? [],
    publishes,
    announces: unique([...publishes, ...toldBySpecs].map(({ eventType }) => eventType)),
  }
}

function callsOf({ service, file, upstreamServices }: Spec): Call[] {
  if (service === undefined) return []
  return upstreamServices.map(({ service: to, purpose, line }) => ({
    from: service,
    to,
    purpose,
    file,
    line,
  }))
}

const LATENCY = /\b(?:p\d\d|percentile|latency|respon\w+|answer\w*)\b/i
const LIMIT =
  /(?:<=?|≤|under|below|within|less than|in at most|at most)\s*(\d+(?:[.,]\d+)?)\s*(ms|milliseconds?|s|seconds?)\b/i

function targetsOf({ service, file, criteria }: Spec): LatencyTarget[] {
  if (service === undefined) return []
  return criteria.flatMap(({ id, text, line }) => {
    const [, number, unit] = LATENCY.test(text) ? (LIMIT.exec(text) ?? []) : []
    if (number === undefined) return []
    const limitMs = Number(number.replace(',', '.')) * (/^m/i.test(unit!) ? 1 : 1000)
    return [{ service, id, limitMs, file, line }]
  })
}

function toldByProducer({ eventType, consumers, source }: EventContract): Consumption[] {
  return consumers.map(({ service, line }) => ({
    service,
    eventType,
    from: source.service,
    saidBy: 'producer',
    file: source.file,
    line,
  }))
}

/** What a contract describes is told there; a spec's section "Events Published" counts until there is one. */
function toldByProducersSpec(
  { service, file, eventsPublished }: Spec,
  described: ReadonlySet<string>,
): Consumption[] {
  return eventsPublished
    .filter(({ eventType }) => !described.has(eventType))
    .flatMap(({ eventType, consumers, line }) =>
      consumers.map((consumer) => ({
        service: consumer,
        eventType,
        from: service,
        saidBy: 'producer' as const,
        file,
        line,
      })),
    )
}

function toldByConsumer({ service, file, eventsConsumed }: Spec): Consumption[] {
  if (service === undefined) return []
  return eventsConsumed.map(({ eventType, from, line }) => ({
    service,
    eventType,
    from,
    saidBy: 'consumer',
    file,
    line,
  }))
}

function dependentsSaid({ service, file, downstreamServices }: Spec): Call[] {
  if (service === undefined) return []
  return downstreamServices.map(({ service: from, purpose, line }) => ({
    from,
    to: service,
    purpose,
    file,
    line,
  }))
}

function toldByContract({ source: { service, file }, received }: EventFile): Consumption[] {
  if (service === undefined) return []
  return received.map(({ eventType, line }) => ({
    service,
    eventType,
    from: undefined,
    saidBy: 'consumer',
    file,
    line,
  }))
}

/** Names of the services that call `service` or take in its events: whom a change of its contracts can hurt. */
export function dependentsOf(graph: Graph, service: string): string[] {
  const published = new Set(graph.services.find(({ name }) => name === service)?.announces)
  const names = [
    ...callersOf(graph, service),
    ...graph.consumptions.filter(({ eventType }) => published.has(eventType)).map((each) => each.service),
  ]
  return unique(names.filter((name) => name !== service))
}

/** Names of the services `service` calls or takes events from. */
export function dependenciesOf(graph: Graph, service: string): string[] {
  const consumed = new Set(
    graph.consumptions.filter((each) => each.service === service).map(({ eventType }) => eventType),
  )
  const producers = graph.services.filter(({ announces }) =>
    announces.some((eventType) => consumed.has(eventType)),
  )
  const names = [
    ...graph.calls.filter(({ from }) => from === service).map(({ to }) => to),
    ...producers.map(({ name }) => name),
  ]
  return unique(names.filter((name) => name !== service))
}

export function consumersOf({ consumptions }: Graph, eventType: string): string[] {
  const known = byEvent.get(consumptions) ?? Map.groupBy(consumptions, (each) => each.eventType)
  byEvent.set(consumptions, known)
  return unique((known.get(eventType) ?? []).map(({ service }) => service))
}

const byEvent = new WeakMap<readonly Consumption[], ReadonlyMap<string, readonly Consumption[]>>()

export function callersOf(graph: Graph, service: string): string[] {
  return unique(
    [...graph.calls, ...graph.dependents].filter(({ to }) => to === service).map(({ from }) => from),
  )
}

/** Rings of calls, each begun at its first name; a service that calls itself is a ring of one. */
export function callCycles({ calls }: Graph): string[][] {
  return ringsOf(calls)
}

/** Rings of services that answer each other's events. */
export function eventCycles({ services, consumptions }: Graph): string[][] {
  const edges = services.flatMap(({ name, publishes }) => {
    const types = new Set(publishes.map(({ eventType }) => eventType))
    return consumptions
      .filter(({ service, eventType }) => types.has(eventType) && service !== name)
      .map(({ service }) => ({ from: name, to: service }))
  })
  return ringsOf(edges)
}

function ringsOf(edges: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const next = Map.groupBy(edges, ({ from }) => from)
  const rings = new Map<string, string[]>()
  const done = new Set<string>()
  const visit = (name: string, path: readonly string[]) => {
    const at = path.indexOf(name)
    if (at !== -1) {
      const ring = startingAtSmallest(path.slice(at))
      rings.set(ring.join(' '), ring)
      return
    }
    if (done.has(name)) return
    for (const to of new Set((next.get(name) ?? []).map((edge) => edge.to))) visit(to, [...path, name])
    done.add(name)
  }
  for (const name of [...next.keys()].sort()) visit(name, [])
  return [...rings.values()]
}

const MOST_NAMES = 12

/** A ring in words, closed; of a long one the beginning and the end. */
export function ringText(ring: readonly string[]): string {
  const names = [...ring, ring[0]!]
  if (names.length <= MOST_NAMES) return names.join(' → ')
  return [...names.slice(0, 6), `… (${ring.length} services)`, ...names.slice(-3)].join(' → ')
}

function startingAtSmallest(ring: readonly string[]): string[] {
  const at = ring.indexOf(ring.toSorted()[0]!)
  return [...ring.slice(at), ...ring.slice(0, at)]
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
