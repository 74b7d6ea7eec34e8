import { posix } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import type { Contracts, EventContract } from '../contracts/model.ts'
import type { Spec } from '../spec/model.ts'
import type { Workspace } from '../workspace/model.ts'
import { builtinVariables } from './builtins.ts'
import { checkBlock } from './check-block.ts'

export type CheckOptions = {
  /** Names given from outside, with `--variable`. */
  readonly variables?: Iterable<string>
}

/**
 * Holds every scenario's blocks against the contracts of the workspace without running anything. Files of findings
 * are relative to the workspace root, lines those of the spec.
 */
export function checkScenarios(
  workspace: Workspace,
  specs: readonly Spec[],
  contracts: Contracts,
  { variables = [] }: CheckOptions = {},
): Finding[] {
  const given = [
    ...Object.keys(builtinVariables),
    ...workspace.services.map(({ name }) => name),
    ...variables,
  ]
  const events = eventsByType(contracts)
  const byService = Map.groupBy(contracts.apis, ({ source }) => source.service)
  const apisOf = (service: string) => byService.get(service) ?? []
  return specs.flatMap((spec) => {
    const own = spec.service === undefined ? [] : apisOf(spec.service)
    // Features of one project may describe the same operation, each as it stood then: its own contract goes first.
    const folder = `${posix.dirname(spec.file)}/`
    const beside = contracts.apis.filter(({ source }) => source.file.startsWith(folder))
    const apis = [beside, own, contracts.apis]
    return spec.stories.flatMap(({ scenarios }) =>
      scenarios.flatMap(({ blocks }) => {
        const context = { apis, apisOf, events, variables: new Set(given) }
        return blocks.flatMap((block) =>
          checkBlock(block, context).map(({ at, ...rest }): Finding => ({ ...rest, file: spec.file, ...at })),
        )
      }),
    )
  })
}

function eventsByType({ eventFiles }: Contracts): Map<string, EventContract> {
  return new Map(eventFiles.flatMap(({ events }) => events.map((event) => [event.eventType, event] as const)))
}
