import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { loadContractFiles, loadContracts } from '../contracts/load-contracts.ts'
import type { Api, Contracts } from '../contracts/model.ts'
import { readSpecs } from '../scenarios/read-specs.ts'
import { readText } from '../workspace/read-text.ts'
import type { Workspace } from '../workspace/model.ts'
import type { MockEvent } from './changes.ts'
import { MockService } from './mock-service.ts'
import { readExamples, type ScenarioExample } from './scenario-examples.ts'

export type MockSettings = {
  readonly seed: string
  readonly isDynamic: boolean
  readonly onEvent: (event: MockEvent) => void
}

export type LoadedMocks = {
  readonly services: readonly MockService[]
  readonly operations: number
  readonly scenarioExamples: number
  /** Errors of contracts that could not be read; relative to the root. */
  readonly findings: readonly Finding[]
  /** Absolute: what to watch. */
  readonly files: readonly string[]
}

/** Mocks of the services named, or of all that have an API. Throws CliError `no-such-service` or `nothing-to-mock`. */
export async function loadWorkspaceMocks(
  workspace: Workspace,
  names: readonly string[],
  settings: MockSettings,
): Promise<LoadedMocks> {
  const contracts = await loadContracts(workspace)
  const { specs } = await readSpecs(workspace, workspace.features)
  const byService = new Map<string | undefined, Api[]>()
  for (const api of contracts.apis) {
    const { service } = api.source
    byService.set(service, [...(byService.get(service) ?? []), api])
  }
  const known = [...byService.keys()].map((service) => service ?? NAMELESS)
  for (const name of names) if (!known.includes(name)) throw noSuchService(name, known, workspace)
  const services: MockService[] = []
  let scenarioExamples = 0
  for (const [service, apis] of byService) {
    const name = service ?? NAMELESS
    if (names.length > 0 && !names.includes(name)) continue
    const examples = readExamples(specs, apis)
    scenarioExamples += examples.length
    services.push(mockOf(name, apis, contracts, service, examples, settings))
  }
  const files = [
    ...workspace.services.flatMap(({ apiFiles, eventFiles }) => [...apiFiles, ...eventFiles]),
    ...workspace.sharedApiFiles,
    ...workspace.sharedEventFiles,
    ...workspace.features.flatMap((feature) => feature.files.spec ?? []),
  ]
  return loaded(
    services,
    contracts,
    scenarioExamples,
    files.map((file) => join(workspace.root, file)),
  )
}

/** The mock of one contract file. */
export async function loadFileMock(
  folder: string,
  file: string,
  settings: MockSettings,
): Promise<LoadedMocks> {
  const contracts = await loadContractFiles([file], (path) => readText(join(folder, path)))
  const services =
    contracts.apis.length === 0 ? [] : [mockOf(NAMELESS, contracts.apis, contracts, undefined, [], settings)]
  return loaded(services, contracts, 0, [join(folder, file)])
}

/** An API that belongs to no service. */
const NAMELESS = 'api'

function mockOf(
  name: string,
  apis: readonly Api[],
  { eventFiles }: Contracts,
  service: string | undefined,
  examples: readonly ScenarioExample[],
  settings: MockSettings,
): MockService {
  const events = eventFiles.filter(({ source }) => source.service === service).flatMap((each) => each.events)
  return new MockService({ name, apis, events, examples, ...settings })
}

function loaded(
  services: readonly MockService[],
  contracts: Contracts,
  scenarioExamples: number,
  files: readonly string[],
): LoadedMocks {
  const findings = contracts.findings.filter(({ severity }) => severity === 'error')
  if (services.length === 0 && findings.length === 0)
    throw new CliError(
      'nothing-to-mock',
      'There is no OpenAPI document here.',
      'Name one: specify mock path/to/api-spec.yaml.',
    )
  const operations = services.reduce((sum, service) => sum + service.operations, 0)
  return { services, operations, scenarioExamples, findings, files }
}

function noSuchService(name: string, known: readonly string[], workspace: Workspace): CliError {
  if (workspace.services.some((service) => service.name === name))
    return new CliError(
      'nothing-to-mock',
      `${name} has no OpenAPI document.`,
      'Write contracts/api-spec.yaml.',
    )
  const hint = didYouMean(name, known) ?? `Services with an API: ${known.join(', ') || 'none'}.`
  return new CliError('no-such-service', `There is no service "${name}" here.`, hint)
}
