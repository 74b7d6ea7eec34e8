import { CliError } from '@specwright/cli/cli-error.ts'
import type { ServiceConfig, Workspace } from '../workspace/model.ts'
import type { NamedScenario } from './choose-scenarios.ts'
import { HttpClient } from './hurl/http-client.ts'
import type { HurlValue } from './hurl/value.ts'
import { runScenario, type RunContext } from './run-scenario.ts'
import type { ScenarioResult } from './scenario-result.ts'
import { startService, withPort, type RunningService } from './start-service.ts'

export type RunOptions = {
  /** Instead of everything the config says. */
  readonly baseUrl: string | undefined
  readonly variables: ReadonlyMap<string, HurlValue>
  /** Stories that run at the same time. */
  readonly jobs: number
  readonly healthTimeoutMs: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly onResult: (result: ScenarioResult) => void
  readonly say: (line: string) => void
}

/**
 * Starts what the config says is needed, runs the scenarios, stops what was started. Stories run side by side, the
 * scenarios of one story in order. Results come in the order of `scenarios`. Throws CliError when a service cannot be
 * reached at all.
 */
export async function runScenarios(
  workspace: Workspace,
  scenarios: readonly NamedScenario[],
  options: RunOptions,
): Promise<ScenarioResult[]> {
  const client = new HttpClient(options.signal)
  const started: RunningService[] = []
  try {
    const addresses = await startWhatIsNeeded(workspace, scenarios, client, options, started)
    const context: RunContext = {
      root: workspace.root,
      client,
      signal: options.signal,
      env: options.env,
      baseUrlOf: addresses.baseUrlOf,
      variables: new Map([...addresses.variables, ...options.variables]),
    }
    return await runStories(scenarios, context, options)
  } finally {
    client.close()
    await Promise.all(started.map((service) => service.stop()))
  }
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
  if (homeless !== undefined)
    throw new CliError(
      'no-base-url',
      `Nobody says where the requests of ${homeless.id} go.`,
      'Pass --base-url http://127.0.0.1:8080, or set "baseUrl" in .speckit.config.json.',
    )
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

async function runStories(
  scenarios: readonly NamedScenario[],
  context: RunContext,
  { jobs, signal, onResult }: RunOptions,
): Promise<ScenarioResult[]> {
  const results = new Map<NamedScenario, ScenarioResult>()
  const stories = [...Map.groupBy(scenarios, ({ story }) => story).values()]
  let next = 0
  const worker = async () => {
    for (let story = stories[next++]; story !== undefined; story = stories[next++])
      for (const scenario of story) {
        signal.throwIfAborted()
        const result = await runScenario(scenario, context)
        results.set(scenario, result)
        onResult(result)
      }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, stories.length) }, worker))
  return scenarios.map((scenario) => results.get(scenario)!)
}
