// Small workspaces in memory, for tests of what is said about contracts.

import { parseSpec } from '../spec/parse-spec.ts'
import type { Spec } from '../spec/model.ts'
import { defaultConfig } from '../workspace/load-config.ts'
import type { Workspace } from '../workspace/model.ts'
import { buildGraph, type Graph } from './graph.ts'
import { loadContracts } from './load-contracts.ts'
import type { Contracts } from './model.ts'
import { fromUsesFile } from './read-uses.ts'

export type FixtureService = {
  readonly api?: string
  /** One event or several, as in "events". */
  readonly events?: readonly Record<string, unknown>[]
  readonly spec?: string
  /** The text of contracts/uses.yaml. */
  readonly uses?: string
  /** Without code, it is not implemented. */
  readonly hasCode?: boolean
}

export type Fixture = {
  readonly workspace: Workspace
  readonly contracts: Contracts
  readonly specs: readonly Spec[]
  readonly graph: Graph
}

export async function fixture(services: Readonly<Record<string, FixtureService>>): Promise<Fixture> {
  const texts = new Map<string, string>()
  const list = Object.entries(services).map(([name, { api, events }]) => {
    const path = `services/${name}`
    const apiFiles = api === undefined ? [] : [`${path}/contracts/api-spec.yaml`]
    const eventFiles = events === undefined ? [] : [`${path}/contracts/events/${name}.json`]
    for (const file of apiFiles) texts.set(file, api!)
    for (const file of eventFiles) texts.set(file, JSON.stringify({ events }, null, 2))
    return { name, path, features: [], apiFiles, eventFiles }
  })
  const workspace: Workspace = {
    root: '/nowhere',
    config: defaultConfig,
    services: list,
    features: [],
    constitution: undefined,
    sharedApiFiles: [],
    sharedEventFiles: [],
    files: Object.entries(services).flatMap(([name, { hasCode = true }]) =>
      hasCode ? [`services/${name}/src/main.ts`] : [],
    ),
  }
  const specs = Object.entries(services).flatMap(([name, { spec }]) =>
    spec === undefined
      ? []
      : [
          parseSpec(spec, {
            file: `services/${name}/specs/001-x/spec.md`,
            service: name,
            featureId: '001-x',
          }),
        ],
  )
  const contracts = await loadContracts(workspace, async (file) => texts.get(file))
  const uses = Object.entries(services).flatMap(([owner, { uses: text }]) =>
    text === undefined
      ? []
      : fromUsesFile({ file: `services/${owner}/contracts/uses.yaml`, text, owner }).uses,
  )
  return { workspace, contracts, specs, graph: buildGraph(workspace, specs, contracts, uses) }
}

/** A spec that says which services it asks and which events it takes in. */
export function specOf({
  calls = [],
  consumes = [],
  criteria = [],
}: {
  calls?: readonly string[]
  consumes?: readonly string[]
  criteria?: readonly string[]
}): string {
  return [
    '# Spec',
    '',
    '### Upstream Services',
    '',
    '| Service | Purpose |',
    '|---------|---------|',
    ...calls.map((name) => `| ${name} | data |`),
    '',
    '## Events Consumed',
    '',
    ...consumes.flatMap((eventType) => [`### Event: ${eventType}`, '**From:** somebody', '']),
    ...(criteria.length === 0 ? [] : ['## Success Criteria', '']),
    ...criteria.map((text, i) => `- **SC-00${i + 1}**: ${text}`),
  ].join('\n')
}

/** An event with everything the rules ask for, but for what `over` says. */
export function eventOf(eventType: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventType,
    version: 'v1',
    description: 'Something happened',
    schema: {
      type: 'object',
      required: ['eventId', 'eventType', 'timestamp', 'data'],
      properties: {
        eventId: { type: 'string' },
        eventType: { type: 'string', const: eventType },
        timestamp: { type: 'string' },
        data: { type: 'object' },
      },
    },
    consumers: [],
    ...over,
  }
}
