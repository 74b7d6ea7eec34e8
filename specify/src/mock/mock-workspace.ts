import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Workspace } from '../workspace/model.ts'
import type { MockEvent } from './changes.ts'
import { loadWorkspaceMocks } from './load-mocks.ts'
import { serveMocks } from './serve-mocks.ts'

/**
 * The workspace as if every service with an API were a mock: on a free port, its events on a bus of their own. Scenarios
 * then show what specs and contracts agree on; nothing is said about the real service.
 */
export async function mockWorkspace(
  workspace: Workspace,
  seed: string,
): Promise<{ readonly workspace: Workspace; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'specify-mock-'))
  const bus = join(folder, 'events.ndjson')
  // At once, so that the event is there when its request is answered.
  const onEvent = (event: MockEvent) => appendFileSync(bus, `${eventLine(event)}\n`)
  try {
    const { services } = await loadWorkspaceMocks(workspace, [], { seed, isDynamic: false, onEvent })
    const server = await serveMocks({
      services,
      port: 0,
      host: '127.0.0.1',
      isPrefixed: true,
      latencyMs: [0, 0],
      faultPercent: 0,
      seed,
    })
    const baseUrl = `http://127.0.0.1:${server.port}`
    const settings = Object.fromEntries(
      services.map(({ name }) => [
        name,
        { baseUrl: isBehindGateway(workspace, name) ? baseUrl : `${baseUrl}/${name}` },
      ]),
    )
    return {
      workspace: { ...workspace, config: { ...workspace.config, baseUrl, services: settings, bus } },
      stop: async () => {
        await server.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Services that the config puts at one address are asked there for each other's paths, too. */
function isBehindGateway({ config }: Workspace, name: string): boolean {
  const own = config.services[name]?.baseUrl ?? config.baseUrl
  const all = Object.values(config.services).map(({ baseUrl }) => baseUrl)
  return own !== undefined && (own === config.baseUrl || all.filter((each) => each === own).length > 1)
}

/** An event as it goes over a bus of JSON lines: its own envelope, or one that names it. */
export function eventLine({ eventType, payload }: MockEvent): string {
  return JSON.stringify(
    isRecord(payload) && payload['eventType'] === eventType ? payload : { eventType, payload },
  )
}
