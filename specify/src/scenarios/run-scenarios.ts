import type { ServiceConfig, Workspace } from '../workspace/model.ts'
import type { NamedScenario } from './choose-scenarios.ts'
import type { EventBus } from './events/event-feed.ts'
import { openBus } from './events/open-bus.ts'
import { HttpClient } from './hurl/http-client.ts'
import type { HurlValue } from './hurl/value.ts'
import { boundCriteria, runLoad, type LoadOptions, type LoadResult } from './load/run-load.ts'
import { noAddress } from './no-address.ts'
import { runScenario, type RunContext } from './run-scenario.ts'
import type { ScenarioResult } from './scenario-result.ts'
import { startService, withPort, type RunningService } from './start-service.ts'

export type RunOptions = {
  /** Instead of everything the config says. */
  readonly baseUrl: string | undefined
  readonly variables: ReadonlyMap<string, HurlValue>
  /** Services, or with `independent` stories, that are asked at the same time. */
  readonly jobs: number
  /** No story relies on what another left in its service, or on being alone in it. */
  readonly independent?: boolean
  readonly healthTimeoutMs: number
  /** Hold success criteria against the scenarios bound to them, too. */
  readonly load?: LoadOptions
  /** The version the contract of an event has, for events published in short. */
  readonly versionOfEvent?: (eventType: string) => string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly onResult: (result: ScenarioResult) => void
  readonly say: (line: string) => void
}

/**
 * Starts what the config says is needed, runs the scenarios, stops what was started. What shares a service runs in the
 * order of `scenarios`, unless its stories are independent; results come in that order. `crashes` says which started
 * services ended by themselves. Throws CliError when a service or the bus cannot be reached at all.
 */
export async function runScenarios(
  workspace: Workspace,
  scenarios: readonly NamedScenario[],
  options: RunOptions,
): Promise<{ results: ScenarioResult[]; load: LoadResult[]; crashes: string[] }> {
  const client = new HttpClient(options.signal)
  const started: RunningService[] = []
  let bus: EventBus | undefined
  try {
    bus = await openNeededBus(workspace, scenarios, options)
    const addresses = await startWhatIsNeeded(workspace, scenarios, client, options, started)
    const context: RunContext = {
      root: workspace.root,
      client,
      signal: options.signal,
      env: options.env,
      bus,
      versionOfEvent: options.versionOfEvent ?? (() => undefined),
      baseUrlOf: addresses.baseUrlOf,
      variables: new Map([...addresses.variables, ...options.variables]),
    }
    const results = await runLanes(scenarios, context, independentIn(workspace, options), options)
    const load: LoadResult[] = []
    // One after the other: two loads at once would measure each other.
    if (options.load !== undefined)
      for (const criterion of boundCriteria(scenarios)) {
        options.say(`load: ${criterion.spec.feature}#${criterion.criterion.id}`)
        load.push(await runLoad(criterion, context, options.load))
      }
    return { results, load, crashes: started.flatMap((service) => service.crashed() ?? []) }
  } finally {
    client.close()
    await Promise.all([...started.map((service) => service.stop()), bus?.close()])
  }
}

async function openNeededBus(
  { root, config }: Workspace,
  scenarios: readonly NamedScenario[],
  { env, signal, healthTimeoutMs, say }: RunOptions,
): Promise<EventBus | undefined> {
  const needed = scenarios.some(({ scenario }) =>
    scenario.blocks.some(({ language }) => language === 'event'),
  )
  if (!needed || config.bus === undefined) return undefined
  say(`opening the event bus: ${config.bus}`)
  return await openBus(config.bus, { root, env, signal, readyTimeoutMs: healthTimeoutMs })
}

function independentIn(
  { config }: Workspace,
  { independent = false }: RunOptions,
): (service: string | undefined) => boolean {
  return (service) => independent || (service !== undefined && config.services[service]?.independent === true)
}

type Addresses = {
  readonly baseUrlOf: (service: string | undefined) => string | undefined
  /** `{{order-service}}` is the address of that service. */
  readonly variables: ReadonlyMap<string, HurlValue>
}

async function startWhatIsNeeded(
  { root, config, services }: Workspace,
  scenarios: readonly NamedScenario[],
  client: HttpClient,
  options: RunOptions,
  started: RunningService[],
): Promise<Addresses> {
  const { baseUrl, env, signal, healthTimeoutMs, say } = options
  const asking = scenarios.filter(({ scenario }) =>
    scenario.blocks.some(({ language }) => language === 'hurl'),
  )
  const configs = new Map<string, ServiceConfig & { port: number | undefined }>()
  for (const [name, each] of Object.entries(config.services)) configs.set(name, await withPort(each))
  const ofService = (service: string | undefined) =>
    baseUrl ??
    (service === undefined ? undefined : configs.get(service)?.baseUrl) ??
    config.baseUrl ??
    only(configs)

  const homeless = asking.find(({ spec }) => ofService(spec.service) === undefined)
  if (homeless !== undefined) throw noAddress(homeless, root, services)
  if (baseUrl === undefined) {
    const used = new Set(asking.map(({ spec }) => ofService(spec.service)))
    const asked = new Set(asking.map(({ spec }) => spec.service))
    for (const [name, each] of configs) {
      if (each.start === undefined || !(asked.has(name) || used.has(each.baseUrl))) continue
      started.push(await startService(name, each, { root, client, signal, env, healthTimeoutMs, say }))
    }
  }
  const named = services.flatMap(({ name }) => {
    const address = ofService(name)
    return address === undefined ? [] : [[name, address.replace(/\/+$/, '')] as const]
  })
  return { baseUrlOf: ofService, variables: new Map(named) }
}

/** In a workspace of one configured service there is no doubt which one is meant. */
function only(configs: ReadonlyMap<string, ServiceConfig>): string | undefined {
  const addresses = [...configs.values()].flatMap(({ baseUrl }) => (baseUrl === undefined ? [] : [baseUrl]))
  return addresses.length === 1 ? addresses[0] : undefined
}

/**
 * Scenarios that must not meet run in one lane, one after the other: those that send their requests to the same address.
 * Two stories that count the orders of one shop would disturb each other; two services do not.
 */
async function runLanes(
  scenarios: readonly NamedScenario[],
  context: RunContext,
  isIndependent: (service: string | undefined) => boolean,
  { jobs, signal, onResult }: RunOptions,
): Promise<ScenarioResult[]> {
  const results = new Map<NamedScenario, ScenarioResult>()
  const laneOf = ({ spec, story }: NamedScenario) =>
    isIndependent(spec.service) ? story : (context.baseUrlOf(spec.service) ?? spec.service ?? spec.feature)
  const lanes = [...Map.groupBy(scenarios, laneOf).values()]
  let next = 0
  const worker = async () => {
    for (let lane = lanes[next++]; lane !== undefined; lane = lanes[next++])
      for (const scenario of lane) {
        signal.throwIfAborted()
        const result = await runScenario(scenario, context)
        results.set(scenario, result)
        onResult(result)
      }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, lanes.length) }, worker))
  return scenarios.map((scenario) => results.get(scenario)!)
}
