import { countFindings, type Finding } from '@specwright/cli/finding.ts'
import type { CatalogEdge } from '../contracts/catalog.ts'
import type { EventContract } from '../contracts/model.ts'
import type { Portal, PortalFeature } from './model.ts'

/** What pages look up, made once: thousands of pages that each look through everything take minutes. */
export type PortalIndex = {
  readonly featuresOfService: ReadonlyMap<string, readonly PortalFeature[]>
  readonly featureOfFile: ReadonlyMap<string, PortalFeature>
  /** By the folder of a service or a feature: what is found in it. */
  readonly findingsIn: ReadonlyMap<string, readonly Finding[]>
  readonly edgesOfService: ReadonlyMap<string, readonly CatalogEdge[]>
  readonly events: ReadonlyMap<string, readonly EventContract[]>
  readonly producers: ReadonlyMap<string, readonly string[]>
  readonly consumers: ReadonlyMap<string, readonly string[]>
  readonly scenarios: number
  readonly problems: number
}

export function indexOf({
  workspace,
  features,
  findings,
  catalog,
  graph,
}: Omit<Portal, 'index'>): PortalIndex {
  const { errors, warnings } = countFindings(findings)
  const edges: [string, CatalogEdge][] = catalog.edges.flatMap((edge): [string, CatalogEdge][] =>
    edge.from === edge.to
      ? [[edge.from, edge]]
      : [
          [edge.from, edge],
          [edge.to, edge],
        ],
  )
  const announced = graph.services.flatMap(({ name, announces }) =>
    announces.map((type) => [type, name] as const),
  )
  const consumed = graph.consumptions.map(({ eventType, service }) => [eventType, service] as const)
  return {
    featuresOfService: Map.groupBy(features, ({ feature }) => feature.service ?? ''),
    featureOfFile: new Map(
      features.flatMap((one) => Object.values(one.feature.files).map((file) => [file, one] as const)),
    ),
    findingsIn: byFolder(findings, [
      ...workspace.services.map(({ path }) => path),
      ...workspace.features.map(({ path }) => path),
    ]),
    edgesOfService: grouped(edges),
    events: Map.groupBy(graph.events, ({ eventType }) => eventType),
    producers: sortedNames(announced),
    consumers: sortedNames(consumed),
    scenarios: features.reduce(
      (sum, { documents }) =>
        sum + (documents.spec?.spec.stories.reduce((n, story) => n + story.scenarios.length, 0) ?? 0),
      0,
    ),
    problems: errors + warnings,
  }
}

/** A finding is in every folder above its file; only those asked for are kept. */
function byFolder(findings: readonly Finding[], folders: readonly string[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>(folders.map((folder) => [folder, []]))
  for (const finding of findings) {
    const { file = '' } = finding
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1))
      found.get(file.slice(0, end))?.push(finding)
  }
  return found
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  return new Map(
    [...Map.groupBy(pairs, ([key]) => key)].map(([key, list]) => [key, list.map(([, value]) => value)]),
  )
}

function sortedNames(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  return new Map([...grouped(pairs)].map(([key, names]) => [key, [...new Set(names)].sort()]))
}
