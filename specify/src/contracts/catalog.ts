import {
  callersOf,
  consumersOf,
  dependenciesOf,
  dependentsOf,
  type Graph,
  type ServiceNode,
} from './graph.ts'
import { operationName } from './model.ts'

/** What the catalog says, as plain values: the JSON form, and what the other forms are written from. */
export type Catalog = {
  readonly services: readonly CatalogService[]
  readonly edges: readonly CatalogEdge[]
}

export type CatalogService = {
  readonly name: string
  readonly path: string
  readonly type: 'API Service' | 'Event Service' | 'API and Event Service' | 'Service'
  readonly isImplemented: boolean
  readonly endpoints: readonly {
    readonly name: string
    readonly summary: string | undefined
    readonly operationId: string | undefined
  }[]
  readonly eventsPublished: readonly string[]
  readonly eventsConsumed: readonly string[]
  readonly dependencies: readonly string[]
  readonly dependents: readonly string[]
}

export type CatalogEdge =
  | { readonly kind: 'calls'; readonly from: string; readonly to: string; readonly purpose: string }
  /** From the publisher to the consumer. */
  | {
      readonly kind: 'events'
      readonly from: string
      readonly to: string
      readonly events: readonly string[]
    }

/** Sorted throughout: the same workspace gives the same catalog, byte for byte. */
export function catalogOf(graph: Graph): Catalog {
  return {
    services: graph.services.map((service) => catalogService(graph, service)),
    edges: [...callEdges(graph), ...eventEdges(graph)],
  }
}

function catalogService(graph: Graph, service: ServiceNode): CatalogService {
  const { name, path, isImplemented, operations, announces } = service
  const consumed = graph.consumptions
    .filter((each) => each.service === name)
    .map(({ eventType }) => eventType)
  return {
    name,
    path,
    type: typeOf(operations.length > 0, announces.length > 0 || consumed.length > 0),
    isImplemented,
    endpoints: operations.map((operation) => ({
      name: operationName(operation),
      summary: operation.summary,
      operationId: operation.operationId,
    })),
    eventsPublished: announces,
    eventsConsumed: unique(consumed),
    dependencies: dependenciesOf(graph, name),
    dependents: dependentsOf(graph, name),
  }
}

function typeOf(hasApi: boolean, hasEvents: boolean): CatalogService['type'] {
  if (hasApi) return hasEvents ? 'API and Event Service' : 'API Service'
  return hasEvents ? 'Event Service' : 'Service'
}

function callEdges(graph: Graph): CatalogEdge[] {
  return graph.services.flatMap(({ name: to }) =>
    callersOf(graph, to).map((from) => {
      const purpose = graph.calls.find((call) => call.from === from && call.to === to)?.purpose ?? ''
      return { kind: 'calls' as const, from, to, purpose }
    }),
  )
}

function eventEdges(graph: Graph): CatalogEdge[] {
  return graph.services.flatMap(({ name: from, announces }) => {
    const byConsumer = new Map<string, string[]>()
    for (const eventType of announces)
      for (const to of consumersOf(graph, eventType)) {
        if (to !== from) byConsumer.set(to, [...(byConsumer.get(to) ?? []), eventType])
      }
    return [...byConsumer]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([to, events]) => ({ kind: 'events' as const, from, to, events }))
  })
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
